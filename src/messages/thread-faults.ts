import type { None, Of } from "../core/ticket/proof-fact-parts.ts";
import { said, type Sentences } from "./proof/by-code.ts";

/** What is wrong with a comment that looks like one of ours. `why`: what the marker in it tells. */
type FaultFacts = {
  "by-another": { login: string };
  changed: { why: string };
  "of-another-ticket": None;
  edited: { why: string };
};
export type Fault = Of<FaultFacts>;

/** Each goes on from the comment that it is about. */
const FAULTS: Sentences<FaultFacts> = {
  "by-another": ({ login }) => `by ${login} carries a ledger marker, but only this App writes those`,
  changed: ({ why }) => `was changed and is not believed: ${why}`,
  "of-another-ticket": () => "carries entries of another ticket",
  edited: ({ why }) => `was edited: ${why}`,
};

export function faultInWords(fault: Fault): string {
  return said(FAULTS, fault);
}
