// Held by test/scenarios/feature.test.ts
import type { RuleDraft } from "../core/rules/draft.ts";
import { type HaltDraft, halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { type EntryData, type Handoff, NO_SPEND } from "../core/ledger/entries.ts";
import { type StepFailedWork, type Ticket } from "../core/ticket/ticket.ts";
import type { Snapshot, Tree } from "../trees/tree.ts";
import { commitMessage } from "../messages/pull.ts";
import { changedFiles, type FileDiff } from "../trees/diff.ts";
import type { FileText } from "../roles/briefing.ts";
import { fixTask, type FinishAnswer, implementTask } from "../roles/implementer.ts";
import { openOverlay, type Overlay } from "../trees/overlay.ts";
import { branchMoved } from "./branch-moved.ts";
import { branchOf } from "./branch.ts";
import { brief, openFindings, plannedPaths } from "./brief.ts";
import { type Answered, consultRole } from "./consult.ts";
import { isWrittenByAgent, keepWork, takeUpWork } from "./kept-work.ts";
import { baseSnapshot, snapshotOf } from "./snapshots.ts";
import { done, Interrupted, policyOf, type StepContext, type StepResult } from "./step.ts";
import { changesBetween, type TakenIn, takeInBase } from "./take-in-base.ts";
import { type Requests, testRequests } from "./test-requests.ts";
import { unfinished } from "./unfinished.ts";
import { verifier, type Verifier } from "./verify.ts";
import { HANDOFF_LINES_MAX, LINE_CHARS_MAX, PLANNED_FILES_MAX, SOURCE_CHARS_MAX } from "../core/ledger/limits.ts";

/** One round: the Implementer writes in an overlay, the repository's own commands are run, and a commit is made of it. */
export async function implement(context: StepContext): Promise<StepResult> {
  const { ticket, world } = context;
  const before = await baseSnapshot(context);
  if (before.outcome !== "found") return before;
  const head = ticket.change ? await snapshotOf(context, ticket.change.headSha) : before;
  if (head.outcome !== "found") return head;
  const taken = await takeInBase(context, before.snapshot, head.snapshot);
  if (taken !== null && taken.outcome !== "taken-in") return taken;
  const { base, start } = taken ?? { base: before.snapshot, start: head.snapshot };
  const overlay = openOverlay(start, world.blobs);
  const verify = await verifier(context, base);
  const round = ticket.change ? ticket.change.round + 1 : 0;
  const begun = await takeUpWork(context, start, overlay);
  const known = await briefingFor(context, base, start, round, taken?.beside ?? []);
  const briefing = { ...known, begun: begun && { paths: begun.paths } };
  const task = ticket.change ? fixTask : implementTask;
  const gate = async ({ testChanges = [] }: FinishAnswer) => [
    ...(await testRequests(ticket, testChanges, [base.tree, await overlay.tree()], world.blobs)).problems,
    ...(await unfinished(overlay, verify, ticket, taken)),
  ];
  const consulted = await consultRole(context, "implementer", task, briefing, { snapshot: start, overlay, gate });
  if (consulted.outcome === "failed")
    return withWork(consulted, await keepWork(context, start, overlay.changes(), begun));
  if (consulted.outcome !== "answered")
    return isWrittenByAgent(context)
      ? stoodStill(consulted, await keepWork(context, start, overlay.changes(), begun))
      : consulted;
  try {
    return await conclude(context, { base, start, taken, overlay, verify, round, consulted });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return { outcome: "interrupted", work: await keepWork(context, start, overlay.changes(), begun) };
  }
}

function withWork(failed: StepResult, work: StepFailedWork | null): StepResult {
  return work && failed.outcome === "failed" ? { ...failed, work } : failed;
}

/** A budget ended it, and nothing that a coding agent did is walked through again: its work is named before the halt. */
function stoodStill(result: StepResult, work: StepFailedWork | null): StepResult {
  const [halt] = result.outcome === "done" ? result.entries : [];
  if (!work || !isHalt(halt)) return result;
  const { reason, because, spend = NO_SPEND, ...rest } = halt.data;
  const failed = { step: "implement" as const, attempt: 1, reason, because, spend, work };
  return done({ kind: "step_failed", data: failed }, { kind: "halted", data: { ...rest, reason, because } });
}

function isHalt(entry: RuleDraft | undefined): entry is HaltDraft {
  return entry?.kind === "halted" && "helps" in entry.data;
}

type Work = {
  readonly base: Snapshot;
  readonly start: Snapshot;
  readonly taken: TakenIn | null;
  readonly overlay: Overlay;
  readonly verify: Verifier;
  readonly round: number;
  readonly consulted: Answered<FinishAnswer>;
};

async function briefingFor(
  context: StepContext,
  base: Snapshot,
  start: Snapshot,
  round: number,
  beside: readonly FileText[],
) {
  const { ticket, world } = context;
  const changed = start === base ? [] : await changedFiles(base, start, world.blobs);
  const paths = [...plannedPaths(ticket), ...changed.map((file) => file.path)];
  const output = ticket.change?.last?.verification;
  const briefing = await brief(context, start, paths);
  return {
    ...briefing,
    files: [...beside, ...briefing.files],
    round,
    openFindings: openFindings(ticket),
    unplanned: ticket.change?.last?.unplanned ?? [],
    proofMissing: (ticket.proof?.items ?? [])
      .filter((item) => item.required && item.state === "refuted")
      .map((item) => [item.evidence, ...item.details].join("\n")),
    verification: output ? { outcome: output.outcome, output: await outputOf(context, output.outputSha256) } : null,
  };
}

export async function outputOf({ world }: StepContext, sha256: string | null): Promise<string> {
  const kept = sha256 ? await world.artifacts.get(sha256) : null;
  return kept?.toString("utf8") ?? "(the output was not kept)";
}

async function conclude(context: StepContext, work: Work): Promise<StepResult> {
  const { ticket, world } = context;
  const changes = work.overlay.changes();
  const { answer } = work.consulted;
  const disputedOnly = ticket.change !== null && answer.answers.some((one) => one.status === "disputed");
  if (changes.size === 0 && !disputedOnly && !work.taken) {
    return spent(work, halted("nothing-changed", "policy", why("nothing-was-changed")));
  }
  const limit = policyOf(context).limits.changedFiles;
  if (changes.size > limit) {
    const because = why("too-many-files", { files: changes.size, filesMax: limit });
    return spent(work, halted("plan-unsound", "policy", because));
  }
  const tree = await work.overlay.tree();
  const diffs = await changedFiles(work.base, { ...work.base, tree }, world.blobs);
  const isNew = changes.size > 0 || work.taken !== null;
  // Before the commit: from there on nobody is heard until the entry stands.
  const verification = (await work.verify(tree)).result;
  const requests = await testRequests(ticket, answer.testChanges ?? [], [work.base.tree, tree], world.blobs);
  const headSha = isNew ? await commitHead(context, work, tree) : (ticket.change?.headSha ?? "");
  if (typeof headSha !== "string") return headSha;
  return done({ kind: "implemented", data: entryData(context, work, { diffs, headSha, verification, requests }) });
}

async function commitHead(context: StepContext, work: Work, tree: Tree): Promise<string | StepResult> {
  const { ticket, forge, world } = context;
  const { base, start, taken } = work;
  const head = ticket.change?.headSha ?? work.base.commitSha;
  const outcome = await forge.commit({
    branch: branchOf(ticket.key, ticket.forge.kind),
    parentSha: head,
    mergedParentSha: taken ? base.commitSha : null,
    expectedHead: ticket.change?.headSha ?? null,
    // A tree that holds both sides is not on GitHub yet; written from the base's, only our own files are sent.
    baseTreeSha: taken ? base.treeSha : start.treeSha,
    changes: taken ? await changesBetween(base.tree, tree, world.blobs) : work.overlay.changes(),
    message: commitMessage(ticket, work.round),
  });
  if (outcome.outcome === "committed") return outcome.headSha;
  if (outcome.outcome === "refused")
    return spent(
      work,
      halted("github-refused", "policy", why("commit-refused", { reason: outcome.reason, workflows: workflows(work) })),
    );
  const { spend } = work.consulted;
  if (!ticket.change)
    return spent(
      work,
      halted("github-refused", "policy", why("branch-taken", { branch: branchOf(ticket.key, ticket.forge.kind) })),
    );
  return branchMoved(context, ticket.change.headSha, outcome.headSha, spend);
}

/** GitHub's own words do not say which file it minds. */
function workflows({ overlay }: Work): "touched" | "untouched" {
  const touched = [...overlay.changes().keys()].some((path) => path.startsWith(".github/workflows/"));
  return touched ? "touched" : "untouched";
}

type Written = {
  readonly diffs: readonly FileDiff[];
  readonly headSha: string;
  readonly verification: EntryData<"implemented">["verification"];
  readonly requests: Requests;
};

function entryData(
  context: StepContext,
  work: Work,
  { diffs, headSha, verification, requests }: Written,
): EntryData<"implemented"> {
  const { answer, model, spend, left = [] } = work.consulted;
  const { summary, logic, assumptions, verification: steps, limitations } = answer;
  return {
    round: work.round,
    model: model.name,
    vendor: model.vendor,
    branch: branchOf(context.ticket.key, context.ticket.forge.kind),
    baseSha: work.base.commitSha,
    headSha,
    files: diffs.map(({ path, action, added, removed }) => ({ path, action, added, removed })),
    unplanned: unplannedOf(context.ticket, answer, diffs),
    trail: {
      summary,
      logic,
      assumptions,
      verification: steps,
      limitations: [...[...left, ...requests.problems].map(short), ...limitations].slice(0, HANDOFF_LINES_MAX),
    },
    ...(requests.asked.length > 0 ? { testChanges: [...requests.asked] } : {}),
    answers: answer.answers,
    verification,
    handoff: handoffOf(answer, diffs),
    spend,
    ...(model.served === undefined ? {} : { served: model.served.slice(0, SOURCE_CHARS_MAX) }),
  };
}

function short(line: string): string {
  return line.slice(0, LINE_CHARS_MAX);
}

/** Reasons given in earlier rounds stay good for files that are still changed: nobody has to give them twice. */
function unplannedOf(ticket: Ticket, answer: FinishAnswer, diffs: readonly FileDiff[]) {
  const earlier = (ticket.change?.last?.unplanned ?? []).filter(
    (one) => !answer.unplanned.some((now) => now.path === one.path) && diffs.some((diff) => diff.path === one.path),
  );
  return [...answer.unplanned, ...earlier].slice(0, PLANNED_FILES_MAX);
}

function handoffOf(answer: FinishAnswer, diffs: readonly FileDiff[]): Handoff {
  return {
    from: "implementer",
    goal: answer.summary.slice(0, LINE_CHARS_MAX),
    decisions: answer.logic.slice(0, HANDOFF_LINES_MAX),
    openFindings: answer.answers.filter((one) => one.status === "disputed").map((one) => one.findingId),
    nextActions: diffs.slice(0, HANDOFF_LINES_MAX).map((file) => `look at ${file.path}`.slice(0, LINE_CHARS_MAX)),
  };
}

/** The round ends without a commit, but it was paid for: the ledger says so. */
function spent(work: Work, halt: HaltDraft): StepResult {
  const { spend } = work.consulted;
  const { reason, because } = halt.data;
  return done({ kind: "step_failed", data: { step: "implement", attempt: 1, reason, because, spend } }, halt);
}
