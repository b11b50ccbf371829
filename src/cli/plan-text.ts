import { type Paint, wrapped } from "./progress.ts";

/**
 * A plan and a diff as a terminal shows them. Models wrote both: a control character in them could move the cursor or
 * forge what the person is asked to say yes to.
 */
const CONTROL = /[\p{Cc}\p{Cf}]/gu;

/** What folds on a page stands open in a terminal or an editor, and the page's own offer is made by the letters below it. */
export function planText(markdown: string): string {
  return markdown
    .replace(/^<details><summary>(.*)<\/summary>$/gm, "#### $1")
    .replace(/^<\/details>$/gm, "")
    .replace(/^\*\*Your turn\.\*\*.*$/gm, "")
    .replace(CONTROL, (sign) => (sign === "\n" ? sign : ""))
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Rows become items, since a table's columns do not survive a narrow window, and long lines break at blanks. */
export function planLines(text: string, columns: number, paint: Paint): string[] {
  return text.split("\n").flatMap((line, at, all) => {
    if (isRule(line) || isRule(all[at + 1] ?? "")) return [];
    const shown = line.startsWith("|") ? itemOf(line) : line;
    const heading = /^#+ (.*)$/.exec(shown)?.[1];
    if (heading !== undefined) return [paint("bold", heading)];
    const [, lead = "", rest = ""] = /^(\s*(?:[-*] (?:\[[ x]\] )?|\d+\. )?)(.*)$/.exec(shown) ?? [];
    return wrapped(rest, columns - lead.length).map(
      (part, index) =>
        (index === 0 ? lead : " ".repeat(lead.length)) +
        part.replace(/\*\*(.+?)\*\*/g, (_, words: string) => paint("bold", words)),
    );
  });
}

function isRule(line: string): boolean {
  return /^\|(?: *:?-+:? *\|)+$/.test(line);
}

/** `| path | change | intent |` as `- path (change): intent`, `| fact | value |` as `- fact: value`. */
function itemOf(row: string): string {
  const [path = "", action = "", ...rest] = row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
  if (rest.length === 0) return `- ${path}: ${action}`;
  return rest.length === 1 ? `- ${path} (${action}): ${rest.join(" ")}` : `- ${path}: ${[action, ...rest].join(" · ")}`;
}

export function diffLine(line: string, paint: Paint): string {
  const text = line.replace(CONTROL, (sign) => (sign === "\t" ? sign : ""));
  if (/^(diff|index|---|\+\+\+) /.test(text)) return paint("bold", text);
  if (text.startsWith("+")) return paint("green", text);
  if (text.startsWith("-")) return paint("red", text);
  return text.startsWith("@@") ? paint("cyan", text) : text;
}
