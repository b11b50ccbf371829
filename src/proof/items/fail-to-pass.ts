import type { Tree, TreeFile } from "../../trees/tree.ts";
import type { FileDiff } from "../../trees/diff.ts";
import type { FoundFacts, Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { byChance } from "./by-chance.ts";
import { onlyWaits, saysMore } from "./edited-tests.ts";
import { holdAllTests } from "./hold-tests.ts";
import { neverEnds, patienceFor } from "./never-ends.ts";
import { isNoCode, isPlannedOfTests, plannedCode } from "./no-code.ts";
import { oldTestsThatShow } from "./old-tests-show.ts";
import { repeatNew } from "../runners/repeat.ts";
import { settle, type Settled, unseen } from "../runners/settle.ts";
import { lastLines, type SuiteRun, type Tests } from "../runners/suite.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { inFileTests } from "../languages/tests/in-file-tests.ts";
import { isCode, isTestCode, isTestFile } from "../languages/tests/test-files.ts";
import type { Trial } from "./try-mutants.ts";

/** A runner's last lines name what failed. */
const OUTPUT_LINES = 6;

/**
 * The new tests fail on the old code and pass on the new: only such tests show that the change does something. They
 * are laid over the base's tree, so that nothing else of the head takes part.
 */
export async function failToPass(facts: ProofFacts, trial: Promise<Trial>): Promise<Evidence> {
  if (facts.execution.state === "impossible") return say("cannot-run", { because: facts.execution.because });
  const changed = facts.files.filter(
    (file) => (isTestFile(file.path) || decidingFile(file.path) === "read by tests") && file.action !== "delete",
  );
  const inside = (await inFileTests(facts)).newTestsOnOldCode;
  const beside = changed.filter((file) => isTestCode(file.path) && file.added > 0).map((file) => file.path);
  const tests = [...beside, ...inside.files.keys()];
  if (tests.length === 0) return await withoutNewTests(facts, facts.execution.tests, changed);
  const certain = await threeRuns(facts, facts.execution.tests, changed, tests, inside.files);
  if (!certain) return say("no-runner", {});
  const endless = await neverEnds(facts.execution.tests, tests, certain, await onlyWaits(changed, facts.syntax));
  if (endless) return endless;
  const found = byName(tests, certain) ?? { ...byNumber(tests, certain), absent: null };
  // What a new file of code brings along cannot be run without that file.
  if (found.code === "passes-before" && inside.not.length > 0) return insideCode(inside.not);
  if (found.code === "passes-before" && isPlannedOfTests(facts)) return say("no-code", { only: "tests", files: tests });
  if (found.code === "passes-before") return (await byChance(facts, newOnOld(facts, certain), tests)) ?? found;
  return found.code === "cannot-load-before" ? backed(tests, found, await trial) : found;
}

/**
 * That a test cannot load on the old code shows that something is new, not what it does. It counts with what the same
 * tests notice when the new code does less.
 */
function backed(tests: readonly string[], found: Found, trial: Trial): Evidence {
  const { absent } = found;
  if (trial.outcome === "cannot") return say("cannot-run", { because: trial.because }, found.details);
  if (trial.outcome === "nothing-to-try") return found;
  const noticed = trial.tried.filter(({ fate }) => fate === "noticed");
  const theirs =
    absent === null ? noticed : noticed.filter(({ by }) => by.length === 0 || by.some((one) => absent.includes(one)));
  if (theirs.length > 0) return found;
  const isUntried = trial.tried.every(({ fate }) => fate !== "survived" && fate !== "noticed");
  const how = found.notRun ? NOT_RUN : {};
  return say(isUntried ? "only-loads-untried" : "only-loads", { files: tests, ...how }, found.details);
}

/** `absent`: the new tests that could not even load on the old code; null where tests have no names. */
type Found = Evidence & { readonly absent: readonly string[] | null; readonly notRun?: true };

/** The old code's command ran to its end without them. */
const NOT_RUN = { notRun: true } as const;

type Facts = FoundFacts["fail-to-pass"];

const say = <C extends keyof Facts>(code: C, facts: Facts[C], details: readonly Line[] = []) =>
  evidence("fail-to-pass", code, facts, details);

type Runs = {
  readonly head: Settled;
  readonly mixed: Settled;
  readonly base: Settled;
  readonly mixedTree: Tree;
  /** Old tests that ask for something more now. */
  readonly saysMore: (name: string) => boolean;
};

/** The new tests that pass on the old code, and where they did. */
function newOnOld(facts: ProofFacts, { head, mixed, base, mixedTree }: Runs) {
  const isFresh = (name: string) => !base.green?.has(name) && !base.red?.has(name);
  const passing = [...(head.green ?? [])].filter((name) => isFresh(name) && mixed.green?.has(name));
  return {
    mixed: { tree: mixedTree, run: mixed.run, flaky: mixed.flaky },
    head: { tree: facts.head.tree, run: head.run, flaky: head.flaky },
    fresh: new Set(passing.filter((name) => !head.flaky.includes(name))),
  };
}

/** New tests are run five times: one that passes only sometimes shows nothing. */
async function withRepeats(
  tests: Tests,
  tree: Tree,
  { head, base }: { readonly head: Settled; readonly base: Settled },
  files: readonly string[],
): Promise<Settled> {
  if (!head.green || !base.green || !base.red) return head;
  const fresh = new Set([...head.green].filter((name) => !base.green?.has(name) && !base.red?.has(name)));
  const { flaky } = await repeatNew(tests, tree, head.run, fresh, files);
  return flaky.length === 0 ? head : { ...head, flaky: [...new Set([...head.flaky, ...flaky])] };
}

/** @returns null when the tests cannot be told apart by name */
function byName(tests: readonly string[], { head, mixed, base, saysMore: asksMore }: Runs): Found | null {
  if (!head.green || !head.red || !mixed.red || !mixed.green || !base.red || !base.green) return null;
  if (head.green.size === 0) return null;
  const [before, now] = [base, mixed];
  const told = <C extends keyof Facts>(code: C, facts: Facts[C], details: readonly Line[] = []): Found => ({
    ...say(code, facts, details),
    absent: absent.length > 0 ? absent : null,
  });
  const passing = [...head.green].filter((name) => !head.flaky.includes(name));
  const fresh = (name: string) => !before.green?.has(name) && !before.red?.has(name);
  // What fails on the old code only now and then is looked at once more (`byChance`).
  const shown = passing.filter((name) => now.red?.has(name) && !before.red?.has(name));
  const unseenNow = passing.filter((name) => !now.green?.has(name) && !now.red?.has(name) && !before.red?.has(name));
  const absent = unseenNow.filter((name) => fresh(name) || asksMore(name));
  const broken = [...head.red].filter((name) => !before.red?.has(name));
  if (broken.length > 0) return told("red-on-head", { tests: broken }, tail(head.run));
  if (shown.length > 0) {
    const vacuous = passing.filter((name) => fresh(name) && now.green?.has(name));
    return told("fails-before", { shown, vacuous, flaky: head.flaky.filter(fresh) }, tail(mixed.run));
  }
  const unsure = head.flaky.filter(fresh);
  if (unsure.length > 0 && absent.length === 0) return told("flaky", { tests: unsure, runs: "five" }, tail(head.run));
  const old = absent.filter((name) => !fresh(name));
  if (absent.length > 0 && mixed.run.verdict === "failed")
    return told("cannot-load-before", { files: tests, fresh: absent, old }, [LOAD_FAILURE, ...tail(mixed.run)]);
  // Of a new package, the old code's own command knows nothing.
  const isRun = passing.some((name) => fresh(name) && now.green?.has(name));
  if (absent.length > 0 && old.length === 0 && mixed.run.verdict === "passed" && !isRun)
    return { ...told("cannot-load-before", { files: tests, fresh: absent, ...NOT_RUN }), ...NOT_RUN };
  if (mixed.run.verdict === "no-answer" || mixed.run.verdict === "stopped") return null;
  return told("passes-before", { files: tests }, tests);
}

async function withoutNewTests(facts: ProofFacts, tests: Tests, changed: readonly FileDiff[]): Promise<Evidence> {
  const byData = await byExpectedData(facts, tests, changed);
  if (byData) return byData;
  const none = withoutTests(facts);
  if (none.code !== "no-test") return none;
  const shown = await oldTestsThatShow(facts, tests);
  return shown.length > 0 ? say("fails-before", { shown, vacuous: [], flaky: [] }) : none;
}

/** What old tests expect may stand in files of data beside them: with the new ones they fail on the old code. */
async function byExpectedData(facts: ProofFacts, tests: Tests, changed: readonly FileDiff[]): Promise<Evidence | null> {
  const data = changed.filter((file) => !isCode(file.path) && file.action === "change" && file.added > 0);
  const runs = data.length > 0 ? await threeRuns(facts, tests, changed) : null;
  const paths = data.map(({ path }) => path);
  const found = runs && byName(paths, runs);
  return found?.state === "proven" ? found : null;
}

const LOAD_FAILURE: Line = { code: "only-fails-to-load", facts: {} };

function byNumber(files: readonly string[], runs: Runs): Evidence {
  const [head, mixed, base] = [runs.head.run, runs.mixed.run, runs.base.run];
  if (head.verdict !== "passed")
    return base.verdict === "failed" && head.verdict === "failed"
      ? say("red-before-unnamed", {}, tail(head))
      : say("red-on-head", { files }, tail(head));
  if (head.count === null || head.count.run === 0) return say(head.count ? "no-test-ran" : "no-count", {}, tail(head));
  if (mixed.verdict === "passed") return say("passes-before", { files }, files);
  if (mixed.verdict !== "failed") return say("unfinished-before", { files }, tail(mixed));
  if (base.verdict !== "passed" && (mixed.count?.failed ?? 0) <= (base.count?.failed ?? Infinity))
    return say("red-before-anyway", {});
  const nameless = unseen(
    [...(runs.mixed.red ?? [])].filter((name) => !runs.base.red?.has(name)),
    runs.head,
  );
  if (nameless.length > 0) return say("names-lost", { tests: nameless }, tail(head));
  const { passed } = head.count;
  const failed = mixed.count?.failed ?? 0;
  if (failed > 0) return say("fails-before", { files, failed, passed }, tail(mixed));
  return say("cannot-load-before", { files, fresh: passed }, [LOAD_FAILURE, ...tail(mixed)]);
}

function tail(run: SuiteRun): string[] {
  const which = run.runs.find((one) => one.verdict !== "passed") ?? run.runs[0];
  return which ? [`${which.command}:`, ...lastLines(which.output, OUTPUT_LINES)] : [];
}

function withoutTests(facts: ProofFacts): Evidence {
  const inline = facts.files.filter(
    (file) => !isTestFile(file.path) && file.addedLines.some((one) => /#\[(\w+::)?test\]/.test(one.text)),
  );
  if (inline.length > 0) return insideCode(inline.map((file) => file.path));
  const wanted = facts.type === "feature" || facts.type === "bug";
  if (facts.files.length > 0 && facts.files.every((file) => isNoCode(file.path))) return ofNoCode(facts, wanted);
  const codeChanged = facts.files.some((file) => isCode(file.path) && file.added + file.removed > 0);
  return wanted && codeChanged ? say("no-test", { planned: [] }) : say("no-test-unasked", {});
}

function ofNoCode(facts: ProofFacts, wanted: boolean): Evidence {
  const planned = wanted ? plannedCode(facts) : [];
  if (planned.length > 0) return say("no-test", { planned }, planned);
  return say("no-code", { only: "documents", files: facts.files.map((file) => file.path) });
}

function insideCode(files: readonly string[]): Evidence {
  return say("inside-code", { files });
}

/** @param repeated files whose new tests are run more often @param inside files of the base with tests of the head */
async function threeRuns(
  facts: ProofFacts,
  tests: Tests,
  changed: readonly FileDiff[],
  repeated: readonly string[] = [],
  inside: ReadonlyMap<string, TreeFile> = new Map(),
): Promise<Runs | null> {
  const mixedTree = new Map<string, TreeFile>(facts.base.tree);
  for (const { path } of changed) mixedTree.set(path, facts.head.tree.get(path) as TreeFile);
  for (const [path, file] of inside) mixedTree.set(path, file);
  const base = await settle(tests, facts.base.tree, "before");
  const isAlone =
    inside.size === 0 &&
    base?.run.verdict === "passed" &&
    (await tests.runsFilesAlone(
      mixedTree,
      changed.map(({ path }) => path),
    ));
  const onHead = settle(tests, facts.head.tree);
  const only =
    isAlone && holdAllTests(changed, await onHead) ? { files: changed.map(({ path }) => path), cases: [] } : undefined;
  // It may be run twice, one after the other: the repeats fill the time between. It may have no end.
  const onOldCode = onHead.then((head) => {
    const timeoutMs = patienceFor(base?.run, head?.run);
    return settle(tests, mixedTree, "before", { ...(only ? { only } : {}), timeoutMs });
  });
  const certain = onHead.then((head) =>
    head && base && repeated.length > 0 ? withRepeats(tests, facts.head.tree, { head, base }, repeated) : head,
  );
  const [head, mixed] = await Promise.all([certain, onOldCode]);
  const asksMore = await saysMore(changed, facts.syntax);
  return head && mixed && base ? { head, mixed, base, mixedTree, saysMore: asksMore } : null;
}
