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

/** Of the rows of tickets that are at work and looked at, as they were read: some thirty tickets. With what is folded from them twice as much is held. */
const REMEMBERED_BYTES_MAX = 8_000_000;

type Remembered = { readonly row: LedgerRow; readonly entry: Entry; readonly bytes: number };

/**
 * What stands in the database as it was read the last time is the same entry once more, so that it is neither parsed nor folded again
 * (`fold` knows entries by identity). The rows are read each time, and each letter of them counts: what somebody edited is read anew.
 */
export function rememberedLedgers() {
  const ledgers = new Map<TicketKey, readonly Remembered[]>();
  let bytes = 0;
  const forget = (ticket: TicketKey) => {
    bytes -= sum(ledgers.get(ticket) ?? []);
    ledgers.delete(ticket);
  };
  return (ticket: TicketKey, rows: readonly LedgerRow[], parse: (row: LedgerRow) => Entry): Entry[] => {
    const known = ledgers.get(ticket);
    const now = rows.map((row, at): Remembered => {
      const before = known?.[at];
      return before && isSame(before.row, row) ? before : { row, entry: parse(row), bytes: bytesOf(row) };
    });
    forget(ticket);
    const its = sum(now);
    if (its <= REMEMBERED_BYTES_MAX) {
      ledgers.set(ticket, now);
      bytes += its;
      for (const oldest of ledgers.keys()) if (bytes > REMEMBERED_BYTES_MAX) forget(oldest);
    }
    return now.map(({ entry }) => entry);
  };
}

function sum(rows: readonly Remembered[]): number {
  return rows.reduce((all, { bytes }) => all + bytes, 0);
}

function bytesOf({ kind, prev, hash, mac, content }: LedgerRow): number {
  return Buffer.byteLength(content) + kind.length + prev.length + hash.length + mac.length;
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
