import { APART_FILE, apartProgram } from "./apart.ts";
import { environmentOf, insideScript, quoted, REPORTS_FOLDER } from "./inside.ts";
import { asUser, type Job, type Launch, overlayLines } from "./stage.ts";
import type { Layer } from "./layers-shown.ts";
import { COVER_BYTES, FEWER_WATCHES, FILES_MAX, INSIDE_UID, roomSizes, type View } from "./view.ts";

/**
 * The driver around bubblewrap. Every run gets namespaces of its own and a workspace in memory, which is gone with the
 * run: repository code has no place on the host's disk to leave anything, or to fill.
 */
const FIRST_DESCRIPTOR = 3;

export function bubblewrapLaunch(job: Job, view: View): Launch & { readonly inputs: readonly Buffer[] } {
  const { runtime, request, mounted } = job;
  const { prepare, lines, binds } = workspaceOf(job);
  const jailed = [
    ...jail(job, view, lines.length > 0),
    ...binds,
    ...mounted.binds.flatMap(({ from, to, writable }) => [writable ? "--bind" : "--ro-bind", from, to]),
    ...mounted.covers.flatMap(layer),
    ...["--chdir", "/workspace", "--remount-ro", "/", "--", ...insideScript(runtime.prlimit, request, prepare)],
  ];
  const stubs = Object.values(view.stubs).map((text) => Buffer.from(text));
  const apart = apartProgram(process.arch);
  const inputs = [...stubs, ...(apart ? [apart] : []), ...(runtime.seccomp ? [runtime.seccomp] : [])];
  if (lines.length === 0) return { ...asUser(job, [runtime.bwrap ?? "bwrap", ...jailed]), inputs };
  const script = ["set -e", FEWER_WATCHES, ...lines, ...roomLines(job), 'exec "$@"'].join("\n");
  const outer = [
    runtime.unshare ?? "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "--",
    "/bin/sh",
    "-c",
    script,
    "sh",
  ];
  return { ...asUser(job, [...outer, runtime.bwrap ?? "bwrap", ...jailed]), inputs };
}

/** bubblewrap limits the size of a file system in memory, and not how many files it has: where something stands in front of it, that makes it. */
const ROOMS = {
  temporary: { at: "tmp", to: "/tmp" },
  sharedMemory: { at: "shm", to: "/dev/shm" },
} as const;

function roomLines({ folder, runtime }: Job): string[] {
  return (["temporary", "sharedMemory"] as const).map((room) => {
    const at = quoted(`${folder}/${ROOMS[room].at}`);
    return `mount -t tmpfs -o size=${roomSizes(runtime.memoryBytesMax)[room]},nr_inodes=${FILES_MAX[room]},mode=1777 none ${at}`;
  });
}

function roomOf(room: keyof typeof ROOMS, { folder, runtime }: Job, isMade: boolean): string[] {
  const { at, to } = ROOMS[room];
  return isMade
    ? ["--bind", `${folder}/${at}`, to]
    : ["--size", `${roomSizes(runtime.memoryBytesMax)[room]}`, "--tmpfs", to];
}

type Workspace = { prepare: string[]; lines: string[]; binds: string[] };

/** The workspace lies over the tree, and nothing is copied; where that is not possible, it is. */
function workspaceOf(job: Job): Workspace {
  const { runtime, folder, tree, mounted } = job;
  const lies = runtime.overlay ? ("below" as const) : ("copied" as const);
  const all = [{ from: tree, to: "/workspace", lies }, ...mounted.discarded];
  const overlaid = all.filter((one) => one.lies === "below");
  const copied = all.filter((one) => one.lies === "copied");
  const pairs = overlaid.map(({ from }, index) => ({ lower: from, at: `${folder}/o${index}` }));
  const roomFolders = Object.values(ROOMS).map(({ at }) => `${folder}/${at}`);
  const room = (to: string) => ["--size", `${roomSizes(runtime.memoryBytesMax).workspace}`, "--tmpfs", to];
  return {
    lines: pairs.length > 0 ? overlayLines({ folder, memoryBytesMax: runtime.memoryBytesMax }, pairs, roomFolders) : [],
    binds: [
      ...overlaid.flatMap(({ to }, index) => ["--bind", pairs[index]?.at ?? "", to]),
      ...copied.flatMap(({ to }) => (to.startsWith("/workspace/") ? [] : room(to))),
      ...copied.flatMap(({ from }, index) => ["--ro-bind", from, `/opt/coop/copies/${index}`]),
    ],
    prepare: copied.flatMap(({ to }, index) => [
      `mkdir -p ${quoted(to)}`,
      `cp -a /opt/coop/copies/${index}/. ${quoted(`${to}/`)}`,
    ]),
  };
}

function layer(one: Layer): string[] {
  if (one.kind === "shown") return ["--ro-bind", one.from, one.to];
  return one.kind === "folder" ? ["--size", `${COVER_BYTES}`, "--tmpfs", one.to] : ["--ro-bind", "/dev/null", one.to];
}

function jail(job: Job, view: View, hasRooms: boolean): string[] {
  const { runtime, request } = job;
  const stubs = Object.keys(view.stubs);
  const apart = apartProgram(process.arch) !== null;
  const stub = (path: string, at: number) => ["--perms", "0644", "--ro-bind-data", `${FIRST_DESCRIPTOR + at}`, path];
  const environment = Object.entries(environmentOf(runtime.toolchain, request));
  return [
    // Started by root, /proc/sys would be writable; `user` in the runtime sees to it that we are not.
    ...["--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent", "--new-session"],
    ...["--cap-drop", "ALL", "--clearenv", "--hostname", "sandbox"],
    ...["--uid", `${INSIDE_UID}`, "--gid", `${INSIDE_UID}`],
    ...environment.flatMap((pair) => ["--setenv", ...pair]),
    ...view.layers.flatMap(layer),
    ...stubs.flatMap(stub),
    ...(apart ? ["--perms", "0755", "--ro-bind-data", `${FIRST_DESCRIPTOR + stubs.length}`, APART_FILE] : []),
    ...view.links.flatMap(({ path, target }) => ["--symlink", target, path]),
    ...view.layers.flatMap((one) => (one.kind === "folder" ? ["--remount-ro", one.to] : [])),
    ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"],
    // Whoever may write there has the kernel watch the whole machine's load for him, as often as he has files.
    ...["--ro-bind-try", "/proc/pressure", "/proc/pressure"],
    ...["--dev", "/dev", ...roomOf("sharedMemory", job, hasRooms), "--remount-ro", "/dev"],
    ...[...roomOf("temporary", job, hasRooms), "--dir", "/tmp/home", "--dir", REPORTS_FOLDER],
    ...(runtime.seccomp === null ? [] : ["--seccomp", `${FIRST_DESCRIPTOR + stubs.length + (apart ? 1 : 0)}`]),
  ];
}
