import type { FileDiff } from "../../../trees/diff.ts";
import { familyOf, languageOf } from "../syntax/grammar.ts";
import { isCode, isTestCode } from "../tests/test-files.ts";
import type { TestChange } from "../../../core/ticket/plan.ts";
import { IS_GONE, IS_KEPT_FROM_RUNNING, type Weakening } from "./found-weakening.ts";
import { type Renaming, renamings } from "./planned.ts";

/**
 * Tests that are gone, skipped or assert less, in languages whose tests nothing here knows by their syntax (Java, Rust,
 * Ruby, PHP, C#, C++ and their kin). Read line by line; only differences between two versions count.
 */
export function weakeningsByPattern(files: readonly FileDiff[], planned: readonly TestChange[] = []): Weakening[] {
  const read = files.filter(isReadHere).map((file) => ({
    path: file.path,
    before: testsOf(file.before),
    after: testsOf(file.after),
  }));
  const now = read.flatMap(({ after }) => after);
  return read.flatMap(({ path, before, after }) =>
    before.flatMap((test) => {
      const named = after.find((one) => one.name === test.name) ?? now.find((one) => one.name === test.name);
      const same =
        named ?? twinOf(test, now) ?? read.flatMap((one) => targetIn(one, renamings(path, test.name, planned)))[0];
      return differences(test, same).map((what) => ({
        ...{ path, test: test.name, what, old: true },
        line: same?.line ?? test.line,
      }));
    }),
  );
}

/** Rust keeps tests beside the code. */
function isReadHere({ path, kind, before }: FileDiff): boolean {
  if (kind !== "text" || !isCode(path) || familyOf(languageOf(path)) !== "other") return false;
  return isTestCode(path) || (path.endsWith(".rs") && /#\[(?:\w+::)?test\b/.test(before));
}

type TestLines = {
  readonly name: string;
  readonly line: number;
  readonly isSkipped: boolean;
  readonly assertions: readonly string[];
  readonly hollow: number;
};

type Read = { readonly path: string; readonly before: readonly TestLines[]; readonly after: readonly TestLines[] };

function differences(test: TestLines, now: TestLines | undefined): string[] {
  if (!now) return [IS_GONE];
  const found: string[] = [];
  if (now.isSkipped && !test.isSkipped) found.push(IS_KEPT_FROM_RUNNING);
  if (test.assertions.length > 0 && now.assertions.length === 0) found.push("has no assertion left");
  else if (now.assertions.length < test.assertions.length)
    found.push(`asserts less: ${test.assertions.length} assertions became ${now.assertions.length}`);
  if (now.hollow > test.hollow) found.push("has an assertion that holds whatever the code does");
  return found;
}

/** What the plan calls an old test now, if it was not there before. */
function targetIn({ path, before, after }: Read, all: readonly Renaming[]): TestLines[] {
  const own = all.filter((one) => one.path === path);
  if (own.length === 0) return [];
  const old = new Set(before.map(({ name }) => name));
  return after.filter(({ name }) => !old.has(name) && own.some((one) => one.isTarget(name)));
}

/** A test of another name is the same one when it asserts all that this one did. */
function twinOf(test: TestLines, all: readonly TestLines[]): TestLines | undefined {
  if (test.assertions.length === 0) return undefined;
  return all.find((one) => test.assertions.every((said) => one.assertions.includes(said)));
}

/** `@Test`, `#[test]`, `[Fact]`: what stands on the lines above a test or before it. */
const MARK =
  /@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property|test)\b|#\[(?:\w+::)?(?:test|rstest|test_case|Test)\b|\[(?:\w+,\s*)*(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod)\b/;
