import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { blobSha } from "../trees/blob-sha.ts";
import type { Snapshot, TreeFile } from "../trees/tree.ts";

/** A folder of this machine as a snapshot. Nothing in it is run, and no link is followed. */
export type FolderReading =
  | { readonly outcome: "read"; readonly snapshot: Snapshot; readonly contents: Map<string, Buffer> }
  | { readonly outcome: "refused"; readonly why: string };

/** As many as the sandbox takes. */
const FILES_MAX = 20_000;
const BYTES_MAX = 512 * 1024 * 1024;

/** What installing leaves behind: a folder with one of these in it was made by a program, not by the author. */
const INSTALLED = [".package-lock.json", ".modules.yaml", ".yarn-integrity", ".yarn-state.yml", "pyvenv.cfg"];
const LEFT_OUT = new Set([".git", "__pycache__", ".pytest_cache", ".mypy_cache", ".hg"]);

export async function readFolder(folder: string): Promise<FolderReading> {
  const tree = new Map<string, TreeFile>();
  const contents = new Map<string, Buffer>();
  let bytes = 0;
  const open = [""];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true });
    if (at !== "" && entries.some((one) => INSTALLED.includes(one.name))) continue;
    for (const entry of entries) {
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (LEFT_OUT.has(entry.name)) continue;
      if (entry.isDirectory()) {
        open.push(path);
        continue;
      }
      if (!entry.isFile() && !entry.isSymbolicLink()) continue;
      const one = await readOne(join(folder, path));
      bytes += one.content.length;
      if (tree.size >= FILES_MAX || bytes > BYTES_MAX)
        return {
          outcome: "refused",
          why: `${folder} has more than ${FILES_MAX} files or 512 MB: name a commit instead.`,
        };
      contents.set(one.file.sha, one.content);
      tree.set(path, one.file);
    }
  }
  const name = nameOf(tree);
  return { outcome: "read", snapshot: { commitSha: name, treeSha: name, tree }, contents };
}

async function readOne(path: string): Promise<{ file: TreeFile; content: Buffer }> {
  const stat = await lstat(path);
  const content = stat.isSymbolicLink() ? Buffer.from(await readlink(path)) : await readFile(path);
  const mode = stat.isSymbolicLink() ? "120000" : (stat.mode & 0o100) !== 0 ? "100755" : "100644";
  return { file: { mode, sha: blobSha(content), sizeBytes: content.length }, content };
}

/** A folder has no commit; what it contains gives it a name. */
function nameOf(tree: ReadonlyMap<string, TreeFile>): string {
  const lines = [...tree].map(([path, file]) => `${file.mode} ${file.sha} ${path}\n`).sort();
  return createHash("sha1").update(lines.join("")).digest("hex");
}
