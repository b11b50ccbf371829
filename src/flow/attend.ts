// Held by test/scenarios/epic.test.ts
import type { TicketKey } from "../core/ledger/ids.ts";
import { divergence } from "../core/rules/diverge.ts";
import type { Signals } from "../queue/queue.ts";
import { readPolicy } from "../steps/policy-file.ts";
import { isHeld } from "./dry.ts";
import { project } from "./project.ts";
import { record } from "./record.ts";
import { hearNext, type Pass, type Turn, TURNS_MAX, type Visit, visit } from "./turn.ts";
import { factsOf, lookAtAll } from "./view.ts";
import type { World } from "./world.ts";

/**
 * The lane in which people are heard. It never runs a step, so it never waits for one: a command is followed or answered, and an
 * edit, a push or a closed issue is written down, while a step of the same ticket runs elsewhere. What follows from it is for
 * the other lane to do, which is nudged.
 */
export function attend(world: World, key: TicketKey, signals: Signals): Promise<Pass> {
  return visit(world, key, "hearing", signals, hearAll);
}

/** The first ticket of a repository reads its policy in its first step; others that came with it are drawn then. */
const HELD_LOOK_MS = 1_000;

async function hearAll(visiting: Visit): Promise<Pass> {
  const { world, key } = visiting;
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    if (visiting.signals.leave.aborted) return { again: { inMs: 0 } };
    const next = await hearNext(visiting);
    if (next.outcome === "no-ticket") return { again: null };
    if (next.outcome === "heard" || (await noted(next.turn, next))) continue;
    await draw(next.turn, next);
    await world.nudge(key, { lane: "work", reason: "heard" });
    return { again: isHeld(world, next.ticket) ? { inMs: HELD_LOOK_MS } : null };
  }
  throw new Error(`${key} took ${TURNS_MAX} turns to hear`);
}

type Standing = Pick<Extract<Awaited<ReturnType<typeof hearNext>>, { outcome: "silence" }>, "book" | "ticket">;

/** Where the forge has moved away from what the ledger says: the other lane would see it too, but perhaps in an hour. */
async function noted({ world, forge, view }: Turn, { book, ticket }: Standing): Promise<boolean> {
  if (ticket.end || ticket.newer) return false;
  const decision = divergence(ticket, factsOf(world, view));
  if (decision?.do === "look") {
    await lookAtAll(forge, ticket, view, decision.at);
    return true;
  }
  if (decision?.do !== "record") return false;
  await record(world, forge, book, decision.entries);
  return true;
}

async function draw({ world, forge, view }: Turn, { ticket }: Standing): Promise<void> {
  if (ticket.newer) return;
  if (ticket.route && !view.policy) view.policy = await readPolicy(world, forge, ticket);
  const labels = view.issue && view.issue !== "gone" ? view.issue.labels : null;
  await project(world, forge, ticket, labels, view.policy, "on-new-phase");
}
