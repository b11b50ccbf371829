import { createHash } from "node:crypto";
import type { TicketKey } from "./ids.ts";
import { type EntryDraft, entryBodySchema } from "./entries.ts";
import { type Entry, type KnownEntry, LEDGER_FORMAT, rawOf } from "./entry.ts";
import type { LedgerKeys } from "./ledger-keys.ts";
import { entryText, type SealDepth, sealFault, signedBy } from "./seals.ts";

export type { Entry } from "./entry.ts";

/**
 * The chain: every entry names the hash of the one before it, so that nothing can be changed, dropped, moved or
 * carried over from another ticket without breaking it; and is signed, so that only this server can extend it.
 */

/** An entry's largest size in bytes of JSON. With its readable form it has to fit one comment of 65,536 characters. */
export const ENTRY_BYTES_MAX = 40_000;

/** JSON with sorted keys and no white space: the same value always gives the same bytes. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const pairs = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
  return `{${pairs.join(",")}}`;
}

export function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What seals an entry is not part of what is sealed. In the first format `sig` was kept free for what came in the second. */
const SEALS_OF_1: ReadonlySet<string> = new Set(["hash", "mac", "sig"]);
const SEALS: ReadonlySet<string> = new Set(["hash", "sig"]);

/** Over everything that stands in the entry, also what only a newer version knows. */
function entryHash(raw: object): string {
  const seals = "v" in raw && raw.v === 1 ? SEALS_OF_1 : SEALS;
  return sha256(canonicalJson(Object.fromEntries(Object.entries(raw).filter(([key]) => !seals.has(key)))));
}

/** Whether an entry is what its hash was made of. Its signature is over the hash alone. */
export function isOfItsHash(entry: Entry): boolean {
  return entry.hash === entryHash(rawOf(entry));
}

/** Links drafts to the end of a chain. @throws when a draft is malformed or too large: callers cap their texts */
export function link(
  keys: LedgerKeys,
  ticket: TicketKey,
  chain: readonly Entry[],
  drafts: readonly EntryDraft[],
  at: Date,
): KnownEntry[] {
  const linked: KnownEntry[] = [];
  let last: Entry | undefined = chain.at(-1);
  let signed = signedBy(keys, ticket, chain);
  for (const draft of drafts) {
    const body = entryBodySchema.parse(draft);
    const open = {
      v: LEDGER_FORMAT,
      ticket,
      seq: (last?.seq ?? 0) + 1,
      at: at.toISOString(),
      prev: last?.hash ?? "",
      ...(signed ? { signed } : {}),
      ...body,
    };
    const size = Buffer.byteLength(canonicalJson(open));
    if (size > ENTRY_BYTES_MAX) throw new Error(`Entry ${body.kind} has ${size} bytes; at most ${ENTRY_BYTES_MAX} fit`);
    const hash = entryHash(open);
    const entry: KnownEntry = { ...open, hash, sig: keys.signers[0]?.sign(entryText(hash)) };
    linked.push(entry);
    signed = null;
    last = entry;
  }
  return linked;
}

export type ChainFault = { readonly seq: number; readonly problem: string };

/**
 * The first entry that cannot be believed, or null when the whole chain holds.
 * @param keys null where none are at hand: then who wrote the entries is not checked
 */
export function firstFault(
  keys: LedgerKeys | null,
  ticket: TicketKey,
  entries: readonly Entry[],
  depth: SealDepth = "each",
): ChainFault | null {
  const broken = firstBreak(ticket, entries);
  const linked = broken ? entries.slice(0, broken.seq - 1) : entries;
  return (keys && sealFault(keys, ticket, linked, depth)) ?? broken;
}

function firstBreak(ticket: TicketKey, entries: readonly Entry[]): ChainFault | null {
  let prev = "";
  for (const [index, entry] of entries.entries()) {
    const seq = index + 1;
    if (entry.ticket !== ticket) return { seq, problem: `belongs to ticket ${entry.ticket}` };
    if (entry.seq !== seq) return { seq, problem: `carries number ${entry.seq} where ${seq} is due` };
    if (entry.prev !== prev) return { seq, problem: "does not follow from the entry before it" };
    if (entry.v > LEDGER_FORMAT) return { seq, problem: `is of format ${entry.v}, which needs a newer version` };
    if (!isOfItsHash(entry)) return { seq, problem: "was changed: its hash does not fit its content" };
    prev = entry.hash;
  }
  return null;
}
