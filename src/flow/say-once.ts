// Held by test/scenarios/hearing.test.ts
import type { TicketKey } from "../core/ledger/ids.ts";
import type { World } from "./world.ts";

/** How something is said, and how it is found again when it may have been said before; null: it cannot be said any more. */
export type Saying = { readonly find: () => Promise<number | null>; readonly say: () => Promise<number | null> };

/**
 * Says something that cannot be taken back, once. Order, with a crash possible on every line: intend, look whether it stands
 * already, say it, note its id. Only a saying that was begun before costs a look.
 */
export async function sayOnce(world: World, key: TicketKey, kind: string, { find, say }: Saying): Promise<void> {
  const noted = await world.projections.get(key, kind);
  if (noted?.remoteId) return;
  const standing = noted ? await find() : null;
  if (!noted) await world.projections.put(key, kind, { remoteId: null, bodySha256: "" });
  await world.projections.put(key, kind, { remoteId: standing ?? (await say()), bodySha256: "" });
}
