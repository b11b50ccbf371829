import { type ChainFault, type Entry, firstFault } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";

/** As much of a stored ledger as can be read without believing what somebody changed. */
export type Sound = { readonly entries: readonly Entry[]; readonly fault: ChainFault | null };

/** @param ledgerKeys null when this environment has none: then the chain is checked, but not who wrote it */
export function soundPart(key: TicketKey, stored: readonly Entry[], ledgerKeys: LedgerKeys | null): Sound {
  const fault = firstFault(ledgerKeys, key, stored);
  return { entries: fault ? stored.slice(0, fault.seq - 1) : stored, fault };
}
