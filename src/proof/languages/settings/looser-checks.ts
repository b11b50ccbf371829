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
  /["']off["']|:\s*off\b|\b(extend-|per-file-)?ignores?\w*\b|\bexclude\w*\b|\bdisabled?(_\w+)?\b|\bskip\w*\b|\ballow\b|^[^#]*\bstrict\w*["']?\s*[:=]\s*["']?(false|off)|\bcontinue_on_error\b/i;
/** A rule that is asked for, whatever its name says (`"no-disabled-tests": "error"`), and names that say it all. */
const ASKED = /[:=]\s*["']?(error|warn|deny|forbid)\b/i;
const LEAVES_OUT = /^["']?(extend-|per-file-)?(ignore|exclude|disable|skip|allow)\w*["']?\s*[:=]/i;
/** How code is laid out, and for whom it is read. */
const LAYOUT =
  /\b(line.?length|max.?len|indent\w*|quote\w*|\w*width|tab\w*|semi|target.?version|\w*version|\$schema|preview)\b/i;
/** Numbers of which nothing that is found depends. */
const OF_RUN = /timeout|concurrency|parallel|jobs|cache|year/i;
/** The smaller the number, the less is found; the greater. Of others (`min-complexity`) nobody knows. */
const LEAST = /fail[-_]?under|score|\blevel\b/i;
const MOST = /^(?!.*\bmin).*(errorLevel|max|complexity|depth|lines|statements|limit)/i;
const LEVEL = /^(error|warn|warning|off|deny|forbid|allow|true|false|on|\d[\d._]*(ms|s|m|h)?)$/i;

/**
 * Whether checks ask for less: a line that switches something off or leaves files out, a rule that is gone or has a lower level, a list
 * of rules that lost one, a number that lets more pass. What is asked for besides, and how code is laid out, is everyday work.
 */
export function asksForLess(before: string, after: string, path = ""): boolean {
  const [was, is] = [linesOf(before), linesOf(after)];
  const [old, now] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))];
  if (IGNORED.test(path)) return is.some((one) => !old.has(keyOf(one)));
  // What another list names is not left out by that.
  const [known, out] = [countedOff(was), countedOff(is)];
  if ([...out].some(([word, times]) => times > (known.get(word) ?? 0))) return true;
  if (numbersLetMorePass(was, is) || levelsFall(was, is)) return true;
  const left = new Set(wordsOf(after));
  return was.some(
    (one) =>
      !now.has(keyOf(one)) &&
      !isOff(one) &&
      !LAYOUT.test(one.text) &&
      wordsOf(one.text).some((word) => !left.has(word)),
  );
}

/** A line, the name or opened bracket under which it stands, and the heading above. */
type Line = { readonly text: string; readonly under: string; readonly section: string };

/** A line of a list that leaves something out is another one where it stands in a list that asks for it. */
function keyOf(one: Line): string {
  return `${isOff({ ...one, text: "" }) ? "-" : ""}${one.text.replace(/\s*\[$/, "")}`;
}

function isOff({ text, under, section }: Line): boolean {
  return [text, under, section].some((one) => LEAVES_OUT.test(one) || (OFF.test(one) && !ASKED.test(one)));
}

/** How often each rule or file is left out. */
function countedOff(lines: readonly Line[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of lines.filter(isOff).flatMap(({ text }) => wordsOf(text)))
    found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

/** `"no-eval": ["error", {…}]` and a list of YAML that begins with a level say it as `"no-eval": "error"` does. */
const LEVEL_IN_LIST =
  /([:=])[ \t]*(?:\[|\n[ \t]*-)\s*("(?:error|warn|off)"|'(?:error|warn|off)'|error|warn|off|[012])(?=[ \t]*(?:[,\]\n]|$)),?(\s*\])?/g;

/** `disable=one,` and more on the next lines, as an ini file has it. */
const LIST_OF_LINES = /^([ \t]*)([\w-]+[ \t]*=)[ \t]*([\w.-][\w., -]*,)$/gm;

/** `<psalm errorLevel="3">` */
const OF_XML = /\b(errorLevel)\s*=\s*"(\d)"/g;

