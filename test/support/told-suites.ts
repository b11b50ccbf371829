import type { VerifyCommand } from "../../src/core/rules/policy.ts";
import { DEFAULT_POLICY } from "../../src/core/rules/policy.ts";
import type { ProofFacts } from "../../src/proof/evidence.ts";
import type { CommandRun } from "../../src/proof/runners/command-run.ts";
import type { How, SuiteRun, Tests } from "../../src/proof/runners/suite.ts";
import { countOfCases, counted, nameOf, type TestCase } from "../../src/proof/runners/test-case.ts";
import type { FileDiff } from "../../src/trees/diff.ts";
import type { Tree, TreeFile } from "../../src/trees/tree.ts";
import { changedFile } from "./changed-file.ts";

/** What a run said: its tests by name, or of tests without names how many passed and failed (null: it does not say). */
export type Said =
  | Readonly<Record<string, TestCase["outcome"]>>
  | {
      readonly verdict: SuiteRun["verdict"];
      readonly count?: readonly [passed: number, failed: number] | null;
      readonly names?: Readonly<Record<string, TestCase["outcome"]>>;
      readonly notLoaded?: readonly string[];
      readonly output?: string;
    };
/** Several: one for each look, and the last one for all that follow. */
export type Says = Said | readonly Said[];

/** A test and its product, both changed: each side's code under each side's tests. */
export type Told = {
  readonly base?: Says;
  readonly head?: Says;
  /** The new tests on the old code. */
  readonly mixed?: Says;
  /** The old tests on the new code. */
  readonly strict?: Says;
  readonly headWithoutCi?: Says;
  readonly baseWithoutCi?: Says;
  /** Whether the runner can be asked for the tests of single files; then each test says which file it stands in. */
  readonly alone?: "yes";
};

export const COMMAND: VerifyCommand = { name: "test", run: "npm test", timeoutSeconds: 60, proves: "tests" };
/** Twenty lines, of which the last ones are shown. */
export const LONG = Array.from({ length: 20 }, (_, at) => `line ${at + 1}\n`).join("");
export const TEST = "test/a.test.js";
export const PRODUCT = "src/a.js";

const isVerdict = (said: Said): said is Extract<Said, { verdict: SuiteRun["verdict"] }> =>
  ["passed", "failed", "stopped", "no-answer"].includes(said["verdict"] as string);

/** @param where the file in which all of its tests stand; null where the runner does not say */
export function suiteRun(said: Said, where: string | null = null): SuiteRun {
  const given = isVerdict(said) ? said : null;
  const named = (given ? given.names : (said as Readonly<Record<string, TestCase["outcome"]>>)) ?? null;
  const cases = Object.entries(named ?? {}).map(([name, outcome]): TestCase => ({ file: where, name, outcome }));
  const isRed = cases.some(({ outcome }) => /^(failed|errored)$/.test(outcome));
  const verdict = given?.verdict ?? (isRed ? "failed" : "passed");
  const count = given?.count ? counted(...given.count, 0) : named && given?.count !== null ? countOfCases(cases) : null;
  const notLoaded = given?.notLoaded ?? [];
  const isNamed = named !== null && (count === null || count.run + count.skipped <= cases.length);
  const run: CommandRun = {
    ...{
      command: COMMAND.run,
      verdict,
      exitCode: verdict === "passed" ? 0 : 1,
      output: given?.output ?? `it ${verdict}\n`,
      count,
    },
    ...{ cases, named: isNamed, notLoaded, durationMs: 59_900 },
  };
  const names = isNamed ? new Map(cases.map((one) => [nameOf(one), one.outcome])) : null;
  return { verdict, count, runs: [run], names, notLoaded };
}

const file = (sha: string): TreeFile => ({ mode: "100644", sha, sizeBytes: 1 });
const tree = (product: string, test: string): Tree => new Map([[PRODUCT, file(product)], [TEST, file(test)]]); // prettier-ignore

/** What is known of such a change; `asked`: each run that was asked for, in order. */
export function toldFacts(told: Told, over: Partial<ProofFacts> = {}): { facts: ProofFacts; asked: string[] } {
  const asked: string[] = [];
  const look = (on: Tree, { again = 0, variant, only }: How = {}) => {
    const [code, test] = [on.get(PRODUCT)?.sha, on.get(TEST)?.sha];
    const where = code === "old" ? (test === "old" ? "base" : "mixed") : test === "old" ? "strict" : "head";
    const name = (variant ? `${where}WithoutCi` : where) as Exclude<keyof Told, "alone">;
    asked.push([name, ...(again > 0 ? [again] : []), ...(only ? [`only ${only.files.join(" ")}`] : [])].join(" "));
    const says = told[name] ?? told[where as "head"] ?? told.base ?? {};
    const standIn = told.alone ? TEST : null;
    return suiteRun(Array.isArray(says) ? (says[Math.min(again, says.length - 1)] as Said) : (says as Said), standIn);
  };
  const tests: Tests = {
    commands: [COMMAND],
    run: (on, _command, how) => Promise.resolve(look(on, how).runs[0] as CommandRun),
    suite: (on, how) => Promise.resolve(look(on, how)),
    runsFilesAlone: () => Promise.resolve(told.alone === "yes"),
  };
  const changed = (path: string): FileDiff => ({ ...changedFile(path, "old\n", "new\n"), added: 1, removed: 1 });
  const facts = {
    ...{ type: "bug", plan: null, policy: DEFAULT_POLICY, reviews: [], protectedAccepted: [], weakened: [] },
    base: { commitSha: "b".repeat(40), treeSha: "", tree: tree("old", "old") },
    head: { commitSha: "c".repeat(40), treeSha: "", tree: tree("new", "new") },
    files: [changed(PRODUCT), changed(TEST)],
    blobs: { get: () => Promise.resolve(null), put: () => Promise.resolve("") },
    syntax: { parse: () => Promise.resolve({ outcome: "cannot" }) },
    execution: { state: "possible", tests },
    ...over,
  } as unknown as ProofFacts;
  return { facts, asked };
}
