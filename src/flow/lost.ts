// Held by test/scenarios/rolling-update.test.ts
import { type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import type { Trigger } from "../core/rules/trigger.ts";
import type { World } from "./world.ts";

/**
 * A ticket of which the thread tells and the database knows nothing: it is looked at, and rebuilt from there.
 * @returns whether somebody still has to look; false when that was done and nothing was found
 */
export async function takeUpLost(
  world: World,
  key: TicketKey,
  forge: Trigger["forge"],
  what: string,
): Promise<boolean> {
  const source = `rebuild:${ticketRef(key).number}`;
  const by = { login: "sweep", id: 0, type: "Bot" };
  const payload: Trigger = { kind: "changed", source, forge, defaultBranch: "", by, what, look: "thread" };
  const isNew = await world.inbox.add([{ ticket: key, source, kind: payload.kind, payload, receivedAt: world.now() }]);
  const isPending = isNew > 0 || (await world.inbox.pending(key)).some((one) => one.source === source);
  if (isPending) await world.nudge(key, { lane: "hearing", reason: "unknown ticket with our label" });
  return isPending;
}
