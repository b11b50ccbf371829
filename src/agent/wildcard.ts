import { walkPattern } from "../trees/walk-pattern.ts";

/** Longer than any path; such a one fits nothing. */
const PATTERN_CHARS_MAX = 1_000;

/** Path patterns with `*` only, from a model that a stranger may have talked to. */
export function matchesPath(path: string, pattern: string | null): boolean {
  if (path === pattern) return true;
  if ((pattern?.length ?? 0) > PATTERN_CHARS_MAX) return false;
  const wanted = trimmed(trimmed((pattern ?? "").trim(), "`'\"").replace(/^\.?\/+/, ""), "/");
  if (wanted === "" || wanted === "." || wanted === "null") return true;
  if (!wanted.includes("*")) return path === wanted || path.startsWith(`${wanted}/`);
  return matchesWildcard(path, wanted.replaceAll("**/", "*").replace(/\*+/g, "*"));
}

/** Without these signs at either end. A pattern anchored at the end alone would begin at each of them anew. */
function trimmed(text: string, signs: string): string {
  let [from, to] = [0, text.length];
  while (from < to && signs.includes(text.charAt(from))) from += 1;
  while (to > from && signs.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function matchesWildcard(text: string, pattern: string): boolean {
  return walkPattern(text.length, pattern.length, {
    isStar: (want) => pattern[want] === "*",
    fits: (at, want) => pattern[want] === text[at],
  });
}
