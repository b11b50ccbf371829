import { decide } from "../core/rules/decide.ts";
import { isLeftToNewer } from "../core/rules/newer.ts";
import { readTrigger } from "../core/rules/trigger.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { why } from "../core/rules/why.ts";
import { forgeRefOf } from "../core/ledger/forge-ref.ts";
import { ticketRef } from "../core/ledger/ids.ts";
import { NO_SPEND, type StepName } from "../core/ledger/entries.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import type { RepositoryAccess } from "../forge/forge-app.ts";
import { readPolicy } from "../steps/policy-file.ts";
import { STEPS } from "../steps/index.ts";
import type { StepContext, StepResult } from "../steps/step.ts";
import { append, type Book, readBook } from "./book.ts";
import { hear } from "./hear.ts";
import { project, projectStatus } from "./project.ts";
import { publish } from "./publish.ts";
import { rebuild } from "./rebuild.ts";
import { checkThread } from "./thread.ts";
import { blankView, factsOf, forget, lookAt, type View } from "./view.ts";
import type { World } from "./world.ts";

/**
 * One pass over one ticket: read the ledger, hear what people said, decide, act, and again, until there is something to
 * wait for. The pass may die on any line and be run again; everything it does stands up to that.
 */
export type Pass = { readonly again: { readonly inMs: number } | null };

/** More turns than this in one pass is a loop; the pass gives way and the queue's retry keeps it visible. */
const TURNS_MAX = 200;
/** How long GitHub is left alone when it says nothing about it. */
const AWAY_MS = 60_000;

export async function reconcile(world: World, key: string, signal: AbortSignal): Promise<Pass> {
  const quietMs = quietFor(world, ticketRef(key).owner);
  if (quietMs > 0) return { again: { inMs: quietMs } };
  try {
    return await pass(world, key, signal);
  } catch (error) {
    if (!(error instanceof ForgeAway)) throw error;
    world.log.warn({ ticket: key, reason: error.message }, "GitHub is away; the ticket waits");
    if (error.retryAfterMs !== null) keepQuiet(world, ticketRef(key).owner, error.retryAfterMs);
    return { again: { inMs: error.retryAfterMs ?? AWAY_MS } };
  }
}

/**
 * Until when GitHub asked to be left alone. Its limits are those of an installation, that is of an owner: no other ticket of
 * theirs, and no webhook that comes meanwhile, may knock again. Who goes on all the same can be banned.
 */
const QUIET = new WeakMap<World, Map<string, number>>();

function keepQuiet(world: World, owner: string, ms: number): void {
  const owners = QUIET.get(world) ?? new Map<string, number>();
  QUIET.set(world, owners.set(owner, world.now().getTime() + ms));
}

function quietFor(world: World, owner: string): number {
  return (QUIET.get(world)?.get(owner) ?? 0) - world.now().getTime();
}

async function pass(world: World, key: string, signal: AbortSignal): Promise<Pass> {
  const view = blankView();
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    if (signal.aborted) return { again: { inMs: 0 } };
    const book = await readBook(world, key);
    const item = (await world.inbox.pending(key)).find((one) => mayHear(book, one.payload));
    const access = accessTo(key, book.ticket, item?.payload);
    if (!access) return { again: null };
    const forge = world.forge(access);
    if (!book.ticket && item) {
      const rebuilt = await rebuild(world, forge, key, item);
      if (rebuilt.outcome === "forwarded") await world.nudge(rebuilt.to);
      if (rebuilt.outcome === "newer") return { again: null };
      if (rebuilt.outcome !== "nothing") continue;
    }
    if (item) {
      // Who may approve depends on the policy, so nothing is heard without it.
      if (book.ticket?.route && !view.policy) view.policy = await readPolicy(world, forge, book.ticket);
      const heard = await hear(world, forge, book, item, view);
      if (heard === "check-thread") await checkThread(world, forge, await readBook(world, key));
      if (heard !== "stale") await publish(world, forge, await readBook(world, key), "due");
      continue;
    }
    if (!book.ticket) return { again: null };
    if (book.ticket.newer) return standBy(world, forge, book, book.ticket);
    const outcome = await advance(world, forge, book, book.ticket, view, signal);
    if (outcome) return outcome;
  }
  throw new Error(`${key} took ${TURNS_MAX} turns in one pass`);
}

/** How soon a ticket that is left to a newer version is offered to the workers again: at first, and at most. */
const OFFERED_AGAIN_MS = { first: 15_000, last: 10 * 60_000 } as const;

/**
 * The ledger holds what only a newer version understands. Nothing is decided and nothing new is written; the status comment
 * says so, and the job goes back to the queue, where a worker of that version can take it: sooner first, then ever later.
 */
async function standBy(world: World, forge: Forge, book: Book, ticket: Ticket): Promise<Pass> {
  world.log.warn({ ticket: ticket.key, ...ticket.newer }, "left to a newer version of this program");
  await projectStatus(world, forge, ticket, null);
  const stillMs = world.now().getTime() - Date.parse(book.entries.at(-1)?.at ?? "");
  if (stillMs > OFFERED_AGAIN_MS.last) return { again: null };
  return { again: { inMs: Math.max(OFFERED_AGAIN_MS.first, stillMs) } };
}

