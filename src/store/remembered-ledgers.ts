import type { Entry } from "../core/ledger/entry.ts";
import type { TicketKey } from "../core/ledger/ids.ts";

/** An entry as it stands in the database. */
export type LedgerRow = {
  readonly seq: number;
  readonly kind: string;
  readonly at: Date;
  readonly prev: string;
  readonly hash: string;
  readonly mac: string;
  readonly content: string;
};

/** Entries of the tickets that are at work and looked at: some thirty of sixty entries, a few megabytes with what is folded from them. */
const REMEMBERED_ENTRIES_MAX = 2_000;

type Remembered = readonly { readonly row: LedgerRow; readonly entry: Entry }[];

/**
 * What stands in the database as it was read the last time is the same entry once more, so that it is neither parsed nor folded again
 * (`fold` knows entries by identity). The rows are read each time, and each letter of them counts: what somebody edited is read anew.
 */
export function rememberedLedgers() {
  const ledgers = new Map<TicketKey, Remembered>();
  let size = 0;
  const forget = (ticket: TicketKey) => {
    size -= ledgers.get(ticket)?.length ?? 0;
    ledgers.delete(ticket);
  };
  return (ticket: TicketKey, rows: readonly LedgerRow[], parse: (row: LedgerRow) => Entry): Entry[] => {
    const known = ledgers.get(ticket);
    const now = rows.map((row, at) => {
      const before = known?.[at];
      return before && isSame(before.row, row) ? before : { row, entry: parse(row) };
    });
    forget(ticket);
    ledgers.set(ticket, now);
    size += now.length;
    for (const oldest of ledgers.keys()) if (size > REMEMBERED_ENTRIES_MAX) forget(oldest);
    return now.map(({ entry }) => entry);
  };
}

function isSame(one: LedgerRow, other: LedgerRow): boolean {
  return (
    one.content === other.content &&
    one.hash === other.hash &&
    one.mac === other.mac &&
    one.prev === other.prev &&
    one.seq === other.seq &&
    one.kind === other.kind &&
    one.at.getTime() === other.at.getTime()
  );
}
