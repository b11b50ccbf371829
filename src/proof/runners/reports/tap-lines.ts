import { CASES_MAX } from "../test-case.ts";

/**
 * What of a report in TAP is handed to the parser: plans, points, subtests and their ends. The rest costs it far more than
 * reading it, and may hide what stands behind it: the parser takes a block of YAML apart and takes a lone carriage return
 * for no character of a line. One pass, whose time is in proportion to the text.
 */
export type TapLines = {
  readonly lines: readonly string[];
  readonly points: number;
  /** Of the outermost level. */
  readonly plans: number;
  /** Node-tap's own sum, the last thing it writes. */
  readonly summed: boolean;
};

/** A test's name that is longer is a data dump, and the lines that a report is made of are shorter still. */
const LINE_CHARS_MAX = 4_000;
/** Those of twenty each for as many tests as are kept: with more, most tell of no test. */
const LINES_MAX = 1_000_000;
/** The parser hands a line on from level to level. Thirty of four spaces each are more than anybody nests. */
const INDENT_MAX = 120;
/** Lines that are kept, each as often as it is deep: ten for each test that is kept. */
const STEPS_MAX = 10 * CASES_MAX;
/** Characters that end a line for a regular expression, but not in TAP, or that a terminal takes for a movement. */
const ENDS_NO_LINE = /[\r\v\f\u0085\u2028\u2029]/g;

const TOLD = /^(?:(not )?ok\b|TAP version \d+ ?$|\d+\.\.\d+(?:\s*$|\s+#)|# Subtest(?:$|: )|bail out!|\}\s*$|\{\s*$)/i;
const POINT = /^(?:not )?ok\b/;
const PLAN = /^\d/;
const SUM = /^# \{ total: \d+/;

/** @returns null for a report with more, deeper or longer lines than are read */
export function linesOfTap(text: string): TapLines | null {
  const lines: string[] = [];
  const blocks = yamlBlocks();
  let [at, read, steps, points, plans, summed] = [0, 0, 0, 0, 0, false];
  while (at < text.length) {
    if (++read > LINES_MAX) return null;
    const end = text.indexOf("\n", at);
    const next = end < 0 ? text.length : end;
    const from = startOf(text, at, next);
    const indent = from - at;
    const isInside = blocks.holds(text, at, from, next);
    const first = text.charCodeAt(from);
    at = next + 1;
    if (isInside || !BEGINS.has(first)) continue;
    const told = text
      .slice(from, Math.min(next, from + LINE_CHARS_MAX + 1))
      .replace(ENDS_NO_LINE, " ")
      .trimEnd();
    summed ||= indent === 0 && SUM.test(told);
    if (!TOLD.test(told)) continue;
    if (told.length > LINE_CHARS_MAX || indent > INDENT_MAX || (steps += 1 + indent / 4) > STEPS_MAX) return null;
    const isPoint = POINT.test(told);
    if (told === "{" && lines.length > 0) {
      // Node-tap's older form: what a point holds follows behind its block of YAML.
      if (blocks.wasLast()) lines.push(`${lines.pop() ?? ""} {`);
      continue;
    }
    blocks.told(isPoint ? indent : -1);
    if (indent === 0 && PLAN.test(told)) plans++;
    if (isPoint && indent % 4 === 0 && ++points > CASES_MAX) return null;
    if (!isPoint || indent % 4 === 0) lines.push(`${" ".repeat(indent)}${told}`);
  }
  return { lines, points, plans, summed };
}

const BEGINS = new Set([..."oOnN0123456789tT#bB{}"].map((one) => one.charCodeAt(0)));

/** Only spaces nest: behind a tab the parser finds nothing. */
function startOf(text: string, at: number, end: number): number {
  let from = at;
  while (from < end && text.charCodeAt(from) === SPACE) from++;
  return from;
}

const SPACE = 32;

/** A block begins with `---` further in than its point, and ends with `...` there, or with a line that is less far in. */
function yamlBlocks() {
  let point = -1;
  let open = -1;
  let last = false;
  return {
    told(indent: number): void {
      point = indent;
      last = false;
    },
    wasLast: () => last,
    holds(text: string, at: number, from: number, end: number): boolean {
      const indent = from - at;
      const isEmpty = from === end || (end === from + 1 && text[from] === "\r");
      if (open >= 0) {
        if (isEmpty || indent >= open) {
          if (indent === open && is(text, from, end, "...")) [open, last] = [-1, true];
          return true;
        }
        open = -1;
      }
      if (point < 0 || indent <= point || !is(text, from, end, "---")) return false;
      open = indent;
      return true;
    },
  };
}

function is(text: string, from: number, end: number, word: string): boolean {
  return text.startsWith(word, from) && (end === from + word.length || (end === from + 4 && text[end - 1] === "\r"));
}
