import { familyOf, type Family } from "../languages/syntax/grammar.ts";
import { holds, type SyntaxNode } from "../languages/syntax/syntax.ts";
import { assertionsIn } from "../languages/tests/assertions.ts";
import type { TestSide } from "../languages/tests/test-side.ts";

/** A file of tests without one of the statements in which a test of it can fail. */
export type Without = {
  readonly text: string;
  /** With this one as the test's last, and with the one before it as the last: for a test whose later ones need this one. */
  readonly upTo: string;
  readonly before: string;
  readonly first: number;
  readonly last: number;
};

const NOTHING: Readonly<Record<Family, string>> = { js: ";", python: "pass", go: "_ = 0", other: "" };
const BLOCK = /^(statement_block|block|function_body)$/;

/**
 * For each assertion of a test or helper the file without it.
 * @param text of the file
 * @returns null where one of them cannot be taken out alone, or there is none
 */
export function withoutEach(side: TestSide, text: string, name: string): Without[] | null {
  const parts = [...side.tests, ...side.functions].filter((one) => one.name === name);
  const found: Without[] = [];
  for (const part of parts) {
    const body = part.body.child("body") ?? part.body;
    const statements = assertionsIn(body, side.language, side.helpers).map(({ node }) => statementOf(node, body));
    if (statements.length === 0 || statements.includes(null)) return null;
    const own = [...new Set(statements as SyntaxNode[])];
    const inner = own.filter((one) => !own.some((other) => other !== one && holds(one, other)));
    const nothing = (one: SyntaxNode) => (one === body ? "undefined" : NOTHING[familyOf(side.language)]);
    for (const [at, one] of inner.entries()) {
      const [upTo, before] = [cut(text, inner.slice(at + 1), nothing), cut(text, inner.slice(at), nothing)];
      found.push({ text: cut(text, [one], nothing), upTo, before, first: one.line, last: one.endLine });
    }
  }
  return found.length === 0 ? null : found;
}

/** @param statements in the order of the text */
function cut(text: string, statements: readonly SyntaxNode[], nothing: (one: SyntaxNode) => string): string {
  return [...statements]
    .reverse()
    .reduce((all, one) => all.slice(0, one.start) + nothing(one) + all.slice(one.end), text);
}

/** The statement that an assertion is a part of; of `() => assert.ok(a)` all of the body. */
function statementOf(node: SyntaxNode, body: SyntaxNode): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at !== null && holds(body, at); at = at.parent) {
    if (at === body) return BLOCK.test(body.type) ? null : body;
    if (/_statement$/.test(at.type)) return at;
  }
  return null;
}
