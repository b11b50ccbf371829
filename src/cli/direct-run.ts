import { globSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { staysInside } from "../trees/paths.ts";
import { materialise } from "../workspace/materialise.ts";
import { runProcess } from "../workspace/process.ts";
import type { RunRequest, RunResult } from "../workspace/sandbox.ts";

/**
 * Runs commands as ordinary processes, without a sandbox. What may be run so is decided in `direct-sandbox.ts`, the one
 * file of the program that imports this; the tests run repositories of their own by it. It sees nothing of our
 * environment but the search path.
 */
export type DirectPlace = {
  /** Where fresh folders are made. */
  readonly parent: string;
  readonly searchPath: string;
};

/** A test run of a small package; a runaway one should not take the machine with it. */
const MEMORY_BYTES_MAX = 1024 * 1024 * 1024;
const REPORTS_INSIDE = "/tmp/coop-reports/";
const REPORT_BYTES_MAX = 16 * 1024 * 1024;

export async function runDirectly({ parent, searchPath }: DirectPlace, request: RunRequest): Promise<RunResult> {
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

export function notStarted(output: string): RunResult {
  return { outcome: "failed-to-start", exitCode: null, output, durationMs: 0 };
}
