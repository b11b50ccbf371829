import { countOf } from "../../trees/text.ts";

/**
 * What a test file contains, as far as it can be read without running it: the names of its tests, how often it asserts,
 * skips, or asserts nothing. Read by pattern, for the common languages; only differences between two versions count.
 */
export type TestContent = {
  readonly titles: ReadonlySet<string>;
  readonly assertions: number;
  readonly skips: number;
  readonly hollow: number;
};

const TITLES = [
  // JavaScript, TypeScript, Ruby: it("…"), test('…'), t.test(`…`), it.each(…)("…") is named by its own quote.
  /\b(?:it|test|specify|scenario)(?:\.\w+)*\s*\(?\s*(["'`])((?:\\.|(?!\1).)+)\1/g,
  /\bdef\s+(?<name>test_?\w*)\s*\(/g,
  /\bfunc\s+(?<name>(?:Test|Fuzz|Example)\w*)\s*\(/g,
  /#\[(?:\w+::)?test\][\s\S]{0,80}?\bfn\s+(?<name>\w+)/g,
  /@(?:Test|ParameterizedTest)\b[\s\S]{0,120}?\b(?:void|fun)\s+(?<name>[\w`]+)/g,
];

const ASSERTIONS =
  /\b(?:assert\w*!?(?:\.\w+)*|expect|should|t\.(?:is|deepEqual|equal|same|ok|true|false|throws|like|Error|Errorf|Fatal|Fatalf|Fail|FailNow)|require\.\w+|self\.assert\w+|self\.fail\w*)\s*\(|^\s*assert\s/gm;

const SKIPS = [
  /\b(?:it|test|describe|suite|context|specify)\.(?:skip|todo|only|fixme|failing|skipIf|runIf)\b/g,
  /\b(?:xit|xtest|xdescribe|xcontext|fit|fdescribe)\s*\(/g,
  /\b(?:t|this|ctx|context|test|self)\.(?:skip|Skip|Skipf|SkipNow|skipTest|todo)\s*\(/g,
  /\b(?:skip|todo|only)\s*:\s*(?:true|["'`])/g,
  /@(?:pytest\.mark\.(?:skip|skipif|xfail)|unittest\.(?:skip|skipIf|skipUnless|expectedFailure)|Disabled|Ignore)\b/g,
  /\bpytest\.(?:skip|xfail|importorskip)\s*\(/g,
  /#\[ignore\b/g,
];

/** Assertions that hold whatever the code does. */
const HOLLOW = [
  /\bassert(?:\.ok)?\s*\(\s*(?:true|1|!0|!false)\s*[,)]/g,
  /\bassert(?:\.\w+)?\s*\(\s*(true|false|null|\d+|"[^"]*"|'[^']*')\s*,\s*\1\s*[,)]/g,
  /\bexpect\s*\(\s*(true|false|null|\d+|"[^"]*"|'[^']*')\s*\)\.(?:toBe|toEqual|toStrictEqual)\s*\(\s*\1\s*\)/g,
  /\bexpect\s*\(\s*true\s*\)\.(?:toBeTruthy|toBeDefined)\s*\(/g,
  /^\s*assert\s+(?:True|1|(\w+)\s*==\s*\1)\s*(?:#.*)?$/gm,
  /\bself\.assertTrue\s*\(\s*True\s*[,)]/g,
  /\bassert!\s*\(\s*true\s*[,)]/g,
];

export function testContent(text: string): TestContent {
  const code = withoutComments(text);
  const titles = new Set<string>();
  for (const pattern of TITLES)
    for (const match of code.matchAll(pattern)) titles.add(match.groups?.["name"] ?? match[2] ?? "");
  const count = (patterns: readonly RegExp[]) => patterns.reduce((sum, pattern) => sum + countOf(code, pattern), 0);
  return { titles, assertions: countOf(code, ASSERTIONS), skips: count(SKIPS), hollow: count(HOLLOW) };
}

/** A test that was commented out is gone. Only whole-line comments, so that `"http://…"` stays what it is. */
function withoutComments(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, "")
    .replace(/^[ \t]*\/\/.*$/gm, "")
    .replace(/^[ \t]*#(?!\[).*$/gm, "");
}
