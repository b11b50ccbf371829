import { above, type SyntaxNode, within } from "../syntax/syntax.ts";

export const UNAWAITED = "is a coroutine that nobody awaits";

/**
 * Whether this is an `async def` in a class of Python's own `unittest.TestCase`, which calls it and takes the coroutine for
 * an answer: the test passes and nothing of it runs. Others of the same name (Django's, Twisted's) and whatever decorates the
 * function await it, so only a class counts whose base is seen to be that one.
 */
export function isUnawaitedTest(test: SyntaxNode): boolean {
  if (test.type !== "function_definition" || test.parent?.type === "decorated_definition") return false;
  if (!test.children.some((one) => one.type === "async")) return false;
  const owner = [...above(test)].find((one) => one.type === "class_definition");
  const root = [...above(test)].at(-1);
  return owner !== undefined && root !== undefined && isOfUnittest(owner, root);
}

/** @param seen bases that were looked at: a class may name itself */
function isOfUnittest(owner: SyntaxNode, root: SyntaxNode, seen = new Set<string>()): boolean {
  const top = [...within(root, ({ type }) => !/^(class|function)_definition$/.test(type))];
  const imports = top.filter(({ type }) => /^import(_from)?_statement$/.test(type)).map(({ text }) => text);
  const bases = (owner.child("superclasses")?.parts ?? []).map(({ text }) => text);
  return bases.some((base) => {
    if (base === "unittest.TestCase") return isOwnModule(imports);
    if (base === "TestCase" && imports.some(isOwnClass)) return true;
    if (seen.has(base)) return false;
    seen.add(base);
    const builtOn = top.find((one) => one.type === "class_definition" && one.child("name")?.text === base);
    return builtOn !== undefined && isOfUnittest(builtOn, root, seen);
  });
}

/** `import unittest`, and neither `import asynctest as unittest` nor `from twisted.trial import unittest` beside it. */
function isOwnModule(imports: readonly string[]): boolean {
  const isOther = (one: string) => /\bas unittest\b|^from .*\bimport\b.*\bunittest\b/.test(one);
  return imports.some((one) => /^import\b[^#]*\bunittest\b(?! as)/.test(one)) && !imports.some(isOther);
}

/** `from unittest import TestCase` */
function isOwnClass(statement: string): boolean {
  return /^from unittest(\.case)? import\b[^#]*(?<!as )\bTestCase\b(?! as)/.test(statement);
}
