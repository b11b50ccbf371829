import { posix } from "node:path";
import { folderOf } from "./inputs.ts";
import type { Manifests } from "./recipe.ts";

/** What requirement files ask for, with everything taken out that would run the repository's own code while it is fetched. */
export type Requirements = {
  readonly lines: readonly string[];
  /** Folders of the repository that are to be installed in place (`-e .`, `./plugin`), from the root. */
  readonly editable: readonly Editable[];
  /** pip then checks every file it takes, and accepts no line without a hash beside those with one. */
  readonly hashed: boolean;
};
export type Editable = { readonly folder: string; readonly extras: readonly string[] };

/** Files that include each other without end. */
const DEPTH_MAX = 8;

export function requirementsOf(manifests: Manifests, path: string): Requirements {
  const lines: string[] = [];
  const editable: Editable[] = [];
  collect(manifests, path, new Set(), lines, editable, 0);
  return { lines, editable, hashed: lines.some((line) => line.includes("--hash=")) };
}

function collect(
  manifests: Manifests,
  path: string,
  seen: Set<string>,
  lines: string[],
  editable: Editable[],
  depth: number,
): void {
  const text = manifests.text(path);
  if (text === undefined || seen.has(path) || depth > DEPTH_MAX) return;
  seen.add(path);
  for (const line of logicalLines(text)) {
    const included = /^(?:-r|--requirement|-c|--constraint)[ =]?\s*(\S+)$/.exec(line);
    const local = localFolder(line, path);
    if (included?.[1] && /^(-r|--req)/.test(line))
      collect(manifests, beside(path, included[1]), seen, lines, editable, depth + 1);
    else if (included?.[1]) lines.push(`-c ${beside(path, included[1])}`);
    else if (local) editable.push(local);
    else lines.push(line);
  }
}

/** Continued lines are joined, comments dropped. */
function logicalLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/**
 * `-e .`, `-e ./a[test]`, `-e a`, `.`, `./a`, `a/b`, `file:./a`: places in the repository, which have no code in the fetch step.
 * pip takes whatever has a slash, or stands behind `-e`, for a path.
 */
function localFolder(line: string, path: string): Editable | null {
  const inPlace = /^(?:-e|--editable)[ =]?\s*/.exec(line)?.[0] ?? "";
  const target = line.slice(inPlace.length).replace(/^file:(\/\/)?(?=\.|[\w-]+\/)/, "");
  const isPath = /^\.{1,2}([/[]|$)/.test(target) || (inPlace ? /^[\w.-]/ : /^[\w.-]+\//).test(target);
  if (!isPath || /^[^[]*(?::|\s@|\+)/.test(target)) return null;
  const [, folder = ".", extras = ""] = /^([^[\s]*)(?:\[([^\]]*)\])?/.exec(target) ?? [];
  // pip reads such paths from where it is started, which is the folder of the first file.
  const at = posix.normalize(posix.join(folderOf(path), folder)).replace(/\/$/, "");
  return at.startsWith("..")
    ? null
    : { folder: at === "." ? "" : at, extras: extras.split(",").map((one) => one.trim()) };
}

function beside(path: string, other: string): string {
  return posix.normalize(posix.join(folderOf(path), other));
}

/** The name of a requirement in its normal form, `null` for options and addresses. */
export function nameOf(requirement: string): string | null {
  const name = /^([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1];
  return name ? name.toLowerCase().replace(/[-_.]+/g, "-") : null;
}
