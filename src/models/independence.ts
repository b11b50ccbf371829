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
  const words = wordsOf(one).join(" ");
  // Not as above: a longer name of the same beginning may be another model of the same family.
  if (words !== "" && words === wordsOf(other).join(" "))
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
  const [first = ""] = wordsOf(name);
  return MAKERS.find(([pattern]) => pattern.test(first))?.[1] ?? null;
}

/** Words and numbers that make another model of a name: `-mini`, `-5` behind `-opus-5`. Dates, sizes and formats do not. */
const OTHER =
  /^(?:mini|nano|micro|flash|lite|small|medium|large|haiku|sonnet|opus|pro|max|turbo|air|ultra|fast|\d{1,2})$/;

/**
 * Is the model that says it answered the one that was asked? Providers add dates, tags, folders and their own name, so one
 * name has to begin with the other, and what follows must not name a sibling.
 */
export function isSameModel(asked: string, served: string): boolean {
  const [short, long] = [wordsOf(asked), wordsOf(served)].sort((one, other) => one.length - other.length);
  if (!short || !long || short.length === 0) return true;
  return short.every((word, nth) => word === long[nth]) && !long.slice(short.length).some((word) => OTHER.test(word));
}

/** The maker's name before the slash, and what is behind a colon or an at sign, are no part of it. */
function wordsOf(name: string): string[] {
  const bare = (name.split("/").at(-1) ?? "").split(/[:@]/)[0] ?? "";
  return bare
    .toLowerCase()
    .replace(/-20\d\d-?\d\d-?\d\d/, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && word !== "latest" && word !== "gguf");
}
