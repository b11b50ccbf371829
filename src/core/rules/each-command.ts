import { commandsIn } from "./command.ts";
import type { Trigger } from "./trigger.ts";

/**
 * A comment with several commands is heard as several comments, each with a source of its own, so that a command that was
 * recorded is not followed again when the worker dies before the next one. Everything else is heard as it is.
 */
export function eachCommand(trigger: Trigger): Trigger[] {
  if (trigger.kind !== "commented") return [trigger];
  const parts = commandsIn(trigger.body);
  if (parts.length < 2) return [trigger];
  return parts.map((body, index) => ({
    ...trigger,
    body,
    source: index === 0 ? trigger.source : `${trigger.source}/${index + 1}`,
  }));
}
