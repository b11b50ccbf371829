import { existsSync } from "node:fs";
import { FORWARDER_FILE, FORWARDER_PROGRAM } from "./forwarder.ts";
import { type Layer, layersOf, type Shown } from "./layers-shown.ts";
import type { Runtime } from "./runtime.ts";

/** What of this machine is seen inside a sandbox that shares its programs; the same for every driver of that kind. */
export type View = {
  /** In this order: what comes later lies over what came before. */
  readonly layers: readonly Layer[];
  /** Small files of our own, by path inside. */
  readonly stubs: Readonly<Record<string, string>>;
  readonly links: readonly { readonly path: string; readonly target: string }[];
};

const MB = 1024 * 1024;
const SIZES = {
  /** The tree (at most half of it) and what a build adds. */
  workspace: 1024 * MB,
  /** Caches of compilers and package managers. */
  temporary: 512 * MB,
  sharedMemory: 64 * MB,
};
/** What lies there is memory of the run, and counted as such; together they are never larger than all that it may have. */
const SHARES = { workspace: 0.5, temporary: 0.25, sharedMemory: 0.05 };

/** Of the file systems in memory. */
export function roomSizes(memoryBytesMax: number): typeof SIZES {
  const of = (room: keyof typeof SIZES) => Math.min(SIZES[room], Math.floor(memoryBytesMax * SHARES[room]));
  return { workspace: of("workspace"), temporary: of("temporary"), sharedMemory: of("sharedMemory") };
}
/** Each takes a kilobyte of the kernel's memory, also an empty file; twice what the largest builds write. */
export const FILES_MAX = { workspace: 400_000, temporary: 200_000, sharedMemory: 10_000 };
/** What covers a private folder holds nothing but ways to folders that are shown within it. */
export const COVER_BYTES = 64 * 1024;
export const INSIDE_UID = 1000;

/**
 * Watched files are counted for a user of the machine, in whatever namespace he is: a run that takes them all leaves a person's editor
 * none. For a user namespace that is being built, by its root.
 */
export const FEWER_WATCHES =
  "{ echo 64 > /proc/sys/user/max_inotify_instances; echo 65536 > /proc/sys/user/max_inotify_watches; } 2>/dev/null || true";

/** Files of /etc that programs need to start and to tell the time; none of them says anything about the host's users. */
const ETC_FILES = ["ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "protocols", "services"];
/** Stand-ins for files that programs expect. */
const STUBS = {
  "/etc/passwd": `coop:x:${INSIDE_UID}:${INSIDE_UID}::/tmp/home:/bin/sh\n`,
  "/etc/group": `coop:x:${INSIDE_UID}:\n`,
  "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
  [FORWARDER_FILE]: FORWARDER_PROGRAM,
};

/** Folders of the host at their own place; those that this machine lacks are left out. */
export function foldersShown(toolchain: readonly string[]): Shown[] {
  // /bin and the others are symbolic links into /usr on most systems; a bind follows them either way.
  const own = ["/usr", "/bin", "/sbin", "/lib", "/lib64", ...ETC_FILES.map((name) => `/etc/${name}`)];
  return [...own, ...toolchain].filter((path) => existsSync(path)).map((path) => ({ from: path, to: path }));
}

export function viewOf(runtime: Runtime): View {
  const folders = [
    ...foldersShown(runtime.toolchain),
    { from: runtime.node, to: "/opt/coop/bin/node" },
    ...(runtime.npm === null ? [] : [{ from: runtime.npm, to: "/opt/coop/npm" }]),
  ];
  const links =
    runtime.npm === null
      ? []
      : ["npm", "npx"].map((name) => ({ path: `/opt/coop/bin/${name}`, target: `/opt/coop/npm/bin/${name}-cli.js` }));
  return { layers: layersOf(folders, runtime.privatePaths), stubs: STUBS, links };
}
