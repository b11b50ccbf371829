import { beforeEach, describe, expect, it } from "@jest/globals";
import { ForgeAway } from "../forge/forge.ts";
import type { RecordedDelivery } from "../forge/forge-app.ts";
import { memory, poll, type Polling } from "./poll.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const MINUTE = 60_000;

type Note = { remoteId: number | null; bodySha256: string };

/** GitHub's record, the database and the way in, as plain data. */
let record: RecordedDelivery[];
let stored: Set<string>;
let mark: Note | null;
let aside: Map<string, Note>;
let minutesLater: number;
let taken: string[];
let fetched: string[];
let broken: Set<string>;
let pageSize: number;
let known: ReturnType<typeof memory>;

beforeEach(() => {
  [record, taken, fetched] = [[], [], []];
  [aside, minutesLater] = [new Map(), 0];
  [stored, broken, mark, pageSize, known] = [new Set(), new Set(), null, 100, memory()];
});

/** @param minutesAgo where in the record it stands */
function told(guid: string, minutesAgo: number, over: Partial<RecordedDelivery> = {}): void {
  const deliveredAt = new Date(NOW - minutesAgo * MINUTE).toISOString();
  const id = record.length + 1;
  record.push({ id, guid, event: "issues", action: "labeled", deliveredAt, answered: "not", ...over });
}

const polling: Polling = {
  app: {
    deliveryPage: async (cursor) => {
      const from = Number(cursor ?? 0);
      const newestFirst = [...record].sort(
        (a, b) => Date.parse(b.deliveredAt) - Date.parse(a.deliveredAt) || b.id - a.id,
      );
      const next = from + pageSize < record.length ? String(from + pageSize) : null;
      return { deliveries: newestFirst.slice(from, from + pageSize), next };
    },
    deliveryPayload: async ({ id }) => {
      const { guid } = record.find((one) => one.id === id) as RecordedDelivery;
      fetched.push(guid);
      if (guid === "away") throw new ForgeAway("GitHub is away", null, "not-done");
      if (guid === "limited") throw new ForgeAway("GitHub asks to wait", 60_000, "not-done");
      return guid === "expired" ? null : { guid };
    },
  },
  deliveries: { known: async (guids) => new Set(guids.filter((one) => stored.has(one))) },
  marks: {
    get: async () => mark,
    put: async (_key, kind, note) => {
      if (kind.startsWith("aside")) aside.set(kind, note);
      else mark = note;
    },
    of: async () => [...aside].map(([kind, note]) => ({ kind, ...note })),
    forget: async (_key, kind) => void aside.delete(kind),
  },
  concerns: ({ event }) => event !== "star",
  take: async ({ id }) => {
    if (broken.has(id)) throw new Error("the database is away");
    taken.push(id);
    stored.add(id);
  },
  now: () => new Date(NOW + minutesLater * MINUTE),
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
};

const turn = () => poll(polling, known);
const upTo = () => (NOW - Date.parse(mark?.bodySha256 ?? "")) / MINUTE;

