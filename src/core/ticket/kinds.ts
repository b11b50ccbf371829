import type { EntryData, EntryKind } from "../ledger/entries.ts";
import type { Entry } from "../ledger/entry.ts";
import type { Role } from "../ledger/ids.ts";
import { baseChanged, headMoved, implemented, pullRequestOpened } from "./kinds/change.ts";
import { ledgerFault, ledgerRebuilt } from "./kinds/copies.ts";
import { issueReopened, merged, stopped } from "./kinds/ending.ts";
import { childBegun, childEnded, childReopened, epicApproved, epicEnded, epicSplit } from "./kinds/epic.ts";
import type { Kind } from "./kinds/kind.ts";
import { opened, routed } from "./kinds/opening.ts";
import { overlapEnded, overlapNoticed } from "./kinds/overlap.ts";
import { diagnosed, planApproved, planned, testsExcused } from "./kinds/planning.ts";
import { mergeApproved, mergeQueued, proofAccepted, proofCollected, protectedAccepted } from "./kinds/proving.ts";
import { questionAnswered, questionAsked, questionSkipped } from "./kinds/questions.ts";
import { disputeSettled, findingDismissed, reviewed } from "./kinds/reviewing.ts";
import { halted, resumed, stepFailed, stepInterrupted } from "./kinds/standstill.ts";
import { textAccepted, textChanged } from "./kinds/text.ts";
import { assignmentChanged, budgetRaised, commanded, remarked, reworkRequested } from "./kinds/wishes.ts";

/** What each kind of entry does, by its name. */
export const KINDS: { readonly [K in EntryKind]: Kind<K> } = {
  opened,
  routed,
  question_asked: questionAsked,
  question_skipped: questionSkipped,
  question_answered: questionAnswered,
  diagnosed,
  planned,
  plan_approved: planApproved,
  epic_approved: epicApproved,
  epic_split: epicSplit,
  child_begun: childBegun,
  child_ended: childEnded,
  child_reopened: childReopened,
  epic_ended: epicEnded,
  overlap_noticed: overlapNoticed,
  overlap_ended: overlapEnded,
  implemented,
  pull_request_opened: pullRequestOpened,
  tests_excused: testsExcused,
  reviewed,
  dispute_settled: disputeSettled,
  finding_dismissed: findingDismissed,
  proof_collected: proofCollected,
  merge_approved: mergeApproved,
  merge_queued: mergeQueued,
  protected_accepted: protectedAccepted,
  proof_accepted: proofAccepted,
  remarked,
  rework_requested: reworkRequested,
  commanded,
  assignment_changed: assignmentChanged,
  budget_raised: budgetRaised,
  halted,
  resumed,
  step_failed: stepFailed,
  step_interrupted: stepInterrupted,
  text_changed: textChanged,
  text_accepted: textAccepted,
  head_moved: headMoved,
  base_changed: baseChanged,
  ledger_fault: ledgerFault,
  ledger_rebuilt: ledgerRebuilt,
  merged,
  stopped,
  issue_reopened: issueReopened,
};

/** The role that speaks in an entry, or null. */
export function roleOf(entry: Entry): Role | null {
  if (entry.kind === "newer") return null;
  const { role } = KINDS[entry.kind] as Kind<EntryKind>;
  return typeof role === "function" ? role(entry.data as EntryData<EntryKind>) : role;
}
