/** Files by which linters and type checkers are told what to look for. */
const CHECKERS =
  /(^|\/)(eslint\.config\.\w+|\.(eslint|stylelint|oxlint|jshint|pylint|rubocop|swiftlint|golangci|flake8|clippy)(rc)?(\.\w+)?|(biome|tslint|pyrightconfig)\.jsonc?|\.?(ruff|clippy)\.toml|pylintrc|detekt\.ya?ml|phpstan\.neon(\.dist)?|psalm\.xml)$/i;
const IGNORED = /(^|\/)\.(eslint|stylelint|oxlint)ignore$/;

/** Parts of manifests for the same tools. */
export const CHECKER_PARTS =
  /^(tool\.(mypy|ruff|pylint|pyright|basedpyright|flake8|pyre)\b|mypy|flake8|pylint|lints?\b|workspace\.lints)/;

export function isCheckerFile(path: string): boolean {
  return CHECKERS.test(path) || IGNORED.test(path);
}

/** Something is no longer looked for, or no longer fails. */
const OFF =
  /["']off["']|:\s*off\b|\b(extend-|per-file-)?ignores?\w*\b|\bexclude\w*\b|\bdisabled?\b|\bskip\w*\b|\ballow\b|^[^#]*\bstrict\w*["']?\s*[:=]\s*["']?(false|off)|\bcontinue_on_error\b/i;
/** How code is laid out, and for whom it is read. */
const LAYOUT =
  /\b(line.?length|max.?len|indent\w*|quote\w*|\w*width|tab\w*|semi|target.?version|version|\$schema|preview)\b/i;
const LEVEL = /^(error|warn|warning|off|deny|forbid|allow|true|false|on|\d+)$/i;

/**
 * Whether checks ask for less: a line that switches something off or leaves files out, a rule that is gone or has a lower level, a list
 * of rules that lost one. What is asked for besides, and how code is laid out, is everyday work.
 */
export function asksForLess(before: string, after: string, path = ""): boolean {
  const [was, is] = [linesOf(before), linesOf(after)];
  const [old, now] = [new Set(was.map(({ text }) => text)), new Set(is.map(({ text }) => text))];
  const added = is.filter(({ text }) => !old.has(text));
  if (IGNORED.test(path)) return added.length > 0;
  const known = new Set(wordsOf(before));
  if (added.some((one) => isOff(one) && wordsOf(one.text).some((word) => !known.has(word)))) return true;
  const left = new Set(wordsOf(after));
  const levels = new Map(is.map(({ text }) => [ruleOf(text), levelOf(text)]));
  return was.some((one) => {
    if (now.has(one.text) || isOff(one) || LAYOUT.test(one.text)) return false;
    return wordsOf(one.text).some((word) => !left.has(word)) || (levels.get(ruleOf(one.text)) ?? 0) < levelOf(one.text);
  });
}

/** A line, and the heading or opened bracket under which it stands. */
type Line = { readonly text: string; readonly under: string };

function isOff({ text, under }: Line): boolean {
  return OFF.test(text) || OFF.test(under);
}

/** Without what only stands around: ends of lines, commas, comments. */
function linesOf(text: string): Line[] {
  const lines = text
    .split("\n")
    .map((one) => one.replace(/(^|\s)(\/\/|#).*$/, ""))
    .join("\n")
    .replace(/([{[(])\s*/g, "$1\n")
    .replace(/\s*([}\])])/g, "\n$1")
    .split(/\n|,(?=\s)/);
  let under = "";
  return lines.flatMap((line): Line[] => {
    const one = line.replace(/,$/, "").trim();
    if (!/\w/.test(one)) {
      if (/^[}\])]/.test(one)) under = "";
      return [];
    }
    const here = { text: one, under };
    if (/[{[(:]$/.test(one)) under = one;
    return [here];
  });
}

function ruleOf(text: string): string {
  return text.match(WORD)?.[0] ?? "";
}

function levelOf(text: string): number {
  if (/\b(error|deny|forbid)\b|[:[]\s*2\b|[:=]\s*true\b/i.test(text)) return 2;
  return /\bwarn(ing)?\b|[:[]\s*1\b/i.test(text) ? 1 : 0;
}

const WORD = /[\w@][\w@/.-]*/g;

/** Names of rules, files and settings, not their levels. */
function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).filter((one) => !LEVEL.test(one));
}
