import type { HaltReason, StepName } from "../ledger/entries.ts";
import type { Role } from "../ledger/ids.ts";
import type { ProofItemId } from "../ticket/proof-items.ts";
import type { Phase } from "../ticket/phase.ts";
import type { MergeRule } from "./merge-rule.ts";

/**
 * Every reason that the rules give, as a value: a code, and the facts that its sentence needs. The sentences stand in
 * `src/messages/reasons`, where the compiler asks for one for each code. Nothing compares sentences; tests, `coop replay`
 * and `coop explain` speak of codes, so a sentence can be improved without a ledger changing its meaning.
 */
type None = Readonly<Record<string, never>>;

/** Why this comes next. Logged and explained; two of them are recorded with the change of a seat. */
type DecisionFacts = {
  "ticket-ended": { as: "merged" | "stopped" };
  "ticket-halted": { as: "parked" | "blocked"; reason: HaltReason };
  "left-to-newer": { seq: number; kind: string };
  "new-ticket": None;
  "question-open": None;
  "text-unclear": None;
  "type-unsure": { type: string; confidence: number };
  "cause-first": None;
  "no-plan": None;
  "plan-gate": None;
  "plan-dangerous": { dangers: readonly string[] };
  "plan-changes-tests": None;
  "tests-asked": { tests: number };
  "plan-has-parts": { parts: number };
  "plan-within-epic": { issue: number };
  "epic-approved": { parts: number };
  "look-at-children": None;
  "children-moved": { parts: readonly number[] };
  "parts-may-begin": { parts: readonly number[] };
  "children-at-work": { issues: readonly number[] };
  "children-ask": { issues: readonly number[]; others: number };
  "epic-done": { parts: number };
  "look-at-neighbours": None;
  "files-overlap": { issue: number; files: readonly string[] };
  "waits-for-ticket": { issue: number; files: readonly string[]; until: string };
  "overlap-over": { issue: number };
  "plan-accepted-by-policy": { reason: string };
  "look-before-writing": None;
  "plan-approved": None;
  "no-pull-request": None;
  "rework-asked": None;
  "finding-disputed": { findingId: string };
  "blockers-open": { blockers: number };
  "proof-fixable": { items: readonly ProofItemId[] };
  "not-reviewed": None;
  "not-attacked": None;
  "survivors-unheard": { survivors: number };
  "not-proven": None;
  "all-proven": None;
  "look-before-merge": None;
  "merge-approved": { by: string };
  "in-merge-queue": None;
  "second-approval-needed": { by: string };
  "checks-stirred": None;
  "proof-outdated": { moved: "base" | "checks" };
  "blocker-outlived-round": None;
  "plan-doubted": { findings: readonly string[]; outside: number; files: number };
  "model-failed": { model: string; times: number };
  "review-did-not-count": { model: string; role: Role };
  "pull-request-merged": None;
  "closed-maybe-merged": None;
  "maybe-unlocked": None;
  "conversation-open-again": None;
  "maybe-out-of-draft": None;
  "out-of-draft": None;
  "branch-pushed": None;
  "base-branch-changed": { to: string };
  "issue-gone": None;
  "refused-too-long": { days: number };
  "maybe-back": None;
  "repository-back": None;
  "text-decided-before": None;
};

/** What a person could let pass: items of the proof by name, findings by their id. */
export type Offers = { items: readonly ProofItemId[]; findings: readonly string[] };

/** Why a ticket stands still. Recorded with the halt; one halt reason can have several of these. */
type HaltFacts = {
  "parked-by-person": { by: string };
  "label-taken-away": None;
  "issue-was-closed": None;
  "pull-request-was-closed": None;
  "text-was-changed": None;
  "text-is-lost": None;
  "ledger-too-long": { entriesMax: number };
  "pull-request-has-blockers": Offers;
  "blocker-survived": { times: number } & Offers;
  "rounds-used": { rounds: number } & Offers;
  "nobody-independent": { model: string; role: Role };
  "step-failed-often": { step: StepName; times: number };
  "protected-files-touched": None;
  "proof-missing": Offers;
  "proof-never-settles": { times: number };
  "part-left-out": { parts: readonly number[]; missing: readonly number[] };
  "issue-refused": { reason: string };
  "branch-unreadable": { branch: string };
  "commit-gone": { ref: string };
  "branch-taken": { branch: string };
  "policy-unreadable": { path: string; bytesMax: number };
  "policy-line-wrong": { path: string; line: number; problem: string };
  "pin-only-writes": { role: string; model: string };
  "pin-not-in-pool": { role: string; model: string; pool: readonly string[] };
  "nobody-for-role": { role: Role };
  "nobody-to-doubt": { author: string; pool: readonly string[] };
  "tickets-of-day": { perDay: number };
  "call-over-budget": { model: string; costMicroUsd: number; leftMicroUsd: number };
  "call-over-tokens": { model: string; tokens: number; leftTokens: number; raiseUsd: number };
  "account-budget-used": { account: string; perDayMicroUsd: number };
  "day-budget-used": { perDayMicroUsd: number };
  "nothing-was-changed": None;
  "too-many-files": { files: number; filesMax: number };
  "forge-refuses": { reason: string };
  "repository-away": { reason: string };
  "conversation-locked": None;
  "commit-refused": { reason: string; workflows: "touched" | "untouched" };
  "pull-request-refused": { branch: string; reason: string };
  /** `rule` and `links` are absent in ledgers from before rules were told apart. */
  "merge-refused": { reason: string; rule?: MergeRule; links?: readonly string[]; hours?: number };
  "merge-conflicts": { base: string };
};

