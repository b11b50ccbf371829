import { PROOF_NAMES } from "./proof.ts";
import type { ProofItemId } from "../core/ticket/proof-items.ts";
import { shortSha } from "../core/ledger/ids.ts";

/** One place where plan and execution parted, as a sentence. The facts come from `src/audit/trace.ts`. */
export type PartingFacts =
  | { readonly is: "unplanned-file"; readonly path: string; readonly why: string | null }
  | { readonly is: "file-left-out"; readonly path: string }
  | { readonly is: "larger"; readonly files: number; readonly planned: number }
  | { readonly is: "tests-failed"; readonly sentence: string }
  | { readonly is: "not-done"; readonly id: string; readonly statement: string; readonly evidence: string }
  | { readonly is: "blocker"; readonly id: string; readonly title: string; readonly path: string | null }
  | { readonly is: "refuted"; readonly item: ProofItemId; readonly evidence: string }
  | { readonly is: "rework"; readonly instructions: string }
  | { readonly is: "others-commit"; readonly headSha: string }
  | { readonly is: "text-changed" };

export function partingSentence(what: PartingFacts): string {
  switch (what.is) {
    case "unplanned-file":
      return `${what.path} was changed, and the plan does not name it${what.why === null ? "" : ` (${what.why})`}.`;
    case "file-left-out":
      return `${what.path} was not changed, and the plan names it.`;
    case "larger":
      return `${what.files} files were changed where ${what.planned} were planned.`;
    case "tests-failed":
      return `The tests failed. ${what.sentence}`;
    case "not-done":
      return `${what.id} was not met: ${what.statement} ${what.evidence}`;
    case "blocker":
      return `Blocker ${what.id}${what.path === null ? "" : ` in ${what.path}`}: ${what.title}.`;
    case "refuted":
      return `The proof refuted "${PROOF_NAMES[what.item]}": ${what.evidence}`;
    case "rework":
      return `A person asked for something else: ${what.instructions}`;
    case "others-commit":
      return `Somebody else pushed ${shortSha(what.headSha)}.`;
    case "text-changed":
      return "The text of the ticket changed after the plan.";
  }
}
