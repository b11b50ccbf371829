import { phaseOf, type Ticket } from "../ticket/ticket.ts";
import { PHASES } from "../ticket/phase.ts";
import type { ChildSeen } from "./facts.ts";
import { SOMEBODY } from "./let-pass.ts";
import type { IssueFacts } from "./trigger.ts";

/**
 * How a part of an epic stands: as its own ledger says, or its issue where there is no ledger yet. An issue closed by hand and
 * a ticket that was stopped are a person's decision to leave the part out, unless its pull request was merged all the same.
 *
 * @param issue null when nobody asked, because the ledger says enough (`isToldByIssue`)
 * @param mergedBy who merged its pull request by hand, where only the pull request tells (`isToldByPull`); null: nobody
 */
export function childSeen(
  number: number,
  ticket: Ticket | null,
  issue: IssueFacts | "gone" | null,
  mergedBy: string | null = null,
): ChildSeen {
  const seen = (state: ChildSeen["state"], by = SOMEBODY): ChildSeen => ({ issue: number, state, by });
  const ended = (state: "merged" | "left-out", by?: string) => ({ ...seen(state, by), spend: ticket?.spend });
  if (!ticket) return isClosed(issue) ? seen("left-out") : seen("not-begun");
  if (mergedBy !== null) return ended("merged", mergedBy);
  if (ticket.end) return ended(ticket.end.as === "merged" ? "merged" : "left-out", ticket.end.by);
  // Who closes both has the first one recorded: one halt is enough.
  if (ticket.halt?.reason === "issue-closed" || (isToldByIssue(ticket) && isClosed(issue))) return ended("left-out");
  return seen(PHASES[phaseOf(ticket)].turn === "person" ? "asks" : "at-work");
}

/** Whether only the issue tells how a part stands: it has no ledger yet, or stands still since its pull request was closed. */
export function isToldByIssue(ticket: Ticket | null): boolean {
  return ticket === null || ticket.halt?.reason === "pull-request-closed";
}

/** Whether its change may be on the base branch although its ledger says that it ended or stands still without a merge. */
export function isToldByPull(ticket: Ticket | null): boolean {
  if (!ticket?.pull) return false;
  const reason = ticket.halt?.reason;
  return ticket.end?.as === "stopped" || reason === "issue-closed" || reason === "pull-request-closed";
}

function isClosed(issue: IssueFacts | "gone" | null): boolean {
  return issue === "gone" || issue?.state === "closed";
}
