import { sameReason } from "./same-reason.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { testRequestLines } from "../messages/test-changes.ts";

/** What a person is asked, or told with what they can do. */
export function asksFor(ticket: Ticket): string[] {
  if (ticket.halt)
    return [ticket.halt.sentence, ...sameReason(ticket.halt.details), ...ticket.halt.next].map((line) => `· ${line}`);
  if (ticket.questions.state === "open") return ticket.questions.asked.map((question) => `? ${question}`);
  if (phaseOf(ticket) === "test-approval") return testRequestLines(ticket).map((line) => `? ${line}`);
  return [];
}
