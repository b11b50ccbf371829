import { canonicalJson, firstFault } from "../core/ledger/chain.ts";
import { type Entry, kindOf, rawOf } from "../core/ledger/entry.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import type { ThreadCopy, ThreadFault } from "../flow/thread-copy.ts";

/** Two copies of one chain, held against each other. Neither is believed for being where it is. */
export type Copies = {
  readonly key: TicketKey;
  /** As it stands in the database, unchecked. */
  readonly stored: readonly Entry[];
  readonly thread: ThreadCopy;
  readonly ledgerKeys: LedgerKeys;
  /** The last entry that the database says is published: later ones ride in the next comment and are not missed yet. */
  readonly published: number;
};

export type Difference = {
  readonly seq: number;
  /** What the entry is, as far as a copy that holds says; null when neither does. */
  readonly kind: string | null;
  readonly where: "database" | "thread";
  /** What happened, as a sentence about the entry or the comment. */
  readonly how: string;
};

export type Verification =
  | { readonly outcome: "equal"; readonly entries: number; readonly unpublished: number }
  /** The first that differs comes first; forgeries by strangers, which change neither copy, come last. */
  | { readonly outcome: "different"; readonly first: Difference; readonly others: readonly Difference[] };

export function compareCopies(copies: Copies): Verification {
  const { stored, thread } = copies;
  const found = [...inDatabase(copies), ...inThread(copies), ...thread.faults.map((fault) => ofFault(copies, fault))];
  const rank = ({ stranger, seq }: Found) => (stranger ? Number.MAX_SAFE_INTEGER : seq);
  const [first, ...others] = found.sort((a, b) => rank(a) - rank(b)).map(differenceOf);
  if (first) return { outcome: "different", first, others };
  return { outcome: "equal", entries: stored.length, unpublished: stored.length - thread.entries.size };
}

type Found = Difference & { readonly stranger?: true };

/** The database's own chain: a changed row breaks it, whatever the thread says. */
function inDatabase({ key, stored, ledgerKeys, thread }: Copies): Found[] {
  const fault = firstFault(ledgerKeys, key, stored);
  if (!fault) return [];
  const kind = named(thread.entries.get(fault.seq)?.entry ?? stored[fault.seq - 1]);
  return [{ seq: fault.seq, kind, where: "database", how: `In the database it ${fault.problem}.` }];
}

function inThread(copies: Copies): Found[] {
  const { key, stored, thread, ledgerKeys, published } = copies;
  const lastPublished = Math.max(published, ...thread.entries.keys());
  const chain = firstFault(ledgerKeys, key, stored);
  const found: Found[] = [];
  for (let seq = 1; seq <= Math.max(stored.length, lastPublished); seq++) {
    const mine = stored[seq - 1];
    const theirs = thread.entries.get(seq);
    if (!theirs && seq > lastPublished) break;
    const how = difference(mine, theirs);
    // A row that broke the chain is told once already, as a fault of the database.
    if (!how || chain?.seq === seq) continue;
    found.push({ seq, kind: named(theirs?.entry ?? mine), ...how });
  }
  return found;
}

function named(entry: Entry | undefined): string | null {
  return entry ? kindOf(entry) : null;
}

function difference(
  mine: Entry | undefined,
  theirs: { readonly entry: Entry; readonly place: string } | undefined,
): Pick<Difference, "where" | "how"> | null {
  if (mine && !theirs)
    return { where: "thread", how: "It is missing in the thread: the comment that carried it is gone or unreadable." };
  if (!mine && theirs)
    return {
      where: "database",
      how: `It stands in the thread (${theirs.place}) and not in the database, whose chain is shorter.`,
    };
  if (mine && theirs && canonicalJson(rawOf(mine)) !== canonicalJson(rawOf(theirs.entry)))
    return {
      where: "thread",
      how: `Database and thread (${theirs.place}) carry two different entries under this number.`,
    };
  if (!mine && !theirs)
    return { where: "database", how: "It is in neither copy, though later entries are in the thread." };
  return null;
}

function ofFault({ stored }: Copies, fault: ThreadFault): Found {
  const difference = {
    seq: fault.seq,
    kind: named(stored[fault.seq - 1]),
    where: "thread" as const,
    how: `The ${fault.place} ${fault.problem}.`,
  };
  return fault.nature === "stranger" ? { ...difference, stranger: true } : difference;
}

function differenceOf({ seq, kind, where, how }: Found): Difference {
  return { seq, kind, where, how };
}
