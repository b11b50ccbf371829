import { deliveredChunk } from "../ticket/plan.ts";
import { openBlockers, type Ticket } from "../ticket/ticket.ts";
import { DETAILS_MAX } from "../ledger/limits.ts";
import { type Why, why } from "./why.ts";

/**
 * Whether the plan is still what the next round should follow. Where confidence in it has gone, the Architect is brought back before
 * anybody writes on: once, with the open findings and the change in view. Nobody asks a model how sure it is; what counts is
 * what happened.
 */

/** What a finding of such a kind is about was decided by the plan: no other way of writing it mends that. */
const OF_THE_PLAN: readonly string[] = ["architecture", "requirement"];
/** Fewer files beside the plan are what its author overlooked, such as a list of exports and its test. */
const OUTSIDE_MIN = 3;
/** Of the files that changed: where most were not foreseen, it is another change than the plan's. */
const OUTSIDE_SHARE = 0.5;

/** @returns why the Architect comes back before the round that is due; null while the plan holds, or after it came back */
export function planDoubt(ticket: Ticket): Why<"plan-doubted"> | null {
  const { plan, change } = ticket;
  if (!plan || !change?.last || plan.again !== undefined) return null;
  const planned = new Set(deliveredChunk(plan.plan).files.map((file) => file.path));
  const files = change.last.files.length;
  const outside = change.last.files.filter(({ path }) => !planned.has(path)).length;
  const findings = openBlockers(ticket)
    .filter(({ finding, survived }) => survived > 0 && OF_THE_PLAN.includes(finding.kind))
    .map(({ finding }) => finding.id);
  const isOther = outside >= OUTSIDE_MIN && outside > files * OUTSIDE_SHARE;
  if (findings.length === 0 && !isOther) return null;
  return why("plan-doubted", { findings: findings.slice(0, DETAILS_MAX), outside: isOther ? outside : 0, files });
}
