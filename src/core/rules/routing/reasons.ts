import type { EntryData } from "../../ledger/entries.ts";
import type { Role, TaskType } from "../../ledger/ids.ts";

/**
 * Why a ticket was routed and cast as it was, each as a code with the facts that its sentence needs. The sentences are in
 * `src/messages/reasons/routing.ts`; the ledger keeps the words, for people who overrule them with a label or a command.
 */
type None = Readonly<Record<string, never>>;
type Routed = EntryData<"routed">;
/** What models did in a role, the best first: so many of so many went well. */
type Figures = { figures: readonly { readonly model: string; readonly good: number; readonly of: number }[] };

export type RoutingFacts = {
  "type-forced": { type: TaskType };
  "type-labelled": { type: TaskType; label: string };
  "type-tagged": { type: TaskType; label: string };
  /** `because`: what the rules found in the text, as they call it. */
  "type-guessed": { type: TaskType; because: readonly string[]; runnerUp: TaskType; confidence: number };
  size: { size: Routed["size"]; characters: number; listItems: number; files: number };
  risk: { risk: Routed["risk"]; because: readonly string[] };
  unclear: { because: string };
  "gate-by-policy": { gate: "always" | "never" };
  "gate-for-risk": { risk: Routed["risk"] };
  "gate-for-size": None;
  "gate-for-doubt": { confidence: number };
  "gate-for-clarity": None;
  "gate-not-needed": None;
  seat: { seat: number; of: number };
  pinned: { role: Role; model: string };
  "by-scorecard": { role: Role; model: string } & Figures;
  "scorecard-overruled": { role: Role; model: string; wished: readonly string[] } & Figures;
  "preference-pinned": { model: string };
  preferred: { role: Role; model: string };
  "preferred-may-not": { role: Role; wished: readonly string[] };
  "preferred-unknown": { role: Role; wished: readonly string[] };
  "in-turn": None;
  "adversary-of-authors-vendor": { vendor: string };
  "adversary-of-another-vendor": { vendor: string; author: string };
  "reviewer-is-adversary": None;
};

export type RoutingReason = {
  [C in keyof RoutingFacts]: { readonly code: C; readonly facts: Readonly<RoutingFacts[C]> };
}[keyof RoutingFacts];
