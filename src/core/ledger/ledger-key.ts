import { hkdfSync } from "node:crypto";

/** A key for this one purpose, so that nobody who learns a MAC learns anything about the secret it came from. */
export function ledgerKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "cooperations ledger v1", 32));
}
