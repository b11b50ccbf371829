import { plain } from "../syntax/syntax.ts";
import type { TestChange } from "../../../core/ticket/plan.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import type { SyntaxReader } from "../syntax/parser.ts";
import { goLooksAway } from "./go-tests.ts";
import { familyOf } from "../syntax/grammar.ts";
import { rowsAround } from "../tests/asserted.ts";
import type { TestText } from "../tests/test-cases.ts";
import { lostRows } from "./lost-rows.ts";
import { filledText } from "./filled-by-code.ts";
import { madeRows } from "./part-of-rows.ts";
import { fewerData } from "./fewer-data.ts";
import { decidingFile } from "../tests/deciding-files.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";
import { faultsOf } from "./test-faults.ts";
import { keptBy, retitled } from "./kept-tests.ts";
import { differences, freshTests, lostTogether, returnsEarly } from "./test-differences.ts";
import { type TestSide, testSide } from "../tests/test-side.ts";
import { lent, withHelpersBeside, withMakersBeside } from "../tests/lent-tests.ts";
import { runsWithoutVerdict } from "./test-runs.ts";
import { movedOut, otherSubjects } from "./test-subject.ts";
import { isRetried } from "./retries.ts";
import { takenFixtures } from "./taken-fixtures.ts";
import { widerTolerances } from "./tolerances.ts";
import { weakeningsByPattern } from "./weakening-by-pattern.ts";
import { COMPARES_LESS, IS_GONE, type Weakening } from "./found-weakening.ts";
import { renamedTo } from "./planned.ts";
import { emptiedFunctions, sameFunction } from "./same-name.ts";

/**
 * Tests that are gone, skipped or say less, and new ones that cannot fail. Read without running anything.
 * @param loops see `loopsOf`
 * @param planned what the plan says of old tests: by it a test of another name is known for the old one
 */
export async function weakenings(
  files: readonly FileDiff[],
  syntax: SyntaxReader,
  loops: "shared" | "own" = "own",
  planned: readonly TestChange[] = [],
): Promise<Weakening[]> {
  const tests = files.filter((file) => isTestCode(file.path) && file.kind === "text");
  const aids = files.filter((file) => isAid(file.path) && file.kind === "text");
  const sides = async (which: "before" | "after", of = tests) =>
    (await Promise.all(of.map((file) => sideOf(file, which, syntax)))).filter((one) => one !== null);
  const [oldAids, newAids] = [await sides("before", aids), await sides("after", aids)];
  const before = withHelpersBeside(lent(await sides("before")), oldAids);
  const after = withMakersBeside(withHelpersBeside(lent(await sides("after")), newAids), newAids);
  const now = new Map(after.map((one) => [one.path, one]));
  const data = (await Promise.all(files.filter(isDataOfTests).map((file) => dataSide(file, syntax)))).filter(
    (one) => one !== null,
  );
  const moved = movedOut(files);
  const sources = { changed: new Set(files.map(({ path }) => path)), sides: [...after, ...newAids] };
  const later = [...after, ...data];
  const old = before.flatMap((side) =>
    oldTests(side, { now: now.get(side.path) ?? null, after: later, loops, planned }),
  );
  const known = new Set(before.flatMap(({ tests: all }) => all.map(({ name }) => name)));
  return [
    ...old,
    ...before.flatMap((side) => lostRows(side, old, later)),
    ...files.filter(isDataOfTests).filter((file) => !isOfPlanned(file, planned, after)).flatMap((file) => fewerData(file, later.map(({ said }) => said))), // prettier-ignore
    ...after.flatMap((side) => [
      ...runsWithoutVerdict(side, before, sources),
      ...otherSubjects(side, before, after, moved),
      ...widerTolerances(side, before),
      ...takenFixtures(side, [...before, ...oldAids]),
    ]),
    ...newAids.flatMap((side) => runsWithoutVerdict(side, oldAids, sources)),
    ...weakeningsByPattern(files, planned),
    ...after.flatMap((side) => newTests(side, known)),
  ];
}

/** Code beside the tests that only they load. */
function isAid(path: string): boolean {
  return isCode(path) && !isTestCode(path) && decidingFile(path) === "read by tests";
}

/** What tests expect may stand in a file of data beside them. */
function isDataOfTests({ path, kind, after }: FileDiff): boolean {
  const isTheirs = isTestFile(path) || decidingFile(path) === "read by tests";
  return isTheirs && !isCode(path) && kind === "text" && after.length <= DATA_CHARS_MAX;
}

/** The plan changes the data, or a test whose file names it, or one that did not have to change itself. */
function isOfPlanned({ path }: FileDiff, planned: readonly TestChange[], after: readonly TestSide[]): boolean {
  const name = path.split("/").at(-1) ?? path;
  const isBeside = (file: string) => file === path || (!after.some((side) => side.path === file) && path.startsWith(file.slice(0, file.lastIndexOf("/") + 1))); // prettier-ignore
  if (planned.some(({ file }) => isBeside(file))) return true;
  return after.some((side) => planned.some(({ file }) => file === side.path) && side.root.text.includes(name));
}

