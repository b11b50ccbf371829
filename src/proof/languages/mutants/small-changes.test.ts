import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { smallChanges } from "./small-changes.ts";

/** Each small change of a text, how much it says, and what stands there afterwards. */
const read = readerOfTests();

async function changesOf(path: string, text: string) {
  const parsed = await read(path, text);
  return smallChanges(parsed.root, parsed.language, new Set(text.split("\n").map((_, at) => at + 1)));
}
const shown = async (path: string, text: string) =>
  (await changesOf(path, text)).map(({ from, to, weight }) => `${from} → ${to} ${weight}`);

describe("small changes", () => {
  it.each<[string, string, readonly string[]]>([
    ["a.js", "x = a * b;", ["* → / telling"]],
    ["a.js", "x = a / b;", ["/ → * telling"]],
    ["a.js", "x = a % b;", ["% → * telling"]],
    ["a.py", 'x = "%d" % b\n', []],
    ["a.py", "x = a % b\n", ["% → * telling"]],
    ["a.js", 'x = a - "b";', ["- → + telling"]],
    ["a.js", 'x = a + (b + "c");', []],
    ["a.js", "x = a < b;", ["< → <= subtle"]],
    ["a.js", "x = a >= b;", [">= → > subtle"]],
    ["a.js", "x = a && b;", ["&& → || subtle"]],
    ["a.py", "x = a or b\n", ["or → and subtle"]],
    ["a.js", "x = true;", ["true → false subtle"]],
    ["a.py", "x = False\n", ["False → True subtle"]],
    ["a.js", "x = 999999999;", ["999999999 → 1000000000 subtle"]],
    ["a.js", "x = 1000000000;", []],
    ["a.js", "x = 0.5;", []],
    ["a.js", "x = ok ? a : b;", ["ok → !(ok) telling"]],
    ["a.py", "if a:\n    f()\nelif b:\n    g()\n", ["a → (not (a)) telling", "b → (not (b)) telling"]],
    ["a.js", "if (true) go();", ["true → false subtle"]],
    ["a.js", "x = Math.max(a);", []],
    ["a.js", "x = Math.round(a, b);", []],
    ["a.py", "x = int(a)\n", ["int(a) → (a) dropped"]],
    ["a.js", "function f() { return { a: g, b: h }; }", ["a: g →  telling", "b: h →  telling"]],
    ["a.js", "const f = () => { return { a: g, b: h }; };", ["a: g →  telling", "b: h →  telling"]],
    ["a.js", "function f() { return { a: g }; }", []],
    ["a.js", "x = { a: g, b: h };", []],
  ])("of %s: %s", async (path, text, found) => expect(await shown(path, text)).toEqual(found)); // prettier-ignore

  it.each([
    ["a.js", "throw wrong(a - b);"],
    ["a.py", "raise wrong(a - b)\n"],
    ["a.js", "console.warn(a - b);"],
    ["a.py", "logging.info(a - b)\n"],
    ["a.go", 'package a\nvar x = fmt.Errorf("%d", a-b)'],
    ["a.js", "fail(new RangeError(a - b));"],
    ["a.ts", "type A = 1 | true;"],
    ["a.ts", "import { a } from './7';"],
    ["a.js", "// a - b"],
  ])("of what nobody tests word by word, or what does nothing at run time, there are none in %s: %s", async (path, text) =>
    expect(await shown(path, text)).toEqual([]),
  ); // prettier-ignore

  it.each([
    ["a.js", "show(a - b);", 1],
    ["a.js", "f(new Map(a - b));", 1],
    ["a.go", 'package a\nvar x = fmt.Sprint("%d", a-b)', 1],
  ])("what only looks so is changed in %s: %s", async (path, text, times) =>
    expect(await shown(path, text)).toHaveLength(times),
  );

  it("stand where they say", async () => {
    const text = "function f(a) {\n  return { a: a - 1, b };\n}\n";
    const made = (await changesOf("a.js", text)).map(({ line, start, end, to }) => [line, text.slice(0, start) + to + text.slice(end)]); // prettier-ignore
    expect(made).toEqual([
      [2, "function f(a) {\n  return {  b };\n}\n"],
      [2, "function f(a) {\n  return { a: a + 1, b };\n}\n"],
      [2, "function f(a) {\n  return { a: a - 2, b };\n}\n"],
    ]);
  });
});

describe("what comes before code that is caught", () => {
  const GO =
    "package a\n\nfunc f() (err error) {\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\terr = oops\n\t\t}\n\t}()\n\treturn g()\n}\n";
  const fallbacks = async (path: string, text: string) =>
    (await changesOf(path, text))
      .filter(({ weight }) => weight === "fallback")
      .map(({ start, end, to, line, shortcut }) => [text.slice(0, start) + to + text.slice(end), line, shortcut]);

  it("fails at once in Go, behind the `defer` that recovers", async () => {
    const broken = GO.replace("return g()", "if true { var coop map[int]int; coop[0] = 1 };return g()");
    expect(await fallbacks("a.go", GO)).toEqual([[broken, 4, false]]);
  });

  it.each([
    ["a `defer` that only closes", GO.replace(/defer func[^]*\}\(\)/, "defer out.Close()")],
    ["a `defer` behind which nothing stands", GO.replace("\treturn g()\n", "")],
  ])("is not made up for %s", async (_what, text) => expect(await fallbacks("a.go", text)).toEqual([]));

  it("fails at once in a `try`, on its first line", async () => {
    const text = "def f(a):\n    try:\n        return g(a)\n    except Exception:\n        return a\n";
    expect(await fallbacks("a.py", text)).toEqual([[text.replace("return g", "raise Exception();return g"), 2, false]]);
    expect(await fallbacks("a.py", text.replace("return g(a)", "if a:\n            return 1"))).toEqual([]);
  }); // prettier-ignore
});
