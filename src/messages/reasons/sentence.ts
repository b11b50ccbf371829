import type { Why, WhyCode } from "../../core/rules/why.ts";
import type { ForgeRef } from "../../core/ledger/forge-ref.ts";
import { AT_DESK } from "./at-desk.ts";
import { CONSENTS } from "./consents.ts";
import { DECISIONS } from "./decisions.ts";
import { FAILURES } from "./failures.ts";
import { HALT_SENTENCES } from "./halts.ts";
import { REFUSALS } from "./refusals.ts";
import type { Sentences } from "./by-code.ts";

const SENTENCES: Sentences<WhyCode> = { ...DECISIONS, ...HALT_SENTENCES, ...FAILURES, ...REFUSALS, ...CONSENTS };

/** The one place where a reason becomes words. @param forge where they are read */
export function sentenceFor(because: Why, forge: ForgeRef["kind"] = "github"): string {
  const own = forge === "desk" ? AT_DESK[because.code] : undefined;
  const write = (own ?? SENTENCES[because.code]) as (facts: Why["facts"]) => string;
  return write(because.facts);
}
