import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import type { TicketKey } from "../core/ledger/ids.ts";

/**
 * What became of a change after its merge, as far as ledgers tell: whether another ticket of the repository changed one of
 * its files again soon. Such a change may be a repair or ordinary work; over many tickets the difference between models shows.
 */
const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

type Merged = { readonly key: TicketKey; readonly atMs: number; readonly files: ReadonlySet<string> };

/** @returns merged tickets, each with whether one of its files was changed again soon */
export function afterMerge(ledgers: readonly (readonly Entry[])[]): ReadonlyMap<TicketKey, "touched-again" | "stands"> {
  const merged = ledgers.flatMap(mergedOf);
  return new Map(
    merged.map((one) => [one.key, merged.some((other) => touches(other, one)) ? "touched-again" : "stands"]),
  );
}

function mergedOf(entries: readonly Entry[]): Merged[] {
  const ticket = fold(entries);
  const end = entries.findLast((entry) => entry.kind === "merged");
  if (!ticket || !end) return [];
  const files = entries.flatMap((entry) => (entry.kind === "implemented" ? entry.data.files : []));
  return [{ key: ticket.key, atMs: Date.parse(end.at), files: new Set(files.map((file) => file.path)) }];
}

function touches(later: Merged, { key, atMs, files }: Merged): boolean {
  const afterMs = later.atMs - atMs;
  if (repositoryOf(later.key) !== repositoryOf(key) || later.key === key) return false;
  return afterMs > 0 && afterMs <= SOON_DAYS * DAY_MS && [...later.files].some((path) => files.has(path));
}

function repositoryOf(key: TicketKey): string {
  return key.split("#")[0] ?? key;
}
