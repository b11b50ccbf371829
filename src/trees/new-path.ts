import { checkPath, foldPath, type PathCheck } from "./paths.ts";

/**
 * May a file of this name be added? What is there already, odd or not, is the repository's own business: only the part
 * of the path that would be new is looked at.
 */
export function newPathProblem(path: string, paths: readonly string[]): PathCheck {
  const folder = deepestFolder(path, paths);
  const check = checkPath(folder === "" ? path : path.slice(folder.length + 1));
  if (check.outcome === "refused") return check;
  const named = folder === "" ? check.path : `${folder}/${check.path}`;
  const why = collision(folder, check.path, paths);
  return why ? { outcome: "refused", why } : { outcome: "ok", path: named };
}

/** The longest part of the path that is a folder now, in exactly this spelling; empty for the root. */
function deepestFolder(path: string, paths: readonly string[]): string {
  const names = path.split("/");
  for (let count = names.length - 1; count > 0; count--) {
    const folder = names.slice(0, count).join("/");
    if (paths.some((other) => other.startsWith(`${folder}/`))) return folder;
  }
  return "";
}

/** Two names that are one on a case-insensitive disk, or a file where a folder stands. */
function collision(folder: string, rest: string, paths: readonly string[]): string | null {
  const within = folder === "" ? "" : `${folder}/`;
  const [name = "", ...deeper] = rest.split("/");
  const wanted = foldPath(name);
  for (const other of paths) {
    if (!other.startsWith(within)) continue;
    const [theirs = "", ...below] = other.slice(within.length).split("/");
    if (foldPath(theirs) !== wanted) continue;
    if (deeper.length > 0 && below.length === 0) return `${within}${theirs} is a file, so nothing can be put below it.`;
    if (deeper.length === 0 && below.length > 0) return `${within}${name} is a folder (it contains ${other}).`;
    return deeper.length > 0
      ? `The folder ${within}${name} differs from the one of ${other} only in its spelling.`
      : `${within}${name} differs from the existing ${other} only in its spelling.`;
  }
  return null;
}
