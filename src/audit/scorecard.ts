import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Role, TaskType } from "../core/ledger/ids.ts";
import { disputedIn, tiebreaker } from "../core/rules/tiebreak.ts";
import { roleOf } from "../core/ticket/kinds.ts";
import { STEP_ROLES } from "../core/ledger/records.ts";
import { addSpend, NO_SPEND, type Spend, type StepName } from "../core/ledger/entries.ts";
import { type FindingState, type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { decisionsBefore } from "./causes.ts";
import { type Call, latencyOf } from "./latency.ts";
import { afterMerge, type Commit, type Fate } from "./outcome.ts";

/**
 * What each model delivered in each role, from the ledgers alone. Blockers of a reviewer are those it found: how many
 * outlived a fix round, how many were withdrawn after a dispute. Blockers of an Implementer are those found in its work.
 */
export type Score = {
  readonly model: string;
  readonly role: Role;
  readonly tickets: number;
  /** Entries of this role: plans, rounds written, reviews given. */
  readonly rounds: number;
  /** Tries that ended in nothing usable. */
  readonly failures: number;
  readonly blockers: {
    readonly found: number;
    /** Fixed in the end: somebody agreed that it was one. */
    readonly confirmed: number;
    readonly survived: number;
    /** Set aside after a dispute, or by a person. */
    readonly withdrawn: number;
  };
  /** Of an Architect: plans that were approved as they stood. */
  readonly plansAccepted: number;
  /** Of an Implementer: tickets whose first round was proven. */
  readonly firstPass: number;
  /** Of an Implementer: tickets that were merged, and those of them that were touched again soon (`outcome.ts`). */
  readonly merged: number;
  readonly touchedAgain: number;
  /** Of the merged tickets, those whose issue was opened again. */
  readonly reopened: number;
  /** Told by the history of a clone alone: of the merged tickets, those that people changed again soon, and those reverted. */
  readonly touchedByPeople: number;
  readonly reverted: number;
  /** Of its answered calls: the middle one, and the one that a tenth is slower than. Null without a journal. */
  readonly latencyMs: { readonly median: number; readonly p90: number } | null;
  /** Tickets by what kind of work they were. */
  readonly types: Readonly<Partial<Record<TaskType, number>>>;
  readonly spend: Spend;
};

/** What is known besides the ledgers. */
export type Beside = {
  /** Commits of a clone, by `owner/repo`. */
  readonly history?: ReadonlyMap<string, readonly Commit[]>;
  /** Answered calls of the journal. */
  readonly calls?: readonly Call[];
};

/** @param ledgers one list of entries a ticket; @returns the dearest first */
export function scorecard(ledgers: readonly (readonly Entry[])[], { history, calls = [] }: Beside = {}): Score[] {
  const scores = new Map<string, Score>();
  const fates = afterMerge(ledgers, history);
  for (const entries of ledgers) {
    const seen = new Set<string>();
    const ticket = fold(entries);
    const add = (model: string, role: Role, change: (score: Score) => Partial<Score>) => {
      const id = `${role} ${model}`;
      const before = scores.get(id) ?? blank(model, role);
      const isNew = !seen.has(id);
      seen.add(id);
      const types = isNew ? withType(before.types, ticket) : before.types;
      scores.set(id, { ...before, types, tickets: before.tickets + (isNew ? 1 : 0), ...change(before) });
    };
    for (const [index, entry] of entries.entries()) addWork(add, entry, entries.slice(0, index));
    addBlockers(add, entries);
    addResults(add, entries, ticket && fates.get(ticket.key));
  }
  const timed = [...scores.values()].map((score) => ({ ...score, latencyMs: latencyOf(score, calls) }));
  return timed.sort(
    (a, b) =>
      b.spend.costMicroUsd - a.spend.costMicroUsd || a.model.localeCompare(b.model) || a.role.localeCompare(b.role),
  );
}

type Add = (model: string, role: Role, change: (score: Score) => Partial<Score>) => void;

function blank(model: string, role: Role): Score {
  const blockers = { found: 0, confirmed: 0, survived: 0, withdrawn: 0 };
  const fate = { merged: 0, touchedAgain: 0, reopened: 0, touchedByPeople: 0, reverted: 0, latencyMs: null };
  const results = { plansAccepted: 0, firstPass: 0, ...fate, types: {} };
  return { model, role, tickets: 0, rounds: 0, failures: 0, blockers, ...results, spend: NO_SPEND };
}

function withType(types: Score["types"], ticket: Ticket | null): Score["types"] {
  const type = ticket?.route ? typeOf(ticket) : null;
  return type === null ? types : { ...types, [type]: (types[type] ?? 0) + 1 };
}

function addResults(add: Add, entries: readonly Entry[], fate: Fate | null | undefined): void {
  let planned: Extract<Entry, { kind: "planned" }> | null = null;
  let author: { readonly model: string; readonly round: number } | null = null;
  let isProven = false;
  for (const entry of entries) {
    if (entry.kind === "planned") planned = entry;
    if (entry.kind === "implemented") author = { model: entry.data.model, round: entry.data.round };
    if (entry.kind === "plan_approved" && planned?.data.planHash === entry.data.planHash)
      add(planned.data.model, "architect", (score) => ({ plansAccepted: score.plansAccepted + 1 }));
    if (entry.kind !== "proof_collected" || entry.data.outcome !== "ready" || isProven || !author) continue;
    isProven = true;
    if (author.round === 0) add(author.model, "implementer", (score) => ({ firstPass: score.firstPass + 1 }));
  }
  if (author && fate) {
    const when = (one: Fate) => (fate === one ? 1 : 0);
    add(author.model, "implementer", (score) => ({
      merged: score.merged + 1,
      touchedAgain: score.touchedAgain + when("touched-again"),
      reopened: score.reopened + when("reopened"),
      touchedByPeople: score.touchedByPeople + when("touched-by-people"),
      reverted: score.reverted + when("reverted"),
    }));
  }
}

function addWork(add: Add, entry: Entry, before: readonly Entry[]): void {
  if (entry.kind === "step_failed" || entry.kind === "step_interrupted") {
    // What interrupted a step may have been that its seat was given to another.
    const begun = entry.kind === "step_interrupted" ? before.slice(0, entry.data.endedBy.seq - 1) : before;
    const tried = seatOf(fold(begun), entry.data.step);
    const failures = entry.kind === "step_failed" ? 1 : 0;
    const { spend } = entry.data;
    if (tried)
      add(tried.model, tried.role, (score) => ({
        failures: score.failures + failures,
        spend: addSpend(score.spend, spend),
      }));
  }
  if (entry.kind === "halted" && entry.data.spend) {
    const { spend } = entry.data;
    const tried = haltedSeat(before, entry);
    if (tried) add(tried.model, tried.role, (score) => ({ spend: addSpend(score.spend, spend) }));
  }
  const role = roleOf(entry);
  if (!role || !("model" in entry.data) || !("spend" in entry.data)) return;
  const { model, spend } = entry.data;
  // Asked by a rule, such as for a ticket without a text: no model had a part in it.
  if (model === "policy") return;
  add(model, role, (score) => ({ rounds: score.rounds + 1, spend: addSpend(score.spend, spend) }));
}

/** A halt names no step: it was the one that was due. */
function haltedSeat(before: readonly Entry[], entry: Entry) {
  const ticket = fold(before);
  const due = ticket ? decisionsBefore(ticket, before, entry).find((one) => one.do === "step") : undefined;
  return due?.do === "step" ? seatOf(ticket, due.step) : null;
}

/** A try without a result names no model; it was the one that had the seat then. */
function seatOf(ticket: Ticket | null, step: StepName): { readonly model: string; readonly role: Role } | null {
  const disputed = ticket && step === "settle" ? disputedIn(ticket) : null;
  const role = ticket && disputed ? tiebreaker(ticket, disputed) : STEP_ROLES[step];
  return role && ticket?.assignment ? { role, model: ticket.assignment[role].model } : null;
}

function addBlockers(add: Add, entries: readonly Entry[]): void {
  const ticket = fold(entries);
  const counted = new Set<string>();
  let author: string | null = null;
  for (const entry of entries) {
    if (entry.kind === "implemented") author = entry.data.model;
    if (entry.kind !== "reviewed") continue;
    for (const finding of entry.data.findings) {
      const known = ticket?.findings.get(finding.id);
      if (finding.severity !== "blocker" || counted.has(finding.id) || !known) continue;
      counted.add(finding.id);
      add(entry.data.model, entry.data.role, (score) => ({ blockers: withBlocker(score.blockers, known) }));
      if (author) add(author, "implementer", (score) => ({ blockers: withBlocker(score.blockers, known) }));
    }
  }
}

function withBlocker(before: Score["blockers"], { survived, state }: FindingState): Score["blockers"] {
  return {
    found: before.found + 1,
    confirmed: before.confirmed + (state === "resolved" ? 1 : 0),
    survived: before.survived + (survived > 0 && state !== "withdrawn" ? 1 : 0),
    withdrawn: before.withdrawn + (state === "withdrawn" ? 1 : 0),
  };
}
