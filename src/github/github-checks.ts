import type { Forge, NewCheck } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { isOurs, readCheckers, readChecks } from "./read-checks.ts";
import { must } from "./wire.ts";

type CheckActs = Pick<Forge, "checks" | "checkers" | "publishCheck">;

/** GitHub takes 50 annotations a request; later ones are added to the same run. */
const ANNOTATIONS_PER_REQUEST = 50;

/** Check runs and statuses of a commit: reading everybody's, publishing ours. */
export function checkActs(client: Client): CheckActs {
  return { checks: readChecks(client), checkers: readCheckers(client), publishCheck: publishCheck(client) };
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
  return found.check_runs.find((run) => run.name === check.name && isOurs(run, appId))?.id ?? null;
}
