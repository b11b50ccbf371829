import { describe, expect, it } from "@jest/globals";
import { aDraft, aSpend, TEST_TICKET } from "../../test/support/builders.ts";
import { draft, OPENED, PLANNED, POOL, READY, REVIEWED, ROUTED, sha } from "../../test/support/ledgers.ts";
import { type EntryDraft, NO_SPEND, type Spend } from "../core/ledger/entries.ts";
import { ForgeAway } from "../forge/forge.ts";
import { Quiet } from "./quiet.ts";
import { reconcile } from "./reconcile.ts";
import { ISSUE, paper } from "./thread.fixture.ts";
import type { World } from "./world.ts";

/** One pass over a ticket: what it writes down, when it comes again, and what a step that ends badly leaves behind. */
const START_MS = Date.parse("2026-06-01T00:00:00Z");

type Given = {
  /** What GitHub does when the step asks it for the repository's files. */
  readonly snapshot?: () => Promise<unknown>;
  readonly paid?: Spend;
  readonly leaves?: readonly string[];
  readonly during?: (there: ReturnType<typeof paper>) => void;
};

function stage(drafts: readonly EntryDraft[], given: Given = {}) {
  const there = paper(drafts);
  const [told, begun, kept]: [string[], string[], (string | null)[]] = [[], [], []];
  let at = START_MS;
  let steadyMs = 0;
  const leave = new AbortController();
  const forge = new Proxy(there.forge as unknown as Record<string, unknown>, {
    get: (of, name: string) => {
      if (name === "snapshot" && given.snapshot)
        return async () => {
          given.during?.(there);
          return given.snapshot?.();
        };
      if (name === "issue") return async () => ISSUE;
      if (name === "reviews") return async () => [];
      return of[name] ?? (async () => undefined);
    },
  });
  const world = {
    ...there.world,
    ...{ now: () => new Date(at), steady: () => steadyMs, quiet: new Quiet(() => steadyMs), pool: POOL },
    ...{ leaves: given.leaves, forge: () => forge, models: new Map() },
    artifacts: { get: async () => Buffer.from("{}") },
    sandbox: { state: "none", why: "" },
    log: {
      info: (about: { readonly try?: number; readonly step?: string }, words: string) =>
        words === "step begins" && begun.push(`${about.step}, try ${about.try}`),
      warn: (_about: object, words: string) => void told.push(words),
      error: (about: { readonly error: string }) => void told.push(about.error.split("\n")[0] as string),
    },
    ledgers: { ...there.world.ledgers, length: async () => there.book().entries.length },
    inbox: { pending: async () => [], said: async () => null },
    index: { open: async () => [], openIn: async () => [], get: async () => null },
    journal: { paidOn: async () => given.paid ?? NO_SPEND, lastStep: async () => "architect.plan.0" },
    ahead: {
      keepOnly: (_key: string, headSha: string | null) => void kept.push(headSha),
      drop: () => void told.push("drops what was begun ahead"),
    },
    nudge: async () => undefined,
  } as unknown as World;
  const signals = { abort: new AbortController().signal, leave: leave.signal };
  return {
    ...there,
    ...{ told, begun, kept },
    /** Without the status comment. */
    shown: () => there.shown().filter((one) => !one.endsWith("none")),
    leave: () => leave.abort(),
    pass: (ms: number) => void ((at += ms), (steadyMs += ms)),
    run: async () => {
      const before = there.book().entries.length;
      const ended = await reconcile(world, TEST_TICKET, signals);
      return { again: ended.again?.inMs ?? null, added: there.book().entries.slice(before) };
    },
  };
}

describe("a pass over a ticket that waits", () => {
  it("says what stands, comes back for no person, and drops what was begun ahead", async () => {
    const { run, shown, told } = stage([...READY, draft("halted")]);
    expect(await run()).toEqual({ again: null, added: [] });
    expect(shown().join("\n")).toContain("10 halted");
    expect(told).toEqual(["drops what was begun ahead"]);
  });

  it("writes down what a killed step had paid before it waits", async () => {
    const spend = aSpend({ calls: 9, inputTokens: 9_999, outputTokens: 999, costMicroUsd: 99_999 });
    const { run } = stage([...ROUTED, draft("halted")], { paid: spend });
    const { added } = await run();
    expect(added.map(({ kind, data }) => [kind, data])).toEqual([
      ["step_interrupted", expect.objectContaining({ step: "plan", spend })],
    ]);
  });

  it("does nothing once the process is to stop", async () => {
    const { run, leave, shown } = stage(PLANNED);
    leave();
    expect(await run()).toEqual({ again: 0, added: [] });
    expect(shown()).toEqual([]);
  });
});

describe("a step that this worker leaves to another one", () => {
  it("is not begun, and what stands is shown", async () => {
    const { run, told } = stage(OPENED, { leaves: ["route"], snapshot: () => Promise.reject(new Error("was begun")) });
    expect(await run()).toEqual({ again: null, added: [] });
    expect(told).toEqual(["drops what was begun ahead"]);
  });
});

