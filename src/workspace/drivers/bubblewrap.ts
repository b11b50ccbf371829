import { materialise } from "../materialise.ts";
import { makePipe } from "../pipe.ts";
import { type ProcessResult, runProcess } from "../process.ts";
import type { RunRequest, RunResult, Sandbox } from "../sandbox.ts";
import { type Heard, channel } from "./channel.ts";
import { FORWARDER_FILE, FORWARDER_PROGRAM } from "./forwarder.ts";
import { environmentOf, insideScript, quoted, REPORTS_FOLDER } from "./inside.ts";
import { type Mounted, mountsFor, withoutMounted } from "./mounts.ts";
import type { Runtime } from "./runtime.ts";

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
/** Files of /etc that programs need to start and to tell the time; none of them says anything about the host's users. */
const ETC_FILES = ["ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "protocols", "services"];
const INSIDE_UID = 1000;
/** Stand-ins for files that programs expect, handed over by descriptor: no file of ours lies on the host. */
const STUBS = {
  "/etc/passwd": `coop:x:${INSIDE_UID}:${INSIDE_UID}::/tmp/home:/bin/sh\n`,
  "/etc/group": `coop:x:${INSIDE_UID}:\n`,
  "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
  [FORWARDER_FILE]: FORWARDER_PROGRAM,
};
const FIRST_DESCRIPTOR = 3;
const FILTER_DESCRIPTOR = FIRST_DESCRIPTOR + Object.keys(STUBS).length;

export function bubblewrap(runtime: Runtime): Sandbox {
  return { driver: "bubblewrap", run: (request) => run(runtime, request) };
}

async function run(runtime: Runtime, request: RunRequest): Promise<RunResult> {
  const options = { parent: runtime.temporary, owner: runtime.user };
  const source = await materialise(withoutMounted(request.tree, request.mounts ?? []), request.blobs, options);
  if (source.outcome === "refused")
    return { outcome: "failed-to-start", exitCode: null, output: source.why, durationMs: 0 };
  try {
    const mounted = await mountsFor(request, runtime, source.folder);
    const pipe = await makePipe(source.folder, runtime.mkfifo);
    const heard = channel();
    const prepare = ["cp -a /source/. /workspace/", ...mounted.prepare];
    const inside = insideScript(runtime.prlimit, request, prepare);
    const result = await runProcess({
      ...launch(runtime, mounted, [...jail(runtime, request, source.directory, mounted), "--", ...inside]),
      timeoutMs: request.timeoutMs,
      outputBytesMax: request.outputBytesMax,
      memoryBytesMax: runtime.memoryBytesMax,
      inputs: [...Object.values(STUBS).map((text) => Buffer.from(text)), ...(runtime.seccomp ? [runtime.seccomp] : [])],
      ...(pipe ? { pipe } : {}),
      ...(request.onOutput ? { onOutput: request.onOutput } : {}),
      onErrors: heard.add,
      signal: request.signal,
    });
    return meaning(result, heard.heard(), request);
  } finally {
    await source.remove();
  }
}

type Launch = { file: string; args: string[]; user: Runtime["user"] };

/**
 * The ordinary way is to start bubblewrap as the run's user. Where folders lie in places that only root may enter, root
 * first binds them elsewhere, in a mount namespace that ends with the run, and then becomes that user.
 */
function launch(runtime: Runtime, { staged }: Mounted, jailed: readonly string[]): Launch {
  const { user, unshare } = runtime;
  if (staged.length === 0 || !user) return { file: runtime.bwrap, args: [...jailed], user };
  const script = [
    "set -e",
    ...staged.map(({ from, to }) => `mount --bind ${quoted(from)} ${quoted(to)}`),
    `exec setpriv --reuid ${user.uid} --regid ${user.gid} --clear-groups -- "$0" "$@"`,
  ];
  const words = ["--mount", "--", "/bin/sh", "-c", script.join("\n"), runtime.bwrap];
  return { file: unshare ?? "unshare", args: [...words, ...jailed], user: null };
}

function jail(runtime: Runtime, request: RunRequest, source: string, mounted: Mounted): string[] {
  return [
    // Started by root, /proc/sys would be writable; `user` in the runtime sees to it that we are not.
    ...["--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent", "--new-session"],
    ...["--cap-drop", "ALL", "--clearenv", "--hostname", "sandbox"],
    ...["--uid", `${INSIDE_UID}`, "--gid", `${INSIDE_UID}`],
    ...Object.entries(environmentOf(runtime.toolchain, request)).flatMap((pair) => ["--setenv", ...pair]),
    ...system(runtime),
    ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"],
    ...["--dev", "/dev", "--size", `${SHARED_MEMORY_BYTES}`, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
    ...["--size", `${TEMPORARY_BYTES}`, "--tmpfs", "/tmp", "--dir", "/tmp/home", "--dir", REPORTS_FOLDER],
    ...["--ro-bind", source, "/source", "--size", `${WORKSPACE_BYTES}`, "--tmpfs", "/workspace"],
    ...mounted.binds.flatMap(({ from, to, writable }) => [writable ? "--bind" : "--ro-bind", from, to]),
    ...["--chdir", "/workspace", "--remount-ro", "/"],
    ...(runtime.seccomp === null ? [] : ["--seccomp", `${FILTER_DESCRIPTOR}`]),
  ];
}

/** The system's programs and libraries, node and npm, and the few files of /etc. All read-only. */
function system(runtime: Runtime): string[] {
  const stub = (path: string, at: number) => ["--perms", "0644", "--ro-bind-data", `${FIRST_DESCRIPTOR + at}`, path];
  return [
    ...["--ro-bind", "/usr", "/usr"],
    // Symbolic links to /usr on most systems; a bind follows them either way.
    ...["/bin", "/sbin", "/lib", "/lib64"].flatMap((folder) => ["--ro-bind-try", folder, folder]),
    ...ETC_FILES.flatMap((name) => ["--ro-bind-try", `/etc/${name}`, `/etc/${name}`]),
    ...Object.keys(STUBS).flatMap(stub),
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

/** Until the command starts, everything that is said is bubblewrap's or the copying's. */
function meaning(result: ProcessResult, heard: Heard, request: RunRequest): RunResult {
  const { outcome, exitCode, durationMs, output } = result;
  const reports = request.reports ? { reports: heard.reports } : {};
  if (outcome === "failed-to-start" || (outcome === "exited" && !heard.started))
    return { outcome: "failed-to-start", exitCode: null, output: heard.words || result.errors, durationMs };
  if (outcome === "exited" || outcome === "timed-out") return { outcome, exitCode, output, durationMs, ...reports };
  return { outcome: "killed", exitCode, output, durationMs, ...reports };
}
