import { addSpend, type Handoff, NO_SPEND, type Spend } from "../ledger/records.ts";
import type { Role } from "../ledger/ids.ts";
import type { Ticket } from "./ticket.ts";

/** What several kinds of entries do to a ticket alike. */
export const NOT_AWAY: Ticket["away"] = { restedMs: 0, paid: "nothing", inVain: 0 };

/** A step came through: its failed tries are forgotten. */
export function progress(ticket: Ticket): Ticket {
  return { ...ticket, failures: 0, seatFailures: 0, away: NOT_AWAY, dependent: [] };
}

export function paid(ticket: Ticket, role: Role, spend: Spend): Ticket {
  const spendByRole = new Map(ticket.spendByRole).set(role, addSpend(ticket.spendByRole.get(role) ?? NO_SPEND, spend));
  return progress({ ...ticket, spend: addSpend(ticket.spend, spend), spendByRole });
}

export function handed(ticket: Ticket, handoff: Handoff): Ticket {
  return { ...ticket, handoffs: [...ticket.handoffs, handoff] };
}

/** Authors in the order of their last work, so that the last one is who wrote the head. */
export function lastBy(authors: readonly string[], who: string): string[] {
  return [...authors.filter((one) => one !== who), who];
}
