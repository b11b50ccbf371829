import { differInSize, differInTuning, identityOf, meansTheSame } from "./identity.ts";

/** Whether who reviewed was somebody else than who wrote, by what the providers say of themselves. Plain rules over names. */
export type Played = {
  /** As the pool calls it. */
  readonly name: string;
  /** Who made it, by the pool. */
  readonly vendor: string;
  /** As its provider spells it, where that is known. */
  readonly asks?: string | undefined;
  /** As the answer says. */
  readonly served?: string | undefined;
};

/**
 * A review counts when the model that was asked gave it, when it is not the one that wrote, and when an Adversary who was
 * chosen for another vendor is of another one. What no provider tells is believed as the pool has it.
 * @returns why it does not count, or null
 */
export function dependence(role: "reviewer" | "adversary", doubter: Played, author: Played | null): string | null {
  const { name, asks, served } = doubter;
  if (served !== undefined && asks !== undefined && !isSameModel(asks, served))
    return `${name} was asked as ${role} (${asks}), but ${served} answered. A review by a model that was not asked is not independent.`;
  const [one, other] = [served ?? asks, author?.served ?? author?.asks];
  if (!author || one === undefined || other === undefined) return null;
  // Not as above: a longer name of the same beginning may be another model of the same family.
  if (meansTheSame(identityOf(one), identityOf(other)))
    return `${name} was asked as ${role}, but ${one} answered, and ${author.name}, which wrote the change, is ${other}: the same model. Its review is not independent. Change one of both in COOP_CONFIG.`;
  const [maker, writer] = [makerOf(one), makerOf(other)];
  if (role === "adversary" && doubter.vendor !== author.vendor && maker !== null && maker === writer)
    return `${name} was asked as adversary because its vendor is ${doubter.vendor} and the author's is ${author.vendor}, but ${one} and ${other} are both made by ${maker}. Correct \`vendor\` in COOP_CONFIG.`;
  return null;
}

/** How the names of a maker's models begin. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^claude/, "anthropic"],
  [/^(?:gpt|chatgpt|codex|o[1-9]$)/, "openai"],
  [/^(?:gemini|gemma)/, "google"],
  [/^(?:llama|codellama)/, "meta"],
  [/^(?:qwen|qwq)/, "qwen"],
  [/^(?:mistral|mixtral|codestral|devstral|magistral|ministral)/, "mistral"],
  [/^deepseek/, "deepseek"],
  [/^grok/, "xai"],
  [/^kimi/, "moonshot"],
  [/^glm/, "zhipu"],
];

function makerOf(name: string): string | null {
  const [first = ""] = identityOf(name).words;
  return MAKERS.find(([pattern]) => pattern.test(first))?.[1] ?? null;
}

/** Words and numbers that make another model of a name: `-mini`, `-5` behind `-opus-5`, `-coder`. */
const OTHER =
  /^(?:mini|nano|micro|tiny|flash|lite|small|medium|large|haiku|sonnet|opus|pro|max|turbo|air|ultra|fast|plus|coder|codex|code|math|vl|vision|audio|thinking|reasoner|reasoning|distill|guard|embed|embedding|base|\d{1,2})$/;

/**
 * Is the model that says it answered the one that was asked? Providers add dates, formats, folders and their own name, so one
 * name has to begin with the other, what follows must not name a sibling, and sizes must not differ.
 */
export function isSameModel(asked: string, served: string): boolean {
  const both = [identityOf(asked), identityOf(served)] as const;
  // Of two fine-tunes the other one answered: not the one that was asked, and yet no second opinion.
  if (differInSize(...both) || differInTuning(...both)) return false;
  const [short, long] = both.map(({ words }) => words).sort((one, other) => one.length - other.length);
  if (!short || !long || short.length === 0) return true;
  return short.every((word, nth) => word === long[nth]) && !long.slice(short.length).some((word) => OTHER.test(word));
}