/** Without what only stands around: ends of lines, commas, comments. */
function cut(text: string): string[] {
  return text
    .split("\n")
    .map((one) => one.replace(/(^|\s)(\/\/|#).*$/, "").replace(/^\[{1,2}([\w.@/ -]+)\]{1,2}\s*$/, `$1${HEADING}`))
    .join("\n")
    .replace(OF_XML, "\n$1: $2\n")
    .replace(LIST_OF_LINES, "$1$2\n$1 $3")
    .replace(LEVEL_IN_LIST, (_, sign: string, level: string, end?: string) => `${sign} ${level}${end ? "," : " ["} `)
    .replace(/([{[(])\s*/g, "$1\n")
    .replace(/(?<!\s)\s*([}\])])/g, "\n$1")
    .split(/\n|,(?=\s)/);
}

/** What no line of a setting ends with. */
const HEADING = "\0";

function linesOf(text: string): Line[] {
  let [section, under, depth] = ["", "", 0];
  return cut(text).flatMap((line): Line[] => {
    const one = line.replace(/,$/, "").trim();
    if (!/\w/.test(one)) {
      if (/^[}\])]/.test(one)) under = "";
      return [];
    }
    if (one.endsWith(HEADING)) {
      [section, under] = [one.slice(0, -1), ""];
      return [{ text: section, under, section: "" }];
    }
    const indent = line.search(/\S/);
    // What is opened by an indent ends with it; an item of YAML may stand right below its name.
    if (/[:=]$/.test(under) && (indent < depth || (indent === depth && !one.startsWith("-")))) under = "";
    const here = { text: one, under, section };
    if (/[{[(:=]$/.test(one)) [under, depth] = [one, indent];
    return [here];
  });
}

/** Of each rule that is still there, whether one place asks for it less than every place did. */
function levelsFall(was: readonly Line[], is: readonly Line[]): boolean {
  const levels = (all: readonly Line[]) =>
    lowestOf(
      all.filter((one) => !isOff(one) || IS_LEVEL.test(one.text)).map((one) => [levelled(one), levelOf(one.text)]),
    );
  const now = levels(is);
  return [...levels(was)].some(([rule, level]) => !LAYOUT.test(rule) && (now.get(rule) ?? level) < level);
}

const IS_LEVEL = /\b(off|allow)\b|strict/i;

/** `"level": "error"` belongs to the rule around it. */
function levelled({ text, under, section }: Line): string {
  const rule = ruleOf(text);
  return /^(level|severity|enabled?)$/i.test(rule) ? `${section} ${ruleOf(under)} ${rule}` : rule;
}

/** Of each limit whether it lets more pass; of a number whose sense nobody knows, whether it changed. */
function numbersLetMorePass(was: readonly Line[], is: readonly Line[]): boolean {
  const numbers = (all: readonly Line[], sign: 1 | -1) => lowestOf(all.flatMap((one) => numbersOf(one, sign)));
  const falls = (sign: 1 | -1) => {
    const now = numbers(is, sign);
    return [...numbers(was, sign)].some(
      ([name, number]) => !(sign === 1 ? MOST : LEAST).test(name) && (now.get(name) ?? number) < number,
    );
  };
  return falls(1) || falls(-1);
}

function numbersOf({ text, under, section }: Line, sign: 1 | -1): [name: string, number: number][] {
  const [, own, digits] = /^(?:["']?([\w@][\w@/.-]*)["']?\s*[:=]\s*|-\s*)?(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const name = `${ruleOf(under || section)} ${own ?? ""}`;
  // 0, 1 and 2 are levels where a rule has no list.
  if (
    digits === undefined ||
    LAYOUT.test(name) ||
    OF_RUN.test(name) ||
    (/^[012]$/.test(digits) && own && own !== "max" && !LEAST.test(own))
  )
    return [];
  return [[name, sign * Number(digits)]];
}

function lowestOf(all: readonly (readonly [string, number])[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const [name, number] of all) found.set(name, Math.min(number, found.get(name) ?? number));
  return found;
}

function ruleOf(text: string): string {
  return text.match(WORD)?.[0] ?? "";
}

/** By what stands behind the name. */
function levelOf(text: string): number {
  if (/^(max|min)$/.test(ruleOf(text))) return 0;
  const value = text.slice(text.indexOf(ruleOf(text)) + ruleOf(text).length);
  if (/\b(error|deny|forbid)\b|[:[]\s*2\b|[:=]\s*true\b/i.test(value)) return 2;
  return /\bwarn(ing)?\b|[:[]\s*1\b/i.test(value) ? 1 : 0;
}

const WORD = /[\w@][\w@/.-]*/g;

/** Names of rules, files and settings, not their levels. */
function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).filter((one) => !LEVEL.test(one));
}
