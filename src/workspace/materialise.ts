import { chmod, lchown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { staysInside } from "../trees/paths.ts";
import { type Blobs, type Tree, TREE_BYTES_MAX, type TreeFile } from "../trees/tree.ts";

/** Of a path that is too long to be written. */
const PATH_CHARS_SHOWN = 80;

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
  /** How its name begins; the id of this process follows, so that leftovers of dead ones can be told (`leftovers.ts`). */
  readonly name?: "coop-run" | "coop-tree";
  /** Who reads it, when that is not ourselves; all of it belongs to them, as an overlay needs. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
};

/** A large application; beyond it the copies for every run would take longer than the tests. */
export const TREE_FILES_MAX = 50_000;
/** What Linux takes for one name, for a link's target, and (less what our own folder needs) for a path. */
const NAME_BYTES_MAX = 255;
const LINK_BYTES_MAX = 4095;
const PATH_BYTES_MAX = 3800;
/** Enough to keep a disk busy; more open files at once only risk the process's own limit. */
const WRITES_AT_ONCE = 32;

export async function materialise(tree: Tree, blobs: Blobs, options: MaterialiseOptions): Promise<Materialised> {
  const why = tooLargeTree(tree);
  if (why) return { outcome: "refused", why };
  const guard = await freshFolder(options);
  const remove = () => rm(guard, { recursive: true, force: true, maxRetries: 2 });
  try {
    const directory = join(guard, "tree");
    await mkdir(directory);
    const missing = await writeTree(directory, tree, blobs, options.owner);
    if (missing) {
      await remove();
      return { outcome: "refused", why: missing };
    }
    await chmod(directory, 0o755);
    // The last step: until then nobody but us can even enter.
    for (const path of [directory, guard]) await give(path, options.owner);
    return { outcome: "done", directory, folder: guard, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A folder that nobody else may enter, named so that `leftovers.ts` knows whose it is. */
export function freshFolder({ parent, name = "coop-run" }: MaterialiseOptions): Promise<string> {
  return mkdtemp(join(parent, `${name}-${process.pid}-`));
}

type Owner = MaterialiseOptions["owner"];

async function give(path: string, owner: Owner): Promise<void> {
  if (owner) await lchown(path, owner.uid, owner.gid);
}

/** @returns a sentence for a tree that no sandbox takes */
export function tooLargeTree(tree: Tree): string | null {
  if (tree.size > TREE_FILES_MAX)
    return `The repository has ${tree.size} files; the sandbox takes at most ${TREE_FILES_MAX}.`;
  let bytes = 0;
  for (const [path, file] of tree) {
    bytes += file.sizeBytes;
    const [shown, pathBytes] = [`${path.slice(0, PATH_CHARS_SHOWN)}…`, Buffer.byteLength(path)];
    if (path.split("/").some((name) => Buffer.byteLength(name) > NAME_BYTES_MAX))
      return `A name in the path ${shown} has more than ${NAME_BYTES_MAX} bytes, which Linux cannot write, so nothing was run.`;
    if (pathBytes > PATH_BYTES_MAX)
      return `The path ${shown} has ${pathBytes} bytes; the sandbox takes at most ${PATH_BYTES_MAX}, so nothing was run.`;
    if (file.mode === "120000" && file.sizeBytes > LINK_BYTES_MAX)
      return `The link ${path} has ${file.sizeBytes} bytes; Linux takes at most ${LINK_BYTES_MAX}, so nothing was run.`;
  }
  return bytes > TREE_BYTES_MAX
    ? `The repository's files have ${Math.round(bytes / 2 ** 20)} MB; the sandbox takes at most ${TREE_BYTES_MAX / 2 ** 20} MB.`
    : null;
}

/** Links come last, so that no file is ever written through one. @returns a sentence when a content is missing */
async function writeTree(directory: string, tree: Tree, blobs: Blobs, owner: Owner): Promise<string | null> {
  const entries = [...tree].filter(([path]) => staysInside(path));
  await makeFolders(directory, entries, owner);
  const files = entries.filter(([, file]) => file.mode === "100644" || file.mode === "100755");
  for (let at = 0; at < files.length; at += WRITES_AT_ONCE) {
    const batch = files.slice(at, at + WRITES_AT_ONCE);
    const written = await Promise.all(batch.map(([path, file]) => writeOne(directory, path, file, blobs, owner)));
    const missing = written.find((one) => one !== null);
    if (missing) return missing;
  }
  for (const [path, file] of entries.filter(([, one]) => one.mode === "120000"))
    await linkOne(directory, path, await blobs.get(file.sha), owner);
  return null;
}

/** Modes are set by hand: the server's umask may hide what the sandbox's user has to read. */
async function makeFolders(directory: string, entries: readonly [string, TreeFile][], owner: Owner): Promise<void> {
  const folders = new Set<string>();
  for (const [path, file] of entries) {
    const names = (file.mode === "160000" ? `${path}/.` : path).split("/");
    for (let depth = 1; depth < names.length; depth++) folders.add(names.slice(0, depth).join("/"));
  }
  for (const folder of [...folders].sort()) {
    await mkdir(join(directory, folder), { recursive: true });
    await chmod(join(directory, folder), 0o755);
    await give(join(directory, folder), owner);
  }
}

async function writeOne(
  directory: string,
  path: string,
  file: TreeFile,
  blobs: Blobs,
  owner: Owner,
): Promise<string | null> {
  const content = await blobs.get(file.sha);
  if (!content) return `The content of ${path} could not be found, so nothing was run.`;
  const target = join(directory, path);
  await writeFile(target, content, { flag: "wx" });
  await chmod(target, file.mode === "100755" ? 0o755 : 0o644);
  await give(target, owner);
  return null;
}

/** A link that would leave the tree is left out: followed by a program of ours, it could name any file of the host. */
async function linkOne(directory: string, path: string, content: Buffer | null, owner: Owner): Promise<void> {
  const target = content?.toString("utf8") ?? "";
  if (target === "" || target.includes("\0") || target.startsWith("/")) return;
  const landing = posix.normalize(posix.join(dirname(path), target));
  if (landing === ".." || landing.startsWith("../")) return;
  // A tree in which a link and a folder share a name is malformed; the folder stays.
  try {
    await symlink(target, join(directory, path));
    await give(join(directory, path), owner);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
