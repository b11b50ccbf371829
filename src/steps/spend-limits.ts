// Held by test/scenarios/budget.test.ts
import type { WorstCase } from "../agent/consultation.ts";
import { dayOf } from "../core/ledger/ids.ts";
import { halted } from "../core/rules/halt.ts";
import type { Policy } from "../core/rules/policy.ts";
import { type HaltCode, type Why, why } from "../core/rules/why.ts";
import { budgetLeft, usdForTokens } from "../core/ticket/ticket.ts";
import type { Model } from "../models/model.ts";
import { longestAnswer, worstCostMicroUsd } from "../models/usage.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

/** What a ticket, and a repository and an account in one day (UTC), may still spend. Every call and every new ticket asks here first. */

/**
 * So many tickets a day, in the order they were opened: fifty labels at once must not make fifty plans. A person who raises
 * the ticket's budget has said that this one is worth it.
 */
export async function overDay(context: StepContext, policy: Policy): Promise<StepResult | null> {
  const { ticket, world } = context;
  const { ticketsPerDay } = policy.limits;
  if (ticket.raisedMicroUsd > 0) return null;
  const dayStart = startOfDay(world.now());
  const { owner, name } = ticket.ref;
  const today = await world.ledgers.openedSince(`${owner}/${name}`, dayStart);
  if (today.indexOf(ticket.key) < ticketsPerDay) return null;
  const because = why("tickets-of-day", { perDay: ticketsPerDay });
  return done(halted("budget", "policy", because));
}

/**
 * Room for a small plan, a review or a file of 150 lines. Held shorter than this, most answers would be cut off, and paid
 * for nothing.
 */
export const OUTPUT_TOKENS_MIN = 2_000;

type Granted = { readonly outcome: "granted"; readonly costMicroUsd: number | null; readonly outputTokens: number };

/**
 * Checked before each call, against what the journal says was really paid, also by tries whose entries never came. A call
 * that does not fit at its longest answer is made with as long a one as fits: most are far shorter than they may be.
 * @param shortest the answer's least room in tokens; the call is not made with less
 */
export async function mayAsk(
  { latest, world, policy }: StepContext,
  model: Model,
  worst: WorstCase,
  shortest: number,
): Promise<Denial | Granted> {
  // The budget may have been raised while the step runs.
  const ticket = latest();
  const paid = await world.journal.spentOn(ticket.key);
  const left = budgetLeft(ticket, paid);
  const { prices } = model;
  if (!prices) {
    const tokens = worst.inputTokens + worst.outputTokens;
    const outputTokens = Math.min(worst.outputTokens, left.tokens - worst.inputTokens);
    if (outputTokens >= Math.min(shortest, worst.outputTokens))
      return { outcome: "granted", costMicroUsd: null, outputTokens };
    const raiseUsd = usdForTokens(ticket, tokens - left.tokens);
    const leftTokens = Math.max(0, left.tokens);
    return denied(why("call-over-tokens", { model: model.name, tokens, leftTokens, raiseUsd }));
  }
  const longestFor = (microUsd: number) => Math.min(worst.outputTokens, longestAnswer(prices, worst, microUsd));
  const fits = (microUsd: number) => longestFor(microUsd) >= Math.min(shortest, worst.outputTokens);
  if (!fits(left.microUsd)) {
    const costMicroUsd = worstCostMicroUsd(prices, worst);
    // Below zero where more was paid than the budget: a raise has to make up for that as well.
    return denied(why("call-over-budget", { model: model.name, costMicroUsd, leftMicroUsd: left.microUsd }));
  }
  const dayStart = startOfDay(world.now());
  const today = await world.journal.spentSince(`${ticket.key.split("#")[0]}#`, dayStart);
  const perDay = (policy?.limits.usdPerDay ?? 0) * 1_000_000;
  const leftToday = perDay - today.costMicroUsd;
  if (!fits(leftToday)) {
    return denied(why("day-budget-used", { perDayMicroUsd: perDay }));
  }
  const account = ticket.ref.owner;
  const allowed = world.accountMicroUsdPerDay;
  const together = allowed === undefined ? null : await world.journal.spentSince(`${account}/`, dayStart);
  const leftTogether = allowed === undefined ? Infinity : allowed - (together?.costMicroUsd ?? 0);
  if (allowed !== undefined && !fits(leftTogether))
    return denied(why("account-budget-used", { account, perDayMicroUsd: allowed }));
  const outputTokens = longestFor(Math.min(left.microUsd, leftToday, leftTogether));
  return { outcome: "granted", costMicroUsd: worstCostMicroUsd(prices, { ...worst, outputTokens }), outputTokens };
}

/** Why a call is not made. */
export type Denial = { readonly outcome: "denied"; readonly because: Why<HaltCode> };

function denied(because: Why<HaltCode>): Denial {
  return { outcome: "denied", because };
}

function startOfDay(now: Date): Date {
  return new Date(`${dayOf(now.toISOString())}T00:00:00Z`);
}
