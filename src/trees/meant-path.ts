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
  return ofContainer(said, paths);
}

/** Where containers of other agents have their files. */
const CONTAINER = /^\/(?:workspace|workdir|app|repo|src|code|home\/user|testbed|tmp\/[\w.-]+)\//;

function ofContainer(said: string, paths: ReadonlySet<string>): string | null {
  const inside = newPathMeant(said).replace(CONTAINER, "");
  return inside !== said && paths.has(inside) ? inside : null;
}

/** A new file's name without the marks that only quote it or point to the root. */
export function newPathMeant(said: string): string {
  return dotless(unquoted(said));
}

function spellingsOf(said: string): string[] {
  const plain = newPathMeant(said);
  const rooted = plain.replaceAll("\\", "/").replace(/^\/+/, "");
  const placed = rooted.replace(/(:\d+([-:]\d+)?|#L\d+(-L?\d+)?)$/, "");
  const ofDiff = [rooted, placed].map((one) => one.replace(/^[ab]\//, ""));
  return [...new Set([said, plain, rooted, placed, ...ofDiff])].filter((one) => one !== "");
}

/** One pattern for both ends would try each pair of them: a path of two thousand quotation marks took ten seconds. */
function unquoted(said: string): string {
  const text = said.trim();
  let [from, to] = [0, text.length];
  while (from < to && "`'\"<".includes(text.charAt(from))) from += 1;
  while (to > from && "`'\">".includes(text.charAt(to - 1))) to -= 1;
  return from > 0 && to < text.length ? text.slice(from, to) : text;
}

function dotless(path: string): string {
  return path.replace(/^(\.\/+)+/, "");
}
