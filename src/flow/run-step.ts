// Held by test/scenarios/feature.test.ts
import { NO_SPEND, type StepName } from "../core/ledger/entries.ts";
import { type Entry, kindOf } from "../core/ledger/entry.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { endedBy } from "../core/rules/interrupt.ts";
import { why } from "../core/rules/why.ts";
import type { StepFailedWork, Ticket } from "../core/ticket/ticket.ts";
import { ForgeAway } from "../forge/forge.ts";
import { noticed } from "../hygiene/seen.ts";
import { STEPS } from "../steps/index.ts";
import { BrokenOff, Interrupted, type StepContext, type StepResult } from "../steps/step.ts";
import { unbooked } from "../steps/unbooked.ts";
import { type Book, readBook } from "./book.ts";
import { LeaseLost } from "./lease.ts";
import type { Pass, Turn } from "./turn.ts";
import { publish } from "./publish.ts";
import { record } from "./record.ts";
import { forget } from "./view.ts";
import { withNames } from "./visible.ts";
import { watchStep } from "./watch-step.ts";

/** Steps that look at a head and leave it as it is: what was begun ahead for its proof goes on beside them. */
const BESIDE: ReadonlySet<StepName> = new Set(["open-pull-request", "review", "attack", "settle", "prove"]);

/**
 * Runs the step that is due and records how it ended. While it runs the ticket's lease is free, so that people are heard; what
 * was written meanwhile is read before anything of the step is recorded.
 *
 * @returns null to go on, or how the pass ends
 */
export async function runStep(turn: Turn, book: Book, ticket: Ticket, step: StepName): Promise<Pass | null> {
  const { world, view, lease, signals } = turn;
  world.log.info({ ticket: ticket.key, step, try: ticket.failures + 1 }, "step begins");
  world.ahead?.keepOnly(ticket.key, BESIDE.has(step) ? (ticket.change?.headSha ?? null) : null);
  const { policy, issue, pull } = view;
  const watch = watchStep(world, turn.forge, book, ticket, { step, signals, lease, policy });
  await lease.giveBack();
  const work = () => measured({ ...watch, ticket, policy, issue, pull }, step);
  const { result, names } = await noticed(work).finally(() => watch.stop());
  signals.abort.throwIfAborted();
  await lease.take(signals.abort);
  forget(view);
  return conclude(turn, book, step, { ...result, names });
}

/** `names`: the characters that nobody can see in what the models read. */
type Ended = StepResult & { readonly names: readonly string[] };

async function conclude(turn: Turn, book: Book, step: StepName, result: Ended): Promise<Pass | null> {
  const { world, forge, view } = turn;
  let now = await readBook(world, book.key);
  const ending = endOf(book, now, step);
  if (ending && now.ticket) {
    const note = await interrupted(turn, now.ticket, step, ending, workOf(result));
    await record(world, forge, now, [...standingOf(result), note]);
    return null;
  }
  if (result.outcome === "done") {
    if (step === "route") view.policy = null;
    await record(world, forge, now, withNames(result.entries, result.names));
    return null;
  }
  const standing = standingOf(result);
  if (standing.length > 0) {
    await record(world, forge, now, standing);
    now = await readBook(world, book.key);
  }
  if (result.outcome === "interrupted" && result.thrown) throw result.thrown;
  // What came to nothing because the process is about to stop is no failure; the next one does it again.
  if (turn.signals.leave.aborted || result.outcome === "interrupted" || !now.ticket) return { again: { inMs: 0 } };
  if (result.outcome === "later") {
    await publish(world, forge, now, "all");
    return { again: { inMs: result.inMs } };
  }
  // What was done before is not kept from the thread until the provider is back.
  if (result.inMs > 0 && now.entries.at(-1)?.kind !== "step_failed") await publish(world, forge, now, "all");
  const spend = await unbooked(world.journal, now.ticket, result.spend);
  await record(world, forge, now, withNames([failure(now.ticket, step, { ...result, spend })], result.names));
  if (result.inMs <= 0) return null;
  // From now on and by this process's steady clock, whatever the wall clock does meanwhile.
  world.quiet.restMs(book.key, now.entries.length + 1, Math.round(result.inMs));
  return { again: { inMs: result.inMs } };
}

/**
 * The entry that ended the step while it ran. Decided on the ledger and not on what the watch saw last: the entry may have come
 * in the very last moment.
 */
function endOf(book: Book, now: Book, step: StepName): Entry | null {
  return endedBy(step, now.entries.slice(book.entries.length));
}

/** Issues that were opened are there, whatever ended the step: its last one may have been opened in the very last moment. */
function standingOf(result: StepResult): readonly RuleDraft[] {
  if (result.outcome === "done") return result.entries.filter(({ kind }) => kind === "epic_split");
  return result.outcome === "later" ? [] : (result.standing ?? []);
}

function workOf(result: StepResult): StepFailedWork | null {
  return (result.outcome === "failed" || result.outcome === "interrupted" ? result.work : null) ?? null;
}

async function interrupted(
  { world }: Turn,
  now: Ticket,
  step: StepName,
  ending: Entry,
  work: StepFailedWork | null,
): Promise<RuleDraft> {
  world.log.info({ ticket: now.key, step, by: ending.seq }, "step interrupted");
  const spend = await unbooked(world.journal, now, NO_SPEND);
  const by = { seq: ending.seq, kind: kindOf(ending) };
  return { kind: "step_interrupted", data: { step, endedBy: by, spend, ...(work ? { work } : {}) } };
}

function failure(ticket: Ticket, step: StepName, result: Extract<StepResult, { outcome: "failed" }>): RuleDraft {
  const { reason, because, spend, inMs, work, kept } = result;
  const rest = inMs > 0 ? { againInMs: Math.round(inMs), ...(kept === undefined ? {} : { kept }) } : {};
  return {
    kind: "step_failed",
    data: { step, attempt: ticket.failures + 1, reason, because, spend, ...rest, ...(work ? { work } : {}) },
  };
}

function measured(context: StepContext, step: StepName): Promise<StepResult> {
  const { ticket, world } = context;
  const run = () => runSafely(context, step);
  if (!world.telemetry) return run();
  const what = { kind: "step", ticket: ticket.key, step, attempt: ticket.failures + 1 } as const;
  return world.telemetry.part(what, run, ({ outcome }) => ({ outcome, failed: outcome === "failed" }));
}

/** A bug in a step must not lose the ticket in the queue's dead letters: people are told, with an id that the log knows. */
async function runSafely(context: StepContext, step: StepName): Promise<StepResult> {
  try {
    return await STEPS[step](context);
  } catch (thrown) {
    const { standing, reason: error } = thrown instanceof BrokenOff ? thrown : new BrokenOff([], thrown);
    if (error instanceof Interrupted || context.signal.aborted) return { outcome: "interrupted", work: null, standing };
    // Somebody else has the ticket, finds what was opened, and writes it down.
    if (error instanceof LeaseLost || (error instanceof ForgeAway && standing.length === 0)) throw error;
    if (error instanceof ForgeAway) return { outcome: "interrupted", work: null, standing, thrown: error };
    const id = `${context.ticket.key} entry ${context.ticket.length + 1}`;
    context.world.log.error(
      { ticket: context.ticket.key, step, error: error instanceof Error ? error.stack : String(error) },
      "a step failed inside",
    );
    const because = why("step-broke", { step, logId: id });
    return { outcome: "failed", reason: "internal", because, spend: NO_SPEND, inMs: 2000, standing };
  }
}
