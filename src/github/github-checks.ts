import type { Forge } from "../forge/forge.ts";
import type { NewCheck } from "../forge/written.ts";
import type { Client } from "./client.ts";
import { isOurs } from "./check-verdicts.ts";
import { readCheckers, readChecks } from "./read-checks.ts";
import { must } from "./wire.ts";

type CheckActs = Pick<Forge, "checks" | "checkers" | "publishCheck">;

/** GitHub takes 50 annotations a request; later ones are added to the same run. */
const ANNOTATIONS_PER_REQUEST = 50;

/** Check runs and statuses of a commit: reading everybody's, publishing ours. */
export function checkActs(client: Client): CheckActs {
  return { checks: readChecks(client), checkers: readCheckers(client), publishCheck: publishCheck(client) };
}

/** Several runs of one name are allowed and the newest counts, so a look is only needed where one may be ours already. */
function publishCheck(client: Client): CheckActs["publishCheck"] {
  const { rest, at } = client;
  return async (check, known) => {
    const batches = annotationBatches(client, check);
    const fields = { ...at, ...runFields(check), output: output(client, check, batches[0] ?? []) };
    const found = known === "unsure" ? await findOurs(client, check) : known;
    const id = typeof found === "number" ? found : null;
    const run =
      id === null
        ? await must("publishing a check", rest.rest.checks.create({ ...fields, head_sha: check.headSha }))
        : await must("updating a check", rest.rest.checks.update({ ...fields, check_run_id: id }));
    for (const batch of batches.slice(1)) {
      const more = { ...at, check_run_id: run.id, output: output(client, check, batch) };
      await must("adding annotations to a check", rest.rest.checks.update(more));
    }
    return run.id;
  };
}

function runFields({ name, conclusion, detailsUrl }: NewCheck) {
  const url = detailsUrl !== null && /^https?:\/\//.test(detailsUrl) ? { details_url: detailsUrl } : {};
  // Octokit's types know two forms of a run: one that has ended and one that has not.
  const stage = conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
  return { name, ...url, ...stage } as { name: string; status: "completed"; conclusion: "success" };
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