/** More is no expectation that somebody wrote. */
const DATA_CHARS_MAX = 200_000;

/** JSON is an expression of JavaScript; of rows each line is one of texts; anything else is a text as a whole. */
async function dataSide({ path, after }: FileDiff, syntax: SyntaxReader): Promise<TestSide | null> {
  const parsed = await syntax.parse(
    `${path}.js`,
    `(${/\.json$/.test(path) ? after : JSON.stringify(textsOf(path, after))});`,
  );
  return parsed.outcome === "cannot" ? null : testSide(path, parsed);
}

async function sideOf(file: FileDiff, which: "before" | "after", syntax: SyntaxReader): Promise<TestSide | null> {
  const parsed = await syntax.parse(file.path, file[which]);
  return parsed.outcome === "cannot" ? null : testSide(file.path, parsed);
}

function textsOf(path: string, text: string): unknown {
  if (!/\.(ya?ml|csv|tsv|toml)$/.test(path)) return [text, text.trim(), text.trimEnd()];
  const words = (line: string) => line.split(/[,;\t|:[\]{}"'=]|^ *- /).map((one) => one.trim());
  return text.split("\n").map((line) => words(line).filter((one) => one !== ""));
}

type Later = {
  /** The file itself, where it is still there. */
  readonly now: TestSide | null;
  readonly after: readonly TestSide[];
  readonly loops: "shared" | "own";
  readonly planned: readonly TestChange[];
};

/** Tests, and functions that assert for them. */
function oldTests(side: TestSide, { now, after, loops, planned }: Later): Weakening[] {
  const unskipped = freshTests(side.tests, after);
  const say = (test: string, what: string, line: number): Weakening => ({
    path: side.path,
    test,
    line,
    what,
    old: true,
  });
  const tests = side.tests.flatMap((test) => {
    const where = [now, ...after].find((one) => one?.tests.some(({ name }) => name === test.name));
    const same = where?.tests.find(({ name }) => name === test.name);
    if (!where || !same) {
      const fresh = test.skipped === null ? unskipped : freshTests(side.tests, after, test.skipped);
      const by = keptBy(side, test, fresh, after);
      const isLeft = by.every(({ body }) => returnsEarly(body) > returnsEarly(test.body));
      if (by.length > 0) return isLeft ? [say(test.name, "may return before it asserts", by[0]?.node.line ?? 1)] : [];
      const other = renamedTo(test, side.path, planned, fresh, after) ?? retitled(test, now, fresh);
      const lost = other ? differences(side, test, other.side, other.test, after) : [IS_GONE];
      return lost.map((what) => say(test.name, what, other?.test.node.line ?? test.node.line));
    }
    const isSame = textOf(test) === textOf(same) && test.skipped === same.skipped;
    if (isSame && isRetried(test, side.language) === isRetried(same, where.language)) return [];
    const ofGo = familyOf(side.language) === "go" ? goLooksAway(test, same, loops) : [];
    const found = [...ofGo, ...differences(side, test, where, same, after)];
    const isLess = found.some((what) => what.startsWith(COMPARES_LESS));
    const lost = isLess ? lostTogether(side, test, where, same, after) : [];
    return found.map((what) => ({
      ...say(test.name, what, same.node.line),
      ...(what.startsWith(COMPARES_LESS) ? { lost } : {}),
    }));
  });
  const helpers = side.asserting.flatMap((helper) => {
    const same = sameFunction(side, now, helper);
    if (!now || !same || plain(helper.node) === plain(same.node)) return [];
    return differences(side, helper, now, same, after).map((what) => say(`${helper.name}()`, what, same.node.line));
  });
  // What tests are given has become nothing, so that they go over nothing.
  const emptied = emptiedFunctions(side, now).map(({ name, node }) =>
    say(`${name}()`, "gives nothing any more", node.line),
  );
  return [...tests, ...helpers, ...emptied];
}

/** With the rows that it is made for, where they are not written down at once: those are compared one by one. */
function textOf(test: TestText): string {
  const rows = [...rowsAround(test).filter(({ type }) => type !== "array"), ...madeRows(test)];
  return [test.node, ...rows].map(plain).join("\n") + filledText(test.node.root);
}

function newTests(side: TestSide, known: ReadonlySet<string>): Weakening[] {
  return side.tests
    .filter(({ name }) => !known.has(name))
    .flatMap((test) =>
      // A new test that holds without what is lost in it proves what it holds; an old one would say less than it did.
      faultsOf(test.body, side.language, side.helpers)
        .filter(({ isBesideSound }) => !isBesideSound)
        .map(({ line, what }): Weakening => ({ path: side.path, test: test.name, line, what, old: false })),
    );
}
