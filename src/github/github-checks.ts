import { type Check, CHECK_NAMES, type Forge, ForgeAway, type NewCheck } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { ask, must } from "./wire.ts";

type CheckActs = Pick<Forge, "checks" | "publishCheck">;

/** GitHub takes 50 annotations a request; later ones are added to the same run. */
const ANNOTATIONS_PER_REQUEST = 50;
const CHECK_PAGES_MAX = 5;

/** Check runs and statuses of a commit: reading everybody's, publishing ours. */
export function checkActs(client: Client): CheckActs {
  return { checks: readChecks(client), publishCheck: publishCheck(client) };
}

function readChecks(client: Client): CheckActs["checks"] {
  return async (headSha) => {
    const { appId } = await client.identity();
    const runs = (await checkRuns(client, headSha)).map((run) => ({
      name: run.name,
      ours: isOurs(run, appId),
      status: runStatus(run.status, run.conclusion),
      summary: run.output?.title ?? run.conclusion ?? run.status,
    }));
    // Statuses cannot make green what is not; they are only asked for when all the rest is.
    const isDecided = runs.some((run) => !run.ours && run.status !== "green");
    return isDecided ? runs : [...runs, ...(await statuses(client, headSha))];
  };
}

/** GitHub says which App made a run. On a server that does not, a run under one of our names is no evidence of others'. */
function isOurs(run: RawRun, appId: number): boolean {
  return run.app?.id === undefined ? CHECK_NAMES.some((name) => name === run.name) : run.app.id === appId;
}

type RawRun = {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: { readonly id?: number } | null;
  readonly output?: { readonly title?: string | null };
};

/** The newest run of each name and App. */
async function checkRuns({ rest, at }: Client, headSha: string): Promise<RawRun[]> {
  const newest = new Map<string, RawRun>();
  for (let page = 1; page <= CHECK_PAGES_MAX; page += 1) {
    const where = { ...at, ref: headSha, filter: "latest", per_page: 100, page } as const;
    const { check_runs, total_count } = await must("reading the checks", rest.rest.checks.listForRef(where));
    for (const run of check_runs as RawRun[]) {
      const key = JSON.stringify([run.name, run.app?.id]);
      if ((newest.get(key)?.id ?? 0) < run.id) newest.set(key, run);
    }
    if (page * 100 >= total_count) break;
  }
  return [...newest.values()];
}

const GREEN = new Set(["success", "neutral", "skipped"]);

function runStatus(status: string, conclusion: string | null): Check["status"] {
  if (status !== "completed" || conclusion === null || conclusion === "stale") return "pending";
  return GREEN.has(conclusion) ? "green" : "red";
}

async function statuses({ rest, at }: Client, headSha: string): Promise<Check[]> {
  const what = "reading the commit's statuses";
  const answer = await ask(what, rest.rest.repos.getCombinedStatusForRef({ ...at, ref: headSha, per_page: 100 }));
  if (answer.ok)
    return answer.data.statuses.map((one) => ({
      name: one.context,
      ours: false,
      status: one.state === "success" ? "green" : one.state === "pending" ? "pending" : "red",
      summary: one.description ?? one.state,
    }));
  // A server without statuses has none. Every other refusal must not look like "no red status".
  if (answer.status === 404) return [];
  throw new ForgeAway(`GitHub refused while ${what}: ${answer.reason}`, null, "not-done");
}

/**
 * Publishes without looking first: several runs of one name are allowed and the newest counts. A run that this process
 * made is updated; it looks one up only when its own attempt to create it ended without an answer.
 */
function publishCheck(client: Client): CheckActs["publishCheck"] {
  const { rest, at } = client;
  const made = new Map<string, number>();
  const unsure = new Set<string>();
  return async (check) => {
    const key = `${check.name}@${check.headSha}`;
    if (unsure.has(key)) {
      const found = await findOurs(client, check);
      if (found !== null) made.set(key, found);
      unsure.delete(key);
    }
    const batches = annotationBatches(client, check);
    const first = output(client, check, batches[0] ?? []);
    const id = made.get(key);
    if (id === undefined) {
      unsure.add(key);
      const create = { ...at, ...runFields(check), head_sha: check.headSha, output: first };
      made.set(key, (await must("publishing a check", rest.rest.checks.create(create))).id);
      unsure.delete(key);
    } else
      await must(
        "updating a check",
        rest.rest.checks.update({ ...at, ...runFields(check), check_run_id: id, output: first }),
      );
    for (const batch of batches.slice(1)) {
      const run = { ...at, check_run_id: made.get(key) ?? 0, output: output(client, check, batch) };
      await must("adding annotations to a check", rest.rest.checks.update(run));
    }
  };
}

function runFields(check: NewCheck) {
  const url =
    check.detailsUrl !== null && /^https?:\/\//.test(check.detailsUrl) ? { details_url: check.detailsUrl } : {};
  return { name: check.name, status: "completed", conclusion: check.conclusion, ...url } as const;
}

function output({ line, body }: Client, check: NewCheck, annotations: ReturnType<typeof annotationBatches>[number]) {
  return { title: line(check.title), summary: body(check.summary), annotations };
}

/** GitHub takes 64 kB for one message; a person reads less. */
const MESSAGE_CHARS_MAX = 4_000;

function annotationBatches({ line }: Client, check: NewCheck) {
  const all = check.annotations.map((one) => ({
    path: one.path,
    start_line: one.line,
    end_line: one.line,
    annotation_level: one.level,
    message: line(one.message.slice(0, MESSAGE_CHARS_MAX)),
  }));
  const count = Math.ceil(all.length / ANNOTATIONS_PER_REQUEST);
  return Array.from({ length: count }, (_, i) =>
    all.slice(i * ANNOTATIONS_PER_REQUEST, (i + 1) * ANNOTATIONS_PER_REQUEST),
  );
}

async function findOurs(client: Client, check: NewCheck): Promise<number | null> {
  const { appId } = await client.identity();
  const where = { ...client.at, ref: check.headSha, check_name: check.name, filter: "latest" } as const;
  const found = await must("looking for a check", client.rest.rest.checks.listForRef(where));
  return (found.check_runs as RawRun[]).find((run) => run.name === check.name && isOurs(run, appId))?.id ?? null;
}
