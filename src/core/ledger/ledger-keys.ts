import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";

/**
 * Who writes ledgers and who is believed. Entries are signed with Ed25519: whoever has the public key can verify them, and
 * only whoever has the server's secret can write them. Keys are derived from that secret, so that every process of a server
 * signs alike, and there is no second thing to keep.
 */
export type PublicKey = string;

export type Signer = {
  readonly publicKey: PublicKey;
  sign(text: string): string;
};

export type LedgerKeys = {
  /** Today's key first, then those of earlier secrets, which hand their ledgers over to it. Empty where somebody only verifies. */
  readonly signers: readonly Signer[];
  readonly trusted: readonly PublicKey[];
  /** For entries of before they were signed. Empty where the secret is not at hand: then only a later signature vouches for them. */
  readonly macKeys: readonly Buffer[];
};

/** @param before earlier secrets, whose ledgers go on */
export function ledgerKeys(secret: string, before: readonly string[] = []): LedgerKeys {
  const secrets = [secret, ...before];
  const signers = secrets.map(signerOf);
  return { signers, trusted: signers.map((one) => one.publicKey), macKeys: secrets.map(macKeyOf) };
}

/** What somebody has who only verifies. */
export function publicKeys(trusted: readonly PublicKey[]): LedgerKeys {
  return { signers: [], trusted, macKeys: [] };
}

/** A key for this one purpose, so that nobody who learns a MAC learns anything about the secret it came from. */
function macKeyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "cooperations ledger v1", 32));
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

function signerOf(secret: string): Signer {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "cooperations ledger v2 ed25519", 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "jwk" }).x ?? "";
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString("base64url") };
}

/** A public key as people pass it on. */
export function shownKey(key: PublicKey): string {
  return `ed25519:${key}`;
}

/** @returns null for what is no Ed25519 key in that form; the prefix may be left out */
export function readPublicKey(text: string): PublicKey | null {
  const key = text.trim().replace(/^ed25519:/, "");
  const isCanonical = Buffer.from(key, "base64url").toString("base64url") === key;
  return /^[A-Za-z0-9_-]{43}$/.test(key) && isCanonical && keyObject(key) ? key : null;
}

export function isSignedBy(key: PublicKey, text: string, signature: string): boolean {
  const object = keyObject(key);
  const bytes = Buffer.from(signature, "base64url");
  // Base64 has several spellings of one value; a changed character has to show.
  if (!object || bytes.toString("base64url") !== signature) return false;
  return verify(null, Buffer.from(text), object, bytes);
}

function keyObject(key: PublicKey): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
  } catch {
    return null;
  }
}
