import type { NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, oncePerNode, type SyntaxNode } from "../syntax/syntax.ts";

/**
 * A function that asserts for tests, wherever its file lies: where it does nothing, no test fails. Go gives it a test, Python has it in
 * a class made of one of unittest, and JavaScript calls `expect` of a library of tests.
 */
export function isForTests({ node }: NamedFunction, root: SyntaxNode, language: Language): boolean {
  const family = familyOf(language);
  if (family === "go") return /\btesting\.(T|B|F|TB)\b/.test(node.child("parameters")?.text ?? "");
  if (!asksLibrary(root)) return false;
  if (family === "python") return isOfTestCase(node) && /\bself\.(assert\w+|fail)\(/.test(node.text);
  return /\bexpect\(/.test(node.text);
}

function isOfTestCase(node: SyntaxNode): boolean {
  const owner = [...above(node)].find(({ type }) => type === "class_definition");
  const bases = owner?.child("superclasses")?.parts ?? [];
  return bases.some(({ text }) => /\b\w*TestCase$/.test(text));
}

/** The import itself, and not a text that holds its words. */
const asksLibrary = oncePerNode((root): boolean =>
  root.parts.some((one) => /^import_(from_)?statement$/.test(one.type) && LIBRARY.test(one.text)),
);
const LIBRARY = /^(?:import|from)[ \t]+unittest\b|\bfrom[ \t]+["'](?:vitest|@jest\/globals|chai|expect)["'];?$/;
