import { type Check, CHECK_NAMES, type Forge } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { type RedRun, redWords } from "./red-words.ts";
import { ask, must } from "./wire.ts";

/** Ten pages are a thousand runs or statuses of one commit. What lies beyond is not read, and said to be unclear. */
const PAGES_MAX = 10;
const PER_PAGE = 100;

type RawRun = {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: { readonly id?: number } | null;
  readonly check_suite?: { readonly id?: number } | null;
  readonly output?: RedRun["output"] & { readonly title?: string | null };
};

type RawSuite = {
  readonly id: number;
  readonly status: string | null;
  readonly latest_check_runs_count?: number;
  readonly app: { readonly id?: number; readonly slug?: string; readonly name?: string } | null;
};

/**
 * Everybody's check runs and statuses on a commit. The suites are asked first: where no App has begun one, there are no
 * runs to read.
 */
export function readChecks(client: Client): Forge["checks"] {
  return async (headSha) => {
    const { appId } = await client.identity();
    const suites = await readSuites(client, headSha, appId);
    const { items, complete } = suites.begun.length > 0 ? await allRuns(client, headSha) : NO_RUNS;
    const ours = items.filter((run) => isOurs(run, appId));
    const theirs = standing(items.filter((run) => !isOurs(run, appId)));
    const told = await wordsOfRed(client, theirs);
    const checks = [
      ...theirs.map((run) => ({ ...checkOf(run, false), ...told.get(run.id) })),
      ...newestBySuite(ours).map((run) => checkOf(run, true)),
    ];
    checks.push(...suites.unread, ...openSuites(suites.begun));
    if (!complete) checks.push(unread("check runs"));
    // Statuses cannot make green what is red or not finished.
    if (checks.some((one) => !one.ours && (one.status === "red" || one.status === "pending"))) return checks;
    return [...checks, ...(await statuses(client, headSha))];
  };
}

const NO_RUNS = { items: [], complete: true } as const;

/** Which Apps report on commits of this repository. */
export function readCheckers(client: Client): Forge["checkers"] {
  return async (sha) => {
    const { appId } = await client.identity();
    const { begun } = await readSuites(client, sha, appId);
    return [...new Set(begun.map(nameOf))];
  };
}

/** GitHub says which App made a run. On a server that does not, a run under one of our names is no evidence of others'. */
export function isOurs(run: Pick<RawRun, "name" | "app">, appId: number): boolean {
  return run.app?.id === undefined ? CHECK_NAMES.some((name) => name === run.name) : run.app.id === appId;
}

async function allRuns({ rest, at }: Client, headSha: string) {
  const what = "reading the checks";
  // GitHub's own "latest" folds runs of one name together; two workflows may each have a job "test".
  const where = { ...at, ref: headSha, filter: "all" } as const;
  return allPages<RawRun>(async (page) => {
    const data = await must(what, rest.rest.checks.listForRef({ ...where, per_page: PER_PAGE, page }));
    return { items: data.check_runs as RawRun[], total: data.total_count };
  });
}

async function allPages<T>(load: (page: number) => Promise<{ items: T[]; total: number }>) {
  const items: T[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const one = await load(page);
    items.push(...one.items);
    if (page * PER_PAGE >= one.total || one.items.length === 0) return { items, complete: items.length >= one.total };
  }
  return { items, complete: false };
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

/** Each may cost a request; whoever mends three has seen what is wrong. */
const RED_READ_MAX = 3;

async function wordsOfRed(client: Client, runs: readonly RawRun[]): Promise<Map<number, { says: string[] }>> {
  const told = new Map<number, { says: string[] }>();
  for (const run of runs.filter((one) => statusOf(one) === "red").slice(0, RED_READ_MAX)) {
    const says = await redWords(client, run);
    if (says.length > 0) told.set(run.id, { says });
  }
  return told;
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

function statusOf({ status, conclusion }: RawRun): Check["status"] {
  if (status !== "completed" || conclusion === null) return "pending";
  return VERDICTS[conclusion] ?? "unclear";
}

/** Suites of other Apps in which something was reported. GitHub opens an empty one for every App; most stay empty. */
async function readSuites({ rest, at }: Client, headSha: string, appId: number) {
  const what = "reading the check suites";
  const answer = await ask(what, rest.rest.checks.listSuitesForRef({ ...at, ref: headSha, per_page: PER_PAGE }));
  // A server that knows no suites may have runs all the same.
  if (!answer.ok) return { begun: [UNKNOWN_SUITE], unread: answer.status === 404 ? [] : [unread("check suites")] };
  const suites = answer.data.check_suites as RawSuite[];
  const begun = suites.filter((one) => one.app?.id !== appId && (one.latest_check_runs_count ?? 1) > 0);
  return { begun, unread: answer.data.total_count > suites.length ? [unread("check suites")] : [] };
}

/** Stands for whatever a server without suites may have; complete, since nothing says otherwise. */
const UNKNOWN_SUITE: RawSuite = { id: 0, status: "completed", app: null };

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

function nameOf({ app }: RawSuite): string {
  return app?.name ?? app?.slug ?? "a check suite";
}

async function statuses({ rest, at }: Client, headSha: string): Promise<Check[]> {
  const what = "reading the commit's statuses";
  const where = { ...at, ref: headSha, per_page: PER_PAGE };
  const first = await ask(what, rest.rest.repos.getCombinedStatusForRef(where));
  // A server without statuses has none. Every other refusal must not look like "no red status".
  if (!first.ok) return first.status === 404 ? [] : [unread("commit statuses", first.reason)];
  const { items, complete } = await allPages(async (page) => {
    const data =
      page === 1 ? first.data : await must(what, rest.rest.repos.getCombinedStatusForRef({ ...where, page }));
    // Poorer servers do not count them.
    return { items: data.statuses, total: data.total_count ?? data.statuses.length };
  });
  const checks = items.map((one): Check => {
    const status = one.state === "success" ? "green" : one.state === "pending" ? "pending" : "red";
    return { name: one.context, ours: false, status, summary: one.description ?? one.state };
  });
  return complete ? checks : [...checks, unread("commit statuses")];
}

function unread(what: string, reason = "There are more than can be read."): Check {
  return { name: what, ours: false, status: "unclear", summary: `GitHub's ${what} could not all be read: ${reason}` };
}
