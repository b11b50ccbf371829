// Held by test/scenarios/guard.test.ts
import { ticketKey, type TicketRef } from "../core/ledger/ids.ts";
import { forGuard } from "../core/rules/guard.ts";
import type { Trigger } from "../core/rules/trigger.ts";
import type { World } from "./world.ts";

/** `/coop proof` on a pull request without a ticket: heard here, done in the guard's lane. */
export async function askGuard(world: World, pull: TicketRef, trigger: Trigger): Promise<void> {
  const ticket = ticketKey(pull);
  const payload = forGuard(trigger, "asked");
  await world.inbox.add([{ ticket, source: payload.source, kind: payload.kind, payload, receivedAt: world.now() }]);
  await world.nudge(ticket, { lane: "guard", reason: "a proof was asked for" });
}
