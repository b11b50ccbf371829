import type { Tree, TreeFile } from "../../trees/tree.ts";
import type { Cannot } from "../../core/ticket/proof-fact-parts.ts";
import type { FoundFacts } from "../../core/ticket/proof-facts.ts";
import type { ProofFacts } from "../evidence.ts";
import { BUILT, builtPlaces, type Place } from "../languages/mutants/built-places.ts";
import { choose, functionTexts, type Mutant, mutantsOf } from "../languages/mutants/mutants.ts";
import { newlySwallowed } from "../languages/mutants/swallowed-before.ts";
import { isForOtherSystem } from "../languages/mutants/go-systems.ts";
import { onlyAskedFor, type OnlyThere } from "../languages/mutants/only-there.ts";
import { type Rewritten, rewrittenIn } from "../languages/mutants/rewritten-alike.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";

/** A mutant that makes a loop endless need not be waited for as long as a slow host. */
const PATIENCE = { factor: 3, plusMs: 5_000 };
/** All mutants together; what was not reached is said. */
const BUDGET_MS = 5 * 60_000;
/** How many begin at once; the runs themselves wait for each other. */
const AT_ONCE = 2;

/**
 * `noticed`: a test that passed on the head failed. `not-loaded`: no test failed, but some could not even begin, as when
 * the changed version does not compile: nobody looked, so it says neither yes nor no.
 */
export type Fate = "noticed" | "survived" | "not-loaded" | "no-answer" | "not-reached" | "not-needed";

export type Tried = {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** Names of the tests that noticed it, as their runner prints them. */
  readonly by: readonly string[];
};

/** What the tests say to changed versions of the new code; or why nothing could be tried. */
export type Trial =
  | {
      readonly outcome: "tried";
      readonly tried: readonly Tried[];
      readonly suspects: readonly OnlyThere[];
      /** Old functions of each changed file that only have other words now. */
      readonly rewritten: ReadonlyMap<string, Rewritten>;
      /** Functions of the sources, and the built ones that may be made of them. */
      readonly built: ReadonlyMap<Place, ReadonlySet<Place>>;
    }
  | { readonly outcome: "nothing-to-try"; readonly as: FoundFacts["mutation"]["nothing-to-try"]["as"] }
  | { readonly outcome: "cannot"; readonly because: Cannot };

export async function tryMutants(facts: ProofFacts): Promise<Trial> {
  const nothing = (as: FoundFacts["mutation"]["nothing-to-try"]["as"]): Trial => ({ outcome: "nothing-to-try", as });
  const cannot = (because: Cannot): Trial => ({ outcome: "cannot", because });
  const code = facts.files
    .filter((file) => isCode(file.path) && !isTestFile(file.path) && file.kind === "text")
    .filter((file) => !isForOtherSystem(file.path, file.after));
  if (code.every((file) => file.added === 0)) return nothing("no-code-added");
  const all = await mutantsIn(facts, code);
  if (all.length === 0) return nothing("nothing-to-change");
  if (facts.policy.proof.mutationsMax === 0) return nothing("switched-off");
  if (facts.execution.state === "impossible") return cannot(facts.execution.because);
  const { tests } = facts.execution;
  const head = await tests.suite(facts.head.tree);
  if (!head) return cannot({ code: "no-runner", facts: {} });
  if (!head.count?.passed) return cannot({ code: "none-passes", facts: {} });
  const suspects = await onlyAskedFor(facts.files, facts.syntax);
  const asked = all.filter((one) => one.guess !== true || suspects.some((suspect) => isOf(one, suspect)));
  const chosen = inOrder(asked, facts.policy.proof.mutationsMax);
  const tried = await fatesOf(facts, tests, head, { chosen, suspects });
  return {
    outcome: "tried",
    tried,
    suspects,
    rewritten: await rewrittenOf(facts, code),
    built: await builtOf(facts, code),
  };
}

async function builtOf({ syntax }: ProofFacts, code: ProofFacts["files"]) {
  if (!code.some(({ path }) => BUILT.test(path))) return new Map<Place, ReadonlySet<Place>>();
  const parsed = code.map(async (file) => ({ file, parsed: await syntax.parse(file.path, file.after) }));
  return builtPlaces(await Promise.all(parsed));
}

async function rewrittenOf({ syntax }: ProofFacts, code: ProofFacts["files"]): Promise<Map<string, Rewritten>> {
  const found = code.map(async ({ path, before, after }) => {
    return [path, rewrittenIn(await syntax.parse(path, before), await syntax.parse(path, after))] as const;
  });
  return new Map(await Promise.all(found));
}

