import { randomBytes } from "node:crypto";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ProcessResult, runProcess } from "../process.ts";
import type { Mount, RunRequest, RunResult, Sandbox } from "../sandbox.ts";
import { tooLargeTree } from "../materialise.ts";
import { channel, OUT_OF_MEMORY_LINE } from "./channel.ts";
import { meaning } from "./confined.ts";
import { FORWARDER_FILE, FORWARDER_PROGRAM, PROXY_SOCKET_INSIDE } from "./forwarder.ts";
import { APART_FILE, apartProgram } from "./apart.ts";
import { environmentOf, insideScript, OPEN_FILES_MAX, PROCESSES_MAX, quoted } from "./inside.ts";
import { filterLoader } from "./loader.ts";
import { placeOf, withoutMounted } from "./mounts.ts";
import { socketFilter } from "./seccomp.ts";
import { tarOf } from "./tar-writer.ts";
import { roomSizes } from "./view.ts";

/**
 * The driver for machines where containers are what there is: podman or docker, with an image that the operator names and
 * that is never fetched. The container has no network, no capabilities, a file system that cannot be written, and limits;
 * the tree goes in as a tar archive, so that a machine in between (macOS, Windows) need not share a folder.
 */
export type ContainerRuntime = {
  readonly name: "podman" | "docker";
  readonly program: string;
  /** Null for what the program makes containers with by itself. */
  readonly engine: string | null;
  readonly image: string;
  /** Of the program that asks for containers, and of none of them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly temporary: string;
  readonly memoryBytesMax: number;
  /** Whom a run is inside, and how that one can write what this server gives it. */
  readonly user: UserInside;
};

/** `ours`: what the server owns is the user's by itself. `mapped`: podman makes it so. `given`: the server is root and hands it over. */
export type UserInside = { readonly uid: number; readonly gid: number; readonly by: "ours" | "mapped" | "given" };

const LOADER_INSIDE = "/opt/coop/run/loader";
/** Beyond the run's own time: to make the container, take the tree in and be gone. */
const AROUND_MS = 15_000;
/** Of a container engine that has much to do. */
const REMOVE_MS = 20_000;

export function containerSandbox(runtime: ContainerRuntime, version: string): Sandbox {
  return { driver: runtime.name, version, run: (request) => run(runtime, request) };
}

async function run(runtime: ContainerRuntime, request: RunRequest): Promise<RunResult> {
  const tree = withoutMounted(request.tree, request.mounts ?? []);
  const why = tooLargeTree(tree);
  if (why) return { outcome: "failed-to-start", exitCode: null, output: why, durationMs: 0 };
  const folder = await mkdtemp(join(runtime.temporary, `coop-run-${process.pid}-`));
  const name = `coop-run-${process.pid}-${randomBytes(6).toString("hex")}`;
  try {
    const volumes = [...(await ownFiles(folder)), ...(await volumesOf(runtime, request))];
    const heard = channel();
    const missing: string[] = [];
    const result = await runProcess({
      ...{ file: runtime.program, args: argumentsOf(runtime, request, name, volumes), user: null, inputs: [] },
      environment: runtime.environment,
      stdin: notingWhatIsMissing(tarOf(tree, request.blobs), missing),
      timeoutMs: request.timeoutMs + AROUND_MS,
      outputBytesMax: request.outputBytesMax,
      // Counted where the container is, and not in the program that only waits for it.
      memoryBytesMax: Number.MAX_SAFE_INTEGER,
      ...(request.onOutput ? { onOutput: request.onOutput } : {}),
      onErrors: heard.add,
      signal: request.signal,
    });
    if (missing[0] !== undefined)
      return { outcome: "failed-to-start", exitCode: null, output: missing[0], durationMs: result.durationMs };
    const said = heard.heard();
    return meaning(told(result, said.outOfMemory, request), said, request);
  } finally {
    await remove(runtime, name);
    await rm(folder, { recursive: true, force: true, maxRetries: 2 });
  }
}

/** The run's clock stands inside, beside the command; a command that ends so by itself does so sooner. */
function told(result: ProcessResult, outOfMemory: boolean, { timeoutMs }: RunRequest): ProcessResult {
  if (outOfMemory && result.exitCode !== 0) return { ...result, outcome: "out-of-memory", exitCode: null };
  const late = result.outcome === "exited" && result.exitCode !== 0 && result.durationMs >= timeoutMs;
  return late ? { ...result, outcome: "timed-out", exitCode: null } : result;
}

async function* notingWhatIsMissing(archive: AsyncIterable<Buffer>, missing: string[]): AsyncGenerator<Buffer> {
  try {
    yield* archive;
  } catch (error) {
    missing.push(error instanceof Error ? error.message : String(error));
  }
}

/** However it ended: a container outlives the program that started it. */
async function remove({ program, environment }: ContainerRuntime, name: string): Promise<void> {
  await runProcess({
    ...{ file: program, args: ["rm", "--force", "--volumes", name], environment, user: null, inputs: [] },
    ...{ timeoutMs: REMOVE_MS, outputBytesMax: 1000, memoryBytesMax: Number.MAX_SAFE_INTEGER },
  });
}

type Volume = { readonly from: string; readonly to: string; readonly writable: boolean };

