import { familyOf, type Language } from "./grammar.ts";
import { above, type SyntaxNode } from "./syntax.ts";

/** `if (import.meta.main)`, `if (require.main === module)`, `if (process.argv[1] === …)` */
const STARTED_AS_PROGRAM = /\bimport\.meta\.(main|url|filename)\b|\brequire\.main\b|\bprocess\.argv\[1\]/;

/**
 * Whether code stands where a program begins: Go's `main`, or what is only done for a file that is started itself. No test
 * calls it, so that none can notice what changes there.
 */
export function isWhereItBegins(node: SyntaxNode, language: Language): boolean {
  const family = familyOf(language);
  for (const outer of above(node)) {
    if (family === "go" && outer.type === "function_declaration") return outer.child("name")?.text === "main";
    if (outer.type !== "if_statement") continue;
    const condition = outer.child("condition")?.text ?? "";
    if (family === "python" && /^\(?__name__ *== *["']__main__["']\)?$/.test(condition)) return true;
    if (family === "js" && STARTED_AS_PROGRAM.test(condition)) return true;
  }
  return false;
}
