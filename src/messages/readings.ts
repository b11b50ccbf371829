import type { EntryData, EntryKind } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import {
  interruptedBecause,
  renderHalted,
  renderMerged,
  renderStepFailed,
  renderStepInterrupted,
  renderStopped,
} from "./ending.ts";
import { capital, count, dollars, kindWords, ROLE_TITLES } from "./format.ts";
import { HALT_NAMES } from "./ways-out.ts";
import { renderImplemented } from "./implemented.ts";
import * as epic from "./epic.ts";
import * as note from "./notes.ts";
import { STEP_WORDS } from "./step-words.ts";
import * as opening from "./opening.ts";
import { renderPlan } from "./plan.ts";
import { renderTestsExcused } from "./test-changes.ts";
import { PROOF_NAMES, renderProof, renderProofAccepted } from "./proof.ts";
import { renderReviewed, renderSettled, verdict } from "./review.ts";
import { shortSha } from "../core/ledger/ids.ts";

/** How one kind of entry reads. */
type Reading<K extends EntryKind> = {
  /** On the ticket's page: something that somebody said, or a line between such comments. */
  readonly shownAs: "comment" | "line";
  /** A few plain words, for lists. Not Markdown; texts of people in it are not escaped. */
  readonly headline: (data: EntryData<K>) => string;
  /**
   * GitHub Markdown, in which every text of a model or a person is contained (escape.ts).
   * @param before what was believed before the entry, null for the first one
   * @param after what is believed with it
   * @param now what is believed today, for what is ticked afterwards
   */
  readonly text: (data: EntryData<K>, before: Ticket | null, after: Ticket, now: Ticket) => string;
};

