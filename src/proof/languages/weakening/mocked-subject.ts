import { isLiteral, textOf } from "../tests/assertions.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import { swallows } from "./swallowed.ts";

const PUTS_IN_PLACE = /^(patch|object|setattr|spyOn|stub|method|replace|replaceProperty|fake)$/;

/** Names that a test calls and that it puts something of its own in the place of. */
export function mockedSubjects({ node, body }: TestText): Set<string> {
  const called = new Set(callsIn(body).map((one) => wordsOf(one.child("function")).at(-1) ?? ""));
  const replaced = callsIn(node)
    .filter((one) => PUTS_IN_PLACE.test(wordsOf(one.child("function")).at(-1) ?? ""))
    .flatMap((one) => (one.child("arguments")?.parts ?? []).filter(isLiteral))
    .map((one) => textOf(one).split(".").at(-1) ?? "");
  return new Set(replaced.filter((name) => name !== "" && called.has(name)));
}

function callsIn(node: SyntaxNode): SyntaxNode[] {
  return [...within(node)].filter((one) => /^call(_expression)?$/.test(one.type));
}

/** How often a value that is asserted comes from a `try` whose failure nobody hears: `try { got = f() } catch { got = 4 }`. */
export function answersForFailures(body: SyntaxNode): number {
  const asserted = new Set(
    callsOrAsserts(body).flatMap((one) =>
      [...within(one)].filter((part) => part.type === "identifier").map(({ text }) => text),
    ),
  );
  return [...within(body)].filter((one) => {
    const tried = one.type === "try_statement" ? one.child("body") : null;
    return tried !== null && swallows(tried) && assignedIn(tried).some((name) => asserted.has(name));
  }).length;
}

function callsOrAsserts(body: SyntaxNode): SyntaxNode[] {
  return [...within(body)].filter(
    (one) =>
      one.type === "assert_statement" ||
      (/^call(_expression)?$/.test(one.type) && /^(assert|expect|self|t)\b/.test(one.text)),
  );
}

function assignedIn(block: SyntaxNode): string[] {
  return [...within(block)]
    .filter((one) => /^assignment(_expression)?$/.test(one.type))
    .map((one) => one.child("left")?.text ?? "");
}
