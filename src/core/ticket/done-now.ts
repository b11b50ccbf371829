import { doneIds } from "./proof-items.ts";
import type { Ticket } from "./ticket.ts";

/** The items of the plan's Definition of Done that are proven on today's head. */
export function doneNow({ proof, change }: Ticket): ReadonlySet<string> {
  return proof && proof.headSha === change?.headSha ? doneIds(proof.items) : new Set();
}
