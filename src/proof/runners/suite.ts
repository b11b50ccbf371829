import type { VerifyCommand } from "../../core/rules/policy.ts";
import type { CommandRun } from "./command-run.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import { treeKey } from "../../trees/tree-key.ts";
import { NOTHING_PREPARED, type Prepared } from "../../workspace/preparer.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import { withFiles } from "./ava-files.ts";
import { instrument, type Instrumented, runsFilesAlone } from "./instrument.ts";
import { shared } from "./shared-runs.ts";
import { oldNodes, type Ran } from "./old-node.ts";
import { withFitting } from "./scripts-behind.ts";
import type { Only } from "./narrow.ts";
import { apartFrom, type ProbeRun } from "./probe-run.ts";
import { openOutputReader } from "./read-output.ts";
import { withoutReports } from "./reports/stale.ts";
import { toldBy } from "./told-by.ts";
import { shownBy } from "./text/go.ts";
import { addCounts, nameOf, type Tally, type TestCase, type TestCount } from "./test-case.ts";

/** All commands that run tests, on one tree. `count` is null when one of them does not say how many it ran. */
export type SuiteRun = {
  readonly verdict: CommandRun["verdict"];
  readonly count: TestCount | null;
  readonly runs: readonly CommandRun[];
  /** Outcome of every test by a name that is comparable between trees; null when not every test has one. */
  readonly names: ReadonlyMap<string, TestCase["outcome"]> | null;
  readonly notLoaded: readonly string[];
};

export type RunOnce = (tree: Tree, command: VerifyCommand) => Promise<CommandRun>;

export type Tests = {
  readonly commands: readonly VerifyCommand[];
  /** Each command is run once on each tree, however many items ask for it; once more for each way of asking. */
  run(tree: Tree, command: VerifyCommand, how?: How): Promise<CommandRun>;
  /** The commands that prove tests. @returns null when there are none */
  suite(tree: Tree, how?: How): Promise<SuiteRun | null>;
  /** Whether `only` with these files and no names makes each of these commands run exactly their tests. */
  runsFilesAlone(tree: Tree, files: readonly string[]): Promise<boolean>;
};

export type How = {
  /** Otherwise the command's own. */
  readonly timeoutMs?: number;
  /** A number for each look after the first. */
  readonly again?: number;
  /** `without-ci`: as on a developer's machine, where the variable `CI` is not set. */
  readonly variant?: "without-ci";
  /** These tests alone, where the runner can be told so. */
  readonly only?: Only;
  readonly probe?: ProbeRun;
};

/** Enough for the summaries at the end of a long run. */
const OUTPUT_BYTES_MAX = 200_000;
/** Test runs use every processor they find; a third at once would only make all of them slower. */
const RUNS_AT_ONCE = 2;
/** What a shell says for a program that is not there or not executable. */
const NOT_FOUND = [126, 127];

export type TestsOptions = {
  readonly sandbox: Sandbox;
  readonly blobs: Blobs;
  readonly commands: readonly VerifyCommand[];
  readonly prepared?: ((tree: Tree) => Prepared) | undefined;
  /** The tree whose runs are shared by all who ask for them in one step. */
  readonly base?: Tree;
};