/** The words for `ENTRY_DATA`: a kind without them does not compile. */
export const READINGS: { readonly [K in EntryKind]: Reading<K> } = {
  opened: { shownAs: "line", headline: ({ by }) => `Started by ${by}`, text: opening.renderOpened },
  routed: {
    shownAs: "line",
    headline: (route) => `Routed as a ${kindWords(route)}, ${route.risk} risk`,
    text: opening.renderRouted,
  },
  question_asked: {
    shownAs: "comment",
    headline: ({ questions }) => `${count(questions.length, "question")} asked`,
    text: opening.renderQuestions,
  },
  question_skipped: { shownAs: "line", headline: () => "No question needed", text: opening.renderQuestionSkipped },
  question_answered: { shownAs: "comment", headline: ({ by }) => `Answered by ${by}`, text: opening.renderAnswer },
  diagnosed: {
    shownAs: "comment",
    headline: ({ model }) => `Root cause found by ${model}`,
    text: opening.renderDiagnosis,
  },
  planned: {
    shownAs: "comment",
    headline: ({ model }) => `Plan by ${model}`,
    text: (data, _, after, now) => renderPlan(data, after, now),
  },
  plan_approved: { shownAs: "line", headline: ({ by }) => `Plan accepted by ${by}`, text: note.renderPlanApproved },
  epic_approved: { shownAs: "line", headline: ({ by }) => `Plan split by ${by}`, text: epic.renderEpicApproved },
  epic_split: {
    shownAs: "comment",
    headline: ({ children }) => `${count(children.length, "part")} opened as issues`,
    text: (data, _, after) => epic.renderEpicSplit(data, after),
  },
  child_begun: {
    shownAs: "line",
    headline: ({ part, issue }) => `Part ${part} begun as #${issue}`,
    text: ({ part, issue }) => `**Part ${part}** (#${issue}) begins.`,
  },
  child_ended: {
    shownAs: "line",
    headline: ({ part, as, by }) => `Part ${part} ${as === "merged" ? "merged" : "left out"} by ${by}`,
    text: epic.renderChildEnded,
  },
  child_reopened: {
    shownAs: "line",
    headline: ({ part }) => `Part ${part} reopened`,
    text: ({ part, issue }) => `**Part ${part}** (#${issue}) was reopened and waits for its turn again.`,
  },
  epic_ended: {
    shownAs: "comment",
    headline: ({ merged, leftOut }) => `Epic ended: ${merged} merged, ${leftOut} left out`,
    text: (data, _, after) => epic.renderEpicEnded(data, after),
  },
  overlap_noticed: {
    shownAs: "line",
    headline: ({ with: issue, hours }) => `${hours > 0 ? "Waits for" : "Writes the same files as"} #${issue}`,
    text: note.renderOverlap,
  },
  overlap_ended: {
    shownAs: "line",
    headline: ({ with: issue }) => `Waits no longer for #${issue}`,
    text: note.renderOverlapEnded,
  },
  implemented: {
    shownAs: "comment",
    headline: ({ round, model }) => (round === 0 ? `Implemented by ${model}` : `Fix round ${round} by ${model}`),
    text: renderImplemented,
  },
  pull_request_opened: {
    shownAs: "line",
    headline: ({ number }) => `Pull request #${number} opened`,
    text: (data, _, after) => note.renderPullRequestOpened(data, after),
  },
  tests_excused: {
    shownAs: "line",
    headline: ({ by, testChanges }) => `${count(testChanges.length, "old test")} may change, says ${by}`,
    text: renderTestsExcused,
  },
  reviewed: {
    shownAs: "comment",
    headline: (data) => `${data.role === "reviewer" ? "Review" : "Hostile review"} by ${data.model}: ${verdict(data)}`,
    text: (data, before) => renderReviewed(data, before),
  },
  dispute_settled: {
    shownAs: "comment",
    headline: ({ findingId, outcome }) => `Dispute over ${findingId}: ${outcome}`,
    text: renderSettled,
  },
  finding_dismissed: {
    shownAs: "line",
    headline: ({ by, findingId }) => `${findingId} dismissed by ${by}`,
    text: (data, before) => note.renderDismissed(data, before),
  },
  proof_collected: {
    shownAs: "comment",
    headline: ({ outcome }) => (outcome === "ready" ? "Proof is complete" : "Proof is not complete"),
    text: (data, _, after) => renderProof(data, after),
  },
  merge_queued: { shownAs: "line", headline: () => "In the merge queue", text: note.renderMergeQueued },
  merge_approved: { shownAs: "line", headline: ({ by }) => `Merge approved by ${by}`, text: note.renderMergeApproved },
  protected_accepted: {
    shownAs: "line",
    headline: ({ by }) => `Protected changes accepted by ${by}`,
    text: note.renderProtectedAccepted,
  },
  proof_accepted: {
    shownAs: "line",
    headline: ({ by, item }) => `${PROOF_NAMES[item]}: accepted by ${by}`,
    text: (data, _, after, now) => renderProofAccepted(data, after, now),
  },
  remarked: {
    shownAs: "comment",
    headline: ({ by }) => `Reviewed by ${by}, without a verdict`,
    text: note.renderRemarked,
  },
  rework_requested: { shownAs: "comment", headline: ({ by }) => `Rework requested by ${by}`, text: note.renderRework },
  commanded: {
    shownAs: "comment",
    headline: ({ verb, by, outcome }) => `/coop ${verb} by ${by}: ${outcome}`,
    text: note.renderCommanded,
  },
  assignment_changed: {
    shownAs: "line",
    headline: ({ role, model, why }) => `${ROLE_TITLES[role]} is now ${model}: ${why}`,
    text: note.renderAssignmentChanged,
  },
  budget_raised: {
    shownAs: "line",
    headline: ({ addMicroUsd }) => `Budget raised by ${dollars(addMicroUsd)}`,
    text: note.renderBudgetRaised,
  },
  halted: {
    shownAs: "comment",
    headline: ({ as, reason }) => `${as === "parked" ? "Parked" : "Blocked"}: ${HALT_NAMES[reason]}`,
    text: renderHalted,
  },
  resumed: { shownAs: "line", headline: ({ by }) => `Continued by ${by}`, text: note.renderResumed },
  step_failed: {
    shownAs: "line",
    headline: ({ attempt, step, reason }) => `Attempt ${attempt} at ${STEP_WORDS[step]} failed: ${HALT_NAMES[reason]}`,
    text: renderStepFailed,
  },
  step_interrupted: {
    shownAs: "line",
    headline: (data) => `${capital(STEP_WORDS[data.step])} interrupted ${interruptedBecause(data)}`,
    text: (data, _, after) => renderStepInterrupted(data, after),
  },
  text_changed: { shownAs: "line", headline: () => "The ticket's text changed", text: note.renderTextChanged },
  text_accepted: {
    shownAs: "line",
    headline: ({ taken, by }) => (taken === "new" ? `New text accepted by ${by}` : `Old text kept by ${by}`),
    text: note.renderTextAccepted,
  },
  head_moved: {
    shownAs: "line",
    headline: ({ by, to }) => `${by} pushed ${shortSha(to)}`,
    text: note.renderHeadMoved,
  },
  base_changed: {
    shownAs: "line",
    headline: ({ by, to }) => `${by} chose the base branch ${to}`,
    text: note.renderBaseChanged,
  },
  ledger_fault: {
    shownAs: "comment",
    headline: ({ seq, problem }) => `Ledger entry ${seq} ${problem}`,
    text: note.renderLedgerFault,
  },
  ledger_rebuilt: {
    shownAs: "line",
    headline: ({ entries }) => `Ledger rebuilt from the thread, ${count(entries, "entry", "entries")}`,
    text: note.renderLedgerRebuilt,
  },
  merged: {
    shownAs: "comment",
    headline: ({ mergedSha }) => `Merged as ${shortSha(mergedSha)}`,
    text: (data, _, after) => renderMerged(data, after),
  },
  issue_reopened: {
    shownAs: "comment",
    headline: ({ by }) => `Issue reopened by ${by}`,
    text: note.renderIssueReopened,
  },
  stopped: {
    shownAs: "line",
    headline: ({ by }) => `Stopped by ${by}`,
    text: (data, _, after) => renderStopped(data, after),
  },
};
