import type { MemoryGroups } from "../memory-groups.ts";
import type { TreeCache } from "../tree-cache.ts";

/** What the sandbox needs of this machine; found once, at start-up. */
export type Runtime = {
  readonly bwrap: string | null;
  readonly unshare: string | null;
  readonly setpriv: string | null;
  readonly prlimit: string;
  readonly mkfifo: string | null;
  /** The program `node`, first on the PATH inside. */
  readonly node: string;
  /** Folder of npm's package, or null when the host has none. */
  readonly npm: string | null;
  /** The system call filter; null on a processor for which there is none. */
  readonly seccomp: Buffer | null;
  /** An ordinary user to drop to when the server runs as root; null when it does not. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** Whether ordinary users may lay one folder over another here; found by trying. */
  readonly overlay: boolean;
  readonly trees: TreeCache;
  readonly temporary: string;
  readonly memoryBytesMax: number;
  /** Null where a run's memory can only be looked at. */
  readonly groups: MemoryGroups | null;
  readonly toolchain: readonly string[];
  /** Places that are covered where they lie within a folder that is shown. */
  readonly privatePaths: readonly string[];
};

export type RuntimeOptions = {
  /** The host's PATH: where `bwrap`, `prlimit` and `npm` are looked for. */
  readonly searchPath: string;
  /** The node that runs us, which repository code will be run by. */
  readonly nodePath: string;
  readonly temporary: string;
  /** Further folders with tools, shown read-only at their own place; their `bin` goes on the PATH. */
  readonly toolchain: readonly string[];
  /** Places of the host that must not be visible inside: data directory, configuration, home. */
  readonly privatePaths: readonly string[];
  /** Of one run: all its processes together, and what it writes, which lies in memory. Absent: what most test suites need. */
  readonly memoryBytesMax?: number;
  /** Where the daemon of a container engine is, and the person's settings of it; without it only the usual places are tried. */
  readonly engineEnvironment?: Readonly<Record<string, string>>;
};

/** Node, a compiler and a browserless test runner side by side, and what a build writes; also said in the README as the server file's default. */
export const RUN_MEMORY_BYTES = 3072 * 1024 * 1024;
