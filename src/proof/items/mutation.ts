import type { Tree, TreeFile } from "../../trees/tree.ts";
import { type Evidence, evidence, plural, type ProofFacts } from "../evidence.ts";
import { choose, functionTexts, type Mutant, mutantsOf } from "../languages/mutants.ts";
import { isCode, isTestFile } from "../languages/test-files.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";

/** A mutant that makes a loop endless need not be waited for as long as a slow host. */
const PATIENCE = { factor: 3, plusMs: 5_000 };
/** All mutants together; what was not reached is said. */
const BUDGET_MS = 5 * 60_000;
/** How many begin at once; the runs themselves wait for each other. */
const AT_ONCE = 2;

/**
 * Whether the tests notice when the changed code does something else. Each new or changed function is emptied, which some
 * test has to notice; then small changes are made to the changed lines. Nothing here is a matter of shares: a survivor is
 * answered by a test that kills it, or by people who see that nobody could tell the difference.
 */
export async function mutation(facts: ProofFacts): Promise<Evidence> {
  const say = (state: Evidence["state"], sentence: string, details: readonly string[] = []) =>
    evidence("mutation", state, sentence, details);
  const code = facts.files.filter((file) => isCode(file.path) && !isTestFile(file.path) && file.kind === "text");
  if (code.every((file) => file.added === 0)) return say("not-applicable", "No line of code was added.");
  const all = await mutantsIn(facts, code);
  if (all.length === 0) return say("not-applicable", "The added lines hold no code that could be changed and noticed.");
  if (facts.policy.proof.mutationsMax === 0)
    return say("not-applicable", "The policy switches this off (`mutationsMax: 0`).");
  if (facts.execution.state === "impossible") return say("unknown", facts.execution.why);
  const idle = facts.weakened.filter((one) => !one.old);
  if (idle.length > 0) {
    const details = idle.map((one) => `${one.path}:${one.line} the new test "${one.test ?? ""}" ${one.what}`);
    return say("refuted", `A new test cannot fail as it should: ${details.slice(0, 3).join("; ")}.`, details);
  }
  const { tests } = facts.execution;
  const head = await tests.suite(facts.head.tree);
  if (!head) return say("unknown", "No command of this repository is known to run its tests.");
  if (!head.count?.passed)
    return say("unknown", "No test passes on this commit, so none can notice that something changed.");
  const whole = all.filter((one) => one.kind === "emptied");
  const fine = choose(
    all.filter((one) => one.kind !== "emptied"),
    facts.policy.proof.mutationsMax,
  );
  const chosen = [...whole, ...fine];
  return judged(chosen, await fatesOf(facts, tests, head, chosen));
}

async function mutantsIn(facts: ProofFacts, code: ProofFacts["files"]): Promise<Mutant[]> {
  const texts = await Promise.all(
    code.map(async (file) => functionTexts(await facts.syntax.parse(file.path, file.before))),
  );
  const before = new Set(texts.flat());
  const found = await Promise.all(
    code
      .filter((file) => file.added > 0)
      .map(async (file) => mutantsOf(file, await facts.syntax.parse(file.path, file.after), before)),
  );
  return found.flat();
}

type Fate = "noticed" | "survived" | "no-answer" | "not-reached";

async function fatesOf(facts: ProofFacts, tests: Tests, head: SuiteRun, chosen: readonly Mutant[]): Promise<Fate[]> {
  const until = performance.now() + BUDGET_MS;
  const slowestMs = Math.max(...head.runs.map((run) => run.durationMs));
  const timeoutMs = slowestMs * PATIENCE.factor + PATIENCE.plusMs;
  const fates: Fate[] = chosen.map(() => "not-reached");
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < chosen.length && performance.now() < until; at = next++) {
      const run = await tests.suite(await mutated(facts, chosen[at] as Mutant), timeoutMs);
      fates[at] = !run || run.verdict === "no-answer" ? "no-answer" : isNoticed(head, run) ? "noticed" : "survived";
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return fates;
}

/** A test that passed on the head does not pass any more. Tests that were red anyway notice nothing. */
function isNoticed(head: SuiteRun, run: SuiteRun): boolean {
  if (run.verdict === "passed") return false;
  if (head.verdict === "passed" || run.verdict === "stopped" || run.count === null) return true;
  return run.count.passed < (head.count?.passed ?? 0);
}

function judged(chosen: readonly Mutant[], fates: readonly Fate[]): Evidence {
  const of = (fate: Fate) => chosen.filter((_, index) => fates[index] === fate);
  const [survivors, noticed, unreached] = [of("survived"), of("noticed"), of("not-reached")];
  const details = [
    ...survivors.map((one) => `not noticed: ${describe(one)}`),
    ...unreached.map((one) => `not reached in time: ${describe(one)}`),
  ];
  const empty = survivors.filter((one) => one.kind === "emptied");
  if (empty.length > 0)
    return evidence(
      "mutation",
      "refuted",
      `No test notices when ${empty.slice(0, 4).map(place).join(", ")} ${empty.length === 1 ? "does" : "do"} nothing: add a test that needs it.`,
      details,
    );
  const telling = decisive(survivors, noticed);
  if (telling.length > 0) {
    const what = telling.slice(0, 4).map(describe).join("; ");
    return evidence("mutation", "refuted", `No test notices this: ${what}. Add a test that fails with it.`, details);
  }
  if (noticed.length === 0)
    return evidence("mutation", "unknown", "None of the changed versions could be run.", details);
  if (unreached.some((one) => one.kind === "emptied"))
    return evidence(
      "mutation",
      "unknown",
      `${plural(unreached.length, "changed version")} could not be tried in time.`,
      details,
    );
  const subtle =
    survivors.length > 0 ? ` ${plural(survivors.length, "small change")} went unnoticed: see the details.` : "";
  const sentence = `${plural(noticed.length, "change")} to the new code made a test fail, each emptied function among them.${subtle}`;
  return evidence("mutation", "proven", sentence, details);
}

/**
 * Survivors that say that nobody looks at the result: a rounding that can go, or at least half of the telling changes of
 * one function. A single one may be a shortcut that only saves time (`if (a === b) return 0`), so it only informs.
 */
function decisive(survivors: readonly Mutant[], noticed: readonly Mutant[]): Mutant[] {
  const telling = (all: readonly Mutant[], like: Mutant) =>
    all.filter((one) => one.kind === "telling" && one.path === like.path && one.within === like.within).length;
  return survivors.filter((one) => {
    if (one.kind !== "telling") return one.kind === "dropped";
    return telling(survivors, one) >= telling(noticed, one);
  });
}

function place(mutant: Mutant): string {
  return `\`${mutant.from.replaceAll("`", "'")}\` (${mutant.path}:${mutant.line})`;
}

function describe(mutant: Mutant): string {
  const code = (text: string) => `\`${text.replaceAll("`", "'")}\``;
  return `${mutant.path}:${mutant.line} ${code(mutant.from)} → ${mutant.kind === "emptied" ? mutant.to : code(mutant.to)}`;
}

async function mutated(facts: ProofFacts, { path, text }: Mutant): Promise<Tree> {
  const before = facts.head.tree.get(path);
  if (!before) throw new Error(`No changed file ${path} to mutate`);
  const content = Buffer.from(text);
  const changed: TreeFile = { mode: before.mode, sha: await facts.blobs.put(content), sizeBytes: content.length };
  return new Map(facts.head.tree).set(path, changed);
}
