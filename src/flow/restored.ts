// Held by test/scenarios/ledger-copies.system.ts
import { sha256 } from "../core/ledger/chain.ts";
import { type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import type { Forge } from "../forge/forge.ts";
import { isStatusOf } from "../messages/marker.ts";
import type { LedgerComment } from "./thread-copy.ts";
import type { World } from "./world.ts";

/** What the database knew about a thread beside its ledger, read from there again: which comments carry its entries. */
export async function restorePublications(
  world: World,
  key: TicketKey,
  comments: readonly LedgerComment[],
  length: number,
): Promise<void> {
  for (const { comment, place, number, first, last } of comments) {
    if (last > length) continue;
    const bodySha256 = sha256(comment.body);
    await world.publications.intend({ ticket: key, firstSeq: first, lastSeq: last, place, number, bodySha256 });
    await world.publications.posted(key, first, comment.id, world.now());
  }
}

/** And which one says how the ticket stands. */
export async function restoreStatus(world: World, forge: Forge, key: TicketKey): Promise<void> {
  const thread = await forge.comments(ticketRef(key).number);
  const status = thread.find((one) => one.appId === world.appId && isStatusOf(one.body, key));
  if (status) await world.projections.put(key, "status", { remoteId: status.id, bodySha256: "" });
}
