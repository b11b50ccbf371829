import type { Phase } from "../core/ticket/phase.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";

/** What each phase is called in the status comment, in lists and in answers. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  planning: "Planning",
  question: "Waiting for an answer",
  "plan-approval": "Waiting for approval of the plan",
  "test-approval": "Waiting for a word on old tests",
  epic: "Building part by part",
  implementing: "Implementing",
  reviewing: "Reviewing",
  ready: "Ready to merge",
  blocked: "Blocked",
  parked: "Parked",
  merged: "Merged",
  stopped: "Stopped",
};

/** The same for one ticket, of whatever forge. */
export function phaseWords(ticket: Ticket): string {
  return staysOnBranch(ticket) ? "Approved" : PHASE_WORDS[phaseOf(ticket)];
}

/** At a desk a person's yes leaves the change on its own branch, or another branch moved forward to that very commit. */
export function staysOnBranch({ forge, end, change, epic }: Ticket): boolean {
  return forge.kind === "desk" && end?.as === "merged" && !epic && end.sha === change?.headSha;
}
