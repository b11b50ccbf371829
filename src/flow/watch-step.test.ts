import { expect, it } from "@jest/globals";
import { aTicketLedger, TEST_TICKET } from "../../test/support/builders.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge } from "../forge/forge.ts";
import type { Book } from "./book.ts";
import { watchStep } from "./watch-step.ts";
import type { World } from "./world.ts";

const MONA = { login: "mona", id: 1, type: "User" };
const ISSUE = { number: 12, state: "open", title: "t", body: "b", labels: [], isPullRequest: false, author: MONA };
const common = { source: "delivery:1", forge: { kind: "github", installationId: 1, repositoryId: 2 }, defaultBranch: "main", by: MONA }; // prettier-ignore
const CHECK_ENDED = { ...common, kind: "changed", what: "A check ended", look: "checks" };
const SAID = { ...common, kind: "commented", commentId: 5, body: "/coop stop", issue: ISSUE };

type Act = (watch: ReturnType<typeof watchStep>, looks: () => number) => Promise<unknown>;
const ACTS: readonly (readonly [string, Act])[] = [
  ["an effect", ({ forge }) => forge.comment(12, "Done.")],
  ["a call of a model", ({ world }) => world.models.get("opus")!.ask({} as never)],
];

type Over = { readonly desk?: true; readonly quietMs?: number; readonly hearingWaitMs?: number };

/** One act of a step, while the inbox holds something that is heard at the `heardAt`th look at it. */
async function looksBefore(act: Act, payload: object, heardAt: number, over: Over = {}): Promise<number> {
  const entries = aTicketLedger("planned");
  let looks = 0;
  const world = {
    inbox: { pending: async () => (++looks < heardAt ? [{ source: "comment:5", payload }] : []) },
    ledgers: { length: async () => entries.length, read: async () => entries },
    models: new Map([["opus", { name: "opus", ask: async () => ({}) }]]),
    sandbox: { state: "none", why: "" },
    preparer: null,
    quiet: { msFor: () => over.quietMs ?? 0 },
    journal: {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as World;
  const forge = new Proxy({}, { get: () => async () => ({ id: 1 }) }) as Forge;
  const lease = { take: async () => {}, check: async () => {}, giveBack: async () => {} };
  const open = new AbortController().signal;
  const how = { step: "implement", signals: { abort: open, leave: open }, lease, policy: null, hearingWaitMs: over.hearingWaitMs } as const; // prettier-ignore
  const book = { key: TEST_TICKET, entries } as unknown as Book;
  const ticket = fold(entries) as Ticket;
  const watch = watchStep(world, forge, book, over.desk ? { ...ticket, forge: { kind: "desk" } } : ticket, how);
  await act(watch, () => looks);
  watch.stop();
  return looks;
}

it.each([
  ["nobody said anything", SAID, 1, 1],
  ["somebody said something that is heard meanwhile", SAID, 4, 4],
  ["a check ended, which is heard after the step", CHECK_ENDED, Infinity, 1],
])("waits for what people said before it acts: %s", async (_what, payload, heardAt, looks) => {
  for (const [what, act] of ACTS) expect([what, await looksBefore(act, payload, heardAt)]).toEqual([what, looks]);
});

it.each<[string, Over]>([
  ["GitHub asked for silence, in which nobody is heard", { quietMs: 30_000 }],
  ["it runs at a desk, where nobody hears beside it", { desk: true }],
])("does not wait where %s", async (_what, over) => {
  for (const [, act] of ACTS) expect(await looksBefore(act, SAID, Infinity, over)).toBe(0);
});

it("waits once for the same words: what comes after it was in vain looks once", async () => {
  const after: number[] = [];
  const many: Act = async (watch, looks) => {
    for (const [, act] of [...ACTS, ...ACTS]) {
      await act(watch, looks);
      after.push(looks());
    }
  };
  await looksBefore(many, SAID, Infinity, { hearingWaitMs: 300 });
  const [first = 0, ...later] = after;
  expect(first).toBeGreaterThan(1);
  expect(later).toEqual([first + 1, first + 2, first + 3]);
});
