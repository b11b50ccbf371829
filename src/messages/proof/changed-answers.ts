/** What was put in the place of an answer, in words: see `src/proof/probes`. Each language may have more than these. */
const WORDS: Readonly<Record<string, string>> = {
  swallow: "nothing instead of the error",
  "other-kind": "another kind of error",
  "other-words": "an error with other words",
  "cut-words": "an error with one letter less",
  skip: "the work not done",
  twice: "the work done twice",
  something: "a value instead of none",
  not: "the opposite",
  plus: "one more",
  later: "a second later",
  append: "one more letter at the end",
  prepend: "one more letter at the start",
  case: "small letters for capitals or capitals for small ones",
  leaf: "another value in one of its parts",
  drop: "one part less",
  extra: "one part more",
  order: "another order",
  effect: "another value in what it changed",
};

/** `near:0.04`, `leaf:2.1f0a`, `list-drop`, `swallow_1` */
export function changedAnswer(variant: string): string {
  const [name = variant, rest] = variant.replace(/_\d+$/, "").split(":");
  if (name.startsWith("near")) return `${(rest ?? "").replace(/_\d+$/, "")} more`;
  const [last = name] = name
    .replace(/\.\w+$/, "")
    .split(/^(?:list|in)-/)
    .slice(-1);
  return WORDS[last] ?? WORDS[rest ?? ""] ?? variant;
}
