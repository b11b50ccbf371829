import { foldPath } from "./paths.ts";

/** As long as Linux takes a path; what is longer means none. */
const SAID_CHARS_MAX = 4_096;

/**
 * The existing path that somebody's spelling of a path can only mean: `./x`, `/x`, `` `x` ``, `b/x` of a diff, `x:12`,
 * another case or Unicode form. An existing path is always itself.
 * @returns null when none or more than one can be meant
 */
export function meantPath(said: string, paths: ReadonlySet<string>): string | null {
  if (said.length > SAID_CHARS_MAX) return null;
  const spellings = spellingsOf(said);
  const exact = spellings.find((one) => paths.has(one));
  if (exact !== undefined) return exact;
  const folds = new Set(spellings.map(foldPath));
  const alike = [...paths].filter((one) => folds.has(foldPath(one)));
  if (alike.length > 0) return alike.length === 1 ? (alike[0] ?? null) : null;
  return spellings.map((one) => inContainer(slashed(one))).find((one) => one !== null && paths.has(one)) ?? null;
}

/**
 * The same, and by the end of its path where only one file has that: for what has to be there already. Never for a file that
 * may be new, which would be written over another one.
 * @param likely of several with that end the one that is among these
 */
export function meantByEnd(
  said: string,
  paths: ReadonlySet<string>,
  likely: ReadonlySet<string> = new Set(),
): string | null {
  const meant = meantPath(said, paths);
  if (meant !== null || said.length > SAID_CHARS_MAX) return meant;
  const byEnd = spellingsOf(said).map((end) => [...paths].filter((one) => one.endsWith(`/${end}`)));
  const found = byEnd.find((some) => some.length > 0) ?? [];
  const [only, ...others] = found.length > 1 ? found.filter((one) => likely.has(one)) : found;
  return only !== undefined && others.length === 0 ? only : null;
}

/**
 * A new file's name without the marks that only quote it or point to the root. What stands before it is taken away only where
 * the repository has no such folder, so that one place alone can be meant.
 */
export function newPathMeant(said: string, paths: ReadonlySet<string>): string {
  const plain = unquoted(said);
  if (plain.length > SAID_CHARS_MAX) return plain;
  const path = dotless(isOnWindows(plain, paths) ? slashed(plain) : plain);
  const isThere = (folder: string) => [...paths].some((one) => one.startsWith(`${folder}/`));
  const top = (of: string) => of.slice(0, Math.max(0, of.indexOf("/")));
  if (path.startsWith("/")) {
    const rooted = path.replace(/^\/+/, "");
    const inside = inContainer(path);
    if (!rooted.includes("/")) return rooted;
    if (OF_THE_SYSTEM.test(path) || !isThere(top(rooted))) return inside ?? path;
    if (inside === null || !isThere(top(inside))) return rooted;
    // Both can be meant: the one whose own folder is there, or else none, so that the path is refused.
    const [hasRooted, hasInside] = [isThere(folderOf(rooted)), isThere(folderOf(inside))];
    return hasRooted === hasInside ? path : hasInside ? inside : rooted;
  }
  const [, framed] = /^(?:[ab]|workspace|workdir|testbed)\/(.+)$/s.exec(path) ?? [];
  return framed !== undefined && !isThere(top(path)) && top(framed) !== "" && isThere(top(framed)) ? framed : path;
}

/** Where containers of other agents have their files. */
const CONTAINER = /^(?:\/(?:app|repo|src|code|home\/user|tmp\/[\w.-]+)|\/?(?:workspace|workdir|testbed))\//;

/** Of a machine rather than of a repository, also of one with a folder `tmp` or `bin`. */
const OF_THE_SYSTEM = /^\/(?:bin|boot|dev|etc|proc|root|run|sbin|sys|tmp|usr|var)\//;

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function inContainer(path: string): string | null {
  return CONTAINER.test(path) ? path.replace(CONTAINER, "") : null;
}

/** A name with a backslash is one in a repository where such names are; a drive is another place than the repository. */
function isOnWindows(path: string, paths: ReadonlySet<string>): boolean {
  return path.includes("\\") && !/^[a-z]:/i.test(path) && ![...paths].some((one) => one.includes("\\"));
}

function spellingsOf(said: string): string[] {
  const plain = dotless(unquoted(said));
  const rooted = dotless(slashed(plain)).replace(/^\/+/, "");
  const placed = rooted.replace(/(:\d+([-:]\d+)?|#L\d+(-L?\d+)?)$/, "");
  const ofDiff = [rooted, placed].map((one) => one.replace(/^[ab]\//, ""));
  return [...new Set([said, plain, rooted, placed, ...ofDiff])].filter((one) => one !== "");
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/** One pattern for both ends would try each pair of them: a path of two thousand quotation marks took ten seconds. */
function unquoted(said: string): string {
  const text = said.trim().replace(/^file:\/\/(?=\/)/, "");
  let [from, to] = [0, text.length];
  while (from < to && "`'\"<".includes(text.charAt(from))) from += 1;
  while (to > from && "`'\">".includes(text.charAt(to - 1))) to -= 1;
  return from > 0 && to < text.length ? text.slice(from, to) : text;
}

function dotless(path: string): string {
  return path.replace(/^(\.\/+)+/, "");
}
