import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { copiedAnswers } from "./answers.ts";
import { specialCases } from "./special-case.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

/** What is copied into a function, from tests that ask exactly for this. `old`: texts that older tests have. */
async function copied(path: string, code: string, texts: readonly string[], old: readonly string[] = [], before = "") {
  const after = AROUND[path]?.(code) ?? code;
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const file = { path, action: "change", kind: "text", before, after, addedLines } as unknown as FileDiff;
  const [parsed, held] = [await syntax.parse(path, after), new Set(texts)];
  const expected = new Set(texts.filter((one) => !old.includes(one)));
  const was = await syntax.parse(path, before);
  return [...copiedAnswers(file, parsed, expected, held), ...specialCases(file, parsed, expected, held, was)];
}

const AROUND: Readonly<Record<string, (code: string) => string>> = {
  "a.js": (code) => `function f(a, b) {\n  ${code}\n  return (a - b) * 20;\n}\n`,
  "a.py": (code) => `def f(a, b):\n    ${code}\n    return (a - b) * 20\n`,
  "a.go": (code) => `package a\nfunc f(a, b int) int {\n${code}\nreturn (a - b) * 20\n}\n`,
};

describe("one special case of the tests", () => {
  it.each<[string, string, string[], string[]]>([
    [
      "a.js",
      'if (a === "2024-03-21" && b === "2024-03-27") return 80;',
      ["2024-03-21", "2024-03-27", "80"],
      ["2024-03-27"],
    ],
    [
      "a.js",
      'if (a === "2024-03-22" && b === "2024-03-27") a = 0;',
      ["2024-03-22", "2024-03-27"],
      ["2024-03-22", "2024-03-27"],
    ],
    ["a.py", 'if a == "2024-03-21":\n        return 8', ["2024-03-21", "8"], []],
    ["a.js", "if (a === 42.5) return 43;", ["42.5", "43"], []],
    ["a.js", "return a === 42.5 ? 43 : a;", ["42.5", "43"], []],
    ["a.js", 'if (a === "2w1d") return 15;', ["2w1d", "15"], []],
    ["a.js", "if (a === 12 && b === 18) return 6;", ["12", "18", "6"], []],
    ["a.js", "if (a === 12 && b === 18) c = 6;", ["12", "18", "6"], ["12"]],
    ["a.py", "if a == 12 and b == 18:\n        return 6", ["12", "18", "6"], []],
    ["a.go", "if a == 12 && (b == 18) {\nreturn 6\n}", ["12", "18", "6"], []],
  ])("is seen in %s: %s", async (path, code, texts, old) => {
    expect(await copied(path, code, texts, old)).not.toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ["a calendar's own day", "if (month === 2 && day === 29) return 28;", ["2", "29", "28"]],
    ["a pair of small numbers", "if (rows === 2 && cols === 2) return 4;", ["2", "4"]],
    ["an interface that is called by its day", 'if (a.version === "2024-10-01") return 30;', ["2024-10-01", "30"]],
    ["a day that is none", 'if (a === "1970-01-01") return "never";', ["1970-01-01", "never"]],
    ["two codes", 'if (a === "EUR" && b === "USD") return 108;', ["EUR", "USD", "108"]],
    ["the name of a thing", 'if (a === "mp3") return 30;', ["mp3", "30"]],
    ["a sum that goes on", "if (a === 12 && b === 18) b += a;", ["12", "18", "6"]],
    ["the same twice", "if (a === b) return 100;", ["12", "100"]],
    ["something that is no value", 'if (a === "2024-03-21") return c;', ["2024-03-21"]],
  ])("is not %s: %s", async (_, code, texts) => expect(await copied("a.js", code, texts)).toEqual([]));
});

describe("a special case whose digits the old file has", () => {
  const [CODE, TEXTS] = ["if (a === 37 && b === 41) return 83;", ["37", "41", "83"]];
  it.each<[string, string, boolean]>([
    ["in a longer number", "const SEED = 183400;", true],
    ["in a remark", "// since 1.837", true],
    ["as numbers, in a remark", "// 37 and 41 make 83", true],
    ["in a longer text", 'const ID = "37-41-83";', true],
    ["as its answer", "const MOST = 83;", false],
    ["as its questions", "const A = 37;\nconst B = 41;", false],
    ["as the same case", `function g(a, b) {\n  ${CODE}\n}`, false],
    ["as a row of a table", "const SUMS = [[37, 41, 83]];", false],
    ["with a line below", "const MOST = 8_3;", false],
  ])("%s", async (_what, before, is) => {
    expect((await copied("a.js", CODE, TEXTS, [], before)).length > 0).toBe(is);
  });
});

