import type { Entry } from "../ledger/entry.ts";
import { PHASES } from "./phase.ts";
import { phaseOf, type Ticket } from "./ticket.ts";

/**
 * How long a ticket was at work: the time between two entries counts while it was the program's turn, and not while a person was
 * asked, nor while another ticket was waited for.
 */
export function timeAfter(before: Ticket, entry: Pick<Entry, "at" | "kind">): Ticket["time"] {
  const { at, workedMs, planningMs } = before.time;
  const isOurs = PHASES[phaseOf(before)].turn === "program" && !before.epic;
  const waits = before.overlaps.some(({ state }) => state === "waiting");
  // A clock that was set back takes nothing away.
  const passed = isOurs && !waits ? Math.max(0, Date.parse(entry.at) - Date.parse(at)) : 0;
  const planned = entry.kind === "planned" ? passed : 0;
  return { at: entry.at, workedMs: workedMs + passed, planningMs: planningMs + planned };
}
