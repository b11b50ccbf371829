import { type Family, familyOf, type Language } from "../syntax/grammar.ts";
import { decidedAround, type SyntaxNode } from "../syntax/syntax.ts";

/** `if (import.meta.main)`, `if (require.main === module)`, `if (process.argv[1] === …)` */
const STARTED_AS_PROGRAM = /\bimport\.meta\.(main|url|filename)\b|\brequire\.main\b|\bprocess\.argv\[1\]/;

/**
 * Whether code stands where a program begins: Go's `main`, or what is only done for a file that is started itself. No test
 * calls it, so that none can notice what changes there.
 */
export function isWhereItBegins(node: SyntaxNode, language: Language): boolean {
  return BEGINS[familyOf(language)](node);
}

const isTold = (condition: RegExp) => (outer: SyntaxNode) =>
  outer.type === "if_statement" && condition.test(outer.child("condition")?.text ?? "") ? true : undefined;

/** One look at each tree: what stands around a node does not change. */
const BEGINS: Readonly<Record<Family, (node: SyntaxNode) => boolean>> = {
  go: decidedAround((outer) => (outer.type === "function_declaration" ? outer.child("name")?.text === "main" : undefined), false), // prettier-ignore
  python: decidedAround(isTold(/^\(?__name__ *== *["']__main__["']\)?$/), false),
  js: decidedAround(isTold(STARTED_AS_PROGRAM), false),
  other: () => false,
};
