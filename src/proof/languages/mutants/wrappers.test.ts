import { describe, expect, it } from "@jest/globals";
import { functionReaderOfTests } from "../../../../test/support/parsed-texts.ts";
import { isWrapper } from "./wrappers.ts";
import { answers } from "./yes-or-no.ts";

/** What is told of a function by its form alone: that it only hands on, and that it answers more than yes or no. */
const first = functionReaderOfTests();

describe("a private function that only hands on", () => {
  const NAP = "const nap = (ms) => later(ms);\n";
  const USED = "export const rest = () => 3;\n";
  it.each<[string, string, boolean]>([
    ["a.js", NAP + USED, true],
    ["a.js", `export ${NAP}`, false],
    ["a.js", `${NAP}export { nap };\n`, false],
    ["a.js", `${NAP}export default nap;\n`, false],
    ["a.js", `${NAP}export { rest } from "./nap.js";\n`, true],
    ["a.js", `${NAP}export const rest = nap;\n`, true],
    ["a.js", NAP, false],
    ["a.js", `${NAP}exports.rest = 3;\n`, true],
    ["a.js", `exports.nap = (ms) => later(ms);\n`, false],
    ["a.js", `const all = { nap: (ms) => later(ms) };\n${USED}`, false],
    ["a.js", `class A { nap(ms) { later(ms); } }\n${USED}`, false],
    ["a.js", `class A { #nap(ms) { later(ms); } }\n${USED}`, true],
    ["a.js", `const nap = (ms) => ms > 2;\n${USED}`, false],
    ["a.js", `const nap = (ms) => later({ ms });\n${USED}`, false],
    ["a.js", `function nap(ms) {\n  later(ms);\n}\n${USED}`, true],
    ["a.js", `function nap(ms) {\n  later(ms);\n  rest();\n}\n${USED}`, false],
    ["a.py", "def _nap(ms): later(ms)\n", true],
    ["a.py", "def nap(ms): later(ms)\n", false],
    ["a.py", "def __enter__(ms): later(ms)\n", false],
    ["a.go", "package a\nfunc nap(ms int) { later(ms) }", true],
    ["a.go", "package a\nfunc Nap(ms int) { later(ms) }", false],
  ])("in %s: %s: %s", async (path, text, is) => {
    const { root, one, language } = await first(path, text);
    expect(isWrapper(root, one, language)).toBe(is);
  });
});

describe("a function that answers more than yes or no", () => {
  const js = (answer: string) => `function price(x) {\n  return ${answer};\n}\n`;
  it.each<[string, string, boolean]>([
    ...["!x", "true", "(x > 2)", "x === y", "x in y", "x && !y ? 1 : 2", "isA(x)", "x.has(y)", "x > 2 && !y"].map(
      (answer): [string, string, boolean] => ["a.js", js(answer), answer.includes("?")],
    ),
    ...["-x", "(x)", "x + 2", "x && y", "x.get(y)", "x > 2 || y"].map((answer): [string, string, boolean] => ["a.js", js(answer), true]),
    ["a.js", "const price = (x) => x > 2;", false],
    ["a.js", "const price = (x) => x + 2;", true],
    ["a.js", "function price(x) { go(x); }", false],
    ["a.js", "function price(x) { return; }", false],
    ["a.js", "function price(x) { x.map((y) => { return y + 2; }); }", false],
    ["a.js", "function price(x) { if (x) return x + 2; return true; }", true],
    ["a.js", "function isCheap(x) { return x + 2; }", false],
    ["a.js", "function island(x) { return x + 2; }", true],
    ["a.js", "class A { constructor(x) { return x + 2; } }", false],
    ["a.ts", "function price(x: X): boolean { return x.y; }", false],
    ["a.ts", "async function price(x: X): Promise<void> { return x.y; }", false],
    ["a.ts", "function price(x: X): number { return x.y; }", true],
    ["a.py", "def price(x):\n    return not x\n", false],
    ["a.py", "def price(x):\n    return x == 2 and x in y\n", false],
    ["a.py", "def price(x):\n    return x == 2 and y\n", true],
    ["a.py", "def price(x):\n    return True\n", false],
    ["a.py", "def price(x) -> bool:\n    return x.y\n", false],
    ["a.go", "package a\nfunc price(x int) bool { return f(x) }", false],
    ["a.go", "package a\nfunc price(x int) int { return f(x) }", true],
    ["a.go", "package a\nfunc price(x int) (int, error) { return x > 2, nil }", true],
  ])("in %s: %s: %s", async (path, text, is) => {
    const { one, language } = await first(path, text);
    expect(answers(one, language)).toBe(is);
  }); // prettier-ignore
});
