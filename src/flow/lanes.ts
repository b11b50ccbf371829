// Held by test/scenarios/feature.test.ts
import { isForGuard } from "../core/rules/guard.ts";
import { readTrigger, type Trigger } from "../core/rules/trigger.ts";
import type { Lane } from "../queue/queue.ts";

/**
 * Where a trigger is heard. What people say and what they change is heard at once, beside whatever runs. Only that a check
 * ended waits for the work: nobody waits for an answer to it, and the look that it asks for belongs to the decision after it.
 */
export function laneOf(trigger: Trigger): Lane {
  if (isForGuard(trigger)) return "guard";
  return trigger.kind === "changed" && trigger.look === "checks" ? "work" : "hearing";
}

/** Where what lies in the inbox is heard; what cannot be read is put aside by whoever hears people. */
export function laneOfStored(payload: unknown): Lane {
  const trigger = readTrigger(payload);
  return trigger ? laneOf(trigger) : "hearing";
}
