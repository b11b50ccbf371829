import type { FoundKey } from "./secret-keys.ts";
import { isMixed, isName, isRandom } from "./secret-values.ts";

/** Values that are secrets by where they stand: below a heading of their column, or in a manifest that says so of itself. */

type Line = { readonly text: string; readonly from: number };
type Cell = { readonly value: string; readonly from: number };

function linesOf(text: string): Line[] {
  let from = 0;
  return text.split("\n").map((line) => {
    const at = from;
    from += line.length + 1;
    return { text: line, from: at };
  });
}

const HEADING = /^[\s"'`*]{0,8}(?:pass(?:word|wort|phrase)?|pwd|secret|(?:auth|access|api)?[ _-]?token|api[ _-]?key|(?:secret[ _-]?)?access[ _-]?key|client[ _-]?secret)[\s"'`*]{0,8}$/i; // prettier-ignore
/** Shorter cells below such a heading are words and numbers, such as "required" or "8 or more". */
const VALUE_CHARS_MIN = 12;
/** Longer lines are no table that anybody reads. */
const LINE_CHARS_MAX = 4_000;

/** In tables of Markdown and in comma-separated files. */
export function secretsInColumns(text: string): FoundKey[] {
  if (!/pass|pwd|secret|token|key/i.test(text)) return [];
  const found: FoundKey[] = [];
  for (const sign of ["|", ",", ";", "\t"]) {
    let columns: number[] = [];
    let width = 0;
    for (const line of linesOf(text)) {
      const cells = line.text.length > LINE_CHARS_MAX ? [] : cellsOf(line, sign);
      if (cells.length !== width || width < 2) {
        // A row of arguments ends with a comma.
        const isHeader = sign === "|" || cells.every(({ value }) => value.trim() !== "");
        columns = isHeader ? cells.flatMap(({ value }, index) => (HEADING.test(value) ? [index] : [])) : [];
        width = columns.length > 0 ? cells.length : 0;
        continue;
      }
      // A call's arguments are no row.
      if (sign !== "|" && /[\w\])]\([^\n]*\)[ \t;,]{0,4}$/.test(line.text)) continue;
      for (const index of columns) found.push(...secretIn(cells[index]));
    }
  }
  return found;
}

function cellsOf(line: Line, sign: string): Cell[] {
  let from = line.from;
  return line.text.split(sign).map((value) => {
    const at = from;
    from += value.length + 1;
    return { value, from: at };
  });
}

function secretIn(cell: Cell | undefined): FoundKey[] {
  const value = cell?.value.trim().replace(/^["'`*]{1,3}|["'`*]{1,3}$/g, "") ?? "";
  if (cell === undefined || value.length < VALUE_CHARS_MIN || /\s/.test(value)) return [];
  if (!isMixed(value) || isName(value) || isExample(value)) return [];
  const from = cell.from + cell.value.indexOf(value);
  return [{ name: "a secret in a column", from, to: from + value.length }];
}

/** `P@ssw0rd123!`, with which people try what a form allows. */
function isExample(value: string): boolean {
  return /passwor[dt]/i.test(value.replace(/[@4]/g, "a").replace(/[$5]/g, "s").replaceAll("0", "o"));
}

const MANIFEST = /^[ \t+>]{0,40}["']?kind["']?:[ \t]{0,4}["']?Secret["']?,?[ \t\r]{0,4}$/;
const DATA = /^([ \t+>]{0,40})["']?data["']?:[ \t]{0,4}\{?[ \t\r]{0,4}$/;
const ENTRY = /^([ \t+>-]{0,60}["']?[\w.-]{1,100}["']?:[ \t]{1,4}["']?)([A-Za-z0-9+/]{12,}={0,2})["']?,?[ \t\r]{0,4}$/;

/** The data of a Kubernetes secret is in base64, under names of any kind. */
export function secretsOfManifests(text: string): FoundKey[] {
  if (!text.includes("Secret")) return [];
  const found: FoundKey[] = [];
  let [isManifest, depth] = [false, -1];
  let held: FoundKey[] = [];
  const close = () => {
    if (isManifest) found.push(...held);
    [isManifest, depth, held] = [false, -1, []];
  };
  for (const { text: line, from } of linesOf(text)) {
    if (/^[+> ]{0,8}---[ \t\r]{0,4}$/.test(line)) close();
    isManifest ||= MANIFEST.test(line);
    const indent = line.length - line.replace(/^[ \t+>-]{1,60}/, "").length;
    const opens = DATA.exec(line);
    if (opens) depth = indent;
    else if (depth >= 0 && indent <= depth && line.trim() !== "") depth = -1;
    const [, before = "", value = ""] = (depth >= 0 && ENTRY.exec(line)) || [];
    if (value !== "" && hidesSecret(value))
      held.push({
        name: "a secret in a manifest",
        from: from + before.length,
        to: from + before.length + value.length,
      });
  }
  close();
  return found;
}

/** Names and addresses stand there as well; what is no text is a key. */
function hidesSecret(value: string): boolean {
  const isWord = /^[A-Za-z]+$/.test(value) && isName(value);
  if (value.length % 4 !== 0 || isWord) return false;
  const plain = Buffer.from(value, "base64").toString("utf8");
  return /[\ufffd\u0000]|PRIVATE KEY/.test(plain) || isRandom(plain.trim());
}