/** The filter that holds in every driver goes above the container's own. */
async function ownFiles(folder: string): Promise<Volume[]> {
  await chmod(folder, 0o755);
  const filter = socketFilter(process.arch);
  const loader = filter && filterLoader(process.arch, filter);
  const files: [string, string | Buffer, string][] = [["forwarder.cjs", FORWARDER_PROGRAM, FORWARDER_FILE]];
  const apart = apartProgram(process.arch);
  if (loader) files.push(["loader", loader, LOADER_INSIDE]);
  if (apart) files.push(["apart", apart, APART_FILE]);
  for (const [name, content] of files) await writeFile(join(folder, name), content, { mode: 0o755 });
  return files.map(([name, , to]) => ({ from: join(folder, name), to, writable: false }));
}

async function volumesOf(runtime: ContainerRuntime, request: RunRequest): Promise<Volume[]> {
  const { mounts = [], proxySocket } = request;
  const { uid, gid, by } = runtime.user;
  const give = async (path: string) => (by === "given" ? await chown(path, uid, gid) : undefined);
  for (const { from, writes } of mounts) if (writes === "kept") await give(from);
  if (proxySocket !== undefined) await give(proxySocket);
  const all = mounts.map((mount, index) => ({
    from: mount.from,
    to: mount.writes === "discarded" ? copyOf(index) : placeOf(mount),
    writable: mount.writes === "kept",
  }));
  const socket = proxySocket === undefined ? [] : [{ from: proxySocket, to: PROXY_SOCKET_INSIDE, writable: true }];
  return [...all, ...socket];
}

function copyOf(index: number): string {
  return `/opt/coop/copies/${index}`;
}

function argumentsOf(
  runtime: ContainerRuntime,
  request: RunRequest,
  name: string,
  volumes: readonly Volume[],
): string[] {
  const discarded = (request.mounts ?? []).flatMap((mount, index) =>
    mount.writes === "discarded" ? [{ mount, index }] : [],
  );
  const outside = discarded.map(({ mount }) => placeOf(mount)).filter((place) => !place.startsWith("/workspace/"));
  // A place that the image has keeps its own mode in docker, so the owner is named too; podman knows no owner, and needs none.
  const { uid, gid, by } = runtime.user;
  const owner = runtime.name === "docker" ? `,uid=${uid},gid=${gid}` : "";
  const room = (place: string, bytes: number) => [
    "--tmpfs",
    `${place}:rw,exec,nosuid,nodev,size=${bytes},mode=1777${owner}`,
  ];
  const environment = Object.entries(environmentOf([], request)).flatMap(([key, value]) => [
    "--env",
    `${key}=${value}`,
  ]);
  const inside = insideScript("prlimit", request, prepare(discarded), "exec 0</dev/null");
  const sizes = roomSizes(runtime.memoryBytesMax);
  const seconds = Math.ceil(request.timeoutMs / 1000);
  return [
    ...(runtime.engine === null ? [] : ["--runtime", runtime.engine]),
    ...["run", "--interactive", "--pull=never", "--name", name, "--hostname", "sandbox", "--log-driver", "none"],
    ...["--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...["--user", `${uid}:${gid}`, "--workdir", "/workspace"],
    ...(by === "mapped" ? [`--userns=keep-id:uid=${uid},gid=${gid}`] : []),
    ...["--memory", `${runtime.memoryBytesMax}`, "--memory-swap", `${runtime.memoryBytesMax}`],
    ...[
      "--ulimit",
      `nofile=${OPEN_FILES_MAX}:${OPEN_FILES_MAX}`,
      "--ulimit",
      `nproc=${PROCESSES_MAX}:${PROCESSES_MAX}`,
    ],
    ...["--pids-limit", `${PROCESSES_MAX}`, "--shm-size", `${sizes.sharedMemory}`],
    ...room("/workspace", sizes.workspace),
    ...room("/tmp", sizes.temporary),
    ...outside.flatMap((place) => room(place, sizes.workspace)),
    ...volumes.flatMap(({ from, to, writable }) => ["--volume", `${from}:${to}:${writable ? "rw" : "ro"}`]),
    ...environment,
    ...["--entrypoint", LOADER_INSIDE, runtime.image],
    ...["/bin/sh", "-c", CLOCK, `${seconds}`, ...inside],
  ];
}

/** The kernel counts for a container how often it ended one of its processes for want of memory. */
const CLOCK = [
  'timeout --kill-after=2 "$0" "$@"',
  "status=$?",
  "grep -qs '^oom_kill [1-9]' /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control &&",
  `  echo '${OUT_OF_MEMORY_LINE}' >&2`,
  "exit $status",
].join("\n");

function prepare(discarded: readonly { readonly mount: Mount; readonly index: number }[]): string[] {
  return [
    "mkdir -p /tmp/home /tmp/coop-reports",
    "tar -x -f - -C /workspace",
    ...discarded.flatMap(({ mount, index }) => [
      `mkdir -p ${quoted(placeOf(mount))}`,
      // What is in it and not the folder itself, which may belong to root.
      `find ${copyOf(index)} -mindepth 1 -maxdepth 1 -exec cp -dR --preserve=mode,timestamps,links -t ${quoted(placeOf(mount))} -- {} +`,
    ]),
  ];
}
