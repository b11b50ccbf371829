import type { Line } from "../../core/ticket/proof-facts.ts";
import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";
import type { ProofFacts } from "../evidence.ts";
import { fateOf, patienceWith } from "../items/try-mutants.ts";
import type { How, SuiteRun, Tests } from "../runners/suite.ts";
import { type Call, callsIn, CALLS_REPORT, functionOf, nameOfCall } from "./calls.ts";
import {
  type Answered,
  areStillLookedAt,
  inTurn,
  isImplied,
  isSameRun,
  isWork,
  lostLooks,
  type Probe,
} from "./look.ts";
import { notLookedAt } from "./besides.ts";
import { isFromChanged, isFromPart, namesOfPart, newTestFiles, type OldFile, oldTestFiles } from "./old-tests.ts";
import { type ProbedTree, probedTree } from "./probed-tree.ts";

/** What became of what old tests looked at. */
export type Looked = {
  readonly lost: readonly Line[];
  /** Whether all that this old test or helper looked at is still looked at, as far as runs can show it. */
  isKept(path: string, test: string): boolean;
};

/** All probes together, and how many: enough to see whether changed tests still look. What was not reached acquits nobody. */
const BUDGET_MS = 60_000;
const PROBES_MAX = 150;
/** A test that would be refuted by reading is worth a longer look. */
const SUSPECT_BUDGET_MS = 180_000;
const SUSPECT_PROBES_MAX = 500;
/** Begun at once; the runs themselves wait for each other. */
const AT_ONCE = 2;
const NOTHING: Looked = { lost: [], isKept: () => false };

export type LookOptions = {
  /** Whether the plan lets a test of this name change. */
  readonly isExcused: (name: string) => boolean;
  /** Whether somebody is to be acquitted. */
  readonly isSuspected: boolean;
};

/**
 * The differential that no wording can dodge: each answer of the code that a changed old test looked at is changed, for this one
 * input alone, and the new tests have to notice wherever the old ones did.
 */
export async function lookAgain(
  facts: ProofFacts,
  tests: Tests,
  { isExcused, isSuspected }: LookOptions,
): Promise<Looked> {
  if (facts.policy.proof.mutationsMax === 0) return NOTHING;
  const old = await oldTestFiles(facts.files, facts.syntax);
  const names = new Set(old.flatMap((one) => [...one.names]));
  if (names.size === 0) return NOTHING;
  const sides = await recordedSides(facts, tests, names);
  if (!sides) return NOTHING;
  const files = new Map(old.map((one) => [one.path, one]));
  const calls = sides.before.calls.filter(({ from }) => isFromChanged(from, files));
  const until = performance.now() + (isSuspected ? SUSPECT_BUDGET_MS : BUDGET_MS);
  const probes = inTurn(calls, isSuspected ? SUSPECT_PROBES_MAX : PROBES_MAX);
  const fresh = new Map((await newTestFiles(facts.files, facts.syntax)).map((one) => [one.path, one]));
  const asked = sides.after.calls.filter(({ from }) => isFromChanged(from, fresh));
  const answered = await answersTo(probes, { facts, asked, sides, tests, isExcused, until });
  const plain = { before: sides.before.plain, after: sides.after.plain, until };
  const open = isSuspected ? await notLookedAt(facts, tests, names, plain) : new Set<string>();
  return {
    lost: lostLooks(answered, sides.before.calls, sides.after.calls).map(lineOf),
    isKept: (path, test) => isKept({ file: files.get(path), test, calls, answered, open, functions: sides.before.probed.functions }), // prettier-ignore
  };
}

type Kept = {
  readonly file: OldFile | undefined;
  readonly test: string;
  readonly calls: readonly Call[];
  readonly answered: readonly Answered[];
  /** Constants and classes that may be looked at by nobody. */
  readonly open: ReadonlySet<string>;
  /** Of the product. One that the test names and no record shows asked was asked in a way that nobody sees. */
  readonly functions: ReadonlySet<string>;
};

function isKept({ file, test, calls, answered, open, functions }: Kept): boolean {
  const name = test.replace(/\(\)$/, "");
  const names = file ? namesOfPart(file, name) : null;
  if (!file || !names || [...names].some((one) => open.has(one))) return false;
  const own = calls.filter(({ from }) => isFromPart(from, file, name));
  const asked = new Set(own.map((call) => functionOf(call).name.split(".").at(-1)));
  if ([...names].some((one) => functions.has(one) && !asked.has(one))) return false;
  return areStillLookedAt(own, answered);
}

