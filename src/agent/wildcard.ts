/**
 * Path patterns with `*` only, matched without a regular expression: a pattern comes from a model that a stranger may
 * have talked to, and must not be able to hold the process up (time is at most pattern × path).
 */
export function matchesPath(path: string, pattern: string | null): boolean {
  if (path === pattern) return true;
  const wanted = unquoted(pattern ?? "")
    .replace(/^\.?\/+/, "")
    .replace(/\/+$/, "");
  if (wanted === "" || wanted === "." || wanted === "null") return true;
  if (!wanted.includes("*")) return path === wanted || path.startsWith(`${wanted}/`);
  return matchesWildcard(path, wanted.replaceAll("**/", "*").replace(/\*+/g, "*"));
}

function unquoted(pattern: string): string {
  return pattern.trim().replace(/^[`'"]+|[`'"]+$/g, "");
}

/** The classic two-pointer match: on a mismatch the last `*` takes one character more. */
function matchesWildcard(text: string, pattern: string): boolean {
  let at = 0;
  let want = 0;
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (pattern[want] === "*") {
      star = want++;
      taken = at;
    } else if (pattern[want] === text[at]) {
      at++;
      want++;
    } else if (star >= 0) {
      want = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  while (pattern[want] === "*") want++;
  return want === pattern.length;
}
