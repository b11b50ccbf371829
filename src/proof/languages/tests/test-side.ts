import { assertingHelpers } from "./assertions.ts";
import { functionsOf } from "../syntax/functions.ts";
import type { Language } from "../syntax/grammar.ts";
import { type Said, saidIn } from "./said.ts";
import type { SyntaxNode } from "../syntax/syntax.ts";
import { type TestText, testsIn } from "./test-cases.ts";

/** One version of a file of tests. */
export type TestSide = {
  readonly path: string;
  readonly language: Language;
  readonly root: SyntaxNode;
  readonly tests: readonly TestText[];
  /** Names of functions that assert: calling one is asserting. */
  readonly helpers: ReadonlySet<string>;
  readonly functions: readonly TestText[];
  readonly asserting: readonly TestText[];
  readonly said: Said;
};

export function testSide(path: string, { root, language }: { root: SyntaxNode; language: Language }): TestSide {
  const helpers = assertingHelpers(root, language);
  const tests = testsIn(root, language);
  const bodies = new Set(tests.map(({ body }) => body));
  const functions = functionsOf(root, language)
    .filter(({ body, node }) => !bodies.has(body) && !bodies.has(node))
    .map(({ name, node, body }): TestText => ({ name, node, body, skipped: null }));
  const asserting = functions.filter(({ name }) => helpers.has(name));
  // In Python a later test of the same name takes the place of an earlier one.
  const dead = language === "python" ? functions.filter(({ name }) => /^test/.test(name)).map(({ node }) => node) : [];
  const said = saidIn(path, root, language, helpers, dead);
  return { path, language, root, tests, helpers, functions, asserting, said };
}
