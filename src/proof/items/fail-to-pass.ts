import type { Tree, TreeFile } from "../../trees/tree.ts";
import type { FileDiff } from "../../trees/diff.ts";
import { type Evidence, evidence, names, plural, type ProofFacts } from "../evidence.ts";
import { lastLines, type SuiteRun, type Tests } from "../runners/suite.ts";
import { isCode, isTestCode, isTestFile } from "../languages/test-files.ts";

const OUTPUT_LINES = 6;

/**
 * The new tests fail on the old code and pass on the new: only such tests show that the change does something. They
 * are laid over the base's tree, so that nothing else of the head takes part.
 */
export async function failToPass(facts: ProofFacts): Promise<Evidence> {
  const say = (state: Evidence["state"], sentence: string, details: readonly string[] = []) =>
    evidence("fail-to-pass", state, sentence, details);
  if (facts.execution.state === "impossible") return say("unknown", facts.execution.why);
  const changed = facts.files.filter((file) => isTestFile(file.path) && file.action !== "delete");
  const tests = changed.filter((file) => isTestCode(file.path) && file.added > 0).map((file) => file.path);
  if (tests.length === 0) return withoutTests(facts);
  const runs = await threeRuns(facts, facts.execution.tests, changed);
  if (!runs) return say("unknown", "No command of this repository is known to run its tests.");
  const { head, mixed, base } = runs;
  if (head.verdict !== "passed")
    return say("refuted", `The tests in ${names(tests)} do not pass on this commit.`, tail(head));
  if (head.count === null || head.count.run === 0)
    return say(head.count ? "refuted" : "unknown", "Nothing shows that any test ran on this commit.", tail(head));
  if (mixed.verdict === "passed")
    return say(
      "refuted",
      `The tests in ${names(tests)} pass without the change too, so they show nothing of it.`,
      tests,
    );
  if (mixed.verdict !== "failed")
    return say(
      "unknown",
      `The tests in ${names(tests)} could not be run to their end on the code before the change.`,
      tail(mixed),
    );
  if (base.verdict !== "passed" && (mixed.count?.failed ?? 0) <= (base.count?.failed ?? Infinity))
    return say(
      "unknown",
      "Tests fail on the code before the change even without the new ones, so the new ones show nothing.",
    );
  return say("proven", sentenceOf(tests, mixed, head.count.passed), tail(mixed));
}

function sentenceOf(tests: readonly string[], mixed: SuiteRun, passed: number): string {
  const failed = mixed.count?.failed ?? 0;
  const before = failed > 0 ? `${plural(failed, "test")} of it failed` : "they could not even load";
  return `With ${names(tests)} on the code before the change, ${before}; on this commit all ${passed} pass.`;
}

function tail(run: SuiteRun): string[] {
  const which = run.runs.find((one) => one.verdict !== "passed") ?? run.runs[0];
  return which ? [`${which.command}:`, ...lastLines(which.output, OUTPUT_LINES)] : [];
}

function withoutTests(facts: ProofFacts): Evidence {
  const inline = facts.files.filter(
    (file) => !isTestFile(file.path) && file.addedLines.some((one) => /#\[(\w+::)?test\]/.test(one.text)),
  );
  if (inline.length > 0) {
    const where = names(inline.map((file) => file.path));
    return evidence(
      "fail-to-pass",
      "unknown",
      `The new tests stand inside ${where}, beside the code, and cannot be run without it.`,
    );
  }
  const codeChanged = facts.files.some((file) => isCode(file.path) && file.added + file.removed > 0);
  const wanted = facts.type === "feature" || facts.type === "bug";
  const state = wanted && codeChanged ? "refuted" : "unknown";
  return evidence("fail-to-pass", state, "No test was added or changed, so none shows what the change does.");
}

async function threeRuns(
  facts: ProofFacts,
  tests: Tests,
  changed: readonly FileDiff[],
): Promise<{ head: SuiteRun; mixed: SuiteRun; base: SuiteRun } | null> {
  const mixedTree = new Map<string, TreeFile>(facts.base.tree);
  for (const { path } of changed) mixedTree.set(path, facts.head.tree.get(path) as TreeFile);
  const trees: Tree[] = [facts.head.tree, mixedTree, facts.base.tree];
  const [head, mixed, base] = await Promise.all(trees.map((tree) => tests.suite(tree)));
  return head && mixed && base ? { head, mixed, base } : null;
}
