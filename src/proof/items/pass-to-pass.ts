import type { TestChange } from "../../core/ticket/plan.ts";
import type { FoundFacts, Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { newlyRed, settle, type Settled, unseen } from "../runners/settle.ts";
import { noLongerNoticed } from "./differential.ts";
import { excusedNames, noLongerRun } from "./still-run.ts";
import { lastLines, type SuiteRun, type Tests } from "../runners/suite.ts";
import { oldTestsTree } from "../languages/tests/deciding-files.ts";
import { inFileTests } from "../languages/tests/in-file-tests.ts";
import { type Followed, followedTests } from "../languages/weakening/moved-modules.ts";
import { helpersOfTests } from "../languages/weakening/helpers-of-tests.ts";
import { readByTests } from "../languages/weakening/read-by-tests.ts";
import { isTestCode } from "../languages/tests/test-files.ts";
import { isExcused } from "../languages/weakening/planned.ts";
import { isForRuns, type Weakening } from "../languages/weakening/found-weakening.ts";
import { isRunOf } from "../languages/weakening/ran-names.ts";
import { lookAgain } from "../probes/look-again.ts";

/** A runner's last lines name what failed. */
const OUTPUT_LINES = 6;

/**
 * What worked before still works: the base's own test files pass on the head's code, and the head's versions of them say
 * no less. What the approved plan announced about a test file is let through and named.
 */
export async function passToPass(facts: ProofFacts): Promise<Evidence> {
  const changes = allowedChanges(facts);
  const all = facts.weakened.filter((one) => one.old);
  const hidden = all.filter((one) => !isExcused(one, changes));
  const impossible = facts.execution.state === "impossible";
  if (hidden.length > 0 && (impossible || !hidden.every(isForRuns))) return weaker(hidden);
  if (facts.execution.state === "impossible") return say("cannot-run", { because: facts.execution.because });
  if (!(await hasTests(facts, facts.execution.tests))) return say("no-tests-before", {});
  const { tests } = facts.execution;
  // The one long run that needs no other's answer: the short ones fill the time beside it.
  const [gone, { isPlanned, runs }] = await Promise.all([noLongerRun(facts, tests), oldOnNew(facts, tests)]);
  if (!runs) return hidden.length > 0 ? weaker(hidden) : say("no-runner", {});
  return afterRuns(facts, tests, { hidden, gone, isPlanned, runs, all });
}

type Ran = {
  readonly hidden: readonly Weakening[];
  readonly gone: readonly string[];
  readonly isPlanned: Runs["isPlanned"];
  readonly runs: Runs;
  readonly all: readonly Weakening[];
};

/** What reading holds against a test is dropped where the runs show that all it looked at is still looked at. */
async function afterRuns(
  facts: ProofFacts,
  tests: Tests,
  { hidden, gone, isPlanned, runs, all }: Ran,
): Promise<Evidence> {
  const isSuspected = hidden.length > 0;
  if (gone.length > 0 && !isSuspected) return say("not-run", { tests: gone, of: null }, gone);
  const found = judged(
    runs,
    all.filter((one) => !hidden.includes(one)),
  );
  if (found.state !== "proven") return isSuspected ? weaker(hidden, found.details) : found;
  const suspects = hidden.flatMap(({ path, test }) => (test === null ? [] : [{ path, test }]));
  const looked = await lookAgain(facts, tests, { isExcused: isPlanned, suspects });
  const kept = hidden.filter((one) =>
    looked.acquitted.some(({ path, test }) => path === one.path && test === one.test),
  );
  const left = hidden.filter((one) => !kept.includes(one));
  if (left.length > 0) return weaker(left);
  const lost = gone.filter((name) => !kept.some(({ test }) => test !== null && isRunOf(name, test)));
  if (lost.length > 0) return say("not-run", { tests: lost, of: null }, lost);
  const lines = [...looked.lost, ...(await noLongerNoticed(facts, tests, isPlanned))];
  return lines.length === 0 ? found : say("looks-away", { lines }, lines);
}

/** Tests of Rust may stand in any file: a run shows them. */
async function hasTests({ base }: ProofFacts, tests: Tests): Promise<boolean> {
  const paths = [...base.tree.keys()];
  if (paths.some(isTestCode)) return true;
  return (
    paths.some((path) => path.endsWith(".rs")) && ((await settle(tests, base.tree, "before"))?.green?.size ?? 0) > 0
  );
}

/** What the plan lets change, and protected files (a conftest, a tsconfig) that a person took on this very commit. */
function allowedChanges({ plan, protectedAccepted }: ProofFacts): TestChange[] {
  const taken = protectedAccepted.map((file): TestChange => {
    return { file, test: null, change: "update", to: null, why: "a person said yes to this file" };
  });
  return [...(plan?.testChanges ?? []), ...taken];
}

/** @param besides what the old tests said on the new code */
function weaker(hidden: readonly Weakening[], besides: readonly Line[] = []): Evidence {
  const lines = hidden.map(({ path, line, test, what }): Line => ({ code: "weakened", facts: { path, line, test, what } })); // prettier-ignore
  return say("weakened", { files: [...new Set(hidden.map((one) => one.path))], lines }, [...lines, ...besides]);
}

type Runs = {
  readonly before: Settled;
  readonly after: Settled;
  readonly excused: readonly string[];
  readonly followed: readonly Followed[];
  /** Whether the plan lets a test of this name change, also by a file that it reads. */
  readonly isPlanned: (name: string) => boolean;
};

type Facts = FoundFacts["pass-to-pass"];

const say = <C extends keyof Facts>(code: C, facts: Facts[C], details: readonly Line[] = []) =>
  evidence("pass-to-pass", code, facts, details);

/** @returns null when the tests cannot be told apart by name, or what the plan excuses cannot be told from what is lost */
function byName({ before, after, excused, followed, isPlanned }: Runs): Evidence | null {
  const broken = newlyRed(before, after);
  if (!broken || !before.green || !after.green || excused.length > 0) return null;
  if (before.run.verdict === "stopped" || after.run.verdict === "stopped" || before.green.size === 0) return null;
  const lost = lostBy({ before, after, followed });
  const planned = broken.filter(isPlanned);
  const bad = broken.filter((name) => before.green?.has(name) && !isPlanned(name));
  if (bad.length > 0) return say("broken", { failed: bad.length, tests: bad }, tail(after.run));
  const of = before.green.size;
  if (lost.length > 0) return say("not-run", { tests: lost, left: of - lost.length, of }, tail(after.run));
  const flaky = [...new Set([...before.flaky, ...after.flaky])];
  return say("kept", { tests: of - planned.length, except: planned, red: [...(before.red ?? [])], flaky });
}

function lostBy({ before, after, followed }: Pick<Runs, "before" | "after" | "followed">): string[] {
  return [...(before.green ?? [])].filter((name) => {
    const now = nameNow(name, followed);
    return !after.green?.has(now) && !after.red?.has(now);
  });
}

/** Runners that put the file before a name put its new one there. */
function nameNow(name: string, followed: readonly Followed[]): string {
  const moved = followed.find(({ from }) => name.startsWith(from));
  return moved ? `${moved.to}${name.slice(moved.from.length)}` : name;
}

function judged(runs: Runs, announced: readonly Weakening[]): Evidence {
  const named = announced.length === 0 ? byName(runs) : null;
  if (named) return named;
  const [before, after, excused] = [runs.before.run, runs.after.run, runs.excused];
  if (before.verdict !== "passed" && before.verdict !== "failed") return say("no-run-before", {}, tail(before));
  if (after.verdict === "no-answer") return say("no-run-on-head", {}, tail(after));
  const onlyPlanned = areOnlyPlanned(runs);
  const changed = onlyPlanned ? (newlyRed(runs.before, runs.after) ?? []) : excused;
  if (before.verdict === "passed" && after.verdict !== "passed" && !onlyPlanned)
    return say("broken", { failed: after.count?.failed ?? 0, tests: [] }, tail(after));
  if (before.count === null || after.count === null) return say("no-count", {}, tail(after));
  const nameless = excused.length === 0 && announced.length === 0 ? unseen(runs.before.green ?? [], runs.after) : [];
  if (nameless.length > 0) return say("names-lost", { tests: nameless }, tail(after));
  const of = before.count.passed;
  if (after.count.passed < lowest(of, changed))
    return say("not-run", { tests: [], left: after.count.passed, of }, tail(after));
  const kept = of - (onlyPlanned ? changed.length : 0);
  return say("kept", { tests: kept, except: changed, red: [], flaky: [] }, [
    ...announced.map(({ path, test, what }): Line => {
      return { code: "announced", facts: { path, test: test ?? "", what } };
    }),
    ...excused.map((path): Line => ({ code: "changed-as-planned", facts: { path } })),
  ]);
}

/** When the plan lets tests go, fewer may run; but never none. */
function lowest(before: number, excused: readonly string[]): number {
  return excused.length > 0 ? Math.min(1, before) : before;
}

function tail(run: SuiteRun): string[] {
  const which = run.runs.find((one) => one.verdict !== "passed") ?? run.runs[0];
  return which ? [`${which.command}:`, ...lastLines(which.output, OUTPUT_LINES)] : [];
}

/** Whether tests fail, and none that the plan does not name: its golden file or snapshot is another one now. */
function areOnlyPlanned(runs: Runs): boolean {
  const { before, after, isPlanned } = runs;
  const broken = newlyRed(before, after) ?? [];
  const isWhole = broken.length > 0 && broken.every(isPlanned) && lostBy(runs).length === 0;
  return after.run.verdict === "failed" && isWhole;
}

async function oldOnNew(facts: ProofFacts, tests: Tests) {
  const isPlanned = await excusedNames(facts);
  return { isPlanned, runs: await oldTestsOnNewCode(facts, tests, isPlanned) };
}

/** First with every old test; where that fails, with the new versions of those files whose change was announced. */
async function oldTestsOnNewCode(facts: ProofFacts, tests: Tests, isPlanned: Runs["isPlanned"]): Promise<Runs | null> {
  const theirs = await readByTests(facts.files, facts, facts.blobs);
  const followed = followedTests(facts.files, facts);
  const along = followed.flatMap(({ from, to }) => [from, to]);
  const inside = (await inFileTests(facts)).oldTestsOnNewCode.files;
  const helpers = await helpersOfTests(facts.files, facts, facts.blobs);
  const oldTests = (excused: readonly string[], data = new Set([...theirs, ...helpers])) => {
    const tree = new Map(oldTestsTree(facts.base, facts.head, [...excused, ...along], data));
    for (const [path, file] of inside) if (!excused.includes(path)) tree.set(path, file);
    return tree;
  };
  const [before, own] = await Promise.all([settle(tests, facts.base.tree, "before"), settle(tests, oldTests([]))]);
  // What tests share may be what they test: then it has to pass as it is now, too.
  const strict = own?.run.verdict === "passed" && helpers.size > 0 ? await settle(tests, oldTests([], theirs)) : own;
  if (!before || !strict) return null;
  const excused = facts.files
    .filter((file) => file.action !== "create" && allowedChanges(facts).some((one) => one.file === file.path))
    .map((file) => file.path);
  const strictly = { before, after: strict, excused: [], followed, isPlanned };
  if (strict.run.verdict === "passed" || excused.length === 0 || areOnlyPlanned(strictly)) return strictly;
  const lenient = await settle(tests, oldTests(excused));
  return lenient && { before, after: lenient, excused, followed, isPlanned };
}
