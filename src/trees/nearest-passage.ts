/**
 * The passage that a failed edit most likely meant. Two lines are compared after folding what models copy badly: white
 * space, quotation marks and dashes, Unicode forms, line numbers of a view. Time is lines of the file × lines looked for,
 * with both bounded.
 */
export type Near = {
  readonly firstLine: number;
  readonly lastLine: number;
  /** As it stands in the file. */
  readonly text: string;
  /** In words, to stand behind "come nearest"; empty when it is more than spelling. */
  readonly difference: string;
};

/** Longer passages are found by their beginning. */
const LOOKED_FOR_LINES_MAX = 40;
const FILE_LINES_MAX = 50_000;
const SHOWN_CHARS_MAX = 2_000;
/** So much of the passage has to be there, else showing it misleads. */
const LIKENESS_MIN = 0.5;

export function nearestPassage(text: string, old: string): Near | null {
  const lines = text.split("\n").slice(0, FILE_LINES_MAX);
  const wanted = old
    .replace(/^\n+|\n+$/g, "")
    .split("\n")
    .slice(0, LOOKED_FOR_LINES_MAX);
  const best = bestStart(lines.map(bare), wanted.map(bare));
  if (!best) return null;
  const found = lines.slice(best.start, best.start + wanted.length);
  return {
    firstLine: best.start + 1,
    lastLine: best.start + found.length,
    text: found.join("\n").slice(0, SHOWN_CHARS_MAX),
    difference: best.likeness < 1 ? "" : `; they differ from what you sent in ${differences(found, wanted)}`,
  };
}

function bestStart(lines: readonly string[], wanted: readonly string[]): { start: number; likeness: number } | null {
  let best: { start: number; likeness: number } | null = null;
  for (let start = 0; start < lines.length; start++) {
    const likeness = likenessAt(lines, wanted, start);
    if (likeness >= LIKENESS_MIN && likeness > (best?.likeness ?? 0)) best = { start, likeness };
    if (likeness === 1) break;
  }
  return best;
}

/** The share of the wanted lines that stand at their place; of a line that only resembles one, a half. */
function likenessAt(lines: readonly string[], wanted: readonly string[], start: number): number {
  let points = 0;
  for (const [index, line] of wanted.entries()) {
    const here = lines[start + index];
    if (here === undefined) break;
    if (here === line || (line.length > 0 && wanted.length === 1 && here.includes(line))) points += 1;
    else if (resembles(here, line)) points += 0.5;
  }
  return points / wanted.length;
}

/** The same beginning or end over half of the longer one: a changed word or a forgotten bracket. */
function resembles(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || shorter * 2 < longer) return false;
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return (head + tail) * 2 >= longer;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", amp: "&" };

type Fold = readonly [difference: string, fold: (line: string) => string];
const FOLDS: readonly Fold[] = [
  ["line numbers, which are not part of the file", (line) => line.replace(/^\s{0,8}\d{1,6}(\t|: ?|→| ?\| ?)/, "")],
  ["marks of a diff, which are not part of the file", (line) => line.replace(/^[+-] ?/, "")],
  [
    "entities of HTML",
    (line) => line.replace(/&(lt|gt|quot|#39|apos|amp);/g, (_all, name: string) => ENTITIES[name] ?? ""),
  ],
  ["Unicode form (composed and decomposed characters)", (line) => line.normalize("NFC")],
  ["quotation marks", (line) => line.replace(/[‘’‚′]/g, "'").replace(/[“”„″«»]/g, '"')],
  ["dashes or dots", (line) => line.replace(/[‐‑‒–—−]/g, "-").replace(/…/g, "...")],
  ["special spaces", (line) => line.replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ").replace(/[\u200b\ufeff]/g, "")],
  ["tabs and spaces", (line) => line.replace(/[ \t]+/g, " ").trim()],
];

function bare(line: string): string {
  return FOLDS.reduce((folded, [, fold]) => fold(folded), line);
}

/** Each kind of spelling without which the two would not be alike. */
function differences(found: readonly string[], wanted: readonly string[]): string {
  const named = FOLDS.filter(([, without]) => {
    const others = FOLDS.filter(([, fold]) => fold !== without);
    const foldAll = (line: string) => others.reduce((folded, [, fold]) => fold(folded), line);
    return found.some((line, index) => foldAll(line) !== foldAll(wanted[index] ?? ""));
  });
  return named.map(([difference]) => difference).join(" and ") || "a part of the line only";
}