describe("fetching webhooks", () => {
  it("takes them in as they happened, each once, also over several pages", async () => {
    pageSize = 2;
    for (const [at, guid] of ["a", "b", "c", "d", "e"].entries()) told(guid, 10 - at);
    told("b", 5);
    expect(await turn()).toBe("all");
    expect(taken).toEqual(["a", "b", "c", "d", "e"]);
    expect(await turn()).toBe("all");
    expect(fetched).toHaveLength(5);
    expect(upTo()).toBe(6);
    const written = mark;
    await turn();
    // Nothing new: the same note is not written a second time.
    expect(mark).toBe(written);
  });

  it("keeps the order of what came in one second", async () => {
    for (const guid of ["a", "b", "c"]) told(guid, 1);
    await turn();
    expect(taken).toEqual(["a", "b", "c"]);
  });

  it("fetches nothing that came in as a webhook, that concerns nobody, or that is old news", async () => {
    stored.add("came");
    told("old", 90);
    told("came", 3);
    told("starred", 2, { event: "star" });
    told("new", 1);
    await turn();
    expect(fetched).toEqual(["new"]);
  });

  it("goes on after a restart where it was, and takes in what entered the record late", async () => {
    told("a", 10);
    await turn();
    known = memory();
    told("late", 11);
    told("much-too-late", 13);
    told("b", 9);
    await turn();
    expect(taken).toEqual(["a", "late", "b"]);
    expect(fetched).toEqual(["a", "late", "b"]);
  });

  it("takes in what happened while it was away for two days", async () => {
    mark = { remoteId: null, bodySha256: new Date(NOW - 2 * 24 * 60 * MINUTE).toISOString() };
    for (let hour = 47; hour > 0; hour -= 1) told(`h${hour}`, hour * 60);
    await turn();
    expect(taken).toHaveLength(47);
  });

  it("takes a long backlog in parts, each of them noted", async () => {
    for (let at = 0; at < 150; at += 1) told(`d${at}`, 30 - at / 10);
    expect(await turn()).toBe("more");
    expect(taken).toHaveLength(100);
    known = memory();
    expect(await turn()).toBe("all");
    expect(new Set(taken).size).toBe(150);
    expect(taken).toHaveLength(150);
  });

  it("comes back to what could not be fetched, and to nothing before it", async () => {
    told("a", 3);
    told("away", 2);
    told("b", 1);
    await expect(turn()).rejects.toThrow("away");
    expect([taken, upTo()]).toEqual([["a"], 3]);
    await expect(turn()).rejects.toThrow("away");
    expect(fetched).toEqual(["a", "away", "away"]);
    record = record.filter(({ guid }) => guid !== "away");
    await turn();
    expect(taken).toEqual(["a", "b"]);
  });

  it("sets aside what cannot be taken in, after some tries", async () => {
    broken.add("poison");
    told("poison", 2);
    told("b", 1);
    for (let at = 0; at < 4; at += 1) await expect(turn()).rejects.toThrow("database");
    expect(taken).toEqual([]);
    await turn();
    expect(taken).toEqual(["b"]);
  });

  it("sets aside what GitHub lists and never shows, after some tries", async () => {
    told("away", 2);
    told("b", 1);
    for (let at = 0; at < 4; at += 1) await expect(turn()).rejects.toThrow("away");
    await turn();
    expect(taken).toEqual(["b"]);
  });

  it.each(["this process", "the next one"])(
    "comes back to what was set aside, in %s, until it is taken in",
    async (who) => {
      broken.add("poison");
      told("poison", 2);
      for (let at = 0; at < 4; at += 1) await expect(turn()).rejects.toThrow("database");
      await turn();
      expect([...aside]).toEqual([
        ["aside poison", { remoteId: 1, bodySha256: expect.stringMatching(/^issues 2026/) }],
      ]);
      if (who === "the next one") known = memory();
      await turn();
      expect(fetched).toHaveLength(5);
      minutesLater = 2 * 60;
      // Still broken: nothing is thrown, and what came meanwhile is heard.
      told("b", -119);
      await turn();
      expect([taken, fetched.filter((one) => one === "poison").length]).toEqual([["b"], 6]);
      await turn();
      expect(fetched.filter((one) => one === "poison")).toHaveLength(6);
      broken.clear();
      minutesLater = 2 * 24 * 60;
      await turn();
      expect([taken, aside.size]).toEqual([["b", "poison"], 0]);
    },
  );

  it("tries a few of an earlier process's at a time, after what is new, and stops when GitHub asks to wait", async () => {
    for (const guid of ["limited", "p1", "p2", "p3", "p4", "p5", "p6"]) {
      told(guid, 90);
      aside.set(`aside ${guid}`, { remoteId: record.length, bodySha256: `issues ${record.at(-1)?.deliveredAt}` });
    }
    await turn();
    expect(fetched).toEqual([]);
    minutesLater = 6;
    told("new", -5);
    await expect(turn()).rejects.toThrow("asks to wait");
    expect([taken, upTo()]).toEqual([["new"], -5]);
    await turn();
    expect(taken).toEqual(["new", "p1", "p2", "p3", "p4", "p5"]);
    await turn();
    expect([taken.at(-1), [...aside.keys()], fetched.length]).toEqual(["p6", ["aside limited"], 8]);
  });

  it("tries no more when GitHub keeps it no longer, and still names it for some days", async () => {
    broken.add("poison");
    told("poison", 2);
    for (let at = 0; at < 4; at += 1) await expect(turn()).rejects.toThrow("database");
    await turn();
    minutesLater = 4 * 24 * 60;
    await turn();
    expect([fetched.length, aside.size]).toEqual([5, 1]);
    minutesLater = 15 * 24 * 60;
    await turn();
    expect([fetched.length, aside.size]).toEqual([5, 0]);
  });

  it("passes over what GitHub has forgotten", async () => {
    told("expired", 2);
    told("b", 1);
    await turn();
    expect([taken, upTo()]).toEqual([["b"], 1]);
  });

  it("notes when it began, so that the first hour is not told again", async () => {
    await turn();
    expect(upTo()).toBe(60);
  });
});
