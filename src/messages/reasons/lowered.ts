import type { Remark } from "../../core/ticket/finding.ts";
import type { Lowered, LoweredFacts } from "../../core/ticket/lowered.ts";
import { ABOUT_STEPS } from "../../core/ticket/verdict.ts";

type Sentences = { readonly [C in keyof LoweredFacts]: (facts: Readonly<LoweredFacts[C]>) => string };

/** Why a blocker counts as a concern. */
const LOWERED: Sentences = {
  withdrawn: () => "It was withdrawn when the dispute over it was settled.",
  misquoted: () => "The place it cites does not exist at this commit.",
  "no-changed-line": () => "It came up after the first round and points at no changed line.",
  "file-unchanged": ({ path }) => `It came up after the first round, and ${path} did not change since.`,
  "far-from-changes": () => "It came up after the first round, outside what changed since.",
};

export function loweredBecause({ code, facts }: Lowered): string {
  const write = LOWERED[code] as (facts: Lowered["facts"]) => string;
  return write(facts);
}

/** The blocker that verification steps are which nobody can follow. @param why in the Adversary's words, where it gave any */
export function unusableSteps(why: string): Remark {
  return {
    severity: "blocker",
    kind: "requirement",
    title: `${ABOUT_STEPS} cannot be followed`,
    path: null,
    line: null,
    quote: null,
    problem: why || "The steps are too vague to be followed.",
    instruction: "Give exact commands and the result that each must show.",
  };
}
