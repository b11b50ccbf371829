import { canonicalJson, sha256 } from "../ledger/chain.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";

/** One hash for what the repository's checks say about a commit: equal hashes, equal names and states. */
export function checksHash(
  checks: readonly { readonly name: string; readonly ours: boolean; readonly status: string }[],
): string {
  const theirs = checks.filter((one) => !one.ours).map(({ name, status }) => `${name}\0${status}`);
  return sha256(canonicalJson([...new Set(theirs)].sort()));
}

export type Moved = "base" | "checks";

/** What a proof rests on and what is another thing by now. What nobody has looked at has not moved, and not stood still. */
export function movedSince({ proof }: Ticket, { base, checks }: Facts): Moved | null {
  if (!proof) return null;
  if (base !== null && base !== proof.basis?.today) return "base";
  return checks !== null && checks.hash !== proof.basis?.checks ? "checks" : null;
}
