import { parse } from "yaml";
import type { Blobs, Tree } from "../../trees/tree.ts";
import type { VerifyCommand } from "../../core/rules/policy.ts";

/**
 * Which of the repository's checks are known to run its tests: only those may stand in for running them here. A green
 * `build` that runs `true`, or a licence check, says nothing about tests.
 */
const WORKFLOWS = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const WORKFLOW_BYTES_MAX = 200_000;
const WORKFLOWS_MAX = 50;

/** Names under which GitHub reports the jobs of the base's workflows whose steps run one of the commands. */
export async function jobsThatTest(base: Tree, blobs: Blobs, commands: readonly VerifyCommand[]): Promise<string[]> {
  const files = [...base].filter(([path, file]) => WORKFLOWS.test(path) && file.sizeBytes <= WORKFLOW_BYTES_MAX);
  const found: string[] = [];
  for (const [, file] of files.slice(0, WORKFLOWS_MAX)) {
    const content = await blobs.get(file.sha);
    if (content) found.push(...jobsOf(content.toString("utf8"), commands));
  }
  return found;
}

type Job = {
  readonly name?: unknown;
  readonly steps?: unknown;
  readonly if?: unknown;
  readonly "continue-on-error"?: unknown;
};

function jobsOf(workflow: string, commands: readonly VerifyCommand[]): string[] {
  const tests = commands.filter((one) => one.proves === "tests").map((one) => one.run);
  const jobs = jobsIn(workflow);
  return Object.entries(jobs).flatMap(([id, job]) => {
    if (typeof job !== "object" || job === null || job.if !== undefined || job["continue-on-error"]) return [];
    const steps = Array.isArray(job.steps) ? (job.steps as unknown[]) : [];
    const runs = steps.flatMap((step) => deciding(step));
    const does = runs.some((run) => run.split("\n").some((line) => tests.some((test) => isRun(line, test))));
    return does ? [typeof job.name === "string" && !job.name.includes("${{") ? job.name : id] : [];
  });
}

/** A step whose failure is ignored, or that may be left out, shows nothing. */
function deciding(step: unknown): string[] {
  if (typeof step !== "object" || step === null) return [];
  const one = step as Record<string, unknown>;
  const matters = one["continue-on-error"] === undefined && one["if"] === undefined;
  return matters && typeof one["run"] === "string" ? [one["run"]] : [];
}

/** The command itself, with more arguments perhaps; not in a chain that lets it fail. */
function isRun(line: string, test: string): boolean {
  const said = line.trim();
  if (said !== test && !said.startsWith(`${test} `)) return false;
  return !/\|\||[;|&]|\|\s*true/.test(said.slice(test.length));
}

function jobsIn(workflow: string): Readonly<Record<string, Job>> {
  try {
    const value = parse(workflow, { maxAliasCount: 0, logLevel: "error" }) as { jobs?: unknown } | null;
    const jobs = value?.jobs;
    return typeof jobs === "object" && jobs !== null ? (jobs as Record<string, Job>) : {};
  } catch {
    return {};
  }
}

/** A matrix adds its values: `test (20, ubuntu)`; a called workflow adds its caller: `ci / test`. */
export function isJob(check: string, job: string): boolean {
  return check === job || check.startsWith(`${job} (`) || check.endsWith(` / ${job}`);
}
