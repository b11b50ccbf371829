/**
 * Paths that a model or a stranger names. Everything that git, a file system or a person could read as another place
 * than it says is refused, not repaired: a repaired path would name a file that nobody asked for.
 */
export type PathCheck =
  { readonly outcome: "ok"; readonly path: string } | { readonly outcome: "refused"; readonly why: string };

/** As long as a plan may name; longer ones do not fit the published plan. */
const PATH_CHARS_MAX = 300;
/** The longest file name that Linux file systems take. */
const NAME_BYTES_MAX = 255;

/** Also catches what HFS+ ignores when it looks for `.git`, and everything that reorders text on a screen. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
/** Half of a surrogate pair has no UTF-8 form, so two different paths would become the same bytes. */
const LONE_SURROGATE = /\p{Cs}/u;

/** @returns the path in Unicode form NFC, relative and `/`-separated, or one sentence on why it cannot be used */
export function checkPath(path: string): PathCheck {
  const why = problemOf(path.normalize("NFC"));
  return why ? { outcome: "refused", why } : { outcome: "ok", path: path.normalize("NFC") };
}

function problemOf(path: string): string | null {
  if (path === "") return "The path is empty.";
  if (path.length > PATH_CHARS_MAX) return `The path is longer than ${PATH_CHARS_MAX} characters.`;
  if (INVISIBLE.test(path) || LONE_SURROGATE.test(path)) return "The path contains characters that nobody can see.";
  if (path.startsWith("/")) return "The path is absolute; name it relative to the repository's root.";
  if (path.includes("\\")) return "The path contains a backslash; separate folders with `/`.";
  // Windows reads a colon as a drive (`c:x`) or as a hidden stream of a file (`.git::$INDEX_ALLOCATION`).
  if (path.includes(":")) return "The path contains a colon, which some file systems give a meaning of its own.";
  for (const name of path.split("/")) {
    const why = problemOfName(name);
    if (why) return why;
  }
  return null;
}

function problemOfName(name: string): string | null {
  if (name === "") return "The path has an empty part (`//` or a `/` at its end).";
  if (name === "." || name === "..") return "The path contains `.` or `..`; name the file directly.";
  if (new TextEncoder().encode(name).length > NAME_BYTES_MAX)
    return `A name in the path has more than ${NAME_BYTES_MAX} bytes.`;
  if (isGitName(name)) return "The path leads into `.git`, which is not part of the repository's content.";
  // Windows drops them, so that `x.` and `x` would be one file.
  if (/[. ]$/.test(name)) return "A name in the path ends with a dot or a space.";
  return null;
}

/** `.git` in the spellings that some file system takes for it: case, trailing dots and spaces, and the short name. */
function isGitName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[. ]+$/, "");
  return plain === ".git" || /^\.?git~\d+$/.test(plain);
}

/**
 * The weaker question for paths that already stand in a repository: may it be written below a directory of ours?
 * Odd names (`a:b`, trailing spaces) are a repository's own business there.
 */
export function staysInside(path: string): boolean {
  if (path === "" || path.includes("\u0000")) return false;
  return path.split("/").every((name) => name !== "" && name !== "." && name !== ".." && !isGitName(name));
}

/** One name for all spellings that a case-insensitive or decomposing file system takes for the same file. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase().normalize("NFC");
}
