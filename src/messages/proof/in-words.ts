import { PROOF_DETAILS_MAX, QUOTE_CHARS_MAX, SENTENCE_CHARS_MAX } from "../../core/ledger/limits.ts";
import type { Found, FoundItem } from "../../core/ticket/proof-facts.ts";
import type { ProofItem, ProofItemId } from "../../core/ticket/proof-items.ts";
import { ANY_ITEM } from "./any-item.ts";
import { type FoundSentences, said } from "./by-code.ts";
import { CHECKS } from "./checks.ts";
import { COMPLETENESS } from "./completeness.ts";
import { DONE } from "./done.ts";
import { FAIL_TO_PASS } from "./fail-to-pass.ts";
import { lineInWords } from "./lines.ts";
import { MERGE_RESULT } from "./merge-result.ts";
import { MUTATION } from "./mutation.ts";
import { PASS_TO_PASS } from "./pass-to-pass.ts";
import { REVIEWS } from "./reviews.ts";
import { SCOPE } from "./scope.ts";
import { names } from "./spelled.ts";
import { TAMPER } from "./tamper.ts";
import { VERIFICATION } from "./verification.ts";

/** Every sentence of the proof, by item and code. */
const SENTENCES: { readonly [Id in ProofItemId]: FoundSentences<Id> } = {
  verification: VERIFICATION,
  checks: CHECKS,
  "fail-to-pass": FAIL_TO_PASS,
  "pass-to-pass": PASS_TO_PASS,
  mutation: MUTATION,
  scope: SCOPE,
  completeness: COMPLETENESS,
  tamper: TAMPER,
  reviews: REVIEWS,
  done: DONE,
  "merge-result": MERGE_RESULT,
};

/**
 * The one place where what the proof found becomes words. A long list is cut with a word that says so; the limits are those of
 * the ledger's schema.
 */
export function inWords({ id, code, state, facts, details, required, ...one }: FoundItem): ProofItem {
  const { survivors, accepted } = one;
  return {
    ...{ id, code, state, required },
    evidence: clip(evidenceOf({ id, code, facts } as Found, one), SENTENCE_CHARS_MAX),
    details: details
      .slice(0, PROOF_DETAILS_MAX)
      .map((line) => clip(lineInWords(line).replace(/[\r\n\t]+/g, " "), QUOTE_CHARS_MAX)),
    ...(survivors ? { survivors } : {}),
    ...(accepted ? { accepted } : {}),
  };
}

/** What the policy waives is said in the item itself, so that nobody reads a proof without seeing it. */
function evidenceOf(found: Found, { waived, standIns }: Pick<FoundItem, "waived" | "standIns">): string {
  const sentence = said({ ...SENTENCES[found.id], ...ANY_ITEM } as Record<string, (facts: object) => string>, found);
  const before = waived === undefined ? "" : `Waived by the policy (${waived}). `;
  return `${before}${sentence}${standIns ? ` ${whoRan(standIns)}` : ""}`;
}

/** What nobody has run is said in words. */
function whoRan(standIns: readonly string[]): string {
  return standIns.length > 0
    ? `The repository's own check ran the tests instead: ${names(standIns)}.`
    : "Nobody has run the tests of this commit. If a check of the repository does, name it under `proof.checks` in .github/coop.yml.";
}

function clip(text: string, charsMax: number): string {
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 1)}…`;
}
