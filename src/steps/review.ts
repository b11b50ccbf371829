// Held by test/scenarios/feature.test.ts
import type { Remark } from "../core/ticket/finding.ts";
import { changedLines, type Delta } from "../trees/delta.ts";
import type { Handoff } from "../core/ledger/entries.ts";
import { type Ticket, typeOf } from "../core/ticket/ticket.ts";
import type { Snapshot } from "../trees/tree.ts";
import type { Word } from "../core/ticket/survivor.ts";
import { standingSurvivors } from "../core/ticket/survivors.ts";
import { loweredBecause, unusableSteps } from "../messages/reasons/lowered.ts";
import { judge } from "../core/ticket/verdict.ts";
import { changedFiles, type FileDiff, unifiedDiff } from "../trees/diff.ts";
import { attackTask } from "../roles/adversary.ts";
import { settledPlaces } from "../roles/citations.ts";
import { settledReplacements } from "../roles/replacement.ts";
import type { ReviewAnswer } from "../roles/review.ts";
import { reviewTask, verifyTask } from "../roles/reviewer.ts";
import { brief, plannedPaths } from "./brief.ts";
import { type Answered, consultRole } from "./consult.ts";
import { outputOf } from "./implement.ts";
import { baseSnapshot, snapshotOf } from "./snapshots.ts";
import { proofOf } from "./proof-input.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { HANDOFF_LINES_MAX, LINE_CHARS_MAX, SOURCE_CHARS_MAX } from "../core/ledger/limits.ts";

type Reviewing = "reviewer" | "adversary";

export const review = (context: StepContext) => examine(context, "reviewer");
export const attack = (context: StepContext) => examine(context, "adversary");

/** What nobody knows before the proof is due, and what no run depends on. */
const NOT_YET = { checks: [], baseChecks: [], merges: [], reviews: [] };

/** One reviewer looks at one head: whole change the first time, what changed since as well later on. */
async function examine(context: StepContext, role: Reviewing): Promise<StepResult> {
  const { ticket, world } = context;
  const change = ticket.change;
  if (!change) throw new Error("A review needs a change");
  const base = await baseSnapshot(context);
  if (base.outcome !== "found") return base;
  const head = await snapshotOf(context, change.headSha);
  if (head.outcome !== "found") return head;
  // Whoever leaves the proof to another process, or to nobody, has no use for its runs.
  if (!world.leaves?.includes("prove"))
    world.ahead?.begin(ticket.key, { ...proofOf(context, base.snapshot, head.snapshot), ...NOT_YET });
  const diffs = await changedFiles(base.snapshot, head.snapshot, world.blobs);
  const since = await deltaSince(context, head.snapshot, ticket.reviews[role]?.headSha ?? null);
  const briefing = await briefingFor(context, role, base.snapshot, head.snapshot, diffs, since);
  const task = role === "adversary" ? attackTask : typeOf(ticket) === "bug" ? verifyTask : reviewTask;
  const consulted = await consultRole(context, role, task, briefing, { snapshot: head.snapshot });
  if (consulted.outcome !== "answered") return consulted;
  // A place that does not exist is not published as if it did; a blocker that points at nothing is lowered below.
  const { placed, wrong } = settledPlaces(consulted.answer.findings, consulted.facts);
  const findings = settledReplacements(placed, consulted.facts);
  return done({
    kind: "reviewed",
    data: entryData(ticket, role, change, { ...consulted, answer: { ...consulted.answer, findings } }, wrong, since),
  });
}

async function deltaSince(context: StepContext, head: Snapshot, seen: string | null): Promise<FileDiff[] | null> {
  if (seen === null) return null;
  // Asked once more about what it has seen: nothing changed, so nothing new may block.
  if (seen === head.commitSha) return [];
  const before = await snapshotOf(context, seen);
  return before.outcome === "found" ? changedFiles(before.snapshot, head, context.world.blobs) : null;
}

