import { type Evidence, evidence, names, plural, type ProofFacts } from "../evidence.ts";
import { decidedByLuck } from "../languages/by-luck.ts";
import { isOfOrder } from "../languages/side-by-side.ts";
import { testSide } from "../languages/test-differences.ts";
import { isCode, isTestCode, isTestFile } from "../languages/test-files.ts";
import { isNamed } from "../languages/weakening.ts";
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
  if (!ofOrder) return say("passes-by-chance", `New tests failed on the code before the change and passed there too: ${names(wavering)}. Nothing in the change keeps apart what runs side by side, so this may be luck. Let them always fail without the change; or a person accepts this item.`); // prettier-ignore
  const { failures, times } = await repeatNew(facts.execution.tests, mixed.tree, mixed.run, witnesses, files);
  const before = (name: string) => (mixed.flaky.includes(name) ? 1 : 0);
  const share = (name: string) => ((failures.get(name) ?? 0) + before(name)) / (times + before(name));
  const shown = [...witnesses].filter((name) => share(name) > 0);
  if (shown.length === 0) return say("passes-by-chance", `The change keeps apart what runs side by side, and the new tests passed on the code before it too, ${times} times: ${names([...fresh])}. Let a test hold one side until the other has begun, so that it always fails without the change; or a person accepts this item.`); // prettier-ignore
  const wanted = runsAgainst(Math.min(...shown.map(share)));
  const held = wanted <= HEAD_RUNS_MAX ? await staysGreen(facts.execution.tests, head.tree, head.run, new Set(shown), files, wanted) : "too-long"; // prettier-ignore
  if (held === "failed") return say("flaky", `New tests are flaky: ${names(shown)} failed in at least one of ${wanted} runs on this commit. Make them certain.`); // prettier-ignore
  if (held === "too-long") return say("passes-by-chance", `New tests failed in some of ${times} runs on the code before the change: ${names(shown)}. On this commit they would have to pass ${wanted} times to rule out luck, which takes too long. Let them always fail without the change; or a person accepts this item.`); // prettier-ignore
  return say("fails-before", `${plural(shown.length, "new test")} failed in some of ${times} runs on the code before the change and in none of ${wanted} on this commit: ${names(shown)}.`); // prettier-ignore
}

/** How often a test that fails in this share of its runs has to pass, before luck is ruled out. */
function runsAgainst(share: number): number {
  return share >= 1 ? 1 : Math.ceil(Math.log(LUCK_MAX) / Math.log(1 - share));
}

const say = (code: "fails-before" | "passes-by-chance" | "flaky", sentence: string) =>
  evidence("fail-to-pass", code, sentence);

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
  const bare = (name: string) => name.replace(/^\S+\.\w+: /, "");
  return {
    witnesses: new Set([...fresh].filter((name) => !lucky.some((one) => isNamed(bare(name), one)))),
    ofOrder: isOfOrder(readable.filter(({ path }) => !isTestFile(path)), tests), // prettier-ignore
  };
}
