import { z } from "zod";
import { type EntryDraft, type EntryKind, entryBodySchema } from "./entries.ts";
import { sha256Schema, ticketKeySchema, type TicketKey } from "./ids.ts";

/**
 * One entry as it is read. A ledger outlives the version that wrote it, and in a rolling update two versions work on the
 * same tickets. So an entry is kept exactly as it stands, with fields that this version does not know; and one that this
 * version cannot understand, because its kind or a value in it came later, is carried along as `newer`.
 */
export type Envelope = {
  readonly v: number;
  readonly ticket: TicketKey;
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
  readonly mac: string;
};

export type KnownEntry = Envelope & EntryDraft;

/** In memory only: `rawOf` gives what is stored, published and hashed. */
export type NewerEntry = Envelope & {
  readonly kind: "newer";
  readonly data: { readonly kind: string; readonly raw: object };
};

export type Entry = KnownEntry | NewerEntry;

const envelopeSchema = z.looseObject({
  v: z.number().int().min(1),
  ticket: ticketKeySchema,
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  prev: z.union([sha256Schema, z.literal("")]),
  hash: sha256Schema,
  mac: sha256Schema,
  kind: z.string().min(1),
});

/** The format of the envelope that this version writes and can check. */
export const LEDGER_FORMAT = 1;

/** @returns null for what is no entry of any version */
export function entryOf(raw: unknown): Entry | null {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return null;
  const { v, kind, data } = envelope.data;
  const isKnown = v === LEDGER_FORMAT && entryBodySchema.safeParse({ kind, data }).success;
  return isKnown ? (raw as KnownEntry) : newerEntry(envelope.data, kind, raw as object);
}

export function newerEntry({ v, ticket, seq, at, prev, hash, mac }: Envelope, kind: string, raw: object): NewerEntry {
  return { v, ticket, seq, at, prev, hash, mac, kind: "newer", data: { kind, raw } };
}

/** The entry as it is stored, published and hashed. */
export function rawOf(entry: Entry): object {
  return entry.kind === "newer" ? entry.data.raw : entry;
}

/** The kind as it stands in the ledger, also of an entry that this version does not understand. */
export function kindOf(entry: Entry): string {
  return entry.kind === "newer" ? entry.data.kind : entry.kind;
}

export function isKnown(entry: Entry): entry is KnownEntry {
  return entry.kind !== "newer";
}

export type EntryOf<K extends EntryKind> = Extract<KnownEntry, { kind: K }>;
