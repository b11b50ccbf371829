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

type Act = (watch: ReturnType<typeof watchStep>) => Promise<unknown>;
const ACTS: readonly (readonly [string, Act])[] = [
  ["an effect", ({ forge }) => forge.comment(12, "Done.")],
  ["a call of a model", ({ world }) => world.models.get("opus")!.ask({} as never)],
];

/** One act of a step, while the inbox holds something that is heard at the `heardAt`th look at it. */
async function looksBefore(act: Act, payload: object, heardAt: number): Promise<number> {
  const entries = aTicketLedger("planned");
  let looks = 0;
  const world = {
    inbox: { pending: async () => (++looks < heardAt ? [{ payload }] : []) },
    ledgers: { length: async () => entries.length, read: async () => entries },
    models: new Map([["opus", { name: "opus", ask: async () => ({}) }]]),
    sandbox: { state: "none", why: "" },
    preparer: null,
    journal: {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as World;
  const forge = new Proxy({}, { get: () => async () => ({ id: 1 }) }) as Forge;
  const lease = { take: async () => {}, check: async () => {}, giveBack: async () => {} };
  const open = new AbortController().signal;
  const how = { step: "implement", signals: { abort: open, leave: open }, lease, policy: null } as const;
  const book = { key: TEST_TICKET, entries } as unknown as Book;
  const watch = watchStep(world, forge, book, fold(entries) as Ticket, how);
  await act(watch);
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
