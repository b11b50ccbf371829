import { globSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { staysInside } from "../trees/paths.ts";
import { materialise } from "../workspace/materialise.ts";
import { runProcess } from "../workspace/process.ts";
import type { RunRequest, RunResult, Sandbox } from "../workspace/sandbox.ts";

/**
 * Runs commands as ordinary processes, without a sandbox: only ever for this project's own example repositories, with
 * the changes that their own scripts make, on machines where no sandbox works. It sees nothing of our environment but
 * the search path. No server can reach it: the room it lies in is imported by nobody.
 */
export type DirectRun = {
  /** Where fresh folders are made. */
  readonly parent: string;
  readonly searchPath: string;
  /**
   * The example as it is bundled; what does not have its manifest is not the example, and is not run. Null in our tests,
   * whose repositories are all our own.
   */
  readonly example: ReadonlyMap<string, Buffer> | null;
};

/** A test run of a small package; a runaway one should not take the machine with it. */
const MEMORY_BYTES_MAX = 1024 * 1024 * 1024;
const REPORTS_INSIDE = "/tmp/coop-reports/";
const REPORT_BYTES_MAX = 16 * 1024 * 1024;

export function directSandbox(options: DirectRun): Sandbox {
  return { driver: "direct", version: process.version, run: (request) => run(options, request) };
}

async function run({ parent, searchPath, example }: DirectRun, request: RunRequest): Promise<RunResult> {
  if (!(await sharesManifest(example, request)))
    return notStarted("Only the project's own examples run without a sandbox.");
  const made = await materialise(request.tree, request.blobs, { parent, owner: null });
  if (made.outcome === "refused") return notStarted(made.why);
  try {
    const reports = join(made.folder, "reports/");
    mkdirSync(reports);
    for (const { from, at } of request.mounts ?? [])
      if (staysInside(at)) await symlink(from, join(made.directory, at)).catch(() => undefined);
    const here = (text: string) => text.replaceAll(REPORTS_INSIDE, reports);
    const own = {
      PATH: `${dirname(process.execPath)}:${searchPath}`,
      HOME: made.directory,
      CI: "true",
      LANG: "C.UTF-8",
    };
    const environment = Object.entries({ ...own, ...request.environment }).map(([name, value]) =>
      value.startsWith(":") ? `${name}=${own.PATH}${value}` : `${name}=${here(value)}`,
    );
    const words = [...environment, "/bin/sh", "-c", here(request.command)];
    const { outcome, exitCode, output, errors, durationMs } = await runProcess({
      file: "/bin/sh",
      args: ["-c", 'cd "$0" && exec env -i "$@" 2>&1', made.directory, ...words],
      ...{ user: null, inputs: [], timeoutMs: request.timeoutMs, outputBytesMax: request.outputBytesMax },
      ...{ memoryBytesMax: MEMORY_BYTES_MAX, signal: request.signal },
      ...(request.onOutput ? { onOutput: request.onOutput } : {}),
    });
    const known = outcome === "exited" || outcome === "timed-out" || outcome === "failed-to-start";
    const found = request.reports ? { reports: collect(request.reports, made.directory, reports) } : {};
    return { outcome: known ? outcome : "killed", exitCode, output: output || errors, durationMs, ...found };
  } finally {
    await made.remove();
  }
}

async function sharesManifest(example: DirectRun["example"], { tree, blobs }: RunRequest): Promise<boolean> {
  if (example === null) return true;
  const manifest = example.get("package.json");
  const file = tree.get("package.json");
  if (!manifest) return file === undefined;
  const content = file ? await blobs.get(file.sha) : null;
  return content !== null && nameOf(content) === nameOf(manifest);
}

function nameOf(manifest: Buffer): unknown {
  try {
    return (JSON.parse(manifest.toString("utf8")) as { name?: unknown }).name;
  } catch {
    return null;
  }
}

function collect(patterns: readonly string[], workspace: string, reports: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const pattern of patterns) {
    const outside = pattern.startsWith(REPORTS_INSIDE);
    const cwd = outside ? reports : workspace;
    const name = outside ? pattern.slice(REPORTS_INSIDE.length) : pattern;
    if (!staysInside(name)) continue;
    for (const path of globSync(name, { cwd })) {
      const size = statSync(join(cwd, path), { throwIfNoEntry: false })?.size ?? Infinity;
      if (size <= REPORT_BYTES_MAX) found.set(outside ? REPORTS_INSIDE + path : path, readFileSync(join(cwd, path)));
    }
  }
  return found;
}

function notStarted(output: string): RunResult {
  return { outcome: "failed-to-start", exitCode: null, output, durationMs: 0 };
}
