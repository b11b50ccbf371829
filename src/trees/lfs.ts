import { walkPattern } from "./walk-pattern.ts";

/**
 * Which paths a repository keeps in Git LFS, by its `.gitattributes`. Whoever writes such a path without git writes the content
 * itself where a pointer belongs, and the next checkout breaks on it.
 */
export type Attributes = { readonly folder: string; readonly text: string };

/** The largest known files of attributes have some hundreds. */
const LINES_MAX = 5_000;
/** Longer than any path pattern that people write. */
const PATTERN_CHARS_MAX = 300;

/** @param attributes the files that count for the path, the outermost first; the last line that fits decides */
export function isInLfs(path: string, attributes: readonly Attributes[]): boolean {
  let inLfs = false;
  for (const { folder, text } of attributes) {
    const below = folder === "" ? path : path.slice(folder.length + 1);
    for (const line of text.split("\n", LINES_MAX)) {
      const filter = filterIn(line);
      if (filter && fits(below, filter.pattern)) inLfs = filter.lfs;
    }
  }
  return inLfs;
}

function filterIn(line: string): { readonly pattern: string; readonly lfs: boolean } | null {
  const trimmed = line.trim();
  if (trimmed === "" || trimmed.startsWith("#")) return null;
  const quoted = /^"((?:[^"\\]|\\.){1,300})"/.exec(trimmed)?.[1];
  const pattern = quoted ?? trimmed.split(/\s/, 1)[0] ?? "";
  const words = trimmed.slice(quoted === undefined ? pattern.length : quoted.length + 2).split(/\s+/);
  const last = words.findLast((word) => /^[-!]?filter(?:=|$)/.test(word));
  if (last === undefined || pattern.length > PATTERN_CHARS_MAX) return null;
  return { pattern: pattern.replaceAll("[[:space:]]", " "), lfs: last === "filter=lfs" };
}

/** A pattern without a slash fits a name in any folder, as git has it. */
function fits(path: string, pattern: string): boolean {
  const names = path.split("/");
  if (!pattern.includes("/")) return fitsName(names.at(-1) ?? "", pattern);
  return fitsNames(names, pattern.replace(/^\//, "").split("/"));
}

function fitsNames(names: readonly string[], wanted: readonly string[]): boolean {
  return walkPattern(names.length, wanted.length, {
    isStar: (want) => wanted[want] === "**",
    fits: (at, want) => fitsName(names[at] ?? "", wanted[want] ?? ""),
  });
}

function fitsName(name: string, pattern: string): boolean {
  const parts = pattern.match(/\[[^\]]{1,60}\]|[\s\S]/g) ?? [];
  return walkPattern(name.length, parts.length, {
    isStar: (want) => parts[want] === "*",
    fits: (at, want) => fitsCharacter(name[at] ?? "", parts[want] ?? ""),
  });
}

function fitsCharacter(character: string, part: string): boolean {
  if (part === "?") return true;
  if (part.length === 1) return part === character;
  const inside = part.slice(1, -1);
  const not = /^[!^]/.test(inside);
  const set = inside.slice(not ? 1 : 0);
  const found =
    [...set.matchAll(/(.)-(.)/g)].some(([, from = "", to = ""]) => from <= character && character <= to) ||
    set.includes(character);
  return found !== not;
}
