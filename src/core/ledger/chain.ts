import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { sha256Schema, ticketKeySchema, type TicketKey } from "./ids.ts";
import { type EntryDraft, entryBodySchema } from "./entries.ts";

/**
 * The chain: every entry names the hash of the one before it, so that nothing can be changed, dropped, moved or
 * carried over from another ticket without breaking it; and carries an HMAC, so that only this server can extend it.
 */
const envelopeSchema = z.object({
  v: z.literal(1),
  ticket: ticketKeySchema,
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  prev: z.union([sha256Schema, z.literal("")]),
  hash: sha256Schema,
  mac: sha256Schema,
});

export const entrySchema = z.intersection(envelopeSchema, entryBodySchema);
export type Entry = z.infer<typeof entrySchema>;

/** An entry's largest size as JSON. With its readable form it has to fit one comment of 65,536 characters. */
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

function entryHash(entry: Omit<Entry, "hash" | "mac">): string {
  const { v, ticket, seq, at, prev, kind, data } = entry as Entry;
  return sha256(canonicalJson({ v, ticket, seq, at, prev, kind, data }));
}

export function macOf(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Links drafts to the end of a chain. @throws when a draft is malformed or too large: callers cap their texts */
export function link(
  key: Buffer,
  ticket: TicketKey,
  chain: readonly Entry[],
  drafts: readonly EntryDraft[],
  at: Date,
): Entry[] {
  const linked: Entry[] = [];
  let last = chain.at(-1);
  for (const draft of drafts) {
    const body = entryBodySchema.parse(draft);
    const open = {
      v: 1 as const,
      ticket,
      seq: (last?.seq ?? 0) + 1,
      at: at.toISOString(),
      prev: last?.hash ?? "",
      ...body,
    };
    const size = Buffer.byteLength(canonicalJson(open));
    if (size > ENTRY_BYTES_MAX) throw new Error(`Entry ${body.kind} has ${size} bytes; at most ${ENTRY_BYTES_MAX} fit`);
    const hash = entryHash(open as Omit<Entry, "hash" | "mac">);
    last = { ...open, hash, mac: macOf(key, hash) } as Entry;
    linked.push(last);
  }
  return linked;
}

export type ChainFault = { readonly seq: number; readonly problem: string };

/** The first entry that cannot be believed, or null when the whole chain holds. */
export function firstFault(key: Buffer, ticket: TicketKey, entries: readonly Entry[]): ChainFault | null {
  let prev = "";
  for (const [index, entry] of entries.entries()) {
    const seq = index + 1;
    if (entry.ticket !== ticket) return { seq, problem: `belongs to ticket ${entry.ticket}` };
    if (entry.seq !== seq) return { seq, problem: `carries number ${entry.seq} where ${seq} is due` };
    if (entry.prev !== prev) return { seq, problem: "does not follow from the entry before it" };
    if (entry.hash !== entryHash(entry)) return { seq, problem: "was changed: its hash does not fit its content" };
    if (!sameMac(entry.mac, macOf(key, entry.hash)))
      return { seq, problem: "was not written by this server (wrong HMAC)" };
    prev = entry.hash;
  }
  return null;
}

/** Compared in constant time, so that a forger cannot feel a MAC out byte by byte. */
export function sameMac(a: string, b: string): boolean {
  const left = Buffer.from(a, "hex");
  const right = Buffer.from(b, "hex");
  return left.length === right.length && timingSafeEqual(left, right);
}
