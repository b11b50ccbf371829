// Held by test/scenarios/fix-rounds.test.ts
import { standingSurvivors } from "../core/ticket/survivors.ts";
import { openBlockers, type Ticket } from "../core/ticket/ticket.ts";
import { unfinishedInWords } from "../messages/steps/implement.ts";
import type { Overlay } from "../trees/overlay.ts";
import type { TakenIn } from "./take-in-base.ts";
import type { Verifier } from "./verify.ts";

/** The end of a failed run, where runners say what failed. */
const OUTPUT_CHARS_SHOWN = 4_000;

/** Said once when the Implementer calls itself finished although the facts say otherwise. */
export async function unfinished(
  overlay: Overlay,
  verify: Verifier,
  ticket: Ticket,
  taken: TakenIn | null,
): Promise<string[]> {
  const answers = openBlockers(ticket).length + standingSurvivors(ticket).length;
  if (overlay.changes().size === 0 && answers === 0 && !taken)
    return [unfinishedInWords({ code: "nothing-changed", facts: {} })];
  const run = await verify(await overlay.tree());
  if (run.result.outcome !== "failed") return [];
  const facts = { found: run.result.sentence, output: run.output.slice(-OUTPUT_CHARS_SHOWN) };
  return [unfinishedInWords({ code: "commands-fail", facts })];
}
