// Held by test/scenarios/feature.test.ts
import type { Facts } from "../core/rules/facts.ts";
import type { HaltReason, Spend } from "../core/ledger/entries.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import type { FailureCode, HaltCode, Why } from "../core/rules/why.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { StepFailedWork, Ticket } from "../core/ticket/ticket.ts";
import type { StepWorld } from "./step-world.ts";
import type { Forge, ForgeAway } from "../forge/forge.ts";

export type StepContext = {
  readonly world: StepWorld;
  readonly forge: Forge;
  readonly ticket: Ticket;
  /** Null only for `route`, which reads it. */
  readonly policy: Policy | null;
  readonly issue: Facts["issue"];
  readonly pull: Facts["pull"];
  /** Aborts when the step has to end at once; its ports begin nothing more then. */
  readonly signal: AbortSignal;
  /** The ticket with what was written beside the step. */
  readonly latest: () => Ticket;
};

/** An effect was not begun, because the step has to end. Whatever it paid for is in the journal. */
export class Interrupted extends Error {
  constructor() {
    super("The step was interrupted");
    this.name = "Interrupted";
  }
}

/** A step broke off for `reason`, whatever that was, and has done what stands. */
export class BrokenOff extends Error {
  readonly standing: readonly RuleDraft[];
  readonly reason: unknown;

  constructor(standing: readonly RuleDraft[], reason: unknown) {
    super(`The step broke off: ${String(reason)}`);
    this.name = "BrokenOff";
    this.standing = standing;
    this.reason = reason;
  }
}

/**
 * How a step ends. Entries are recorded by the flow, last of all: a step that dies before has changed nothing but what it
 * finds again when it runs once more.
 */
export type StepResult =
  | { readonly outcome: "done"; readonly entries: RuleDraft[] }
  /** Nothing is wrong, but something has to happen elsewhere first. */
  | { readonly outcome: "later"; readonly inMs: number }
  | {
      readonly outcome: "failed";
      readonly reason: HaltReason;
      readonly because: Why<FailureCode | HaltCode>;
      readonly spend: Spend;
      readonly inMs: number;
      /** New answers from which the next try goes on. */
      readonly kept?: number;
      /** What was written, kept for the next try. */
      readonly work?: StepFailedWork;
      /** What it had done by then that stands, whatever ended it. */
      readonly standing?: readonly RuleDraft[];
    }
  /** It had to end. `thrown`: the forge's trouble that ended it, thrown again once `standing` is written down. */
  | {
      readonly outcome: "interrupted";
      readonly work: StepFailedWork | null;
      readonly standing?: readonly RuleDraft[];
      readonly thrown?: ForgeAway;
    };

export type Step = (context: StepContext) => Promise<StepResult>;

export function done(...entries: RuleDraft[]): StepResult {
  return { outcome: "done", entries };
}

/** @throws when the ticket is not routed yet, which `decide` rules out */
export function policyOf(context: StepContext): Policy {
  if (!context.policy) throw new Error("This step needs the policy of a routed ticket");
  return context.policy;
}
