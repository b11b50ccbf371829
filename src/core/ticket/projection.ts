import { addSpend, NO_SPEND, type Spend } from "../ledger/entries.ts";
import type { Ticket } from "./ticket.ts";

/**
 * What a ticket will probably cost, told when its plan stands. The only thing known then is what planning took. In the tasks of
 * `coop bench` a ticket took 4 to 10 times that without a fix round and 8 to 17 times with one; the upper factor stands for a hard ticket,
 * because estimates are too low as a rule.
 */
const LOW_FACTOR = 5;
const HIGH_FACTOR = 17;
/** From here on people are told that a budget comes to its end, while there is something left to decide about. */
export const BUDGET_WARNING_PERCENT = 80;

export type Projection = { readonly lowMicroUsd: number; readonly highMicroUsd: number };

/** @returns null where planning has no price, so that nothing can be said */
export function projectedCost({ spendByRole }: Ticket): Projection | null {
  const planning = spendByRole.get("architect")?.costMicroUsd ?? 0;
  if (planning <= 0) return null;
  return { lowMicroUsd: planning * LOW_FACTOR, highMicroUsd: planning * HIGH_FACTOR };
}

/**
 * The same for time. In scripted runs that were merged, models took 4 to 5 times as long as for the plan without a fix round, and about
 * twice that with one; tests and proof come on top.
 */
const LOW_TIME_FACTOR = 5;
const HIGH_TIME_FACTOR = 15;

export type ProjectedTime = { readonly lowMs: number; readonly highMs: number };

/** @returns null before there is a plan */
export function projectedTime({ time: { planningMs } }: Ticket): ProjectedTime | null {
  if (planningMs <= 0) return null;
  return { lowMs: planningMs * LOW_TIME_FACTOR, highMs: planningMs * HIGH_TIME_FACTOR };
}

/**
 * What was paid beside the results of roles: by tries that failed, that a budget ended, or that a killed process left.
 * @returns null when there is no such thing
 */
export function unfinishedSpend({ spend, spendByRole }: Ticket): Spend | null {
  const finished = [...spendByRole.values()].reduce(addSpend, NO_SPEND);
  const rest = (name: keyof Spend) => Math.max(0, spend[name] - finished[name]);
  if (rest("costMicroUsd") + rest("unpricedTokens") === 0) return null;
  return {
    ...{ calls: rest("calls"), inputTokens: rest("inputTokens"), outputTokens: rest("outputTokens") },
    ...{ costMicroUsd: rest("costMicroUsd"), unpricedTokens: rest("unpricedTokens") },
  };
}

/** Each part of an epic is planned, built and proven on its own, as the whole plan would be in one ticket. */
export function projectedForParts(ticket: Ticket): Projection | null {
  const one = projectedCost(ticket);
  const parts = ticket.plan?.plan.chunks.length ?? 0;
  return one && { lowMicroUsd: one.lowMicroUsd * parts, highMicroUsd: one.highMicroUsd * parts };
}

/** How much of the budget is gone, in whole percent; null before there is one. */
export function budgetUsedPercent({ route, raisedMicroUsd, spend }: Ticket): number | null {
  const allowed = (route?.budgetMicroUsd ?? 0) + raisedMicroUsd;
  return allowed > 0 ? Math.floor((spend.costMicroUsd / allowed) * 100) : null;
}
