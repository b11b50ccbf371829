import type { RunRequest } from "../sandbox.ts";
import { quoted } from "./inside.ts";
import type { Mounted } from "./mounts.ts";
import type { Runtime } from "./runtime.ts";
import { FILES_MAX, SIZES } from "./view.ts";

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
 * names say nothing, because mount options can be read inside.
 * @param pairs lower folder → where the writable one appears
 */
export function overlayLines(
  folder: string,
  pairs: readonly { readonly lower: string; readonly at: string }[],
): string[] {
  const upper = `${folder}/upper`;
  return [
    `mkdir -p ${quoted(upper)}`,
    `mount -t tmpfs -o size=${SIZES.workspace},nr_inodes=${FILES_MAX.workspace},mode=0700 none ${quoted(upper)}`,
    ...pairs.flatMap(({ lower, at }, index) => {
      const [up, work] = [`${upper}/u${index}`, `${upper}/w${index}`];
      const options = `lowerdir=${lower},upperdir=${up},workdir=${work},userxattr`;
      return [
        `mkdir -p ${quoted(up)} ${quoted(work)} ${quoted(at)}`,
        `mount -t overlay -o ${quoted(options)} none ${quoted(at)}`,
      ];
    }),
  ];
}