const ANNOTATION = /^\s*(?:@\w|#\[|\[\w|\*|\/\*\*)/;
const NAMED_TEST = [
  /^\s*(?:def|func|(?:(?:public|final|static)\s+)*function)\s+(test\w*)/,
  /^\s*[xf]?(?:it|test|specify|scenario|example|should)\b[\s(]+["'](.{1,200}?)["']/,
  /^\s*(?:TEST(?:_F|_P|_CASE)?|TYPED_TEST|SCENARIO)\s*\(\s*"?([^")]{1,200})/,
];
const MARKED_NAME = /(?<![\w`])([\w`]+)\s*\(/;
const SKIPS =
  /@(?:Disabled|Ignore)\b|#\[ignore\b|\bSkip\s*=|\[Ignore\b|\[Explicit\b|\bGTEST_SKIP\b|\bDISABLED_|\bmarkTest(?:Skipped|Incomplete)\b|\bXCTSkip\b|@tag :skip\b|\bassume(?:True|False)?\s*\(|\bAssert\.(?:Ignore|Inconclusive)\b|^\s*(?:skip|pending)\b|^\s*x(?:it|test|specify|example)\b/;
const ASSERTION = /\b(?:XCT)?(?:assert|expect|require|check|verify|should|must|refute|fail)(?:\w*!?\s*[({.]|\w*\s)/i;
const HOLLOW =
  /\bassert\w*!?\s*\(\s*(?:true|1)\s*[,)]|\bassert\w*!?\s*\(\s*(true|false|\d+|"[^"]*")\s*,\s*\1\s*[,)]|\bAssert\.(?:True|IsTrue)\s*\(\s*true\b|\b(?:EXPECT|ASSERT)_TRUE\s*\(\s*true\b/i;

/** The patterns go back and forth within a line, so they see no more of it than somebody would write. */
const LINE_CHARS_READ = 500;

function testsOf(text: string): TestLines[] {
  const lines = withoutComments(text)
    .split("\n")
    .map((line) => line.slice(0, LINE_CHARS_READ));
  const starts = lines.flatMap((line, at) => {
    const above = annotationsAbove(lines, at);
    const name = nameOf(line, above);
    return name === null ? [] : [{ name, at, above }];
  });
  return starts.map(({ name, at, above }, index) => {
    const next = starts[index + 1];
    const own = lines.slice(at, next ? next.at - next.above.length : lines.length);
    return {
      ...{ name, line: at + 1 },
      isSkipped: [...above, ...own].some((line) => SKIPS.test(line)),
      assertions: own
        .slice(1)
        .concat(oneLine(own))
        .filter((line) => ASSERTION.test(line))
        .map(plain),
      hollow: own.filter((line) => HOLLOW.test(line)).length,
    };
  });
}

function nameOf(line: string, above: readonly string[]): string | null {
  const named = NAMED_TEST.map((pattern) => pattern.exec(line)?.[1]).find((one) => one !== undefined);
  if (named !== undefined) return named.trim();
  if (!MARK.test([...above, line].join("\n"))) return null;
  return MARKED_NAME.exec(line.replace(/^\s*(?:@\w+(?:\([^)]*\))?|#\[[^\]]*\]|\[[^\]]*\])\s*/g, ""))?.[1] ?? null;
}

/** The body of a test that stands on one line; its name is no assertion. */
function oneLine(own: readonly string[]): string[] {
  const body = own[0]?.indexOf("{") ?? -1;
  return body < 0 ? [] : [own[0]?.slice(body + 1) ?? ""];
}

function annotationsAbove(lines: readonly string[], at: number): string[] {
  if (ANNOTATION.test(lines[at] ?? "") && !MARKED_NAME.test((lines[at] ?? "").replace(/^.*[\])]\s*/, ""))) return [];
  let first = at;
  while (first > 0 && ANNOTATION.test(lines[first - 1] ?? "") && !/[{}]\s*$/.test(lines[first - 1] ?? "")) first--;
  return lines.slice(first, at);
}

/** A test that was commented out is gone. Lines keep their numbers; `"http://…"` stays what it is. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/|#(?![[!])).*$/gm, "");
}

function plain(line: string): string {
  return line.replace(/\s+/g, "");
}
