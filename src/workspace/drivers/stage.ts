import type { RunRequest } from "../sandbox.ts";
import { quoted } from "./inside.ts";
import type { Mounted } from "./mounts.ts";
import type { Runtime } from "./runtime.ts";
import { FILES_MAX, roomSizes } from "./view.ts";

/**
 * What is made ready outside of a sandbox, in a mount namespace that ends with the run. Two layers, each only where it
 * is needed: a server that is root first binds folders that only root may enter, and then becomes the run's user; that
 * user, as root of a namespace of its own, lays the workspace over the tree, so that nothing is copied.
 */
export type Job = {
  readonly runtime: Runtime;
  readonly request: RunRequest;
  /** Of this run alone, on the host; the run's user may enter it. */
  readonly folder: string;
  /** Where the tree was written; never changed by a run. */
  readonly tree: string;
  readonly mounted: Mounted;
};

export type Launch = { readonly file: string; readonly args: readonly string[]; readonly user: Runtime["user"] };

/** @param words a command line of the run's user */
export function asUser({ runtime, mounted }: Job, words: readonly string[]): Launch {
  const { user, unshare } = runtime;
  const [file = "", ...args] = words;
  if (mounted.staged.length === 0 || !user) return { file, args, user };
  const script = [
    "set -e",
    ...mounted.staged.map(({ from, to }) => `mount --bind ${quoted(from)} ${quoted(to)}`),
    `exec setpriv --reuid ${user.uid} --regid ${user.gid} --clear-groups --pdeathsig KILL -- "$@"`,
  ];
  return {
    file: unshare ?? "unshare",
    args: ["--mount", "--", "/bin/sh", "-c", script.join("\n"), "sh", ...words],
    user: null,
  };
}

/**
 * Shell lines that lay writable folders over ones that stay as they are, all of them in one file system in memory. The
 * names say nothing, because mount options can be read inside. Every program that is started here costs each run a millisecond.
 * @param pairs lower folder → where the writable one appears
 * @param empty further folders to make beside them
 */
export function overlayLines(
  { folder, memoryBytesMax }: { readonly folder: string; readonly memoryBytesMax: number },
  pairs: readonly { readonly lower: string; readonly at: string }[],
  empty: readonly string[] = [],
): string[] {
  const upper = `${folder}/upper`;
  const parts = pairs.map(({ lower, at }, index) => ({
    lower,
    at,
    up: `${upper}/u${index}`,
    work: `${upper}/w${index}`,
  }));
  // What lies within another one can only be made when that one is there.
  const isWithin = (at: string) => pairs.some((other) => at.startsWith(`${other.at}/`));
  const first = parts.filter(({ at }) => !isWithin(at));
  return [
    `mkdir -p ${[upper, ...first.map(({ at }) => at), ...empty].map(quoted).join(" ")}`,
    `mount -t tmpfs -o size=${roomSizes(memoryBytesMax).workspace},nr_inodes=${FILES_MAX.workspace},mode=0700 none ${quoted(upper)}`,
    `mkdir ${parts
      .flatMap(({ up, work }) => [up, work])
      .map(quoted)
      .join(" ")}`,
    ...parts.flatMap(({ lower, at, up, work }) => {
      const options = `lowerdir=${lower},upperdir=${up},workdir=${work},userxattr`;
      const mount = `mount -t overlay -o ${quoted(options)} none ${quoted(at)}`;
      return isWithin(at) ? [`mkdir -p ${quoted(at)}`, mount] : [mount];
    }),
  ];
}