/** Why a try of a step failed. Recorded with the try. */
type FailureFacts = {
  "model-not-in-pool": { model: string };
  /** The sentence comes from the model's port or the agent's loop, which say what the provider did. */
  "model-failed-so": { sentence: string; problems: readonly string[] };
  /** By what the provider says who answered. Another try with the same model would be paid for the same. */
  "review-not-independent": { model: string; sentence: string };
  "mergeable-unknown": None;
  "head-unsettled": None;
  "step-broke": { step: StepName; logId: string };
};

/** Why a command or a label was not followed. Said to the person. */
type RefusalFacts = {
  "verb-missing": None;
  "almost-a-command": { meant: string };
  "command-in-text": None;
  "too-many-commands": { max: number };
  "verb-unknown": { said: string; meant: string | null };
  "text-missing": { verb: "rework" | "answer" };
  "assignment-malformed": { meant: string | null };
  "amount-malformed": { usdMax: number; meant: string | null };
  "takes-no-arguments": { verb: string };
  "acceptance-malformed": { meant: string | null; items: readonly ProofItemId[] };
  "dismissal-malformed": None;
  "permission-missing": None;
  "label-needs-permission": None;
  "permission-unknown": None;
  "no-ticket-here": None;
  "review-needs-pull-request": None;
  "proof-needs-pull-request": None;
  "ticket-proves-itself": None;
  "pull-request-closed": None;
  "label-on-ended-ticket": { as: "merged" | "stopped" };
  "label-on-pull-request": None;
  "label-on-closed-issue": None;
  ended: { as: "merged" | "stopped" };
  "answered-without-ticket": None;
  "parked-already": None;
  "spoken-too-early": None;
  "base-changed-since": { base: string };
  "approve-while-halted": { as: "parked" | "blocked"; reason: HaltReason; next: string };
  "nothing-to-approve": { phase: Phase };
  "nothing-to-split": { phase: Phase };
  "one-part-only": None;
  "epics-off": None;
  "epic-is-split": None;
  "skip-malformed": None;
  "no-parts": { phase: Phase };
  "part-unknown": { part: number; parts: number };
  "part-not-opened": { part: number };
  "part-has-ended": { part: number; issue: number; as: "merged" | "left-out" };
  "part-at-work": { part: number; issue: number };
  "part-not-begun": { issue: number };
  "part-of-epic": { issue: number };
  "merge-under-way": None;
  "merge-needs-another": None;
  "pushed-last": None;
  "nothing-proven-yet": { phase: Phase };
  "item-not-missing": { item: ProofItemId };
  "item-needs-approve": { item: ProofItemId };
  "item-never-accepted": { item: ProofItemId };
  "policy-forbids-accepting": { item: ProofItemId };
  "finding-unknown": { said: string; meant: string | null; open: readonly string[] };
  "finding-settled": { finding: string; state: "resolved" | "withdrawn" };
  "not-our-branch": None;
  "no-question-open": None;
  "not-halted": { phase: Phase };
  "budget-first": { next: string };
  "rounds-first": None;
  "text-first": None;
  "roles-not-given": None;
  "model-unknown": { model: string; meant: string | null; pool: readonly string[] };
  /** `may`: who may take the role instead. */
  "model-not-for-role": { model: string; role: Role; may: readonly string[] };
  "model-wrote-it": { model: string; role: Role; may: readonly string[] };
};

/** Why an accepted command did what it did. Recorded with its entries. */
type ConsentFacts = {
  "person-said-yes": None;
  "person-ended-it": None;
  "person-chose-model": None;
  "model-seated": { model: string; role: Role };
};

export type WhyFacts = DecisionFacts & HaltFacts & FailureFacts & RefusalFacts & ConsentFacts;
export type WhyCode = keyof WhyFacts;
export type DecisionCode = keyof DecisionFacts;
export type HaltCode = keyof HaltFacts;
export type FailureCode = keyof FailureFacts;
export type RefusalCode = keyof RefusalFacts;
export type ConsentCode = keyof ConsentFacts;

export type Why<C extends WhyCode = WhyCode> = {
  [K in C]: { readonly code: K; readonly facts: Readonly<WhyFacts[K]> };
}[C];

/**
 * @example
 * why("new-ticket") // → { code: "new-ticket", facts: {} }
 * why("blockers-open", { blockers: 2 }).facts // → { blockers: 2 }
 */
export function why<C extends WhyCode>(code: C, ...facts: WhyFacts[C] extends None ? [] : [WhyFacts[C]]): Why<C> {
  return { code, facts: facts[0] ?? {} } as Why<C>;
}
