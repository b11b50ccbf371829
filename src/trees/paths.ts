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

/**
 * Also catches what HFS+ ignores when it looks for `.git`, everything that reorders text on a screen, and letters of private use,
 * in which a share of Windows hides signs that it allows in no name.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\u{1d159}]/u;
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
  if (/^~(?!\$)/.test(path.normalize("NFKC")))
    return "The path begins with `~`, which a shell replaces by somebody's home folder.";
  if (SLASH_LIKE.test(path)) return "The path contains a sign that looks like a slash and is none.";
  if (/%(?:25)*(?:2e|2f|5c|00|c0%a[ef]|u00(?:2e|2f|5c)|uff(?:0e|0f|3c))/i.test(path))
    return "The path contains a dot or slash as a percent code; write it plainly.";
  for (const name of path.split("/")) {
    const why = problemOfName(name) ?? problemOnWindows(name);
    if (why) return why;
  }
  // A folder with this file and two more is a repository of its own to git, whose configuration it then runs.
  if (/(?:^|\/)head$/i.test(path)) return "The file is called `HEAD`, by which git knows a repository.";
  return null;
}

const SLASH_LIKE = /[\u0337\u0338\u2044\u2215\u244a\u2571\u2572\u29f8\u29f9\ufe68\uff0f\u2216\u29f5\uff3c]/;

function problemOfName(name: string): string | null {
  if (name === "") return "The path has an empty part (`//` or a `/` at its end).";
  if (name === "." || name === "..") return "The path contains `.` or `..`; name the file directly.";
  if (new TextEncoder().encode(name).length > NAME_BYTES_MAX)
    return `A name in the path has more than ${NAME_BYTES_MAX} bytes.`;
  if (isGitName(name)) return "The path leads into `.git`, which is not part of the repository's content.";
  if (/^(?:\.|\.{2,}[^\p{L}\p{N}_]*)$/u.test(name.normalize("NFKC").trim()))
    return "A name in the path looks like `.` or `..`; name the file directly.";
  const isVariable = /^\$(?:HOME|PATH|PWD|OLDPWD|TMPDIR|USER)(?!\w)/.test(name);
  // A template's `${{name}}` and a percent code (`%20`) are no variables of a shell.
  if (isVariable || /\$\{(?!\{)|%(?!\d|[A-F][0-9A-F]%)\w+%/i.test(name))
    return "A name in the path contains a variable (`${NAME}` or `%NAME%`), which a shell would replace by its value.";
  if (/[`;]|\$\(/.test(name)) return "A name in the path has a sign by which a shell begins another command.";
  // What is started with the names of files reads such a one as an option.
  if (name.startsWith("-")) return "A name in the path begins with `-`, which programs read as an option.";
  // Windows drops them, so that `x.` and `x` would be one file.
  if (/[.\s]$/.test(name)) return "A name in the path ends with a dot or a space.";
  if (/^\s/.test(name)) return "A name in the path begins with a space.";
  return null;
}

/** Devices that Windows finds in every folder, whatever stands behind the dot. */
const DEVICE = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) {0,9}(?:\.|$)/i;
/** The second name that Windows gives to every long one: `GITMOD~1` is `.gitmodules`, `GI7EB~1` may be anything. */
const SHORT_NAME = /^[^.]{1,7}~\d{1,5}(?:\.[^.]{0,3})?$/;

function problemOnWindows(name: string): string | null {
  // A repository that has such a name cannot be checked out there any more.
  if (/[<>"|?*]/.test(name)) return "A name in the path has a sign that Windows allows in none.";
  if (DEVICE.test(name.normalize("NFKC"))) return "A name in the path is a device on Windows.";
  if (SHORT_NAME.test(name))
    return "A name in the path has the form of a Windows short name, which means another file.";
  return null;
}

/**
 * `.git` in the spellings that some file system takes for it: case (also the Turkish one), wide letters, accents, trailing dots
 * and spaces, and the short name.
 */
function isGitName(name: string): boolean {
  const letters = name.normalize("NFKD").toUpperCase().toLowerCase().replace(/\p{M}+/gu, ""); // prettier-ignore
  const plain = letters.replace(/(?<![.\s])[.\s]+$/, "");
  return plain === ".git" || foldPath(plain) === ".git" || /^\.?git~\d+$/.test(plain);
}

/**
 * The weaker question for paths that already stand in a repository: may it be written below a directory of ours?
 * Odd names (`a:b`, trailing spaces) are a repository's own business there.
 */
export function staysInside(path: string): boolean {
  if (path === "" || path.includes("\u0000")) return false;
  return path.split("/").every((name) => name !== "" && name !== "." && name !== ".." && !isGitName(name));
}

/** Letters of other scripts that a reader takes for ours, in the order of ours. */
const LOOKALIKE = "асԁеһіјӏорԛѕԝхуνοɑɡıѵցհոօᴄꜱꭺⲟтвмнкѡꙇαβεζηικρτυχωսȷƅƒɩĸꞵꓮꮪꮯᴀʙᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ‐‑‒–—−’";
const OURS_LIKE = "acdehijlopqswxyvoagivghnocsaotbmhkwiabezhikptuxwujbfikbascabdeghijklmnoprtuvwyz------'";

/**
 * One name for all spellings that a case-insensitive or decomposing file system, or a person, takes for the same file.
 */
export function foldPath(path: string): string {
  // By way of capitals, which are the same for `ß` and `ss`, `ſ` and `s`, `ς` and `σ`; `ẞ` is one itself.
  const folded = path
    .normalize("NFKC")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/i\u0307/g, "i");
  return folded
    .normalize("NFC")
    .replace(/[^\u0000-\u007f]/g, (letter) => OURS_LIKE.charAt(LOOKALIKE.indexOf(letter)) || letter);
}