/** Nothing is heard that belongs to a newer version, also when that version wrote how the ticket began. */
function mayHear({ entries, ticket }: Book, payload: unknown): boolean {
  if (!ticket) return entries.length === 0;
  if (!ticket.newer) return true;
  const trigger = readTrigger(payload);
  return trigger !== null && !isLeftToNewer(ticket, trigger);
}

/** Decides once and carries it out. @returns null to go on, or how the pass ends */
async function advance(
  world: World,
  forge: Forge,
  book: Book,
  ticket: Ticket,
  view: View,
  signal: AbortSignal,
): Promise<Pass | null> {
  if (ticket.route && !view.policy) view.policy = await readPolicy(world, forge, ticket);
  const decision = decide(ticket, factsOf(world, view));
  const labels = view.issue && view.issue !== "gone" ? view.issue.labels : null;
  await project(world, forge, ticket, labels, view.policy, decision.do === "wait" ? "now" : "on-new-phase");
  switch (decision.do) {
    case "look":
      for (const what of decision.at) await lookAt(forge, ticket, view, what);
      return null;
    case "record":
      await record(world, forge, book, decision.entries);
      return null;
    case "step": {
      if (world.leaves?.includes(decision.step)) return { again: null };
      const inMs = restMs(book, world.now());
      return inMs > 0 ? { again: { inMs } } : runStep(world, forge, book, ticket, view, decision.step, signal);
    }
    case "wait":
      await publish(world, forge, book, "all");
      world.log.info(
        { ticket: ticket.key, phase: phaseOf(ticket), waitsFor: decision.for, why: decision.why.code },
        "waiting",
      );
      return { again: null };
  }
}

async function record(world: World, forge: Forge, book: Book, entries: readonly RuleDraft[]): Promise<void> {
  const next = await append(world, book, entries);
  if (next !== "stale") await publish(world, forge, next, "due");
}

async function runStep(
  world: World,
  forge: Forge,
  book: Book,
  ticket: Ticket,
  view: View,
  step: StepName,
  signal: AbortSignal,
): Promise<Pass | null> {
  world.log.info({ ticket: ticket.key, step, try: ticket.failures + 1 }, "step begins");
  const context: StepContext = {
    world,
    forge,
    ticket,
    policy: view.policy,
    issue: view.issue,
    pull: view.pull,
    signal,
  };
  const result = await runSafely(context, step);
  forget(view);
  if (result.outcome === "later") {
    await publish(world, forge, book, "all");
    return { again: { inMs: result.inMs } };
  }
  const entries = result.outcome === "done" ? result.entries : [failure(ticket, step, result)];
  if (step === "route") view.policy = null;
  await record(world, forge, book, entries);
  return result.outcome === "failed" && result.inMs > 0 ? { again: { inMs: result.inMs } } : null;
}

function failure(ticket: Ticket, step: StepName, result: Extract<StepResult, { outcome: "failed" }>): RuleDraft {
  const { reason, because, spend, inMs, work } = result;
  const rest = inMs > 0 ? { againInMs: Math.round(inMs) } : {};
  return {
    kind: "step_failed",
    data: { step, attempt: ticket.failures + 1, reason, because, spend, ...rest, ...(work ? { work } : {}) },
  };
}

/**
 * What is left of the pause after a failed try. Webhooks about other things come at any time, and each of them would
 * otherwise use up a try while the provider is still away. Whatever a person says stands after the failure and ends it.
 */
function restMs(book: Book, now: Date): number {
  const last = book.entries.at(-1);
  if (last?.kind !== "step_failed") return 0;
  return Date.parse(last.at) + (last.data.againInMs ?? 0) - now.getTime();
}

/** A bug in a step must not lose the ticket in the queue's dead letters: people are told, with an id that the log knows. */
async function runSafely(context: StepContext, step: StepName): Promise<StepResult> {
  try {
    return await STEPS[step](context);
  } catch (error) {
    if (error instanceof ForgeAway || context.signal.aborted) throw error;
    const id = `${context.ticket.key} entry ${context.ticket.length + 1}`;
    context.world.log.error(
      { ticket: context.ticket.key, step, error: error instanceof Error ? error.stack : String(error) },
      "a step failed inside",
    );
    const because = why("step-broke", { step, logId: id });
    return { outcome: "failed", reason: "internal", because, spend: NO_SPEND, inMs: 2000 };
  }
}

/** Where a ticket is worked on: from its ledger, else from what began it. */
function accessTo(key: string, ticket: Ticket | null, payload: unknown): RepositoryAccess | null {
  const { owner, name } = ticketRef(key);
  const forge = ticket?.forge ?? forgeRefOf((payload ?? {}) as object);
  return forge && { owner, name, forge };
}
