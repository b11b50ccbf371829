import { shortSha } from "../core/ledger/ids.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { partsDoing } from "../messages/epic.ts";
import { staysOnBranch } from "../messages/phases.ts";
import { plain } from "./terminal.ts";

/** Where there is nothing to list. */
export const NO_TICKETS = "No tickets yet. `coop run ticket.md` begins one.";

/** The command that goes on from where a ticket stands. */
export function nextOf(ticket: Ticket, number: number): string | null {
  switch (phaseOf(ticket)) {
    case "merged":
    case "stopped":
      // The next part of its epic may begin.
      return ticket.opened.parent ? `coop resume ${ticket.opened.parent.issue}` : null;
    case "epic":
      return `coop resume ${number}`;
    case "plan-approval":
      return `coop resume ${number} --yes plan`;
    case "ready":
      return `coop resume ${number} --yes merge`;
    case "question":
      return `coop resume ${number} --say "your answer"`;
    default: {
      // To collect the proof again on the same machine gives the same: what a person can let pass is offered first.
      const item = ticket.halt?.reason === "unproven" && acceptable(ticket.halt.next);
      if (item) return `coop resume ${number} --say "/coop accept ${item} <why>"`;
      const [first = "/coop resume"] = (ticket.halt?.next ?? []).flatMap(
        (line) => /`(\/coop [^`]+)`/.exec(line)?.[1] ?? [],
      );
      return first === "/coop resume" ? `coop resume ${number}` : `coop resume ${number} --say "${first}"`;
    }
  }
}

/** Of `/coop accept verification|checks <why>` the first. */
function acceptable(next: readonly string[]): string | null {
  return next.map((line) => /`\/coop accept ([a-z-]+)[|a-z-]* <why>`/.exec(line)?.[1]).find(Boolean) ?? null;
}

/** Where a run has come to, in one sentence. */
export function sentenceOf(ticket: Ticket, number: number): string {
  const { change } = ticket;
  const head = change ? `${change.branch} at ${shortSha(change.headSha)}` : "";
  switch (phaseOf(ticket)) {
    case "epic":
      return `Ticket ${number} is built part by part. ${plain(partsDoing(ticket))}`;
    case "merged":
      if (ticket.epic) return `Done: ${plain(partsDoing(ticket))}`;
      return staysOnBranch(ticket)
        ? `Done: ${head} is proven and approved. Where you want it, run \`git merge ${change?.branch ?? ""}\`.`
        : `Done: ${head} is proven, approved and merged as ${shortSha(ticket.end?.sha ?? "")}.`;
    case "stopped":
      return `Ticket ${number} was stopped by ${ticket.end?.by ?? "somebody"}.`;
    case "plan-approval":
      return `Ticket ${number} waits for a yes to its plan.`;
    case "question":
      return `Ticket ${number} waits for an answer: ${ticket.questions.asked.map(plain).join(" ")}`;
    case "ready":
      return `Ticket ${number} waits for a yes to ${head}, which is reviewed and proven.`;
    default:
      return `Ticket ${number} stands still: ${plain(ticket.halt?.sentence ?? "it waits for a person.")}`;
  }
}
