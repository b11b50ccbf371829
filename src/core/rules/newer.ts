import type { Ticket } from "../ticket/ticket.ts";
import type { Verb } from "./command.ts";
import { eachCommand } from "./each-command.ts";
import type { Trigger } from "./trigger.ts";

/**
 * A ticket whose ledger holds what only a newer version understands is left to that version. Until then people can ask
 * how it stands, and end it; whatever else they say stays in the inbox and is heard by the newer version.
 */
const HEARD_ANYWAY: readonly Verb[] = ["help", "status", "explain", "stop"];

export function isLeftToNewer(ticket: Ticket | null, trigger: Trigger): boolean {
  if (!ticket?.newer) return false;
  return eachCommand(trigger).some(({ trigger: { kind }, parsed }) => {
    return kind !== "commented" || parsed.outcome !== "command" || !HEARD_ANYWAY.includes(parsed.command.verb);
  });
}
