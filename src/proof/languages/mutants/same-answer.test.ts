import { expect, it } from "@jest/globals";
import { functionReaderOfTests } from "../../../../test/support/parsed-texts.ts";
import { constantsFor } from "./constants.ts";
import { alwaysAnswers } from "./same-answer.ts";

/** A version that answers what the function always answers is no other version. */
const first = functionReaderOfTests();

it.each<[path: string, text: string, tried: readonly string[]]>([
  ["a.ts", "const row = { offered: () => true };", ["false"]],
  ["a.js", "const f = () => (0);", ["7"]],
  ["a.js", "const f = () => ({});", []],
  ["a.js", "function f() { return ''; }", ['"?"']],
  ["a.js", "function f() {\n  // Always.\n  return (7);\n}", ["0"]],
  ["a.py", 'def f():\n    """Says yes."""\n    return True\n', ["False"]],
  ["a.py", "def f(): return []\n", ["[0]"]],
  ["a.go", "package a\n\nfunc F() bool { return true }", []],
  ["a.go", "package a\n\nfunc F() bool { return false }", ["true"]],
  ["a.js", "function f(a) { return !a; }", ["true", "false"]],
  ["a.js", "function f(a) { g(a); return true; }", ["true", "false"]],
  ["a.js", "function f(a) { if (a) return false; return true; }", ["true", "false"]],
  ["a.py", "def f(a):\n    log(a)\n    return True\n", ["True", "False"]],
  ["a.go", "package a\n\nfunc F() int { G(); return 7 }", ["7"]],
])("%s: %s", async (path, text, tried) => {
  const { one, language } = await first(path, text);
  expect(constantsFor(one, language).filter((to) => !alwaysAnswers(one, to))).toEqual(tried);
});
