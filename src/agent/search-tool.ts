import { z } from "zod";
import { firstOf } from "../core/rules/and-more.ts";
import { linesOf } from "../roles/citations.ts";
import { meantByEnd } from "../trees/meant-path.ts";
import { listed } from "./listed.ts";
import { defineTool, type Workbench, failure } from "./tool.ts";
import { matchesPath } from "./wildcard.ts";

/** More hits are not read; a narrower pattern is cheaper for everybody. */
const HITS_MAX = 80;
/** Longer text to look for is a mistake. */
const PATTERN_CHARS_MAX = 1_000;
/** What is shown of a line: the hit with its surroundings. */
const SHOWN_CHARS = 240;
/** One file may not fill the whole answer. */
const HITS_A_FILE_MAX = 20;
/** Files read at the same time: more only wait for the disk. */
const READ_AT_ONCE = 64;
/** 25,000 files of a usual size take about two seconds; a search must not hold up a turn for longer than this. */
const SEARCH_MS_MAX = 30_000;

export const search = defineTool({
  name: "search",
  description: "Finds lines with `pattern`, literal and case-sensitive, in `path` as in list_files.",
  args: z.object({ pattern: z.string().min(1).max(PATTERN_CHARS_MAX), path: z.string().default("") }),
  use: async ({ pattern, path }, workbench) => {
    const all = workbench.files.paths();
    const within = all.filter((one) => matchesPath(one, path));
    const meant = within.length > 0 ? null : meantByEnd(path, new Set(all));
    const found = await hitsIn(meant === null ? within : [meant], pattern, workbench);
    const read = `${found.read} of ${meant === null ? within.length : 1} files were read`;
    const late = found.ended === "time" ? ` ${read}: it took too long, so narrow the path.` : "";
    const ended = `${late}${unsearched(found.large)}`;
    if (found.hits.length === 0)
      return within.length === 0 && meant === null
        ? failure(`No file matches ${JSON.stringify(path)}. Call list_files to see the paths.`)
        : failure(`Nothing found in ${found.read} files. The pattern is literal text.${ended}`);
    const more = found.ended === "hits" ? `There are more hits (${read}): narrow pattern or path.` : ended.trim();
    return listed("search", found.hits, workbench, (left) => `${left} more lines: narrow the search.`, more);
  },
});

type Found = {
  readonly hits: string[];
  readonly read: number;
  readonly ended: "all" | "hits" | "time";
  /** Files that were too large to be searched. */
  readonly large: readonly string[];
};

/** Enough to see which kind of file it is. */
const LARGE_NAMED_MAX = 5;

/** In a file that was not searched the pattern may well stand. */
function unsearched(large: readonly string[]): string {
  if (large.length === 0) return "";
  const { shown, more } = firstOf(large, LARGE_NAMED_MAX);
  return ` Too large to be searched: ${shown.join(", ")}${more}; look there with \`run\`.`;
}

/** In order of the paths, whatever is read first, so that the same search gives the same answer. */
async function hitsIn(paths: readonly string[], pattern: string, workbench: Workbench): Promise<Found> {
  const hits: string[] = [];
  const large: string[] = [];
  const began = performance.now();
  for (let at = 0; at < paths.length; at += READ_AT_ONCE) {
    const batch = await Promise.all(
      paths.slice(at, at + READ_AT_ONCE).map((one) => hitsInFile(one, pattern, workbench, large)),
    );
    hits.push(...batch.flat());
    const read = Math.min(paths.length, at + READ_AT_ONCE);
    if (hits.length > HITS_MAX) return { hits: hits.slice(0, HITS_MAX), read, large, ended: "hits" };
    if (performance.now() - began > SEARCH_MS_MAX && read < paths.length) return { hits, read, large, ended: "time" };
  }
  return { hits, read: paths.length, large, ended: "all" };
}

async function hitsInFile(path: string, pattern: string, workbench: Workbench, large: string[]): Promise<string[]> {
  const file = await workbench.files.read(path);
  if (file.kind === "large") large.push(path);
  if (file.kind !== "text" || !file.text.includes(pattern)) return [];
  const hits: string[] = [];
  for (const [index, line] of linesOf(file.text).entries()) {
    const column = line.indexOf(pattern);
    if (column < 0) continue;
    if (hits.length === HITS_A_FILE_MAX) return [...hits, `${path}: more hits in this file`];
    hits.push(`${path}:${index + 1}: ${around(line, column, pattern.length)}`);
  }
  return hits;
}

/** A long line by the part around its first hit, with the column where that stands. */
function around(line: string, column: number, length: number): string {
  if (line.trim().length <= SHOWN_CHARS) return line.trim();
  const start = Math.max(0, Math.min(column - Math.floor((SHOWN_CHARS - length) / 2), line.length - SHOWN_CHARS));
  const end = Math.min(line.length, start + Math.max(SHOWN_CHARS, length));
  const part = line.slice(start, end).trim();
  return `(column ${column + 1} of ${line.length}) ${start > 0 ? "…" : ""}${part}${end < line.length ? "…" : ""}`;
}
