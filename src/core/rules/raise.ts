import { projectedCost } from "../ticket/projection.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { BUDGET_RAISE_USD_MAX } from "./command.ts";

/** Offered where not even the budget is known. */
const RAISE_USD = 5;

const MICRO = 1_000_000;
/** Sums that people would say themselves: 0.20, 5, 100. */
const STEPS = [1, 2, 5, 10];

/**
 * What is offered when a budget is used up: enough for the call that did not fit, for the rest of the ticket as far as its
 * plan tells, and as much again as the policy gave, so that one raise is enough as a rule. Rounded up.
 * @param missingMicroUsd what the next call lacks
 * @returns dollars as `/coop budget` takes them, without the sign
 */
export function raiseOffered(ticket: Ticket | null, missingMicroUsd: number): string {
  const given = ticket?.route?.budgetMicroUsd ?? RAISE_USD * MICRO;
  const wanted = Math.max(missingMicroUsd, given, ticket ? toTheEndMicroUsd(ticket) : 0);
  const usd = Math.min(BUDGET_RAISE_USD_MAX, roundedUp(wanted / MICRO));
  return usd < 1 ? usd.toFixed(2) : String(usd);
}

/** The parts of an epic have budgets of their own. */
function toTheEndMicroUsd(ticket: Ticket): number {
  const projection = ticket.epic ? null : projectedCost(ticket);
  return projection ? projection.highMicroUsd - (ticket.route?.budgetMicroUsd ?? 0) - ticket.raisedMicroUsd : 0;
}

function roundedUp(usd: number): number {
  const cents = Math.max(1, usd * 100);
  const power = 10 ** Math.floor(Math.log10(cents));
  const step = STEPS.find((one) => one * power >= cents) ?? 10;
  return (step * power) / 100;
}
