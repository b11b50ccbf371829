// Held by test/scenarios/fix-rounds.test.ts
import { standingSurvivors } from "../core/ticket/survivors.ts";
import { openBlockers, type Ticket } from "../core/ticket/ticket.ts";
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
    return ["Nothing was changed yet: make the edits of the plan, then finish."];
  const run = await verify(await overlay.tree());
  if (run.result.outcome !== "failed") return [];
  return [
    `The repository's own commands fail: ${run.result.sentence}\n${run.output.slice(-OUTPUT_CHARS_SHOWN)}\nFix this, or finish again and name it as a known limitation.`,
  ];
}
