import type { HaltReason, StepName } from "../ledger/entries.ts";
import type { Role } from "../ledger/ids.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { halt, record } from "./decisions.ts";
import type { Decision, Facts, Reason } from "./facts.ts";
import { HALTS, type Help } from "./halt.ts";
import { type PoolModel, substitute } from "./rotate.ts";
import { type DecisionCode, type Why, why } from "./why.ts";

/** How often a step is tried, and when another model takes its seat. */

/** A step is tried this often before a person is asked. */
const FAILURES_MAX = 3;
/** Tries with one model before another one of the pool takes its seat. */
const FAILURES_PER_MODEL = 2;
/** With growing waits about half an hour: taking a seat from a model throws away what its step has paid. */
const WAITING_TRIES_PER_MODEL = 8;
/** Tries in a row that each paid for an answer that broke off. With growing waits more than an hour: longer than most outages. */
const IN_VAIN_MAX = 12;
/** Outages of providers last minutes, rarely an hour; nobody should be called for those. */
const PATIENCE_MS = 2 * 60 * 60_000;

/** A step, unless it failed too often already, or waited too long for its model. */
export function attempt(ticket: Ticket, facts: Facts, step: StepName, role: Role | null, because: Reason): Decision {
  const { restedMs, inVain } = ticket.away;
  const waits = ticket.lastFailure === "model-unavailable" && restedMs > 0;
  const often = why("step-failed-often", { step, times: ticket.failures });
  const stop = (reason: HaltReason) =>
    halt(reason, often, { helps: possible(HALTS[reason].helps, ticket, facts, role) });
  const isOver = restedMs >= (facts.patienceMs ?? PATIENCE_MS) || inVain >= IN_VAIN_MAX;
  if (waits && isOver) return stop("model-unavailable");
  if (ticket.failures >= FAILURES_MAX && !waits) return stop(ticket.lastFailure ?? "model-unusable");
  const seated = role && ticket.assignment?.[role].model;
  if (role && seated && ticket.dependent.includes(seated)) return independent(ticket, facts, role, seated);
  return (role && anotherModel(ticket, facts, role)) ?? { do: "step", step, why: because };
}

/** Another model helps only where there is one that may take the seat. */
export function possible(helps: readonly Help[], ticket: Ticket, facts: Facts, role: Role | null): readonly Help[] {
  const mayChange = role !== null && substitute(facts.pool, ticket, role) !== null;
  return mayChange ? helps : helps.filter((one) => one !== "other-model" && one !== "other-author");
}

/** Who was asked did not answer, or is who wrote: asked again it would be the same, and be paid for again. */
function independent(ticket: Ticket, facts: Facts, role: Role, model: string): Decision {
  const pool = facts.pool.filter(({ name }) => !ticket.dependent.includes(name));
  const other = substitute(pool, ticket, role);
  if (other) return seat(other, role, why("review-did-not-count", { model, role }));
  const helps = possible(HALTS["model-unusable"].helps, ticket, facts, role);
  return halt("model-unusable", why("nobody-independent", { model, role }), { helps });
}

/** Failing twice with one model gives its seat to another; later, where the step has paid for answers of that model. */
function anotherModel(ticket: Ticket, facts: Facts, role: Role): Decision | null {
  const ofModel = ticket.lastFailure === "model-unusable" || ticket.lastFailure === "model-unavailable";
  const early = ticket.failures === FAILURES_PER_MODEL && ticket.away.paid === "nothing";
  const tries = early ? FAILURES_PER_MODEL : WAITING_TRIES_PER_MODEL;
  if (!ofModel || !ticket.assignment || ticket.seatFailures !== tries) return null;
  const other = substitute(facts.pool, ticket, role);
  const { model } = ticket.assignment[role];
  return other && seat(other, role, why("model-failed", { model, times: tries }));
}

export function seat({ name, vendor }: PoolModel, role: Role, because: Why<DecisionCode>): Decision {
  const data = { role, model: name, vendor, by: "policy", because };
  return record(because, [{ kind: "assignment_changed", data }]);
}
