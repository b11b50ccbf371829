import type { FoundFacts } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { decidedByLuck } from "../languages/answers/by-luck.ts";
import { isOfOrder } from "../languages/answers/side-by-side.ts";
import { testSide } from "../languages/tests/test-side.ts";
import { isCode, isTestCode, isTestFile } from "../languages/tests/test-files.ts";
import { isRunOf } from "../languages/weakening/ran-names.ts";
import { repeatNew, staysGreen } from "../runners/repeat.ts";
import type { SuiteRun } from "../runners/suite.ts";
import type { Tree } from "../../trees/tree.ts";

/** A tree with the new tests, and their first run on it. `flaky`: tests that failed there once and passed on another look. */
type Seen = { readonly tree: Tree; readonly run: SuiteRun; readonly flaky: readonly string[] };

/** As seldom would tests that fail as often as on the old code never fail on the new. */
const LUCK_MAX = 0.01;
/** Runs on this commit. Whatever would need more is left open. */
const HEAD_RUNS_MAX = 60;

/**
 * New tests of code that is run side by side may pass on the old code by chance. They are run on it again: one failure
 * shows that the change does something, if on this commit they never fail so often that luck is no reason; without a failure
 * nobody knows, which is no refutation.
 * @param mixed the old code with the new tests @param fresh new tests that passed on it at least once
 * @returns null where nothing speaks of a race
 */
export async function byChance(
  facts: ProofFacts,
  { mixed, head, fresh }: { readonly mixed: Seen; readonly head: Seen; readonly fresh: ReadonlySet<string> },
  files: readonly string[],
): Promise<Evidence | null> {
  if (facts.execution.state === "impossible") return null;
  const { witnesses, ofOrder } = await read(facts, fresh);
  const wavering = mixed.flaky.filter((name) => witnesses.has(name));
  if (witnesses.size === 0 || (!ofOrder && wavering.length === 0)) return null;
  if (!ofOrder) return say("passes-by-chance", { as: "without-order", tests: wavering });
  const { failures, times } = await repeatNew(facts.execution.tests, mixed.tree, mixed.run, witnesses, files);
  const before = (name: string) => (mixed.flaky.includes(name) ? 1 : 0);
  const share = (name: string) => ((failures.get(name) ?? 0) + before(name)) / (times + before(name));
  const shown = [...witnesses].filter((name) => share(name) > 0);
  if (shown.length === 0) return say("passes-by-chance", { as: "never-failed", tests: [...witnesses], times });
  const ran = Math.max(...shown.map((name) => times + before(name)));
  const wanted = runsAgainst(Math.min(...shown.map(share)));
  const held = wanted <= HEAD_RUNS_MAX ? await staysGreen(facts.execution.tests, head.tree, head.run, new Set(shown), files, wanted) : "too-long"; // prettier-ignore
  if (held === "failed") return say("flaky", { tests: shown, runs: wanted });
  if (held !== "passed") return say("passes-by-chance", { as: "too-seldom", tests: shown, ran, wanted, held: held === "too-long" ? "too-long" : "not-run" }); // prettier-ignore
  return say("fails-before", { shown, ran, wanted });
}

/** How often a test that fails in this share of its runs has to pass, before luck is ruled out. */
function runsAgainst(share: number): number {
  return share >= 1 ? 1 : Math.ceil(Math.log(LUCK_MAX) / Math.log(1 - share));
}

type Facts = FoundFacts["fail-to-pass"];

const say = <C extends "fails-before" | "passes-by-chance" | "flaky">(code: C, facts: Facts[C]) =>
  evidence("fail-to-pass", code, facts);

/** The new tests whose verdict is not luck's, and whether the change is about what runs side by side. */
async function read({ files, syntax }: ProofFacts, fresh: ReadonlySet<string>) {
  const parsed = await Promise.all(
    files
      .filter(({ path, kind }) => isCode(path) && kind === "text")
      .map(async (file) => ({ ...file, code: await syntax.parse(file.path, file.after) })),
  );
  const readable = parsed.flatMap(({ path, code, addedLines }) =>
    code.outcome === "cannot" ? [] : [{ path, of: code, lines: new Set(addedLines.map(({ line }) => line)) }],
  );
  const tests = readable
    .filter(({ path }) => isTestCode(path))
    .map(({ path, of, lines }) => ({ of: testSide(path, of), lines }));
  const lucky = tests.flatMap(({ of }) => decidedByLuck(of));
  return {
    witnesses: new Set([...fresh].filter((name) => !lucky.some((one) => isRunOf(name, one)))),
    ofOrder: isOfOrder(readable.filter(({ path }) => !isTestFile(path)), tests), // prettier-ignore
  };
}