/** Whole functions first; constants last, because most of them need not be tried then. */
function inOrder(all: readonly Mutant[], mutationsMax: number): Mutant[] {
  const of = (...kinds: Mutant["kind"][]) => all.filter((one) => kinds.includes(one.kind));
  return [
    ...of("emptied"),
    ...choose(of("data", "wrapper", "dropped", "telling", "added", "fallback", "swallowed", "subtle"), mutationsMax),
    ...of("constant"),
  ];
}

async function mutantsIn({ syntax }: ProofFacts, code: ProofFacts["files"]): Promise<Mutant[]> {
  const all = await Promise.all(
    code.map(async (file) => {
      const [was, is] = [syntax.parse(file.path, file.before), syntax.parse(file.path, file.after)];
      return { file, was: await was, is: await is };
    }),
  );
  const before = new Set(all.flatMap(({ was }) => functionTexts(was)));
  const isNew = newlySwallowed(
    all.map(({ was }) => was),
    all.map(({ is }) => is),
  );
  return all
    .filter(({ file }) => file.added > 0)
    .flatMap(({ file, was, is }) => mutantsOf(file, is, before, was, isNew(is)));
}

type Work = { readonly chosen: readonly Mutant[]; readonly suspects: readonly OnlyThere[] };

async function fatesOf(facts: ProofFacts, tests: Tests, head: SuiteRun, work: Work): Promise<Tried[]> {
  const { chosen, suspects } = work;
  const until = performance.now() + BUDGET_MS;
  const timeoutMs = patienceWith(head);
  const tried: Tried[] = chosen.map((mutant) => ({ mutant, fate: "not-reached", by: [] }));
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < chosen.length && performance.now() < until; at = next++) {
      const mutant = chosen[at] as Mutant;
      tried[at] =
        isAnswered(mutant, tried) && !suspects.some((one) => isOf(mutant, one))
          ? { mutant, fate: "not-needed", by: [] }
          : { mutant, ...fateOf(head, await tests.suite(await mutated(facts, mutant), { timeoutMs })) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return tried;
}

/** How long a changed version is waited for. */
export function patienceWith(run: SuiteRun): number {
  return Math.max(...run.runs.map(({ durationMs }) => durationMs)) * PATIENCE.factor + PATIENCE.plusMs;
}

/** Whether a changed version is one of this function. */
export function isOf({ path, within }: Mutant, { of }: OnlyThere): boolean {
  return path === of.path && within === of.line;
}

/** A constant asks whether anybody looks at what a function answers; once somebody does, that is known. */
function isAnswered(mutant: Mutant, tried: readonly Tried[]): boolean {
  if (mutant.kind !== "constant") return false;
  return tried.some(
    ({ mutant: { kind, path, within }, fate }) =>
      (kind === "telling" || kind === "constant") &&
      fate === "noticed" &&
      path === mutant.path &&
      within === mutant.within,
  );
}

/** A test that passed on the head does not pass any more. Tests that were red anyway notice nothing. */
export function fateOf(head: SuiteRun, run: SuiteRun | null): Pick<Tried, "fate" | "by"> {
  const only = (fate: Fate) => ({ fate, by: [] });
  if (!run || run.verdict === "no-answer") return only("no-answer");
  if (run.verdict === "stopped") return only("noticed");
  if (run.verdict === "passed") return only("survived");
  if (head.names && run.names) {
    const { names } = run;
    const by = [...head.names]
      .filter(([name, was]) => was === "passed" && /^(failed|errored)$/.test(names.get(name) ?? ""))
      .map(([name]) => name);
    if (by.length > 0) return { fate: "noticed", by };
    const gone = [...head.names].some(([name, was]) => was === "passed" && names.get(name) !== "passed");
    return only(gone ? "not-loaded" : "survived");
  }
  if (run.count === null) return only("not-loaded");
  if (run.count.passed >= (head.count?.passed ?? 0)) return only(head.verdict === "passed" ? "noticed" : "survived");
  return only(run.count.failed > 0 ? "noticed" : "not-loaded");
}

async function mutated(facts: ProofFacts, { path, text }: Mutant): Promise<Tree> {
  const before = facts.head.tree.get(path);
  if (!before) throw new Error(`No changed file ${path} to mutate`);
  const content = Buffer.from(text());
  const changed: TreeFile = { mode: before.mode, sha: await facts.blobs.put(content), sizeBytes: content.length };
  return new Map(facts.head.tree).set(path, changed);
}
