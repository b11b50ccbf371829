// Held by test/scenarios/budget.test.ts
import { NO_SPEND, type Spend } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { StepWorld } from "./step-world.ts";

/**
 * What was paid on the ticket and stands in no entry yet, also by tries that died before they wrote one. So ledger and
 * journal agree after every entry.
 * @param seen what the caller saw; it counts when the journal was lost and knows less than the ledger
 */
export async function unbooked(journal: StepWorld["journal"], ticket: Ticket, seen: Spend): Promise<Spend> {
  const paid = await journal.paidOn(ticket.key);
  const rest = (field: keyof Spend) => paid[field] - ticket.spend[field];
  const fields = Object.keys(NO_SPEND) as (keyof Spend)[];
  if (fields.some((field) => rest(field) < 0)) return seen;
  return Object.fromEntries(fields.map((field) => [field, rest(field)])) as Spend;
}
