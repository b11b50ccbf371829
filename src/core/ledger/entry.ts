import { z } from "zod";
import { type EntryDraft, entryBodySchema } from "./entries.ts";
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
  /** The first signed entry of a ledger names its key, and so does each with which the key changes. */
  readonly signed?: Signed | undefined;
  readonly hash: string;
  /** Ed25519, base64url; over the hash. */
  readonly sig?: string | undefined;
  /** HMAC-SHA-256 over the hash, in place of the signature: entries of before they were signed. */
  readonly mac?: string | undefined;
};

/** `endorsed`: what the key before it said of this one. */
export type Signed = { readonly key: string; readonly endorsed?: string | undefined };

export type KnownEntry = Envelope & EntryDraft;

/** In memory only: `rawOf` gives what is stored, published and hashed. */
export type NewerEntry = Envelope & {
  readonly kind: "newer";
  readonly data: { readonly kind: string; readonly raw: object };
};

export type Entry = KnownEntry | NewerEntry;

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);

const envelopeSchema = z.looseObject({
  v: z.number().int().min(1),
  ticket: ticketKeySchema,
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  prev: z.union([sha256Schema, z.literal("")]),
  signed: z.looseObject({ key: base64url, endorsed: base64url.optional() }).optional(),
  hash: sha256Schema,
  sig: base64url.optional(),
  mac: sha256Schema.optional(),
  kind: z.string().min(1),
});

/** The format of the envelope that this version writes: signed. It also checks the one before, with an HMAC. */
export const LEDGER_FORMAT = 2;
export const SIGNED_FORMAT = 2;

/** @returns null for what is no entry of any version */
export function entryOf(raw: unknown): Entry | null {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return null;
  const { v, kind, data } = envelope.data;
  const isKnown = v <= LEDGER_FORMAT && entryBodySchema.safeParse({ kind, data }).success;
  return isKnown ? (raw as KnownEntry) : newerEntry(envelope.data, kind, raw as object);
}

export function newerEntry(envelope: Envelope, kind: string, raw: object): NewerEntry {
  const { v, ticket, seq, at, prev, signed, hash, sig, mac } = envelope;
  return { v, ticket, seq, at, prev, signed, hash, sig, mac, kind: "newer", data: { kind, raw } };
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
