import { familyOf } from "../syntax/grammar.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";
import { isProduct, sourcesOf } from "../tests/test-imports.ts";
import type { TestSide } from "../tests/test-side.ts";

/** Whether a test that asked the code something asks nobody now: no name in it leads out of it but those of the framework. */
export function asksNobody(side: TestSide, test: TestText, now: TestSide, same: TestText): boolean {
  if (!/^(js|python)$/.test(familyOf(side.language))) return false;
  const product = new Set([...sourcesOf(side)].filter(([, from]) => isProduct(side, from)).map(([name]) => name));
  return namesIn(test.body).some((name) => product.has(name)) && !leadsOut(same, now);
}

function leadsOut({ node, body }: TestText, side: TestSide): boolean {
  const sources = sourcesOf(side);
  const declared = new Set([
    ...side.functions.map(({ name }) => name),
    ...[...within(side.root, (one) => one !== node)].flatMap((one) => {
      const left = givenIn(one)?.left ?? (/^class/.test(one.type) ? one.child("name") : null);
      return left ? [...within(left)].map(({ text }) => text) : [];
    }),
  ]);
  // What a fixture, a decorator or the class around hands to a test may be anything.
  if (/\b(this|cls|import|require|getattr)\b|\bself\.(?!assert|fail|subTest)/.test(body.text)) return true;
  if (side.language === "python" && !isMethod(node)) return true;
  const isOwn = (from: string | undefined) =>
    from !== undefined && (familyOf(side.language) === "python" ? isProduct(side, from) : from.startsWith("."));
  return namesIn(body).some((name) => declared.has(name) || isOwn(sources.get(name)));
}

function namesIn(body: SyntaxNode): string[] {
  return [...within(body)].filter(({ type }) => /^(identifier|type_identifier)$/.test(type)).map(({ text }) => text);
}

/** A function of pytest is given its fixtures. */
function isMethod(node: SyntaxNode): boolean {
  return /^def \w+\(self\)/.test(node.text);
}