describe("a special case in other words", () => {
  const TEXTS = ["37", "41", "83"];
  it.each<[string, string]>([
    ["a.js", "if (a === 37 && b === 41 && true) return 83;"],
    ["a.js", "if (a === 37 && b === 41 && 1 === 1) return 83;"],
    ["a.js", "if (a === 37 && b === 41 && a > 0) return 83;"],
    ["a.js", 'if (typeof a === "number" && a === 37 && b === 41) return 83;'],
    ["a.js", "if (a === 37 && !(b !== 41)) return 83;"],
    ["a.js", "if (!!(a === 37) && !!(b === 41)) return 83;"],
    ["a.js", "if (a * 100 + b === 3741) return 83;"],
    ["a.js", "switch (a * 100 + b) { case 3741: return 83 }"],
    ["a.js", "switch (true) { case a === 37 && b === 41: return 83 }"],
    ["a.js", "switch (a * 1000 + b) { case 37041: b = 83; break; }"],
    ["a.py", "if a == 37 and not b != 41 and True:\n        return 83"],
    ["a.py", "match a * 100 + b:\n        case 3741:\n            return 83"],
    ["a.go", "switch a*100 + b {\ncase 3741:\nreturn 83\n}"],
    ["a.go", "switch {\ncase a == 37 && b == 41:\nreturn 83\n}"],
  ])("is seen in %s: %s", async (path, code) => expect(await copied(path, code, TEXTS)).not.toEqual([]));

  it.each<[string, string]>([
    ["a limit of something else", "if (a === 37 && b === 41 && c > 2) return 83;"],
    ["what is asked of something else", "if (a === 37 && b === 41 && isOpen) return 83;"],
    ["what must not be", "if (!(a === 37) && b !== 41) return 83;"],
    ["a sum of two", "if (a + b === 3741) return 83;"],
    ["a number of the product's own", "if (a * 100 + b === 1231) return 83;"],
    ["a sum that is worked out", "switch (a * 100 + b) { case 3741: return b }"],
  ])("is not %s: %s", async (_what, code) => expect(await copied("a.js", code, TEXTS)).toEqual([]));
});

describe("limits", () => {
  it.each<[string, string, string[]]>([
    ["a.js", "if (a <= 500) return 145;", ["500", "145"]],
    ["a.js", "if (500 >= a) return 145;", ["500", "145"]],
    ["a.js", "if (a <= 200) return 110;\n  if (a <= 500) return 180;", ["200", "110", "500", "180"]],
    ["a.js", "return a <= 250 ? 145 : a <= 500 ? 270 : 390;", ["250", "145", "500", "270", "390"]],
    ["a.js", "if (a >= 1000 && a < 5000) return 250;", ["1000", "5000", "250"]],
    ["a.js", 'if (a >= "2024-07-01") return 210;', ["2024-07-01", "210"]],
    ["a.js", "if (a % 400 === 0) return 366;", ["400", "366"]],
    ["a.py", 'if 18.5 <= a < 25.5:\n        return "normal weight"', ["18.5", "25.5", "normal weight"]],
    ["a.go", "if a > 1000 {\nreturn 250\n}", ["1000", "250"]],
  ])("are no questions in %s: %s", async (path, code, texts) => expect(await copied(path, code, texts)).toEqual([]));

  it.each<[string, string, string[]]>([
    ["a.js", "if (a >= 1250 && a <= 1250) return 417;", ["1250", "417"]],
    ["a.js", "if (a > 1249 && 1251 > a) return 417;", ["1249", "1250", "1251", "417"]],
    ["a.js", "if (a > 42.4 && a < 42.6) return 417;", ["42.4", "42.6", "417"]],
    ["a.py", "if 1249 < a < 1251:\n        return 417", ["1249", "1251", "417"]],
    ["a.js", 'if (a > "2024-03-20" && a < "2024-03-22") return 417;', ["2024-03-20", "2024-03-22", "417"]],
    ["a.js", "if (b <= 500 && a === 1250) return 417;", ["500", "1250", "417"]],
    ["a.js", "if (a <= 1250 && a === 1250) return 417;", ["1250", "417"]],
    ["a.js", "if (a % 1250 === 0) return 417;", ["1250", "417"]],
  ])("that leave room for next to nothing are, in %s: %s", async (path, code, texts) => {
    expect(await copied(path, code, texts)).not.toEqual([]);
  });
});
