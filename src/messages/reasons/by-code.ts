import type { WhyCode, WhyFacts } from "../../core/rules/why.ts";

/** A sentence for each code of a group. A code without one does not compile. */
export type Sentences<C extends WhyCode> = { readonly [K in C]: (facts: Readonly<WhyFacts[K]>) => string };
