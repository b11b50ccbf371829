// Held by test/scenarios/dispute.test.ts
import { disputedIn, tiebreaker } from "../core/rules/tiebreak.ts";
import { settledBecause } from "../messages/steps/settle.ts";
import { settleTask } from "../roles/settle.ts";
import { brief } from "./brief.ts";
import { consultRole } from "./consult.ts";
import { snapshotOf } from "./snapshots.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { SENTENCE_CHARS_MAX } from "../core/ledger/limits.ts";

/** One disputed finding goes to a third party. Evidence beats preference; when it does not decide, the finding stands. */
export async function settle(context: StepContext): Promise<StepResult> {
  const { ticket } = context;
  const disputed = disputedIn(ticket);
  if (!disputed?.answer || !ticket.change) throw new Error("There is no dispute to settle");
  const head = await snapshotOf(context, ticket.change.headSha);
  if (head.outcome !== "found") return head;
  const role = tiebreaker(ticket, disputed);
  const paths = disputed.finding.path ? [disputed.finding.path] : [];
  const briefing = {
    ...(await brief(context, head.snapshot, paths)),
    disputes: [{ finding: disputed.finding, answer: disputed.answer }],
  };
  const consulted = await consultRole(context, role, settleTask(role), briefing, { snapshot: head.snapshot });
  if (consulted.outcome !== "answered") return consulted;
  const { answer, model, spend } = consulted;
  const outcome = answer.outcome === "withdrawn" ? ("withdrawn" as const) : ("upheld" as const);
  const data = {
    findingId: disputed.finding.id,
    by: role,
    model: model.name,
    outcome,
    rationale: settledBecause(answer).slice(0, SENTENCE_CHARS_MAX),
    spend,
  };
  return done({ kind: "dispute_settled", data });
}
