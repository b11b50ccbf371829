/**
 * Blanks that push what follows out of sight: to the right of a line of code, where nobody scrolls, or below a page's end. What a
 * reader then does not see cannot be taken out, for it is there; so the gap is named, and whoever looks at the text knows of it.
 */
type Named = { readonly text: string; readonly count: number };

/** Wider and longer than a page's window. */
const BLANKS_MAX = 100;
const EMPTY_LINES_MAX = 60;
/** Blanks of one line together, where signs stand between them. */
const LINE_BLANKS_MAX = 150;
const RUN_MIN = 20;

/** A blank of any width, or its name. */
const BLANK = "(?:[\\p{Zs}\\t]|&(?:nbsp|ensp|emsp|emsp1[34]|thinsp|hairsp|numsp|puncsp|ThinSpace|VeryThinSpace|MediumSpace|ThickSpace|NonBreakingSpace|Tab|#0{0,7}(?:9|32|160|5760|819[2-9]|820[0-2]|8239|8287|12288)|#[xX]0{0,6}(?:9|20|[aA]0|1680|200[0-9aA]|202[fF]|205[fF]|3000));)"; // prettier-ignore
const ONE_BLANK = new RegExp(BLANK, "gu");
const WIDE_RUN = new RegExp(`${BLANK}{${BLANKS_MAX},}`, "gu");
const ANY_RUN = new RegExp(`${BLANK}{${RUN_MIN},}`, "gu");

/** Names the gaps of a page, as `‹300 blanks›` and `‹80 empty lines›`. A second time there is nothing to name. */
export function nameGaps(text: string): Named {
  const filled = nameFilled(text);
  const wide = nameWide(filled.text);
  const mixed = nameMixed(wide.text);
  const tall = nameTall(mixed.text);
  return { text: tall.text, count: filled.count + wide.count + mixed.count + tall.count };
}

/** One sign again and again, wider than a window, with words behind it on the same line. */
const FILLING = /([^\p{L}\p{N}\p{M}\s])\1{149,}/gu;
/** Any signs, as wide, that are no letters. A table's row has such cells. */
const SIGNS_ONLY = /[^\p{L}\p{N}\p{M}\n]{150,}/gu;
const ROW = /^[ \t>+-]{0,20}[|│║┃]/;
/** Looked for behind a whole run and not by the pattern: it would try each shorter run as well, at each of its places. */
const WORDS_BEHIND = /^[^\n]{0,200}\p{L}/u;
const BEHIND_CHARS = 202;

function nameFilled(text: string): Named {
  let count = 0;
  const named = text.replace(FILLING, (run: string, sign: string, at: number) => {
    const end = at + run.length;
    if (!WORDS_BEHIND.test(text.slice(end, end + BEHIND_CHARS))) return run;
    count += 1;
    return `‹${run.length / sign.length} times ${sign}›`;
  });
  return { text: named, count };
}

function nameMixed(text: string): Named {
  let count = 0;
  const named = text.replace(SIGNS_ONLY, (run: string, at: number) => {
    const end = at + run.length;
    const isBlank = run.replace(ONE_BLANK, "").trim() === "";
    if (isBlank || !WORDS_BEHIND.test(text.slice(end, end + BEHIND_CHARS)) || ROW.test(lineBefore(text, at)))
      return run;
    count += 1;
    return `‹${run.length} signs›`;
  });
  return { text: named, count };
}

function lineBefore(text: string, at: number): string {
  return text.slice(text.lastIndexOf("\n", at - 1) + 1, at + 1);
}

function nameWide(text: string): Named {
  let count = 0;
  const lines = text.split("\n").map((line) => {
    if (line.length < BLANKS_MAX) return line;
    const runs = [...line.matchAll(ANY_RUN)].filter((run) => line.slice(run.index + run[0].length).trim() !== "");
    const blanks = runs.reduce((all, [run]) => all + blanksIn(run), 0);
    return line.replace(blanks >= LINE_BLANKS_MAX ? ANY_RUN : WIDE_RUN, (run, at: number) => {
      if (line.slice(at + run.length).trim() === "") return run;
      count += 1;
      return `‹${blanksIn(run)} blanks›`;
    });
  });
  return { text: lines.join("\n"), count };
}

function blanksIn(run: string): number {
  return run.match(ONE_BLANK)?.length ?? 0;
}

function nameTall(text: string): Named {
  let count = 0;
  const out: string[] = [];
  let empty: string[] = [];
  for (const line of text.split("\n")) {
    if (isEmpty(line)) {
      empty.push(line);
      continue;
    }
    if (empty.length > EMPTY_LINES_MAX) {
      count += 1;
      empty = [`‹${empty.length} empty lines›`];
    }
    out.push(...empty, line);
    empty = [];
  }
  return { text: [...out, ...empty].join("\n"), count };
}

/** A line of a table, a list or dots that has no words is as good as none. */
const SIGNS_MAX = 5;
const EMPTY_CHARS_MAX = 1_000;

function isEmpty(line: string): boolean {
  if (line.length > EMPTY_CHARS_MAX) return false;
  const signs = line
    .replace(/^\s{0,40}\d{1,9}[.)](?=\s|$)/, "")
    .replace(ONE_BLANK, "")
    .replace(/[\s|]/g, "");
  return signs.length <= SIGNS_MAX && !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(signs);
}
