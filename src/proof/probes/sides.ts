import type { Tree } from "../../trees/tree.ts";
import { withText } from "../../trees/with-text.ts";
import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";
import type { ProofFacts } from "../evidence.ts";
import { fateOf, patienceWith } from "../items/try-mutants.ts";
import type { How, SuiteRun, Tests } from "../runners/suite.ts";
import { type Call, callsIn, CALLS_REPORT, nameOfCall } from "./calls.ts";
import { isSameRun, type Probe } from "./look.ts";
import { type ProbedTree, probedTree } from "./probed-tree.ts";

/** One side of a change with what its tests ask. */
export type Side = {
  readonly probed: ProbedTree;
  /** What its tests say without any instrument. */
  readonly plain: SuiteRun;
  readonly calls: readonly Call[];
};
export type Sides = { readonly before: Side; readonly after: Side };

/** A key that no call has. */
export const NO_KEY = "0".repeat(16);
/** A suite is run so often before the first answer is changed. */
const RECORDINGS = 3;

/** @returns null where one side cannot be probed, or says something else as soon as it is instrumented, or takes too long */
export async function recordedSides(
  facts: ProofFacts,
  tests: Tests,
  names: ReadonlySet<string>,
  budgetMs: number,
): Promise<Sides | null> {
  const [base, head] = [facts.base.tree, facts.head.tree];
  const plain = await Promise.all([tests.suite(base), tests.suite(head)]);
  if (plain.some((run) => run === null || longest(run) * RECORDINGS > budgetMs)) return null;
  const [was, is] = [await probedTree(base, names, facts), await probedTree(head, names, facts)];
  if (!was || !is) return null;
  const [before, after] = await Promise.all([recorded(tests, plain[0], was, 2), recorded(tests, plain[1], is, 1)]);
  return before && after && { before, after };
}

function longest({ runs }: SuiteRun): number {
  return Math.max(...runs.map(({ durationMs }) => durationMs));
}

/** @param times a call that another run does not make again has no name by which the head's would be known */
async function recorded(tests: Tests, plain: SuiteRun | null, probed: ProbedTree, times: number): Promise<Side | null> {
  if (!plain?.names || !/^(passed|failed)$/.test(plain.verdict)) return null;
  const how = (again: number): How => ({
    again,
    timeoutMs: patienceWith(plain),
    probe: {
      name: "record",
      environment: { ...probed.environment, COOP_PROBE: "record" },
      records: [`${REPORTS_FOLDER}/${CALLS_REPORT}`],
    },
  });
  const runs = await Promise.all(Array.from({ length: times }, (_, again) => tests.suite(probed.tree, how(again))));
  const same = runs.filter((run) => isSameRun(plain, run));
  if (same.length < times) return null;
  const [first = [], ...others] = same.map(({ runs: all }) => callsIn(all.flatMap(({ records = [] }) => records)));
  const known = others.map((calls) => new Set(calls.map(nameOfCall)));
  const calls = first.filter((call) => known.every((one) => one.has(nameOfCall(call))));
  const side = { probed, plain, calls };
  return calls[0] && !(await isCalm(side, tests, calls[0])) ? null : side;
}

/** A test that fails as soon as anything is probed, whatever it is, has looked at no answer. */
async function isCalm(side: Side, tests: Tests, { of }: Call): Promise<boolean> {
  const run = await runOf(side, tests, { of, key: NO_KEY }, { variant: "plus" });
  return isSameRun(side.plain, run);
}

export async function fateOn(side: Side, tests: Tests, { call, variant }: Probe, again = 0) {
  return fateOf(side.plain, await runOf(side, tests, call, { variant, again }));
}

/** The same where one file of the tests has another text. */
export async function fateWith(
  side: Side,
  tests: Tests,
  { call, variant }: Probe,
  { facts, path, text }: { readonly facts: ProofFacts; readonly path: string; readonly text: string },
) {
  const tree = await withText(facts, side.probed.tree, path, text);
  return fateOf(side.plain, await runOf(side, tests, call, { variant, tree }));
}

type Wanted = { readonly variant: string; readonly again?: number; readonly tree?: Tree };

function runOf(
  { probed, plain }: Side,
  tests: Tests,
  call: Pick<Call, "of" | "key">,
  { variant, again = 0, tree = probed.tree }: Wanted,
): Promise<SuiteRun | null> {
  const name = `${nameOfCall(call)}|${variant}`;
  const environment = { ...probed.environment, COOP_PROBE: name };
  return tests.suite(tree, { again, timeoutMs: patienceWith(plain), probe: { name, environment } });
}

/** The tests of a side that notice. @returns null where nobody can tell */
export async function noticedBy(side: Side, tests: Tests, probe: Probe, again = 0): Promise<readonly string[] | null> {
  const { fate, by } = await fateOn(side, tests, probe, again);
  if (fate === "survived") return [];
  // One that was stopped has no names, and may have been slow.
  return fate === "noticed" && by.length > 0 ? by : null;
}
