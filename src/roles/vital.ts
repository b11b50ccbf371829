import type { Handoff } from "../core/ledger/entries.ts";
import type { Finding } from "../core/ticket/finding.ts";
import type { Plan } from "../core/ticket/plan.ts";
import type { Briefing } from "./briefing.ts";

/** What no answer may be given without, so ordered that a window too small for all of it cuts what matters least. */

/** Against the Definition of Done a change is judged; how it is cut into parts is also seen in the change. */
export function doneFirst(plan: Plan): Plan {
  const { goal, definitionOfDone, ...rest } = plan;
  return { goal, definitionOfDone, ...rest };
}

const ORDER = ["blocker", "concern", "nice-to-have"];

export function blockersFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** What older handoffs decided and what of theirs is still open. */
export function foldOlder(
  handoffs: readonly Handoff[],
  briefing: Briefing,
): { decisions: string[]; blockers: string[] } | null {
  if (handoffs.length === 0) return null;
  const open = new Set(briefing.openFindings.map((finding) => finding.id));
  const decisions = new Set(handoffs.flatMap((one) => one.decisions));
  const blockers = new Set(handoffs.flatMap((one) => one.openFindings).filter((id) => open.has(id)));
  return { decisions: [...decisions], blockers: [...blockers] };
}
