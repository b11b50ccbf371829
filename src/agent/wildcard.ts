import { walkPattern } from "../trees/walk-pattern.ts";

/** Path patterns with `*` only, from a model that a stranger may have talked to. */
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

function matchesWildcard(text: string, pattern: string): boolean {
  return walkPattern(text.length, pattern.length, {
    isStar: (want) => pattern[want] === "*",
    fits: (at, want) => pattern[want] === text[at],
  });
}
