import { above, type SyntaxNode, within } from "./syntax.ts";

export const UNAWAITED = "is a coroutine that nobody awaits";

/**
 * Whether this is an `async def` in a class of Python's own `unittest.TestCase`, which calls it and takes the coroutine for
 * an answer: the test passes and nothing of it runs. Django's `TestCase` and whatever decorates the function await it.
 */
export function isUnawaitedTest(test: SyntaxNode): boolean {
  if (test.type !== "function_definition" || test.parent?.type === "decorated_definition") return false;
  if (!test.children.some((one) => one.type === "async")) return false;
  const owner = [...above(test)].find((one) => one.type === "class_definition");
  const bases = owner?.child("superclasses")?.text ?? "";
  if (!/TestCase/.test(bases) || /async/i.test(bases)) return false;
  const root = [...above(test)].at(-1);
  return root !== undefined && !importsOthers(root);
}

/** `from django.test import TestCase`, `import asynctest as unittest` */
function importsOthers(root: SyntaxNode): boolean {
  return [...within(root, ({ type }) => !/^(class|function)_definition$/.test(type))].some(
    (one) =>
      /^import(_from)?_statement$/.test(one.type) &&
      /\b\w*TestCase\b|\bas unittest\b/.test(one.text) &&
      !/^from unittest import\b/.test(one.text),
  );
}
