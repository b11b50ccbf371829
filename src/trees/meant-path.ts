import { withoutPercentCodes } from "../percent-codes.ts";

/** As long as Linux takes a path; what is longer means none. */
const SAID_CHARS_MAX = 4_096;

/**
 * The existing path that somebody's spelling of a path can only mean: `./x`, `/x`, `` `x` ``, `b/x` of a diff, `x:12`,
 * another case or Unicode form. An existing path is always itself, and a folder of the repository is never a diff's `b/`.
 * @returns null when none or more than one can be meant
 */
export function meantPath(said: string, paths: ReadonlySet<string>): string | null {
  if (said.length > SAID_CHARS_MAX) return null;
  const spellings = spellingsOf(said);
  const exact = spellings.find((one) => paths.has(one));
  if (exact !== undefined) return exact;
  const folds = new Set(spellings.map(folded));
  const alike = [...paths].filter((one) => folds.has(folded(one)));
  if (alike.length > 0) return alike.length === 1 ? (alike[0] ?? null) : null;
  return spellings.map((one) => unframed(slashed(one), paths)).find((one) => one !== null && paths.has(one)) ?? null;
}

/** Letters that only look alike, or mean the same to a reader (`ρ` and `p`, `x²` and `x2`, `ß` and `ss`), stay two: each may be a file. */
function folded(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/**
 * Where a file is to be written or deleted. Nothing is done to another file than the one that was named: what may be a new
 * folder's name as well as a diff's or a container's is asked about. `./` says that it is a folder's.
 */
export function pathToWrite(said: string, paths: ReadonlySet<string>): string | { readonly either: [string, string] } {
  const literal = newPathMeant(said, paths);
  const meant = meantPath(said, paths);
  const rooted = dotless(slashed(unquoted(said))).replace(/^\/+/, "");
  const isRooted = unquoted(said).startsWith("/");
  if (isDotted(said) && unframed(rooted, paths) !== null) return literal;
  if (isRooted && !OF_DIFF.test(rooted))
    return meant === null && paths.has(literal) ? { either: [literal, `./${rooted}`] } : (meant ?? literal);
  const other = unframed(rooted, paths);
  if (other === null || paths.has(rooted)) return meant ?? literal;
  const isOther = meant !== null || isFolder(folderOf(other), paths);
  return isOther ? { either: [meant ?? other, `./${rooted}`] } : literal;
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
  const careless = carelessSpellings(said).find((one) => paths.has(one));
  if (careless !== undefined) return careless;
  const byEnd = spellingsOf(said).map((end) => [...paths].filter((one) => one.endsWith(`/${end}`)));
  const found = byEnd.find((some) => some.length > 0) ?? [];
  const [only, ...others] = found.length > 1 ? found.filter((one) => likely.has(one)) : found;
  return only !== undefined && others.length === 0 ? only : null;
}

/**
 * A new file's name without the marks that only quote it or point to the root. What stands before it is taken away only with a
 * leading `/`, and where one place alone can be meant: `b/x` may well be a new folder.
 */
export function newPathMeant(said: string, paths: ReadonlySet<string>): string {
  const plain = unquoted(said);
  if (plain.length > SAID_CHARS_MAX) return plain;
  const path = dotless(isOnWindows(plain, paths) ? slashed(plain) : plain);
  if (!path.startsWith("/")) return path;
  const rooted = path.replace(/^\/+/, "");
  const inside = CONTAINER.test(path) ? path.replace(CONTAINER, "") : null;
  if (!rooted.includes("/")) return rooted;
  if (OF_THE_SYSTEM.test(path) || !isFolder(topOf(rooted), paths)) return inside ?? path;
  if (inside === null || !isFolder(topOf(inside), paths)) return rooted;
  // Both can be meant: the one whose own folder is there, or else none, so that the path is refused.
  const [hasRooted, hasInside] = [isFolder(folderOf(rooted), paths), isFolder(folderOf(inside), paths)];
  return hasRooted === hasInside ? path : hasInside ? inside : rooted;
}

/** Where containers of other agents have their files. */
const CONTAINER = /^(?:\/(?:app|repo|src|code|home\/user|tmp\/[\w.-]+)|\/?(?:workspace|workdir|testbed))\//;

/** The same, or what a diff puts before each path. */
const OF_DIFF = /^[ab]\//;
const FRAME = new RegExp(`${CONTAINER.source}|${OF_DIFF.source}`);

/** Of a machine rather than of a repository, also of one with a folder `tmp` or `bin`. */
const OF_THE_SYSTEM = /^\/(?:bin|boot|dev|etc|proc|root|run|sbin|sys|tmp|usr|var)\//;

/** @returns null where nothing stands before it that can be taken away, or where it can be a folder of the repository */
export function unframed(path: string, paths: ReadonlySet<string>): string | null {
  if (!FRAME.test(path)) return null;
  const inside = path.replace(FRAME, "");
  const top = topOf(path.replace(/^\//, ""));
  // `/app/app/x` names both the container's folder and the repository's.
  const isTwice = path.startsWith("/") && topOf(inside) === top && !isFolder(`${top}/${top}`, paths);
  return OF_THE_SYSTEM.test(path) || isTwice || !isFolder(top, paths) ? inside : null;
}

function isFolder(folder: string, paths: ReadonlySet<string>): boolean {
  return folder !== "" && [...paths].some((one) => one.startsWith(`${folder}/`));
}

function topOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf("/")));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function isDotted(said: string): boolean {
  return /^\.[/\\]/.test(unquoted(said));
}

/** A name with a backslash is one in a repository where such names are; a drive is another place than the repository. */
function isOnWindows(path: string, paths: ReadonlySet<string>): boolean {
  return path.includes("\\") && !/^[a-z]:/i.test(path) && ![...paths].some((one) => one.includes("\\"));
}

function spellingsOf(said: string): string[] {
  const plain = dotless(unquoted(said));
  const rooted = dotless(slashed(plain)).replace(/^\/+/, "");
  const placed = rooted.replace(PLACE, "");
  return [...new Set([said, plain, rooted, placed, plain.replace(PLACE, "")])].filter((one) => one !== "");
}

/** What prose and addresses put around a path; only of a file that is there, because each may be part of a new one's name. */
function carelessSpellings(said: string): string[] {
  const plain = unquoted(said);
  const linked = /^\[[^\]]{0,400}\]\(([^()]{1,400})\)$/.exec(plain)?.[1] ?? plain;
  const placed = linked.replace(/ ?\((?:lines? )?\d{1,7}(?:[-–]\d{1,7})?\)$/i, "");
  const bare = placed.replace(/^(?:\*\*|@)/, "").replace(/(?:\*\*|[.,;])$/, "");
  const straight = straightened(slashed(bare));
  return [linked, placed, bare, straight, withoutPercentCodes(straight)];
}

/** Without `//`, `/./` and `x/..`; nothing where it leaves the repository. */
function straightened(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return "";
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** A line of the file, or some of them. */
const PLACE = /(:\d+([-:]\d+)?|#L\d+(-L?\d+)?)$/;

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
