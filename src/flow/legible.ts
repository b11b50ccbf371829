import type { TicketKey } from "../core/ledger/ids.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { LedgerBroken, readBook } from "./book.ts";
import type { World } from "./world.ts";

/**
 * Another ticket, as far as it can be read. A broken ledger stops its own ticket, whose operator is told; those that only look
 * at it go on without it.
 */
export async function readOther(world: World, key: TicketKey): Promise<Ticket | "broken" | null> {
  try {
    return (await readBook(world, key)).ticket;
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
    world.log.warn({ ticket: key, error: String(error) }, "another ticket's ledger cannot be read and is passed over");
    return "broken";
  }
}
