import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";

/** The command that goes on from where a ticket stands. */
export function nextOf(ticket: Ticket, number: number): string | null {
  switch (phaseOf(ticket)) {
    case "merged":
    case "stopped":
      return null;
    case "plan-approval":
      return `coop resume ${number} --yes plan`;
    case "ready":
      return `coop resume ${number} --yes merge`;
    case "question":
      return `coop resume ${number} --say "your answer"`;
    default: {
      const [first = "/coop resume"] = (ticket.halt?.next ?? []).flatMap(
        (line) => /`(\/coop [^`]+)`/.exec(line)?.[1] ?? [],
      );
      return first === "/coop resume" ? `coop resume ${number}` : `coop resume ${number} --say "${first}"`;
    }
  }
}
