import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { staysInside } from "../trees/paths.ts";
import type { Blobs, Tree, TreeFile } from "../trees/tree.ts";

/**
 * Writes a tree into a fresh directory that only the sandbox's user may enter. Nothing that runs in the sandbox can
 * write there (it is bound read-only and copied inside), so removing it afterwards meets only files that we made.
 */
export type Materialised =
  /** `folder` holds `directory`, the tree, and whatever else belongs to this run alone. */
  | { readonly outcome: "done"; readonly directory: string; readonly folder: string; remove(): Promise<void> }
  | { readonly outcome: "refused"; readonly why: string };

export type MaterialiseOptions = {
  /** Where the fresh directory is made. */
  readonly parent: string;
  /** Who may read it, when that is not ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
};

/** A large application; beyond it the copies for every run would take longer than the tests. */
export const TREE_FILES_MAX = 50_000;
/** Half of the room that a run gets in memory, so that as much is left for what it builds. */
export const TREE_BYTES_MAX = 512 * 1024 * 1024;
/** Enough to keep a disk busy; more open files at once only risk the process's own limit. */
const WRITES_AT_ONCE = 32;

export async function materialise(tree: Tree, blobs: Blobs, options: MaterialiseOptions): Promise<Materialised> {
  const why = tooLarge(tree);
  if (why) return { outcome: "refused", why };
  const guard = await mkdtemp(join(options.parent, "coop-run-"));
  const remove = () => rm(guard, { recursive: true, force: true, maxRetries: 2 });
  try {
    const directory = join(guard, "tree");
    await mkdir(directory);
    const missing = await writeTree(directory, tree, blobs);
    if (missing) {
      await remove();
      return { outcome: "refused", why: missing };
    }
    await chmod(directory, 0o755);
    // The last step: until then nobody but us can even enter.
    if (options.owner) await chown(guard, options.owner.uid, options.owner.gid);
    return { outcome: "done", directory, folder: guard, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function tooLarge(tree: Tree): string | null {
  if (tree.size > TREE_FILES_MAX)
    return `The repository has ${tree.size} files; the sandbox takes at most ${TREE_FILES_MAX}.`;
  let bytes = 0;
  for (const file of tree.values()) bytes += file.sizeBytes;
  return bytes > TREE_BYTES_MAX
    ? `The repository's files have ${Math.round(bytes / 2 ** 20)} MB; the sandbox takes at most ${TREE_BYTES_MAX / 2 ** 20} MB.`
    : null;
}

/** Links come last, so that no file is ever written through one. @returns a sentence when a content is missing */
async function writeTree(directory: string, tree: Tree, blobs: Blobs): Promise<string | null> {
  const entries = [...tree].filter(([path]) => staysInside(path));
  await makeFolders(directory, entries);
  const files = entries.filter(([, file]) => file.mode === "100644" || file.mode === "100755");
  for (let at = 0; at < files.length; at += WRITES_AT_ONCE) {
    const batch = files.slice(at, at + WRITES_AT_ONCE);
    const written = await Promise.all(batch.map(([path, file]) => writeOne(directory, path, file, blobs)));
    const missing = written.find((one) => one !== null);
    if (missing) return missing;
  }
  for (const [path, file] of entries.filter(([, one]) => one.mode === "120000"))
    await linkOne(directory, path, await blobs.get(file.sha));
  return null;
}

/** Modes are set by hand: the server's umask may hide what the sandbox's user has to read. */
async function makeFolders(directory: string, entries: readonly [string, TreeFile][]): Promise<void> {
  const folders = new Set<string>();
  for (const [path, file] of entries) {
    const names = (file.mode === "160000" ? `${path}/.` : path).split("/");
    for (let depth = 1; depth < names.length; depth++) folders.add(names.slice(0, depth).join("/"));
  }
  for (const folder of [...folders].sort()) {
    await mkdir(join(directory, folder), { recursive: true });
    await chmod(join(directory, folder), 0o755);
  }
}

async function writeOne(directory: string, path: string, file: TreeFile, blobs: Blobs): Promise<string | null> {
  const content = await blobs.get(file.sha);
  if (!content) return `The content of ${path} could not be found, so nothing was run.`;
  const target = join(directory, path);
  await writeFile(target, content, { flag: "wx" });
  await chmod(target, file.mode === "100755" ? 0o755 : 0o644);
  return null;
}

/** A link that would leave the tree is left out: followed by a program of ours, it could name any file of the host. */
async function linkOne(directory: string, path: string, content: Buffer | null): Promise<void> {
  const target = content?.toString("utf8") ?? "";
  if (target === "" || target.includes("\0") || target.startsWith("/")) return;
  const landing = posix.normalize(posix.join(dirname(path), target));
  if (landing === ".." || landing.startsWith("../")) return;
  // A tree in which a link and a folder share a name is malformed; the folder stays.
  await symlink(target, join(directory, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}