function lineOf({ call, answer, variant, by }: Answered): Line {
  const { name } = functionOf(call);
  const { path, line } = call.from.at(0) ?? { path: functionOf(call).path, line: 1 };
  const facts = { path, line, name, by: by ?? "" };
  return answer === "lost"
    ? { code: "answer-unseen", facts: { ...facts, variant } }
    : { code: "answer-unasked", facts };
}

type Side = { readonly probed: ProbedTree; readonly plain: SuiteRun; readonly calls: readonly Call[] };
type Sides = { readonly before: Side; readonly after: Side };

/** @returns null where one side cannot be probed, or says something else as soon as it is instrumented */
async function recordedSides(facts: ProofFacts, tests: Tests, names: ReadonlySet<string>): Promise<Sides | null> {
  const [base, head] = [facts.base.tree, facts.head.tree];
  const [was, is] = [await probedTree(base, names, facts), await probedTree(head, names, facts)];
  if (!was || !is) return null;
  const [before, after] = await Promise.all([recorded(tests, base, was, 2), recorded(tests, head, is, 1)]);
  return before && after && { before, after };
}

/** @param times a call that another run does not make again has no name by which the head's would be known */
async function recorded(
  tests: Tests,
  tree: ProofFacts["base"]["tree"],
  probed: ProbedTree,
  times: number,
): Promise<Side | null> {
  const plain = await tests.suite(tree);
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
  return { probed, plain, calls };
}

type Trial = {
  readonly facts: ProofFacts;
  readonly sides: Sides;
  /** What the head's new and changed tests ask. What others ask of the same was there before, and nobody's look at it. */
  readonly asked: readonly Call[];
  readonly tests: Tests;
  readonly isExcused: (name: string) => boolean;
  readonly until: number;
};

async function answersTo(probes: readonly Probe[], trial: Trial): Promise<Answered[]> {
  const answered: Answered[] = [];
  const asked = new Map(trial.asked.map((call) => [nameOfCall(call), call]));
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < probes.length && performance.now() < trial.until; at = next++) {
      const probe = probes[at] as Probe;
      const now = asked.get(nameOfCall(probe.call)) ?? null;
      const unasked = now ? undefined : answered.find(({ call }) => call === probe.call);
      if (unasked) answered.push({ ...unasked, variant: probe.variant });
      // It answers with something of another shape there: with fewer rows, or no error.
      else if (now && !isComparable(probe, now, trial)) answered.push({ ...probe, answer: "unknown", by: null });
      else if (isImplied(probe, answered)) answered.push({ ...probe, answer: "noticed", by: null });
      else answered.push({ ...probe, ...(await answerTo(probe, now !== null, trial)) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answered;
}

/** The function's work is the same on both sides where its text is; of anything else that it gives, the part has to be there. */
function isComparable({ call, variant }: Probe, now: Call, { facts }: Trial): boolean {
  if (!now.variants.includes(variant)) return false;
  const { path } = functionOf(call);
  return !isWork(variant) || facts.base.tree.get(path)?.sha === facts.head.tree.get(path)?.sha;
}

async function answerTo(
  probe: Probe,
  isAsked: boolean,
  { sides, tests, isExcused }: Trial,
): Promise<Pick<Answered, "answer" | "by">> {
  const now = isAsked ? (await fateOn(sides.after, tests, probe, 0)).fate : "survived";
  if (now === "noticed") return { answer: "noticed", by: null };
  if (now !== "survived") return { answer: "unknown", by: null };
  const first = await noticedBy(sides.before, tests, probe);
  if (first === null) return { answer: "unknown", by: null };
  const by = first.filter((name) => !isExcused(name));
  if (by.length === 0) return { answer: "unseen", by: null };
  // A neighbour that fails now and then has noticed nothing.
  const again = (await noticedBy(sides.before, tests, probe, 1)) ?? [];
  const sure = by.filter((name) => again.includes(name));
  if (sure.length === 0) return { answer: "unknown", by: null };
  return { answer: isAsked ? "lost" : "unasked", by: sure[0] ?? null };
}

/** @returns null where nobody can tell */
async function noticedBy(side: Side, tests: Tests, probe: Probe, again = 0): Promise<readonly string[] | null> {
  const { fate, by } = await fateOn(side, tests, probe, again);
  if (fate === "survived") return [];
  return fate === "noticed" && by.length > 0 ? by : null;
}

async function fateOn({ probed, plain }: Side, tests: Tests, { call, variant }: Probe, again: number) {
  const name = `${nameOfCall(call)}|${variant}`;
  const environment = { ...probed.environment, COOP_PROBE: name };
  const run = await tests.suite(probed.tree, { again, timeoutMs: patienceWith(plain), probe: { name, environment } });
  return fateOf(plain, run);
}
