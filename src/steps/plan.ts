// Held by test/scenarios/plan-gate.test.ts
import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { deliveredChunk, type Plan } from "../core/ticket/plan.ts";
import type { Handoff } from "../core/ledger/entries.ts";
import { epicsFor } from "../core/rules/epic-next.ts";
import { planRisk } from "../core/rules/plan-risk.ts";
import { planDoubt } from "../core/rules/plan-doubt.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";
import { planTask, replanTask } from "../roles/architect.ts";
import { changedFiles, unifiedDiff } from "../trees/diff.ts";
import type { Snapshot } from "../trees/tree.ts";
import { brief, openFindings, plannedPaths } from "./brief.ts";
import { consultRole } from "./consult.ts";
import { baseSnapshot, snapshotOf } from "./snapshots.ts";
import { done, policyOf, type StepContext, type StepResult } from "./step.ts";
import { testCommands } from "./test-commands.ts";
import { HANDOFF_LINES_MAX, LINE_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * The Architect's plan. The sanity gate (files exist or are said to be new, tests are named, every item of the Definition of
 * Done can be evidenced) is part of the task's checks: a plan that does not pass is sent back once, then the step fails.
 */
export async function plan(context: StepContext): Promise<StepResult> {
  const { ticket } = context;
  const base = await baseSnapshot(context);
  if (base.outcome !== "found") return base;
  const doubt = planDoubt(ticket);
  const head = doubt && ticket.change ? await snapshotOf(context, ticket.change.headSha) : null;
  if (head && head.outcome !== "found") return head;
  const known = await brief(context, base.snapshot, plannedPaths(ticket));
  const briefing = head ? { ...known, ...(await begunWork(context, base.snapshot, head.snapshot)) } : known;
  const consulted = await consultRole(context, "architect", doubt ? replanTask : planTask, briefing, {
    snapshot: base.snapshot,
  });
  if (consulted.outcome !== "answered") return consulted;
  const { answer, model, spend } = consulted;
  const { chosen } = await testCommands(context, base.snapshot);
  const policy = policyOf(context);
  const epics = epicsFor(ticket, answer, policy);
  const dangers = planRisk(answer, ticket.route, policy);
  const data = {
    model: model.name,
    baseSha: base.snapshot.commitSha,
    textHash: ticket.text.hash,
    plan: answer,
    planHash: sha256(canonicalJson(answer)),
    handoff: handoffOf(answer),
    commands: chosen.map(({ command, testsRun }) => ({ run: command.run, testsRun })),
    spend,
    ...(epics === null ? {} : { epics }),
    ...(dangers === null ? {} : { dangers }),
    ...(doubt === null ? {} : { again: sentenceFor(doubt) }),
  };
  return done({ kind: "planned", data });
}

/** What an Architect who comes back has to see: the change as it stands, and what is still wrong with it. */
async function begunWork({ ticket, world }: StepContext, base: Snapshot, head: Snapshot) {
  const diffs = await changedFiles(base, head, world.blobs);
  return { openFindings: openFindings(ticket), diff: diffs.map(unifiedDiff).join("\n") };
}

function handoffOf(plan: Plan): Handoff {
  const chunk = deliveredChunk(plan);
  return {
    from: "architect",
    goal: plan.goal.slice(0, LINE_CHARS_MAX),
    decisions: [...plan.constraints, ...plan.assumptions]
      .slice(0, HANDOFF_LINES_MAX)
      .map((line) => line.slice(0, LINE_CHARS_MAX)),
    openFindings: [],
    nextActions: chunk.files
      .slice(0, HANDOFF_LINES_MAX)
      .map((file) => `${file.action} ${file.path}`.slice(0, LINE_CHARS_MAX)),
  };
}
