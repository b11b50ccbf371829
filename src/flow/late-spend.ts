// Held by test/scenarios/paid-words.test.ts
import { NO_SPEND, type StepName } from "../core/ledger/entries.ts";
import { kindOf } from "../core/ledger/entry.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { endedBy } from "../core/rules/interrupt.ts";
import { unbooked } from "../steps/unbooked.ts";
import type { Book } from "./book.ts";
import type { World } from "./world.ts";

/**
 * What a step had paid whose process was killed, where the ticket was parked, stopped or closed before the step was run again:
 * no step ends any more that would write it down. Nothing runs here, because one pass at a time works on a ticket.
 * @returns null when ledger and journal agree
 */
export async function lateSpend(world: World, { key, entries, ticket }: Book): Promise<RuleDraft | null> {
  if (!ticket || (!ticket.halt && !ticket.end)) return null;
  const spend = await unbooked(world.journal, ticket, NO_SPEND);
  if (spend.calls === 0) return null;
  const step = stepOf((await world.journal.lastStep(key)) ?? "");
  const ending = entries.findLast((entry) => endedBy(step, [entry]));
  if (!ending) return null;
  world.log.info({ ticket: key, step, ...spend }, "paid by a step that was killed");
  return { kind: "step_interrupted", data: { step, endedBy: { seq: ending.seq, kind: kindOf(ending) }, spend } };
}

/** The journal's steps are `role.task.round`. What settles a dispute may have any seat. */
function stepOf(journaled: string): StepName {
  const [role = "", task = ""] = journaled.split(".");
  if (task === "ask" || task === "diagnose" || task === "plan" || task === "settle") return task;
  if (role === "adversary") return "attack";
  return role === "implementer" ? "implement" : "review";
}
