import { z } from "zod";
import { baseChangedData, headMovedData, implementedData, pullRequestOpenedData } from "./kinds/change.ts";
import {
  childBegunData,
  childEndedData,
  childReopenedData,
  epicApprovedData,
  epicEndedData,
  epicSplitData,
} from "./kinds/epic.ts";
import { ledgerFaultData, ledgerRebuiltData } from "./kinds/copies.ts";
import { issueReopenedData, mergedData, stoppedData } from "./kinds/ending.ts";
import { openedData, routedData } from "./kinds/opening.ts";
import { overlapEndedData, overlapNoticedData } from "./kinds/overlap.ts";
import { diagnosedData, planApprovedData, plannedData, testsExcusedData } from "./kinds/planning.ts";
import {
  mergeApprovedData,
  mergeQueuedData,
  proofAcceptedData,
  proofCollectedData,
  protectedAcceptedData,
} from "./kinds/proving.ts";
import { questionAnsweredData, questionAskedData, questionSkippedData } from "./kinds/questions.ts";
import { disputeSettledData, findingDismissedData, reviewedData } from "./kinds/reviewing.ts";
import { haltedData, resumedData, stepFailedData, stepInterruptedData } from "./kinds/standstill.ts";
import { textAcceptedData, textChangedData } from "./kinds/text.ts";
import {
  assignmentChangedData,
  budgetRaisedData,
  commandedData,
  remarkedData,
  reworkRequestedData,
} from "./kinds/wishes.ts";
import { short } from "./records.ts";
import { NOTES_MAX } from "./limits.ts";

export {
  addSpend,
  type Assignment,
  assignmentSchema,
  type ChangedFile,
  type EvidenceTrail,
  evidenceTrailSchema,
  type HaltReason,
  haltReasonSchema,
  type Handoff,
  handoffSchema,
  NO_SPEND,
  type Spend,
  spendSchema,
  type StepName,
  stepNameSchema,
  type VerificationRun,
  verificationRunSchema,
} from "./records.ts";

/**
 * Everything that can have happened to a ticket, in the order of a usual one. Entries are facts in the past tense; nothing
 * else is stored about a ticket. Texts are capped so that an entry and its readable form fit one GitHub comment.
 */
export const ENTRY_DATA = {
  opened: openedData,
  routed: routedData,
  question_asked: questionAskedData,
  question_skipped: questionSkippedData,
  question_answered: questionAnsweredData,
  diagnosed: diagnosedData,
  planned: plannedData,
  plan_approved: planApprovedData,
  epic_approved: epicApprovedData,
  epic_split: epicSplitData,
  child_begun: childBegunData,
  child_ended: childEndedData,
  child_reopened: childReopenedData,
  epic_ended: epicEndedData,
  overlap_noticed: overlapNoticedData,
  overlap_ended: overlapEndedData,
  implemented: implementedData,
  pull_request_opened: pullRequestOpenedData,
  tests_excused: testsExcusedData,
  reviewed: reviewedData,
  dispute_settled: disputeSettledData,
  finding_dismissed: findingDismissedData,
  proof_collected: proofCollectedData,
  merge_approved: mergeApprovedData,
  merge_queued: mergeQueuedData,
  protected_accepted: protectedAcceptedData,
  proof_accepted: proofAcceptedData,
  remarked: remarkedData,
  rework_requested: reworkRequestedData,
  commanded: commandedData,
  assignment_changed: assignmentChangedData,
  budget_raised: budgetRaisedData,
  halted: haltedData,
  resumed: resumedData,
  step_failed: stepFailedData,
  step_interrupted: stepInterruptedData,
  text_changed: textChangedData,
  text_accepted: textAcceptedData,
  head_moved: headMovedData,
  base_changed: baseChangedData,
  ledger_fault: ledgerFaultData,
  ledger_rebuilt: ledgerRebuiltData,
  merged: mergedData,
  stopped: stoppedData,
  issue_reopened: issueReopenedData,
};

export type EntryKind = keyof typeof ENTRY_DATA;
export type EntryData<K extends EntryKind> = z.infer<(typeof ENTRY_DATA)[K]>;
export type EntryDraft = {
  [K in EntryKind]: { kind: K; data: EntryData<K>; cut?: string[] | undefined; hidden?: string[] | undefined };
}[EntryKind];

/** What had to be cut so that the entry fits a comment (`fit-entry.ts`). Absent: nothing. */
const cut = z.array(short).max(NOTES_MAX).optional();
/** Entries that hold what a person said, as it was said. */
export const WORDS_OF_PEOPLE: ReadonlySet<string> = new Set(["question_answered", "rework_requested", "remarked"]);

/**
 * Of people's words: what nobody could see in them, and was taken out. Of others: the characters that nobody can see in the code and
 * output that models read, where they are named. Absent: nothing.
 */
const hidden = z.array(short).max(NOTES_MAX).optional();

const [first, ...others] = Object.entries(ENTRY_DATA).map(([kind, data]) =>
  z.object({ kind: z.literal(kind), data, cut, hidden }),
);
if (!first) throw new Error("There are kinds of entries");

export const entryBodySchema = z.discriminatedUnion("kind", [first, ...others]) as unknown as z.ZodType<EntryDraft>;
