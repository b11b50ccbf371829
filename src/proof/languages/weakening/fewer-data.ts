import type { FileDiff } from "../../../trees/diff.ts";
import { isRowStillSaid, type Said } from "../tests/said.ts";
import { SNIPPET_CHARS_MAX } from "../syntax/syntax.ts";
import { LOST_ROW, type Weakening } from "./found-weakening.ts";

/** A golden file is what comes out as a whole: its lines are no cases. */
const WHOLE = /(golden|snapshot|__snapshots__|expected|approved|package(-lock)?\.json|tsconfig)/i;
const ROWS = /\.(json|jsonl|ndjson|csv|tsv)$/i;
/** Only what says of itself that it holds cases: settings and what is put in have rows too, and nobody asks by them. */
const CASES = /(^|[^a-z])(cases?|rows|tests?|examples|vectors|scenarios|tables?|expectations)([^a-z]|$)/i;
const WANTED = /^"?(want(ed)?|expect(ed|s)?|output|result|answer)"?$/i;
/** More rows than this that are gone are told as these. */
const TOLD_MAX = 3;

/**
 * Cases that tests read from a file of data, where some of them are gone and nothing else has changed: what is no longer there is no
 * longer asked. A file that gets another form, or other rows, is for the runs to judge.
 */
export function fewerData({ path, kind, action, before, after }: FileDiff, said: readonly Said[]): Weakening[] {
  if (kind !== "text" || action !== "change" || !ROWS.test(path) || WHOLE.test(path)) return [];
  const [was, is] = [rowsOf(path, before), rowsOf(path, after)];
  return [...was].flatMap(([place, rows]): Weakening[] => {
    if (!areCases(path, rows)) return [];
    const left = [...(is.get(place) ?? rows)];
    const gone = rows.filter((row) => {
      const at = left.indexOf(row);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const lost = left.length > 0 ? [] : gone.filter((row) => !isRowStillSaid(textsOf(row), said));
    return lost.slice(0, TOLD_MAX).map((row) => ({ path, test: null, line: 1, what: `${LOST_ROW}${row.slice(0, SNIPPET_CHARS_MAX)}`, old: true })); // prettier-ignore
  });
}

function areCases(path: string, rows: readonly string[]): boolean {
  const name = path.split("/").at(-1) ?? path;
  if (name.startsWith(".")) return false;
  if (!/\.json$/i.test(path)) return CASES.test(name) || (rows[0] ?? "").split(/[,;\t:{}]/).some((one) => WANTED.test(one.trim())); // prettier-ignore
  const isWanted = (row: string) => [...row.matchAll(/("\w{1,20}"):/g)].some(([, key = ""]) => WANTED.test(key));
  return CASES.test(name) || rows.every(isWanted);
}

/** Lists of compound rows by where they stand; of a table its lines. */
function rowsOf(path: string, text: string): Map<string, readonly string[]> {
  if (!/\.json$/i.test(path))
    return new Map([
      [
        "",
        text
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== "" && !line.startsWith("#")),
      ],
    ]);
  const found = new Map<string, readonly string[]>();
  try {
    collect(JSON.parse(text), "", found);
  } catch {
    return new Map();
  }
  return found;
}

function collect(value: unknown, place: string, found: Map<string, readonly string[]>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (value.every((row) => typeof row === "object" && row !== null)) found.set(place, value.map((row) => JSON.stringify(row))); // prettier-ignore
    return;
  }
  for (const [name, inner] of Object.entries(value)) collect(inner, `${place}/${name}`, found);
}

function textsOf(row: string): Set<string> {
  return new Set(row.split(/[[\]{}",;:\t]+/).filter((one) => one !== ""));
}
