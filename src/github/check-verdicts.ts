import { CHECK_NAMES, isAboutPeople } from "../core/ticket/check-names.ts";
import type { Check } from "../forge/forge.ts";
import type { RedRun } from "./red-words.ts";

/** What check runs, suites and statuses say, in whichever of GitHub's two ways they were asked for. */
export type RawRun = {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: { readonly id?: number } | null;
  readonly check_suite?: { readonly id?: number } | null;
  readonly output?: RedRun["output"] & { readonly title?: string | null };
};

export type RawSuite = {
  readonly id: number;
  readonly status: string | null;
  readonly latest_check_runs_count?: number;
  readonly app: { readonly id?: number; readonly slug?: string; readonly name?: string } | null;
};

export type RawStatus = { readonly context: string; readonly state: string; readonly description: string | null };

/** What red runs say about the code, by the run's id. */
export type Said = ReadonlyMap<number, Pick<Check, "says">>;

/** Runs that count, and suites that may still add some. */
export function verdicts(
  appId: number,
  runs: readonly RawRun[],
  begun: readonly RawSuite[],
  said: Said = new Map(),
): Check[] {
  const ours = runs.filter((run) => isOurs(run, appId));
  return [
    ...theirsIn(appId, runs).map((run) => ({ ...checkOf(run, false), ...said.get(run.id) })),
    ...newestBySuite(ours).map((run) => checkOf(run, true)),
    ...openSuites(begun),
  ];
}

/** Others' runs that count and failed. */
export function redRuns(appId: number, runs: readonly RawRun[]): RawRun[] {
  return theirsIn(appId, runs).filter((run) => statusOf(run) === "red");
}

function theirsIn(appId: number, runs: readonly RawRun[]): RawRun[] {
  return standing(runs.filter((run) => !isOurs(run, appId)));
}

/** Statuses cannot make green what is red or not finished. */
export function isDecided(checks: readonly Check[]): boolean {
  return checks.some((one) => !one.ours && (one.status === "red" || one.status === "pending"));
}

/** Suites of other Apps in which something was reported. GitHub opens an empty one for every App; most stay empty. */
export function begunByOthers(appId: number, suites: readonly RawSuite[]): RawSuite[] {
  return suites.filter((one) => one.app?.id !== appId && (one.latest_check_runs_count ?? 1) > 0);
}

export function checkOfStatus({ context, state, description }: RawStatus): Check {
  const red = isAboutPeople(context) ? "unclear" : "red";
  const status = state === "success" ? "green" : state === "pending" ? "pending" : red;
  return { name: context, ours: false, status, summary: description ?? state };
}

/** GitHub says which App made a run. On a server that does not, a run under one of our names is no evidence of others'. */
export function isOurs(run: Pick<RawRun, "name" | "app">, appId: number): boolean {
  return run.app?.id === undefined ? CHECK_NAMES.some((name) => name === run.name) : run.app.id === appId;
}

/** A rerun makes a new run of the same name in the same suite; it takes the old one's place. */
function newestBySuite(runs: readonly RawRun[]): RawRun[] {
  return newestBy(runs, (run) => [run.name, run.app?.id, run.check_suite?.id]);
}

function newestBy(runs: readonly RawRun[], keyOf: (run: RawRun) => unknown[]): RawRun[] {
  const newest = new Map<string, RawRun>();
  for (const run of runs) {
    const key = JSON.stringify(keyOf(run));
    if ((newest.get(key)?.id ?? 0) < run.id) newest.set(key, run);
  }
  return [...newest.values()];
}

/**
 * Runs that count. A workflow that starts anew (when the pull request leaves draft, or after a cancelled run) gets another
 * suite: its newer verdict replaces an older run that had none. A red run of another suite is never replaced.
 */
function standing(runs: readonly RawRun[]): RawRun[] {
  const bySuite = newestBySuite(runs);
  const hasVerdict = (run: RawRun) => !["skipped", "unclear"].includes(statusOf(run));
  return bySuite.filter(
    (run) =>
      hasVerdict(run) ||
      !bySuite.some(
        (other) =>
          other.id > run.id &&
          other.name === run.name &&
          other.app?.id === run.app?.id &&
          statusOf(other) !== "skipped",
      ),
  );
}

function checkOf(run: RawRun, ours: boolean): Check {
  return { name: run.name, ours, status: statusOf(run), summary: run.output?.title ?? run.conclusion ?? run.status };
}

const VERDICTS: Readonly<Record<string, Check["status"]>> = {
  success: "green",
  neutral: "skipped",
  skipped: "skipped",
  failure: "red",
  timed_out: "red",
};

/** What a person has yet to sign says nothing of the code, and no round of ours could mend it. */
function statusOf({ name, status, conclusion }: RawRun): Check["status"] {
  if (status !== "completed" || conclusion === null) return "pending";
  const verdict = VERDICTS[conclusion] ?? "unclear";
  return verdict === "red" && isAboutPeople(name) ? "unclear" : verdict;
}

/**
 * Suites that have begun and are not complete: a job that waits for another one has no run yet, so "all runs are green" does
 * not mean that all is said.
 */
function openSuites(begun: readonly RawSuite[]): Check[] {
  const open = begun.filter((one) => one.status !== "completed");
  return open.map((one) => ({
    ...{ name: `${nameOf(one)} (suite)`, ours: false, status: "pending" },
    summary: "More jobs may still be reported.",
  }));
}

export function nameOf({ app }: RawSuite): string {
  return app?.name ?? app?.slug ?? "a check suite";
}

export function unread(what: string, reason = "There are more than can be read."): Check {
  return { name: what, ours: false, status: "unclear", summary: `GitHub's ${what} could not all be read: ${reason}` };
}
