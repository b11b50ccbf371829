// Held by test/scenarios/bug.test.ts
import { PLAN_A_FIX } from "../messages/steps/diagnose.ts";
import { diagnoseTask } from "../roles/reviewer.ts";
import { brief } from "./brief.ts";
import { consultRole } from "./consult.ts";
import { baseSnapshot } from "./snapshots.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { LINE_CHARS_MAX } from "../core/ledger/limits.ts";

/** A bug's root cause, found by the Reviewer before anybody plans a fix. */
export async function diagnose(context: StepContext): Promise<StepResult> {
  const base = await baseSnapshot(context);
  if (base.outcome !== "found") return base;
  const briefing = await brief(context, base.snapshot, []);
  const consulted = await consultRole(context, "reviewer", diagnoseTask, briefing, { snapshot: base.snapshot });
  if (consulted.outcome !== "answered") return consulted;
  const { answer, model, spend } = consulted;
  const handoff = {
    from: "reviewer" as const,
    goal: PLAN_A_FIX.goal,
    decisions: [answer.rootCause.slice(0, LINE_CHARS_MAX)],
    openFindings: [],
    nextActions: [PLAN_A_FIX.next],
  };
  return done({
    kind: "diagnosed",
    data: { model: model.name, baseSha: base.snapshot.commitSha, diagnosis: answer, handoff, spend },
  });
}