async function briefingFor(
  context: StepContext,
  role: Reviewing,
  base: Snapshot,
  head: Snapshot,
  diffs: readonly FileDiff[],
  since: readonly FileDiff[] | null,
) {
  const { ticket } = context;
  const last = ticket.change?.last ?? null;
  const briefing = await brief(context, base, []);
  const changed = await brief(context, head, [...diffs.map((file) => file.path), ...plannedPaths(ticket)]);
  return {
    ...briefing,
    paths: changed.paths,
    symbols: changed.symbols,
    files: changed.files,
    openFindings: earlier(ticket, role),
    survivors: standingSurvivors(ticket).map(({ finding: { id, path, line, quote, title }, answer }) => {
      return { id, path, line, quote, title, author: answer?.evidence ?? null };
    }),
    claims: last?.answers ?? [],
    trail: last?.trail ?? null,
    unplanned: last?.unplanned ?? [],
    changed: diffs.map((file) => file.path),
    diff: diffs.map(unifiedDiff).join("\n"),
    delta: since ? since.map(unifiedDiff).join("\n") : null,
    verification: last
      ? { outcome: last.verification.outcome, output: await outputOf(context, last.verification.outputSha256) }
      : null,
  };
}

/**
 * Findings whose fate is not settled yet, whoever found them. On a person's change the two reviewers look at the same commit
 * one after the other: what the first one has just found there is not for the second one to settle.
 */
function earlier(ticket: Ticket, role: Reviewing) {
  const other = ticket.reviews[role === "reviewer" ? "adversary" : "reviewer"];
  const isFresh = ticket.opened.pull !== null && other?.headSha === ticket.change?.headSha;
  const fresh = new Set(isFresh ? other?.findings.map(({ id }) => id) : []);
  return [...ticket.findings.values()]
    .filter((one) => one.finding.by !== "proof")
    .filter((one) => one.state !== "resolved" && one.state !== "withdrawn" && !fresh.has(one.finding.id))
    .map((one) => one.finding);
}

function entryData(
  ticket: Ticket,
  role: Reviewing,
  change: NonNullable<Ticket["change"]>,
  consulted: Answered<ReviewAnswer>,
  wrong: ReadonlySet<number>,
  since: readonly FileDiff[] | null,
) {
  const { answer, model, spend } = consulted;
  const delta: Delta | null = since ? changedLines(since) : null;
  const { followUps, survivors } = wordsOn(ticket, answer);
  const judged = judge(ticket, {
    by: role,
    remarks: answer.findings,
    followUps,
    verificationSteps: stepsOf(answer),
    misquoted: wrong,
    delta,
  });
  const findings = judged.findings.map((one) => ({ ...one, lowered: one.lowered && loweredBecause(one.lowered) }));
  return {
    role,
    round: change.round,
    model: model.name,
    vendor: model.vendor,
    headSha: change.headSha,
    summary: answer.summary,
    attacked: answer.attacked,
    findings,
    followUps,
    done: answer.done,
    ...(answer.outside === undefined ? {} : { outside: answer.outside }),
    ...(survivors.length === 0 ? {} : { survivors }),
    verificationSteps: answer.verificationSteps,
    verdict: judged.verdict,
    handoff: handoffOf(role, answer.summary, findings),
    spend,
    ...(model.served === undefined ? {} : { served: model.served.slice(0, SOURCE_CHARS_MAX) }),
  };
}

/** A change that no test notices is settled by other words than a remark, so they are kept apart. */
function wordsOn(ticket: Ticket, answer: ReviewAnswer) {
  const standing = new Set(standingSurvivors(ticket).map(({ finding }) => finding.id));
  const followUps = answer.followUps.filter(({ findingId }) => !standing.has(findingId));
  const survivors = answer.followUps
    .filter(({ findingId }) => standing.has(findingId))
    .map(({ findingId, status, evidence: why }): Word => {
      return { findingId, equivalent: status === "resolved" ? "yes" : "no", why };
    });
  return { followUps, survivors };
}

function stepsOf({ verificationSteps: { usable, why } }: ReviewAnswer) {
  return usable === "yes" ? { usable } : { usable, remark: unusableSteps(why) };
}

function handoffOf(role: Reviewing, summary: string, findings: readonly (Remark & { id: string })[]): Handoff {
  const blockers = findings.filter((one) => one.severity === "blocker");
  return {
    from: role,
    goal: summary.slice(0, LINE_CHARS_MAX),
    decisions: [],
    openFindings: blockers.map((one) => one.id),
    nextActions: blockers.slice(0, HANDOFF_LINES_MAX).map((one) => one.instruction.slice(0, LINE_CHARS_MAX)),
  };
}
