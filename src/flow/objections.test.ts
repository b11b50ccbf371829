import { describe, expect, it } from "@jest/globals";
import { draft, finding, WRITTEN } from "../../test/support/ledgers.ts";
import { entriesOf } from "../../test/support/builders.ts";
import type { RepositoryAccess, Since } from "../forge/forge-app.ts";
import type { InboxItem } from "../store/inbox-store.ts";
import { readObjections } from "./objections.ts";
import { NOW, row } from "./sweep.fixture.ts";
import type { World } from "./world.ts";

/** A 👎 below a finding, by many people and in many sweeps. */
const HERE: RepositoryAccess = {
  ...{ owner: "acme", name: "tally", forge: { kind: "github", installationId: 1, repositoryId: 2 } },
};
const FOUND = finding(1);
const person = (id: number) => ({ login: `person-${id}`, id, type: "User" });
const thumb = (id: number, over: object = {}) => ({
  ...{ commentId: 70, by: person(id), pullNumber: 13, headline: `**\`${FOUND.id}\`** It is slow.` },
  ...over,
});

function stage({
  thumbs = [] as readonly object[],
  mark = "v1" as string | null,
  mayWrite = (id: number): boolean => id > 0,
} = {}) {
  const notes = new Map<string, string>();
  const inbox: InboxItem[] = [];
  const counts = { asked: 0, reads: 0, most: 0 };
  const sinces: Since[] = [];
  let now = NOW;
  const world = {
    now: () => now,
    projections: {
      get: async (_key: string, kind: string) => (notes.has(kind) ? { remoteId: null, bodySha256: notes.get(kind) } : null), // prettier-ignore
      put: async (_key: string, kind: string, { bodySha256 }: { bodySha256: string }) =>
        void notes.set(kind, bodySha256),
    },
    inbox: { add: async (items: readonly InboxItem[]) => inbox.push(...items) },
    ledgers: {
      read: async () => ((counts.reads += 1), entriesOf([...WRITTEN, draft("reviewed", { findings: [FOUND], verdict: "changes" })])), // prettier-ignore
    },
    forge: () => ({
      permission: async (_login: string, id: number) => ((counts.asked += 1), mayWrite(id) ? "write" : "read"),
    }),
  } as unknown as World;
  const app = {
    objections: async (_at: unknown, since: Since, most: number, isAsked: (one: object) => Promise<boolean>) => {
      sinces.push(since);
      counts.most = most;
      if (mark !== null && since.seen === mark) return "unchanged";
      const found: object[] = [];
      for (const one of thumbs) if (await isAsked(one)) found.push(one);
      return { found, mark };
    },
  };
  return {
    ...{ inbox, counts, sinces, notes },
    pass: (ms: number) => void (now = new Date(now.getTime() + ms)),
    look: () => readObjections({ world, app: app as never }, HERE, "acme/tally", [row(12, 13), row(14)]),
  };
}

describe("a thumb down", () => {
  it("is heard as the command that it stands for, by who put it there, and after all that was published", async () => {
    const { look, inbox } = stage({ thumbs: [thumb(1)] });
    await look();
    expect(inbox.map(({ ticket, source, payload }) => [ticket, source, payload])).toEqual([
      [
        "acme/tally#12",
        "inline:70/thumbs-down/1",
        expect.objectContaining({
          ...{ kind: "commented", by: person(1), commentId: Number.MAX_SAFE_INTEGER },
          body: `/coop dismiss ${FOUND.id} 👎 below the finding`,
          issue: expect.objectContaining({ isPullRequest: true }),
        }),
      ],
    ]);
  });

  it.each([
    ["a finding that is not open", { headline: `**\`${finding(2).id}\`** It is long.` }],
    ["words that name no finding", { headline: "It is slow." }],
    ["a pull request that is no ticket", { pullNumber: 99 }],
  ])("below %s is no command", async (_what, over) => {
    const { look, inbox, counts } = stage({ thumbs: [thumb(1, over)] });
    await look();
    expect([inbox, counts.asked]).toEqual([[], 0]);
  });

  it("of somebody who may not write is neither heard nor answered", async () => {
    const { look, inbox } = stage({ thumbs: [thumb(1), thumb(2)], mayWrite: (id) => id === 2 });
    await look();
    expect(inbox.map(({ source }) => source)).toEqual(["inline:70/thumbs-down/2"]);
  });
});

describe("a crowd of thumbs", () => {
  const crowd = (count: number) => Array.from({ length: count }, (_, at) => thumb(at + 1));

  it("costs one question a person, fifty in all, one look at the ledger, and twenty findings", async () => {
    const { look, counts } = stage({ thumbs: [...crowd(60), ...crowd(60)], mayWrite: () => false });
    await look();
    expect(counts).toEqual({ asked: 50, reads: 1, most: 20 });
  });

  it("hides nobody for ever: another one of them comes first in each sweep", async () => {
    const { look, inbox, pass } = stage({ thumbs: crowd(60), mark: null, mayWrite: (id) => id === 60 });
    for (let sweeps = 0; sweeps < 60 && inbox.length === 0; sweeps++, pass(600_001)) await look();
    expect(inbox.map(({ source }) => source)).toContain("inline:70/thumbs-down/60");
  });
});

describe("how far back it is looked", () => {
  const DAY_MS = 24 * 60 * 60_000;

  it("is a week from the beginning of a day, and what was seen then is known again by its mark", async () => {
    const { look, sinces, pass, counts } = stage({ thumbs: [thumb(1)] });
    await look();
    pass(11 * 60 * 60_000);
    await look();
    expect(sinces).toEqual([
      { iso: "2026-03-03T00:00:00.000Z", seen: null },
      { iso: "2026-03-03T00:00:00.000Z", seen: "v1" },
    ]);
    expect(counts.reads).toBe(1);
    pass(DAY_MS);
    await look();
    expect(sinces[2]).toEqual({ iso: "2026-03-04T00:00:00.000Z", seen: null });
  });

  it("is kept only where the answer can be known again", async () => {
    const { look, notes } = stage({ thumbs: [thumb(1)], mark: null });
    await look();
    expect(notes.size).toBe(0);
  });
});
