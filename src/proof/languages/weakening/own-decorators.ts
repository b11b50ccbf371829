import { functionsOf } from "../syntax/functions.ts";
import type { TestText } from "../tests/test-cases.ts";
import { plain, type SyntaxNode, within } from "../syntax/syntax.ts";

/** Decorators that a test has now and whose code never calls it: `@lambda test: other`. Those of a library are not known. */
export function replacedBy(before: TestText, after: TestText, root: SyntaxNode): string | null {
  const old = new Set(decoratorsOf(before.node).map(plain));
  const fresh = decoratorsOf(after.node).filter((one) => !old.has(plain(one)));
  return fresh.find((one) => !goesOn(one.parts[0], root))?.text ?? null;
}

function decoratorsOf(node: SyntaxNode): SyntaxNode[] {
  return node.type === "decorated_definition" ? node.parts.filter(({ type }) => type === "decorator") : [];
}

/** Whether a decorator whose code is in the file hands on what it is given, or calls it. */
function goesOn(what: SyntaxNode | undefined, root: SyntaxNode): boolean {
  if (what?.type === "parenthesized_expression") return goesOn(what.parts[0], root);
  if (!what) return true;
  const own = what.type === "lambda" ? what : functionsOf(root, "python").find(({ name }) => name === what.text)?.node;
  const given = own && [...within(own.child("parameters") ?? own)].find(({ type }) => type === "identifier")?.text;
  const body = own?.child("body");
  if (!body || given === undefined) return true;
  return [...within(body)].some(
    (one) =>
      one.type === "identifier" &&
      one.text === given &&
      (one === body || /^(call|return_statement|argument_list)$/.test(one.parent?.type ?? "")),
  );
}
