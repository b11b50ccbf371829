import { type ChainFault, type Entry, entrySchema, firstFault } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";

/** As much of a stored ledger as can be read without believing what somebody changed. */
export type Sound = { readonly entries: readonly Entry[]; readonly fault: ChainFault | null };

/** @param ledgerKey null when this environment has none: then only the form is checked, not who wrote it */
export function soundPart(key: TicketKey, stored: readonly Entry[], ledgerKey: Buffer | null): Sound {
  const fault = ledgerKey ? firstFault(ledgerKey, key, stored) : firstMalformed(stored);
  return { entries: fault ? stored.slice(0, fault.seq - 1) : stored, fault };
}

function firstMalformed(stored: readonly Entry[]): ChainFault | null {
  const at = stored.findIndex((entry, index) => entry.seq !== index + 1 || !entrySchema.safeParse(entry).success);
  return at < 0 ? null : { seq: at + 1, problem: "cannot be read" };
}
