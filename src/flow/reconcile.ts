// Held by test/scenarios/feature.test.ts
import type { TicketKey } from "../core/ledger/ids.ts";
import { decide } from "../core/rules/decide.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import type { Signals } from "../queue/queue.ts";
import { readPolicy } from "../steps/policy-file.ts";
import { type Book, readBook } from "./book.ts";
import { caughtUp } from "./catch-up.ts";
import { lookAtChildren, tellParent } from "./epic.ts";
import { lateSpend } from "./late-spend.ts";
import { lookAtNeighbours, tellNeighbours } from "./neighbours.ts";
import { project, projectStatus } from "./project.ts";
import { publish } from "./publish.ts";
import { record } from "./record.ts";
import { runStep } from "./run-step.ts";
import { tickDone } from "./tick-done.ts";
import { hearNext, type Pass, type Turn, TURNS_MAX, type Visit, visit } from "./turn.ts";
import { factsOf, lookAtAll } from "./view.ts";
import type { World } from "./world.ts";

/**
 * One pass over one ticket: read the ledger, hear what is left to hear, decide, act, and again, until there is something to
 * wait for. The pass may die on any line and be run again; everything it does stands up to that.
 */
export async function reconcile(world: World, key: TicketKey, signals: Signals): Promise<Pass> {
  let goesOn = false;
  try {
    const ended = await visit(world, key, "work", signals, pass);
    goesOn = ended.again !== null && !signals.leave.aborted;
    return ended;
  } finally {
    // A ticket that waits for a person may get another head; one that waits for a check or a provider goes on with this one.
    if (!goesOn) world.ahead?.drop(key);
  }
}

async function pass(visiting: Visit): Promise<Pass> {
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    if (visiting.signals.leave.aborted) return { again: { inMs: 0 } };
    const next = await hearNext(visiting);
    if (next.outcome === "heard") continue;
    if (next.outcome === "no-ticket") return { again: null };
    if (next.ticket.newer) return standBy(next.turn, next.book, next.ticket);
    const outcome = await advance(next.turn, next.book, next.ticket);
    if (outcome) return outcome;
  }
  throw new Error(`${visiting.key} took ${TURNS_MAX} turns in one pass`);
}

/** Whoever ends says so; this is for the hours that the policy sets, and for what is missed. */
const NEIGHBOUR_LOOK_MS = 10 * 60_000;
/** How soon a ticket that is left to a newer version is offered to the workers again: at first, and at most. */
const OFFERED_AGAIN_MS = { first: 15_000, last: 10 * 60_000 } as const;

/**
 * The ledger holds what only a newer version understands. Nothing is decided and nothing new is written; the status comment
 * says so, and the job goes back to the queue, where a worker of that version can take it: sooner first, then ever later.
 */
async function standBy({ world, forge }: Turn, book: Book, ticket: Ticket): Promise<Pass> {
  world.log.warn({ ticket: ticket.key, ...ticket.newer }, "left to a newer version of this program");
  await projectStatus(world, forge, ticket, null);
  const stillMs = world.now().getTime() - Date.parse(book.entries.at(-1)?.at ?? "");
  if (stillMs > OFFERED_AGAIN_MS.last) return { again: null };
  return { again: { inMs: Math.max(OFFERED_AGAIN_MS.first, stillMs) } };
}

/** Decides once and carries it out. @returns null to go on, or how the pass ends */
async function advance(turn: Turn, book: Book, ticket: Ticket): Promise<Pass | null> {
  const { world, forge, view } = turn;
  if (ticket.route && !view.policy) view.policy = await readPolicy(world, forge, ticket);
  const decision = decide(ticket, factsOf(world, view));
  if (decision.do !== "look" && (await isBehind(turn, book))) return null;
  const labels = view.issue && view.issue !== "gone" ? view.issue.labels : null;
  await project(world, forge, ticket, labels, view.policy, decision.do === "wait" ? "now" : "in-passing");
  switch (decision.do) {
    case "look":
      if (decision.at.includes("children")) view.children = await lookAtChildren(world, forge, ticket);
      if (decision.at.includes("neighbours")) view.neighbours = await lookAtNeighbours(world, ticket);
      await lookAtAll(forge, ticket, view, decision.at);
      return null;
    case "record":
      await record(world, forge, book, decision.entries);
      // A part that may begin is told so by the next look.
      if (decision.entries.some((one) => one.kind === "child_begun")) view.children = null;
      return null;
    case "step": {
      if (world.leaves?.includes(decision.step)) {
        await project(world, forge, ticket, labels, view.policy, "now");
        return { again: null };
      }
      const inMs = restMs(world, book);
      if (inMs > 0) return { again: { inMs } };
      const pass = await runStep(turn, book, ticket, decision.step);
      if (pass) await standsFor(turn, book.key, pass);
      return pass;
    }
    case "wait": {
      const late = await lateSpend(world, book);
      if (late) {
        await record(world, forge, book, [late]);
        return null;
      }
      await publish(world, forge, book, "all");
      await tickDone(world, forge, book);
      await tellParent(world, ticket);
      await tellNeighbours(world, ticket);
      world.log.info(
        { ticket: ticket.key, phase: phaseOf(ticket), waitsFor: decision.for, why: decision.why.code },
        "waiting",
      );
      return { again: decision.for === "other-ticket" ? { inMs: NEIGHBOUR_LOOK_MS } : null };
    }
  }
}

/** Before anything is written: entries, a step's work, or comments that may stand in the thread already. */
async function isBehind({ world, forge }: Turn, book: Book): Promise<boolean> {
  return (await caughtUp(world, forge, book)).entries.length > book.entries.length;
}

/** The ticket now waits for something that is not a person: a check, a provider, its next try. */
async function standsFor({ world, forge, view }: Turn, key: TicketKey, { again }: Pass): Promise<void> {
  const { ticket } = await readBook(world, key);
  if (again && again.inMs > 0 && ticket) await project(world, forge, ticket, null, view.policy, "now");
}

/**
 * What is left of the pause after a failed try. Webhooks about other things come at any time, and each of them would
 * otherwise use up a try while the provider is still away. Whatever a person says stands after the failure and ends it.
 */
function restMs({ quiet, now }: Pick<World, "quiet" | "now">, { key, entries }: Book): number {
  const last = entries.at(-1);
  if (last?.kind !== "step_failed" || !last.data.againInMs) return 0;
  const pauseMs = last.data.againInMs;
  return quiet.restMs(key, last.seq, pauseMs, Date.parse(last.at) + pauseMs - now().getTime());
}
