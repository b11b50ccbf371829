import { LINE_CHARS_MAX } from "../../core/ledger/limits.ts";
import type { Role } from "../../core/ledger/ids.ts";
import type { RoutingFacts, RoutingReason } from "../../core/rules/routing/reasons.ts";

type Sentences = { readonly [C in keyof RoutingFacts]: (facts: Readonly<RoutingFacts[C]>) => string };

/** Why a ticket was routed and cast as it was. */
const ROUTING: Sentences = {
  "type-forced": ({ type }) => `Type ${type}: a person said so.`,
  "type-labelled": ({ type, label }) => `Type ${type}: the issue is labelled "${label}".`,
  "type-tagged": ({ type, label }) => `Type ${type}: the title is tagged "${label}".`,
  "type-guessed": ({ type, because, runnerUp, confidence }) =>
    because.length === 0
      ? `Type ${type}: no word of the text says otherwise.`
      : `Type ${type}: ${because.join(", ")}; ${runnerUp} was the runner-up (probability ${confidence.toFixed(2)}).`,
  size: ({ size, characters, listItems, files }) =>
    `Size ${size}: ${characters} characters; list items: ${listItems}; files named: ${files}.`,
  risk: ({ risk, because }) => `Risk ${risk}: ${because.join(", ") || "what speaks for a risk is too little"}.`,
  unclear: ({ because }) => `Unclear: ${because}.`,
  "gate-by-policy": ({ gate }) => `Plan gate: the policy says ${gate}.`,
  "gate-for-risk": ({ risk }) => gated(`the risk is ${risk}`),
  "gate-for-size": () => gated("the ticket is large"),
  "gate-for-doubt": ({ confidence }) => gated(`confidence is ${confidence}`),
  "gate-for-clarity": () => gated("the text is unclear"),
  "gate-not-needed": () => "Plan gate: none needed at this risk, size, confidence and clarity.",
  seat: ({ seat, of }) => `Seat ${seat} of ${of} begins on this ticket.`,
  pinned: ({ role, model }) => `${role}: pinned to ${model} by the policy.`,
  "by-scorecard": ({ role, model, figures }) => `${role}: ${model} by the scorecard (${counted(role, figures)}).`,
  "scorecard-overruled": ({ role, model, wished, figures }) =>
    `${role}: the scorecard speaks for ${wished.join(", ")} (${counted(role, figures)}), but the other rules leave this seat to ${model}.`,
  "preference-pinned": ({ model }) =>
    `The policy's preference for work of this size and risk gives way to the pin of ${model}.`,
  preferred: ({ role, model }) => `${of(role)}The policy prefers ${model} for work of this size and risk.`,
  "preferred-may-not": ({ role, wished }) =>
    `${of(role)}${amongWished(wished)} none may ${role === "implementer" ? "write" : "take this role"} here.`,
  "preferred-unknown": ({ role, wished }) => `${of(role)}${amongWished(wished)} none is a model of this server.`,
  "in-turn": () =>
    "The scorecard breaks no ties on this ticket: one in three goes in turn, so that every model is measured.",
  "adversary-of-authors-vendor": ({ vendor }) =>
    `The adversary is of the author's vendor (${vendor}): the pool has no other that may play it.`,
  "adversary-of-another-vendor": ({ vendor, author }) =>
    `The adversary (${vendor}) is of another vendor than the author (${author}).`,
  "reviewer-is-adversary": () => "Reviewer and adversary are the same model: the pool and pins leave no third.",
};

/** One line, as long as the ledger keeps it. */
export function routingLine({ code, facts }: RoutingReason): string {
  const write = ROUTING[code] as (facts: RoutingReason["facts"]) => string;
  return write(facts).slice(0, LINE_CHARS_MAX);
}

function gated(because: string): string {
  return `Plan gate: a person approves the plan, because ${because}.`;
}

/** A preference without a role is about who writes. */
function of(role: Role): string {
  return role === "implementer" ? "" : `${role}: `;
}

function amongWished(wished: readonly string[]): string {
  return `Of those that the policy prefers for work of this size and risk (${wished.join(", ")})`;
}

/** What a result is, by role: nobody measures how good a question was. */
const COUNTED: Readonly<Record<Role, string>> = {
  architect: "plans accepted",
  implementer: "proven in the first round",
  reviewer: "blockers that held",
  adversary: "blockers that held",
  navigator: "questions",
};

function counted(role: Role, figures: RoutingFacts["by-scorecard"]["figures"]): string {
  return `${COUNTED[role]}: ${figures.map(({ model, good, of: all }) => `${model} ${good} of ${all}`).join(", ")}`;
}
