import type { EntryData, EntryDraft, EntryKind } from "../ledger/entries.ts";
import type { HaltDraft } from "./halt.ts";
import type { ConsentCode, DecisionCode, FailureCode, HaltCode, Why, WhyCode } from "./why.ts";

/**
 * What the rules and steps write. Entries whose sentence follows from a reason carry the reason as a value; `messages`
 * adds the sentence just before the entry is appended, so that the stored ledger still explains itself.
 */
type Reasoned<K extends EntryKind, Sentence extends string, C extends WhyCode> = {
  readonly kind: K;
  readonly data: Omit<EntryData<K>, Sentence | "because"> & { readonly because: Why<C> };
};

export type EpicDraft = Reasoned<"epic_approved", "why", DecisionCode | ConsentCode>;

export type ReasonedDraft =
  | HaltDraft
  | EpicDraft
  | Reasoned<"step_failed", "sentence", FailureCode | HaltCode>
  | Reasoned<"plan_approved", "why", DecisionCode | ConsentCode>
  | Reasoned<"assignment_changed", "why", DecisionCode | ConsentCode>
  | Reasoned<"commanded", "reply", ConsentCode>
  | Reasoned<"stopped", "why", DecisionCode | ConsentCode>;

export type RuleDraft = EntryDraft | ReasonedDraft;
