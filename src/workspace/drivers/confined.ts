import { chown, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freshFolder } from "../materialise.ts";
import { makePipe } from "../pipe.ts";
import { type ProcessResult, runProcess } from "../process.ts";
import type { RunRequest, RunResult, Sandbox } from "../sandbox.ts";
import { apartProgram } from "./apart.ts";
import { bubblewrapLaunch } from "./bubblewrap.ts";
import { channel, type Heard } from "./channel.ts";
import { filterLoader } from "./loader.ts";
import { mountsFor, withoutMounted } from "./mounts.ts";
import type { Runtime } from "./runtime.ts";
import type { Job } from "./stage.ts";
import { unshareLaunch } from "./unshare.ts";
import { viewOf } from "./view.ts";

/** A sandbox that shares this machine's programs: one run from its tree to its result, whatever puts the walls up. */
export function confined(runtime: Runtime, driver: "bubblewrap" | "unshare", version: string): Sandbox {
  return { driver, version, memoryBy: runtime.groups?.says ?? null, run: (request) => run(runtime, driver, request) };
}

/** The kernel counts what it keeps for a run too, and files that a run only reads for as long as there is room. */
const GROUP_ROOM = 1.25;

type Driver = "bubblewrap" | "unshare";

async function run(runtime: Runtime, driver: Driver, request: RunRequest): Promise<RunResult> {
  const tree = await runtime.trees.take(withoutMounted(request.tree, request.mounts ?? []), request.blobs);
  if (tree.outcome === "refused")
    return { outcome: "failed-to-start", exitCode: null, output: tree.why, durationMs: 0 };
  const folder = await freshFolder({ parent: runtime.temporary, owner: runtime.user });
  const group = runtime.groups?.open(runtime.memoryBytesMax * GROUP_ROOM) ?? null;
  try {
    const mounted = await mountsFor(request, runtime, folder);
    if (driver === "unshare") await writePrograms(runtime, folder);
    if (runtime.user) await chown(folder, runtime.user.uid, runtime.user.gid);
    const job: Job = { runtime, request, folder, tree: tree.directory, mounted };
    // Anew for each run: a key may have been put somewhere since the last one.
    const view = viewOf(runtime);
    const launch = driver === "bubblewrap" ? bubblewrapLaunch(job, view) : unshareLaunch(job, view);
    const pipe = await makePipe(folder, runtime.mkfifo);
    const heard = channel();
    const result = await runProcess({
      ...launch,
      timeoutMs: request.timeoutMs,
      outputBytesMax: request.outputBytesMax,
      memoryBytesMax: runtime.memoryBytesMax,
      ...(group ? { group } : {}),
      ...(pipe ? { pipe } : {}),
      ...(request.onOutput ? { onOutput: request.onOutput } : {}),
      onErrors: heard.add,
      signal: request.signal,
    });
    return meaning(result, heard.heard(), request);
  } finally {
    tree.release();
    await group?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 2 });
  }
}

async function writePrograms(runtime: Runtime, folder: string): Promise<void> {
  const loader = runtime.seccomp && filterLoader(process.arch, runtime.seccomp);
  const programs = { loader, apart: apartProgram(process.arch) };
  for (const [name, program] of Object.entries(programs))
    if (program) await writeFile(join(folder, name), program, { mode: 0o755 });
}

/** Until the command starts, everything that is said is the driver's or the copying's. */
export function meaning(result: ProcessResult, heard: Heard, request: RunRequest): RunResult {
  const { outcome, exitCode, durationMs, output } = result;
  const reports = request.reports ? { reports: heard.reports } : {};
  if (outcome === "failed-to-start" || (outcome === "exited" && !heard.started))
    return { outcome: "failed-to-start", exitCode: null, output: heard.words || result.errors, durationMs };
  if (outcome === "exited" || outcome === "timed-out") return { outcome, exitCode, output, durationMs, ...reports };
  return { outcome: "killed", exitCode, output, durationMs, ...reports };
}
