import { createHmac, timingSafeEqual } from "node:crypto";
import { type Entry, type Signed, SIGNED_FORMAT } from "./entry.ts";
import type { TicketKey } from "./ids.ts";
import { isSignedBy, type LedgerKeys, type PublicKey } from "./ledger-keys.ts";

/**
 * Who wrote an entry. Its signature is over its hash, and that over the hash of the entry before it: the last signature of a
 * chain speaks for all of it. The first signed entry names the key, and so does each with which the key changes; there the
 * key before it says with a signature of its own that the new one goes on.
 */

/** `last`: the chain's last signature alone. Whoever signed it had verified what stands before it. */
export type SealDepth = "each" | "last";

export type SealFault = { readonly seq: number; readonly problem: string };

/** The key in force at a chain's end; null while nothing is signed. */
export function keyInForce(chain: readonly Entry[]): PublicKey | null {
  return chain.findLast((entry) => entry.signed)?.signed?.key ?? null;
}

/** What an entry says of its key: nothing where it is the one in force. */
export function signedBy(keys: LedgerKeys, ticket: TicketKey, chain: readonly Entry[]): Signed | null {
  const [today] = keys.signers;
  if (!today) throw new Error("Only verifying keys are at hand: nothing can be written with them");
  const before = keyInForce(chain);
  if (before === today.publicKey) return null;
  const earlier = keys.signers.find((one) => one.publicKey === before);
  const endorsed = earlier?.sign(handover(ticket, chain.at(-1)?.hash ?? "", today.publicKey));
  return { key: today.publicKey, ...(endorsed ? { endorsed } : {}) };
}

/** The first entry of a chain whose hashes fit that nobody who is believed has written; null when all hold. */
export function sealFault(
  keys: LedgerKeys,
  ticket: TicketKey,
  chain: readonly Entry[],
  depth: SealDepth,
): SealFault | null {
  let inForce: PublicKey | null = null;
  const keyOf: (PublicKey | null)[] = [];
  for (const entry of chain) {
    const problem =
      entry.v < SIGNED_FORMAT ? unsignedProblem(keys, entry, inForce) : keyProblem(keys, ticket, entry, inForce);
    if (problem) return firstUnsigned(chain.slice(0, entry.seq - 1), keyOf) ?? { seq: entry.seq, problem };
    inForce = entry.signed?.key ?? inForce;
    keyOf.push(inForce);
  }
  const last = chain.at(-1);
  if (depth === "last" && last && isWhole(last, keyOf.at(-1) ?? null)) return null;
  return firstUnsigned(chain, keyOf);
}

function firstUnsigned(chain: readonly Entry[], keyOf: readonly (PublicKey | null)[]): SealFault | null {
  const wrong = chain.find((entry, index) => !isWhole(entry, keyOf[index] ?? null));
  return wrong ? { seq: wrong.seq, problem: "was not written by this server (wrong signature)" } : null;
}

function isWhole(entry: Entry, key: PublicKey | null): boolean {
  return key === null || isSignedBy(key, entryText(entry.hash), entry.sig ?? "");
}

function unsignedProblem(keys: LedgerKeys, entry: Entry, inForce: PublicKey | null): string | null {
  if (inForce !== null) return "is not signed, though those before it are";
  if (keys.macKeys.length === 0 || isOfMac(keys, entry.hash, entry.mac ?? "")) return null;
  return "was not written by this server (wrong HMAC)";
}

function keyProblem(keys: LedgerKeys, ticket: TicketKey, entry: Entry, inForce: PublicKey | null): string | null {
  const named = entry.signed;
  if (!named) return inForce === null ? "is the first that is signed and names no key" : null;
  if (keys.trusted.includes(named.key)) return null;
  const text = handover(ticket, entry.prev, named.key);
  if (inForce !== null && named.endorsed && isSignedBy(inForce, text, named.endorsed)) return null;
  return `is signed with another key (ed25519:${named.key})`;
}

/** With the keys that a chain which holds was handed over to: other processes of this server may sign with them already. */
export function withKeysOf(keys: LedgerKeys, chain: readonly Entry[]): LedgerKeys {
  const found = chain.flatMap(({ signed }) => (signed && !keys.trusted.includes(signed.key) ? [signed.key] : []));
  return found.length === 0 ? keys : { ...keys, trusted: [...keys.trusted, ...found] };
}

/** Whether somebody who is believed wrote this entry, wherever it belongs. */
export function isGenuine(keys: LedgerKeys, entry: Entry): boolean {
  if (entry.v < SIGNED_FORMAT) return isOfMac(keys, entry.hash, entry.mac ?? "");
  return isOfKey(keys.trusted, entryText(entry.hash), entry.sig ?? "");
}

export function isOfKey(trusted: readonly PublicKey[], text: string, signature: string): boolean {
  return trusted.some((key) => isSignedBy(key, text, signature));
}

export function isOfMac({ macKeys }: LedgerKeys, text: string, mac: string): boolean {
  return macKeys.some((key) => sameMac(mac, macOf(key, text)));
}

/** What is signed says what it is, so that no signature can stand in another's place. */
export function entryText(hash: string): string {
  return `cooperations ledger v2 entry\n${hash}`;
}

function handover(ticket: TicketKey, prev: string, key: PublicKey): string {
  return `cooperations ledger v2 key\n${ticket}\n${prev}\n${key}`;
}

export function macOf(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Compared in constant time, so that a forger cannot feel a MAC out byte by byte. */
export function sameMac(a: string, b: string): boolean {
  const left = Buffer.from(a, "hex");
  const right = Buffer.from(b, "hex");
  return left.length === right.length && timingSafeEqual(left, right);
}