describe("a step that breaks inside", () => {
  const broken = () => Promise.reject(new TypeError("undefined is not a function"));

  it("is written down with an id that the log knows, and tried again after a pause", async () => {
    const { run, told } = stage(OPENED, { snapshot: broken });
    const { again, added } = await run();
    expect(added.map(({ kind, data }) => [kind, data])).toEqual([
      [
        "step_failed",
        expect.objectContaining({
          ...{ step: "route", attempt: 1, reason: "internal", againInMs: 2_000, spend: NO_SPEND },
          because: { code: "step-broke", facts: { step: "route", logId: `${TEST_TICKET} entry 2` } },
        }),
      ],
    ]);
    expect(again).toBe(2_000);
    // What was begun ahead is kept: the ticket goes on by itself.
    expect(told).toEqual(["TypeError: undefined is not a function"]);
  });

  it("says at once what was done before it, and of its second try nothing until somebody waits", async () => {
    const { run, shown, pass } = stage(OPENED, { snapshot: broken });
    await run();
    expect(shown()).toEqual(["12: 1 opened"]);
    pass(2_000);
    await run();
    expect(shown()).toEqual(["12: 1 opened"]);
  });

  it("rests for what is left of its pause, however often something else wakes the ticket", async () => {
    const { run, pass } = stage(OPENED, { snapshot: broken });
    await run();
    pass(500);
    expect(await run()).toEqual({ again: 1_500, added: [] });
    pass(1_499);
    expect(await run()).toEqual({ again: 1, added: [] });
    pass(1);
    expect((await run()).added).toEqual([expect.objectContaining({ kind: "step_failed", data: expect.objectContaining({ attempt: 2 }) })]); // prettier-ignore
  });

  it("is tried at once when a person says so", async () => {
    const { run, grow } = stage(OPENED, { snapshot: broken });
    await run();
    grow([aDraft("commanded", { outcome: "accepted" })]);
    expect((await run()).added).toHaveLength(1);
  });

  it("stands still at the third time, without a pause that nobody needs", async () => {
    const { run, pass, begun } = stage(OPENED, { snapshot: broken });
    for (let time = 0; time < 3; time++, pass(60_000)) await run();
    const { again, added } = await run();
    expect([again, added]).toEqual([null, [expect.objectContaining({ kind: "halted" })]]);
    expect(begun).toEqual(["route, try 1", "route, try 2", "route, try 3"]);
  });
});

describe("a step whose forge goes away", () => {
  it("is no failure: nothing is written down, and it is asked later", async () => {
    const { run, told } = stage(OPENED, { snapshot: () => Promise.reject(new ForgeAway("away", 7_000, "not-done")) });
    const { again, added } = await run();
    expect(added).toEqual([]);
    expect(again).toBeGreaterThanOrEqual(7_000);
    expect(again).toBeLessThanOrEqual(7_000 * 1.5);
    expect(told).toEqual(["GitHub is away; the ticket waits"]);
  });
});

describe("what is written while a step runs", () => {
  const halts = (there: ReturnType<typeof paper>) => there.grow([draft("halted")]);

  it("ends it where it asks for something else, and the ledger says by what", async () => {
    const { run } = stage(OPENED, { snapshot: async () => "gone", during: halts });
    const { added } = await run();
    expect(added.map(({ kind }) => kind)).toEqual(["halted", "step_interrupted"]);
    expect(added[1]?.data).toMatchObject({ step: "route", endedBy: { seq: 2, kind: "halted" }, spend: NO_SPEND });
  });

  it("does not end it where it changes nothing for it", async () => {
    const answered = (there: ReturnType<typeof paper>) => there.grow([aDraft("commanded", { outcome: "informed" })]);
    const { run } = stage(OPENED, { snapshot: async () => "gone", during: answered });
    expect((await run()).added.map(({ kind }) => kind)).toEqual(["commanded", "halted"]);
  });

  it("stops it with the process, and nothing of it is written down", async () => {
    const there = stage(OPENED, { snapshot: async () => Promise.reject(new Error("cut off")), during: () => there.leave() }); // prettier-ignore
    expect(await there.run()).toEqual({ again: 0, added: [] });
  });
});

describe("what was begun ahead for the proof of a head", () => {
  const away = () => Promise.reject(new ForgeAway("away", 1_000, "not-done"));

  it("goes on beside the steps that only look at that head", async () => {
    const { run, kept } = stage(REVIEWED, { snapshot: away });
    await run();
    expect(kept).toEqual([sha(2)]);
  });

  it("ends where another head is to be written, or none is there", async () => {
    const rework = stage([...READY, draft("rework_requested")], { snapshot: away });
    await rework.run();
    const first = stage(OPENED, { snapshot: away });
    await first.run();
    expect([rework.kept, first.kept]).toEqual([[null], [null]]);
  });
});
