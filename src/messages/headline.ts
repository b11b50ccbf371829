import type { Entry } from "../core/ledger/chain.ts";

import { count, dollars, ROLE_TITLES } from "./format.ts";
import { HALT_NAMES } from "./halts.ts";
import { verdict } from "./review.ts";

/** One entry in a few plain words, for lists. Not Markdown; texts of people in it are not escaped. */
export function headline(entry: Entry): string {
  switch (entry.kind) {
    case "opened":
      return `Started by ${entry.data.by}`;
    case "routed":
      return `Routed as a ${entry.data.size} ${entry.data.type}, ${entry.data.risk} risk`;
    case "question_asked":
      return `${count(entry.data.questions.length, "question")} asked`;
    case "question_skipped":
      return "No question needed";
    case "question_answered":
      return `Answered by ${entry.data.by}`;
    case "diagnosed":
      return `Root cause found by ${entry.data.model}`;
    case "planned":
      return `Plan by ${entry.data.model}`;
    case "plan_approved":
      return `Plan accepted by ${entry.data.by}`;
    case "implemented":
      return entry.data.round === 0 ? `Implemented by ${entry.data.model}` : `Fix round ${entry.data.round} by ${entry.data.model}`; // prettier-ignore
    case "pull_request_opened":
      return `Pull request #${entry.data.number} opened`;
    case "reviewed":
      return `${entry.data.role === "reviewer" ? "Review" : "Hostile review"} by ${entry.data.model}: ${verdict(entry.data)}`;
    case "dispute_settled":
      return `Dispute over ${entry.data.findingId}: ${entry.data.outcome}`;
    case "proof_collected":
      return entry.data.outcome === "ready" ? "Proof is complete" : "Proof is not complete";
    case "merge_approved":
      return `Merge approved by ${entry.data.by}`;
    case "protected_accepted":
      return `Protected changes accepted by ${entry.data.by}`;
    case "rework_requested":
      return `Rework requested by ${entry.data.by}`;
    case "commanded":
      return `/coop ${entry.data.verb} by ${entry.data.by}: ${entry.data.outcome}`;
    case "assignment_changed":
      return `${ROLE_TITLES[entry.data.role]} is now ${entry.data.model}: ${entry.data.why}`;
    case "budget_raised":
      return `Budget raised by ${dollars(entry.data.addMicroUsd)}`;
    case "halted":
      return `${entry.data.as === "parked" ? "Parked" : "Blocked"}: ${HALT_NAMES[entry.data.reason]}`;
    case "resumed":
      return `Continued by ${entry.data.by}`;
    case "step_failed":
      return `Attempt ${entry.data.attempt} at ${entry.data.step} failed: ${HALT_NAMES[entry.data.reason]}`;
    case "text_changed":
      return "The ticket's text changed";
    case "text_accepted":
      return entry.data.taken === "new" ? `New text accepted by ${entry.data.by}` : `Old text kept by ${entry.data.by}`;
    case "head_moved":
      return `${entry.data.by} pushed ${entry.data.to.slice(0, 7)}`;
    case "ledger_fault":
      return `Ledger entry ${entry.data.seq} ${entry.data.problem}`;
    case "ledger_rebuilt":
      return `Ledger rebuilt from the thread, ${count(entry.data.entries, "entry", "entries")}`;
    case "merged":
      return `Merged as ${entry.data.mergedSha.slice(0, 7)}`;
    case "stopped":
      return `Stopped by ${entry.data.by}`;
    case "newer":
      return `Written by a newer version (${entry.data.kind})`;
  }
}
