import type { Check, Forge } from "../forge/forge.ts";
import {
  begunByOthers,
  checkOfStatus,
  isDecided,
  nameOf,
  type RawRun,
  type RawSuite,
  redRuns,
  type Said,
  unread,
  verdicts,
} from "./check-verdicts.ts";
import type { Client } from "./client.ts";
import { redWords } from "./red-words.ts";
import { ask, must } from "./wire.ts";

/** Ten pages are a thousand runs or statuses of one commit. What lies beyond is not read, and said to be unclear. */
const PAGES_MAX = 10;
const PER_PAGE = 100;

/**
 * Everybody's check runs and statuses on a commit. The suites are asked first: where no App has begun one, there are no
 * runs to read.
 */
export function readChecks(client: Client): Forge["checks"] {
  return async (headSha) => {
    const { appId } = await client.identity();
    const suites = await readSuites(client, headSha, appId);
    const { items, complete } = suites.begun.length > 0 ? await allRuns(client, headSha) : NO_RUNS;
    const said = await wordsOf(client, redRuns(appId, items));
    const checks = [...verdicts(appId, items, suites.begun, said), ...suites.unread];
    if (!complete) checks.push(unread("check runs"));
    return isDecided(checks) ? checks : [...checks, ...(await statuses(client, headSha))];
  };
}

/** Each may cost a request; whoever mends three has seen what is wrong. */
const RED_READ_MAX = 3;

async function wordsOf(client: Client, red: readonly RawRun[]): Promise<Said> {
  const said = new Map<number, Pick<Check, "says">>();
  for (const run of red.slice(0, RED_READ_MAX)) {
    const says = await redWords(client, run);
    if (says.length > 0) said.set(run.id, { says });
  }
  return said;
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

async function allRuns({ rest, at }: Client, headSha: string) {
  const what = "reading the checks";
  // GitHub's own "latest" folds runs of one name together; two workflows may each have a job "test".
  const where = { ...at, ref: headSha, filter: "all" } as const;
  return allPages<RawRun>(async (page) => {
    const answer = await ask(what, rest.rest.checks.listForRef({ ...where, per_page: PER_PAGE, page }));
    // What may not be read is not there for us, and is never taken for nothing.
    if (!answer.ok) return { items: [], total: Infinity };
    return { items: answer.data.check_runs as RawRun[], total: answer.data.total_count };
  });
}

async function allPages<T>(load: (page: number) => Promise<{ items: T[]; total: number }>) {
  const items: T[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const one = await load(page);
    items.push(...one.items);
    if (items.length >= one.total || one.items.length === 0) return { items, complete: items.length >= one.total };
  }
  return { items, complete: false };
}

async function readSuites({ rest, at }: Client, headSha: string, appId: number) {
  const what = "reading the check suites";
  const answer = await ask(what, rest.rest.checks.listSuitesForRef({ ...at, ref: headSha, per_page: PER_PAGE }));
  // A server that knows no suites may have runs all the same.
  if (!answer.ok) return { begun: [UNKNOWN_SUITE], unread: answer.status === 404 ? [] : [unread("check suites")] };
  const suites = answer.data.check_suites as RawSuite[];
  const begun = begunByOthers(appId, suites);
  return { begun, unread: answer.data.total_count > suites.length ? [unread("check suites")] : [] };
}

/** Stands for whatever a server without suites may have; complete, since nothing says otherwise. */
const UNKNOWN_SUITE: RawSuite = { id: 0, status: "completed", app: null };

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
  const checks = items.map(checkOfStatus);
  return complete ? checks : [...checks, unread("commit statuses")];
}
