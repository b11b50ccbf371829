import { canonicalJson, sha256 } from "../ledger/chain.ts";

/** What approvals are bound to: title and body as GitHub gives them, line ends made equal. */
export function textHash(title: string, body: string): string {
  return sha256(canonicalJson([title, body.replace(/\r\n?/g, "\n")]));
}
