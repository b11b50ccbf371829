import type { Ticket } from "../ticket.ts";
import type { EntryData, EntryKind } from "../../ledger/entries.ts";
import type { Role } from "../../ledger/ids.ts";

/**
 * One record a kind of entry. Its fields stand in the file of the same name in `src/core/ledger/kinds/`, how it reads in
 * `src/messages/readings.ts`, and how it can have come about in `src/audit/origins.ts`. All of them are tables over
 * `EntryKind`, so that the compiler names what a new kind still lacks.
 */
export type Kind<K extends EntryKind> = {
  /** What the entry changes in what we believe about its ticket. */
  readonly fold: (ticket: Ticket, data: EntryData<K>, at: string) => Ticket;
  /** Do people wait for it? Such an entry is published at once; the others ride in the next comment, so that a thread has few. */
  readonly isAwaited: (data: EntryData<K>, before: Ticket) => boolean;
  /** Which role speaks in it; null for what people, the rules and the program itself write. */
  readonly role: Role | null | ((data: EntryData<K>) => Role);
};

export const atOnce = () => true;
export const withTheNext = () => false;
