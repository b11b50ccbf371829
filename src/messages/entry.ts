import type { Entry, KnownEntry } from "../core/ledger/entry.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { renderHalted, renderMerged, renderStepFailed, renderStopped } from "./ending.ts";
import { renderImplemented } from "./implemented.ts";
import { inline } from "./escape.ts";
import { paragraphs } from "./format.ts";
import * as note from "./notes.ts";
import {
  renderAnswer,
  renderDiagnosis,
  renderOpened,
  renderQuestions,
  renderQuestionSkipped,
  renderRouted,
} from "./opening.ts";
import { renderPlan } from "./plan.ts";
import { renderProof } from "./proof.ts";
import { renderReviewed, renderSettled } from "./review.ts";

/** How one entry is told from the next one inside a comment. */
const RULE = "\n\n---\n\n";

/** Consecutive entries of a chain as people read them in one comment. The chain is needed: an entry reads by what came before it. */
export function renderEntries(chain: readonly Entry[], group: readonly Entry[]): string {
  return group
    .map((entry) => {
      if (entry.kind === "newer") return note.renderNewer(entry.data.kind);
      const after = fold(chain.slice(0, entry.seq));
      if (!after) throw new Error(`The ledger of ${entry.ticket} does not begin with an opened entry`);
      const cut =
        entry.cut && `*Too long for one entry of the ledger, so it is shortened: ${inline(entry.cut.join(", "))}.*`;
      return paragraphs(renderEntry(entry, fold(chain.slice(0, entry.seq - 1)), after), cut);
    })
    .join(RULE);
}

/**
 * One entry as a person reads it: GitHub Markdown, in which every text of a model or a person is contained (escape.ts).
 * @param before what was believed before the entry, null for the first one
 * @param after what is believed with it
 */
export function renderEntry(entry: KnownEntry, before: Ticket | null, after: Ticket): string {
  switch (entry.kind) {
    case "opened":
      return renderOpened(entry.data);
    case "routed":
      return renderRouted(entry.data);
    case "question_asked":
      return renderQuestions(entry.data);
    case "question_skipped":
      return renderQuestionSkipped(entry.data);
    case "question_answered":
      return renderAnswer(entry.data);
    case "diagnosed":
      return renderDiagnosis(entry.data);
    case "planned":
      return renderPlan(entry.data, after);
    case "implemented":
      return renderImplemented(entry.data, before);
    case "reviewed":
      return renderReviewed(entry.data, before);
    case "dispute_settled":
      return renderSettled(entry.data, before);
    case "proof_collected":
      return renderProof(entry.data, after);
    case "halted":
      return renderHalted(entry.data);
    case "step_failed":
      return renderStepFailed(entry.data);
    case "merged":
      return renderMerged(entry.data, after);
    case "stopped":
      return renderStopped(entry.data);
    default:
      return renderNote(entry);
  }
}

type Note = Exclude<KnownEntry, { kind: "opened" | "routed" | "question_asked" | "question_skipped" | "question_answered" | "diagnosed" | "planned" | "implemented" | "reviewed" | "dispute_settled" | "proof_collected" | "halted" | "step_failed" | "merged" | "stopped" }>; // prettier-ignore

function renderNote(entry: Note): string {
  switch (entry.kind) {
    case "plan_approved":
      return note.renderPlanApproved(entry.data);
    case "pull_request_opened":
      return note.renderPullRequestOpened(entry.data);
    case "merge_approved":
      return note.renderMergeApproved(entry.data);
    case "protected_accepted":
      return note.renderProtectedAccepted(entry.data);
    case "rework_requested":
      return note.renderRework(entry.data);
    case "commanded":
      return note.renderCommanded(entry.data);
    case "assignment_changed":
      return note.renderAssignmentChanged(entry.data);
    case "budget_raised":
      return note.renderBudgetRaised(entry.data);
    case "resumed":
      return note.renderResumed(entry.data);
    case "text_changed":
      return note.renderTextChanged(entry.data);
    case "text_accepted":
      return note.renderTextAccepted(entry.data);
    case "head_moved":
      return note.renderHeadMoved(entry.data);
    case "ledger_fault":
      return note.renderLedgerFault(entry.data);
    case "ledger_rebuilt":
      return note.renderLedgerRebuilt(entry.data);
  }
}