export function openTests({ sandbox, blobs, commands, prepared = () => NOTHING_PREPARED, base }: TestsOptions): Tests {
  const known = new Map<string, Promise<CommandRun>>();
  const queue = gate(RUNS_AT_ONCE);
  const keyOfBase = base && treeKey(base);
  const askNode = oldNodes();

  async function fresh(tree: Tree, command: VerifyCommand, how: How): Promise<CommandRun> {
    const asked = await instrument(command.run, tree, blobs, how.only, command.report !== undefined, base);
    const { NODE_OPTIONS: options, ...others } = asked.environment;
    const fits = base && options !== undefined ? await withFitting(tree, base, blobs, options) : { tree, blobs };
    const { mounts, environment } = prepared(tree);
    const reports = command.report === undefined ? asked.reports : [...asked.reports, command.report];
    const once = async (variables: Readonly<Record<string, string>>) => {
      const output = openOutputReader(asked.inTurn);
      const result = await queue(() =>
        sandbox.run({
          ...{ ...fits, tree: withoutReports(fits.tree, reports), mounts },
          reports: [...reports, ...(how.probe?.records ?? [])],
          outputBytesMax: OUTPUT_BYTES_MAX,
          command: how.variant ? `unset CI\n${asked.command}` : asked.command,
          timeoutMs: how.timeoutMs ?? command.timeoutSeconds * 1000,
          environment: { ...merged(environment, variables), ...how.probe?.environment },
          onOutput: (chunk) => output.add(chunk),
        }),
      );
      return { result, heard: output.end() };
    };
    const key = treeKey(tree);
    const onBase = base && key !== keyOfBase ? () => run(base, command) : null;
    const ran = await (options === undefined
      ? once(others)
      : askNode({
          ...{ key: `${key} ${command.run}`, sole: asked.sole, onBase },
          once: (isAsked) => once(isAsked ? asked.environment : others),
        }));
    const { result, ...recorded } = apartFrom(ran.result, how.probe?.records);
    const heard = toldBy({ ...ran, result }, asked.sole, command.report);
    const told = asked.isAva ? await withFiles(heard, tree, blobs, how.only?.files) : heard;
    return { ...meaning(command.run, ran, told), ...recorded };
  }

  function run(tree: Tree, command: VerifyCommand, how: How = {}) {
    const name = treeKey(tree);
    const only = how.only ? JSON.stringify([how.only.files, how.only.cases.map(nameOf)]) : "";
    const asked = `${how.variant ?? ""}${only}${how.probe ? ` ${how.probe.name}` : ""}`;
    const key = `${name} ${how.again ?? 0} ${asked} ${command.run}`;
    const begin = () => fresh(tree, command, how);
    const begun = known.get(key) ?? (name === keyOfBase ? shared(sandbox, keyOf(tree, key, command), begin) : begin());
    known.set(key, begun);
    return begun;
  }

  /** Other packages or another report make another run. */
  function keyOf(tree: Tree, key: string, { report, timeoutSeconds }: VerifyCommand): string {
    return JSON.stringify([key, report, timeoutSeconds, prepared(tree)]);
  }

  async function suite(tree: Tree, how: How = {}): Promise<SuiteRun | null> {
    const testing = commands.filter((one) => one.proves === "tests");
    return testing.length === 0 ? null : together(await Promise.all(testing.map((one) => run(tree, one, how))));
  }

  async function filesAlone(tree: Tree, files: readonly string[]): Promise<boolean> {
    const testing = commands.filter((one) => one.proves === "tests");
    const each = await Promise.all(testing.map((one) => runsFilesAlone(one.run, tree, blobs, files)));
    return each.length > 0 && each.every(Boolean);
  }

  return { commands, run, suite, runsFilesAlone: filesAlone };
}

/** Both may have something to say to the same runner. */
function merged(
  environment: Readonly<Record<string, string>>,
  asked: Instrumented["environment"],
): Record<string, string> {
  const both = Object.entries(asked).map(([name, value]) => {
    const given = environment[name];
    return [name, given && !given.includes(value) ? `${given} ${value}` : value];
  });
  return { ...environment, ...(Object.fromEntries(both) as Record<string, string>) };
}

function meaning(command: string, { result, options }: Ran, told: Tally | null): CommandRun {
  const { exitCode, output, durationMs } = result;
  const absent = result.outcome === "failed-to-start" || NOT_FOUND.includes(exitCode ?? -1);
  const stopped = result.outcome === "timed-out" || result.outcome === "killed";
  const count = told?.count ?? null;
  const well = exitCode === 0 && !count?.failed;
  const verdict = absent ? "no-answer" : stopped ? "stopped" : well ? "passed" : "failed";
  const cases = told?.cases ?? [];
  const distinct = new Set(cases.map(nameOf)).size;
  const named = count !== null && distinct === cases.length && distinct >= count.run + count.skipped;
  const said = { exitCode, output, durationMs, ...(options && { options }) };
  return { command, verdict, count, cases, named, notLoaded: told?.notLoaded ?? [], ...said };
}

function together(runs: readonly CommandRun[]): SuiteRun {
  const order = ["no-answer", "stopped", "failed"] as const;
  const verdict = order.find((one) => runs.some((run) => run.verdict === one)) ?? "passed";
  const counts = runs.map((run) => run.count).filter((one) => one !== null);
  const names = runs.every((run) => run.named)
    ? new Map(runs.flatMap((run) => run.cases.map((one) => [nameOf(one), one.outcome] as const)))
    : null;
  const notLoaded = runs.flatMap((run) => run.notLoaded);
  return { verdict, count: counts.length === runs.length ? addCounts(counts) : null, runs, names, notLoaded };
}

function gate(slots: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = slots;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

/** The last lines that say something, for a person. */
export function lastLines(output: string, linesMax: number): string[] {
  return output
    .split("\n")
    .map((line) => shownBy(line).trim())
    .filter((line) => line !== "" && !SAYS_NOTHING.test(line))
    .slice(-linesMax);
}

/** Brackets that close, and what Node prints of an error besides what was expected: they would take the place of its words. */
const SAYS_NOTHING =
  /^(?:[\])};,]{1,9}|code: 'ERR_\w+',?|(?:operator|diff): '\w+',?|generatedMessage: \w+,?|at .*\(?node:\w.*)$/;
