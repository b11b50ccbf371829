import { materialise } from "../materialise.ts";
import { type ProcessResult, runProcess } from "../process.ts";
import type { Runtime } from "./runtime.ts";
import type { RunRequest, RunResult, Sandbox } from "../sandbox.ts";

/**
 * The driver around bubblewrap. Every run gets namespaces of its own and a fresh copy of the tree on a file system in
 * memory, which is gone with the run: repository code has no place on the host's disk to leave anything, or to fill.
 */
const MB = 1024 * 1024;
/** The tree (at most half of it) and what a build adds. */
const WORKSPACE_BYTES = 1024 * MB;
/** Caches of compilers and package managers. */
const TEMPORARY_BYTES = 512 * MB;
const SHARED_MEMORY_BYTES = 64 * MB;
/** One process: node and go reserve much more than they use, but this counts what can be written. */
const PROCESS_DATA_BYTES = 2048 * MB;
/** A test runner starts one process for each processor, of a dozen threads each; a fork bomb ends here. */
const PROCESSES_MAX = 1024;
const OPEN_FILES_MAX = 4096;
const FILE_BYTES_MAX = 256 * MB;
/** Processor time of one process, as a multiple of the run's wall clock: several threads work at once. */
const CPU_PER_WALL = 8;

/** Files of /etc that programs need to start and to tell the time; none of them says anything about the host's users. */
const ETC_FILES = ["ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "protocols", "services"];
const INSIDE_UID = 1000;
/** Stand-ins for files that programs expect, handed over by descriptor: no file of ours lies on the host. */
const ETC_STUBS = {
  passwd: `coop:x:${INSIDE_UID}:${INSIDE_UID}::/tmp/home:/bin/sh\n`,
  group: `coop:x:${INSIDE_UID}:\n`,
  hosts: "127.0.0.1 localhost sandbox\n::1 localhost\n",
};
const FIRST_DESCRIPTOR = 3;
const FILTER_DESCRIPTOR = FIRST_DESCRIPTOR + Object.keys(ETC_STUBS).length;

export function bubblewrap(runtime: Runtime): Sandbox {
  return { driver: "bubblewrap", run: (request) => run(runtime, request) };
}

async function run(runtime: Runtime, request: RunRequest): Promise<RunResult> {
  const options = { parent: runtime.temporary, owner: runtime.user };
  const source = await materialise(request.tree, request.blobs, options);
  if (source.outcome === "refused")
    return { outcome: "failed-to-start", exitCode: null, output: source.why, durationMs: 0 };
  try {
    const result = await runProcess({
      file: runtime.bwrap,
      args: [...jail(runtime, source.directory), "--", ...inside(runtime, request)],
      user: runtime.user,
      timeoutMs: request.timeoutMs,
      outputBytesMax: request.outputBytesMax,
      memoryBytesMax: runtime.memoryBytesMax,
      inputs: [
        ...Object.values(ETC_STUBS).map((text) => Buffer.from(text)),
        ...(runtime.seccomp ? [runtime.seccomp] : []),
      ],
    });
    return meaning(result);
  } finally {
    await source.remove();
  }
}

function jail(runtime: Runtime, source: string): string[] {
  return [
    // Started by root, /proc/sys would be writable; `user` in the runtime sees to it that we are not.
    ...["--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent", "--new-session"],
    ...["--cap-drop", "ALL", "--clearenv", "--hostname", "sandbox"],
    ...["--uid", `${INSIDE_UID}`, "--gid", `${INSIDE_UID}`],
    ...environment(runtime),
    ...system(runtime),
    ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"],
    ...["--dev", "/dev", "--size", `${SHARED_MEMORY_BYTES}`, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
    ...["--size", `${TEMPORARY_BYTES}`, "--tmpfs", "/tmp", "--dir", "/tmp/home"],
    ...["--ro-bind", source, "/source", "--size", `${WORKSPACE_BYTES}`, "--tmpfs", "/workspace"],
    ...["--chdir", "/workspace", "--remount-ro", "/"],
    ...(runtime.seccomp === null ? [] : ["--seccomp", `${FILTER_DESCRIPTOR}`]),
  ];
}

function environment(runtime: Runtime): string[] {
  const path = ["/opt/coop/bin", ...runtime.toolchain.map((one) => `${one}/bin`), "/usr/local/bin", "/usr/bin", "/bin"];
  const values = { PATH: path.join(":"), HOME: "/tmp/home", LANG: "C.UTF-8", CI: "true" };
  return Object.entries(values).flatMap(([name, value]) => ["--setenv", name, value]);
}

/** The system's programs and libraries, node and npm, and the few files of /etc. All read-only. */
function system(runtime: Runtime): string[] {
  return [
    ...["--ro-bind", "/usr", "/usr"],
    // Symbolic links to /usr on most systems; a bind follows them either way.
    ...["/bin", "/sbin", "/lib", "/lib64"].flatMap((folder) => ["--ro-bind-try", folder, folder]),
    ...ETC_FILES.flatMap((name) => ["--ro-bind-try", `/etc/${name}`, `/etc/${name}`]),
    ...Object.keys(ETC_STUBS).flatMap((name, at) => [
      "--perms",
      "0644",
      "--ro-bind-data",
      `${FIRST_DESCRIPTOR + at}`,
      `/etc/${name}`,
    ]),
    ...runtime.toolchain.flatMap((folder) => ["--ro-bind", folder, folder]),
    ...["--ro-bind", runtime.node, "/opt/coop/bin/node"],
    ...(runtime.npm === null ? [] : npmOf(runtime.npm)),
  ];
}

function npmOf(folder: string): string[] {
  return [
    ...["--ro-bind", folder, "/opt/coop/npm"],
    ...["--symlink", "/opt/coop/npm/bin/npm-cli.js", "/opt/coop/bin/npm"],
    ...["--symlink", "/opt/coop/npm/bin/npx-cli.js", "/opt/coop/bin/npx"],
  ];
}

/** Copies the tree, lowers the limits for good, and runs the command with both its streams on one. */
function inside(runtime: Runtime, request: RunRequest): string[] {
  const cpuSeconds = Math.ceil((request.timeoutMs / 1000) * CPU_PER_WALL);
  const limits = [
    `--nproc=${PROCESSES_MAX}`,
    `--data=${PROCESS_DATA_BYTES}`,
    `--nofile=${OPEN_FILES_MAX}`,
    `--fsize=${FILE_BYTES_MAX}`,
    `--cpu=${cpuSeconds}`,
    "--core=0",
  ];
  const script = `cp -a /source/. /workspace/ && exec ${runtime.prlimit} ${limits.join(" ")} -- sh -c "$1" 2>&1`;
  return ["sh", "-c", script, "sh", request.command];
}

/** Whatever bubblewrap itself or the copying says comes on the error stream, before the command says anything. */
function meaning(result: ProcessResult): RunResult {
  const { exitCode, durationMs } = result;
  const silent = result.output === "" && result.errors !== "" && exitCode !== 0;
  if (result.outcome === "failed-to-start" || (result.outcome === "exited" && silent))
    return { outcome: "failed-to-start", exitCode: null, output: result.errors, durationMs };
  const outcome =
    result.outcome === "out-of-memory" || result.outcome === "signalled" ? ("killed" as const) : result.outcome;
  return { outcome, exitCode, output: result.output, durationMs };
}
