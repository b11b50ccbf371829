import type { FileDiff } from "../../../trees/diff.ts";
import { frameworkPatches } from "../weakening/framework-patches.ts";
import { familyOf } from "../syntax/grammar.ts";
import { hiddenNames } from "./hidden-names.ts";
import { isOwnName } from "./own-name.ts";
import type { Parsed } from "../syntax/parser.ts";
import { above, givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

/** Product code that knows that it is tested. */
export type TestAware = { readonly path: string; readonly line: number; readonly what: string };

/** Larger expressions are no simple question about the surroundings. */
const EXPRESSION_CHARS_MAX = 200;
const VARIABLES = "CI|JEST_WORKER_ID|VITEST\\w*|NODE_TEST_CONTEXT|PYTEST_\\w+|GITHUB_ACTIONS|TEST|TESTING|MOCHA\\w*";
const RUNNERS = "pytest|unittest|nose|jest|vitest|mocha|_pytest";

/** Variables that only a test runner sets; nobody else has a reason to name them. */
const RUNNERS_OWN =
  /^(JEST_WORKER_ID|VITEST|VITEST_\w+|NODE_TEST_CONTEXT|PYTEST_CURRENT_TEST|PYTEST_VERSION|PYTEST_XDIST_\w+|MOCHA_\w+)$/;
const A_DATE = String.raw`(\b\d{10,13}\b|\b\d{1,3}(_\d{3}){3,4}\b|Date\(["'\x60]?\d{4}|Date\.(UTC|parse)\(["'\x60]?\d{4}|date(time)?\(\d{4}|Date\(\d{4}|["']\d{4}-\d\d)`;
const YEAR = String.raw`\b20\d\d$`;
const NOW = String.raw`(Date\.now\(\)|new Date\(\)|\btime\.time\(\)|date(time)?\.(now|today|utcnow)\(|time\.Now\(\))`;
/** What tests put a stand-in in the place of. */
const STUBBED = "fetch|Date|setTimeout|setInterval|Math|crypto|performance|XMLHttpRequest|WebSocket";
/** A date that is written down, compared with the clock: it behaves otherwise one day. */
const BOMB = [
  new RegExp(`^(?=.*[<>])(?=.*${NOW})(?=.*(${A_DATE}|${YEAR}))`),
  new RegExp(`${NOW}.*\\.(After|Before)\\(.*${A_DATE}`),
];
/** A fingerprint that is written down, compared with that of what was given: it knows one input. */
const FINGERPRINT =
  /(hexdigest\(\)|\.digest\(|\b(md5|sha1|sha256|crc32|createHash|Sum256|Sum)\b).*([!=]==?|\.startswith\(|\.startsWith\(|\.equals\().*["'][0-9a-fA-F]{2,}/;

/** Matched against whole expressions, so that texts and comments which say the same are not meant. */
const QUESTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  js: [
    new RegExp(
      `^(globalThis\\.)?((process|import\\.meta)\\.)?env(\\.(${VARIABLES})|\\[["'\`](${VARIABLES})["'\`]\\])$`,
    ),
    new RegExp(`^["'\`](${VARIABLES})["'\`] in (process\\.)?env$`),
    /^(process\.env\.NODE_ENV|process\.env\[.NODE_ENV.\]|import\.meta\.env\.MODE) *[!=]==? *["'`]test["'`]$/,
    /^["'`]test["'`] *[!=]==? *(process\.env\.NODE_ENV|import\.meta\.env\.MODE)$/,
    new RegExp(`^\\{[^}]*\\b(${VARIABLES})\\b[^}]*\\} *= *process\\.env$`),
    /^typeof (globalThis\.)?(jest|vi|vitest|describe|it|test|expect|mocha|beforeEach)$/,
    /^(globalThis|global)\.(jest|vi|describe|it|test|expect|mocha)$/,
    /^["'`](jest|vi|describe|it|test|expect|mocha)["'`] in global(This)?$/,
    /^process\.(argv|execArgv)\b.*\b_?(test|jest|mocha|vitest)/,
    /^(import\.meta\.url|__filename|require\.main\b.*)\.\w+\(.*\b(test|spec)/,
    /\.stack\b.*(?<![a-z])(test|spec|jest|mocha)/,
    /^(fs\.)?(existsSync|statSync|accessSync|readdirSync|stat|access|readdir)\(.*["'`/](tests?["'`/]|__tests__|spec["'`/]|[\w-]+\.(test|spec)\.)/,
    /^process\.on\(["'`](exit|beforeExit)["'`].*(exitCode *=|exit\()/,
    new RegExp(
      `^(\\w+ *[!=]==? *globalThis\\.(${STUBBED})|globalThis\\.(${STUBBED}) *[!=]==? *(?!undefined|null)\\w+)$`,
    ),
    /npm_(lifecycle_(event|script)|command)\b.*["'`][\w:-]*(test|check|verify)/,
    // Tests run in a process that has just begun.
    /^(process\.uptime|performance\.now)\(\) *[<>]=? *[\d_.]+$/,
    /\.(_isMockFunction|isSinonProxy|mock\??\.(calls|results|callCount))$/,
    FINGERPRINT,
    ...BOMB,
  ],
  python: [
    new RegExp(`^["'](${RUNNERS})["'] (not )?in sys\\.modules$`),
    new RegExp(`^(os\\.)?(environ\\.get|getenv)\\(\\s*["'](${VARIABLES})["']`),
    new RegExp(`^(os\\.)?environ\\[["'](${VARIABLES})["']\\]$`),
    new RegExp(`^["'](${VARIABLES})["'] (not )?in (os\\.)?environ$`),
    /^.*sys\.argv.*(?<![a-z])(unit|py)?test/,
    new RegExp(`^(?=.*\\bsys\\.modules\\b)(?=.*["'](${RUNNERS})\\b)`),
    /^(?=.*\bsys\.modules\b)(?=.*["'](tests?["'.]|test_))/,
    /^(isinstance\(.*\b(Magic|Async|NonCallable)?Mock\b|hasattr\(.*["'](assert_called\w*|mock_calls|call_args|return_value|side_effect)["'])/,
    /^type\(.*["']\w*Mock["']$|(__class__|__name__)\b.*["']\w*Mock["']/,
    /\bTestCase\.__subclasses__\(/,
    /^os\._exit$/,
    /^time\.(process_time|perf_counter|monotonic)\(\) *[<>]=? *[\d_.]+$/,
    new RegExp(`^sys\\.modules(\\.get\\(|\\[)["'](${RUNNERS})["']`),
    /(inspect\.(stack|currentframe)\(|sys\._getframe\(|traceback\.(extract|format)_stack\().*(?<![a-z])test/,
    /["']_?test["'\w.]* (not )?in .*\b(co_filename|filename|__file__|f_globals)\b/,
    /["'/](tests?|test_\w+\.py)["'/].*\.(exists|is_dir|is_file|iterdir|glob|stat)\(/,
    /^(os\.)?(path\.)?(exists|isdir|isfile|listdir|stat|scandir)\(.*["'/](tests?|test_\w+\.py)["'/]/,
    /^atexit\.register\(.*_exit\b/,
    FINGERPRINT,
    ...BOMB,
  ],
  go: [
    /^testing\.(Testing|Verbose|Short|CoverMode)\(\)$/,
    /^flag\.Lookup\("test\./,
    new RegExp(`^os\\.(Getenv|LookupEnv)\\("(${VARIABLES})"\\)$`),
    /^strings\.(HasSuffix|Contains|HasPrefix)\(.*os\.Args\[0\].*, *"[./]*(_?test)/,
    /^strings\.\w+\(.*, *"_test\.go"\)$/,
    /^(strings|bytes)\.\w+\(.*\b(debug\.(Stack|ReadBuildInfo)|runtime\.\w+)\(.*"[^"]*(tRunner|(?<![a-z])test)/,
    /^(os\.(Stat|Lstat|ReadDir|Open|ReadFile)|filepath\.Glob)\(.*("testdata["/]|_test\.go"|"tests?["/])/,
    FINGERPRINT,
    ...BOMB,
  ],
  other: [],
};
/** Who called: code that keeps this and asks it for a test's name asks whether it is tested, on two lines. */
const CALLERS: Readonly<Record<string, RegExp>> = {
  js: /\.stack\b|\bgetCallSites?\(|\bprocess\.execArgv\b|\brequire\.cache\b|\bmodule\.(parent|children)\b/,
  python:
    /\bsys\.orig_argv\b|\bsys\._getframe\(|\binspect\.(stack|currentframe)\(|\btraceback\.(extract|format)_stack\(/,
  go: /\bruntime\.(Callers?|CallersFrames|FuncForPC|Stack)\(|\bdebug\.(Stack|ReadBuildInfo)\(|\bos\.Executable\(|\bos\.Args\[0\]/,
};
const SPEAKS_OF_TESTS = /["'`/][^"'`]{0,60}(?<![a-z])((unit|py)?test|spec|jest|mocha|vitest|go-build)/i;
/** `./openapi/spec.json`, `/specs/`, `/unittests/` describe something, or are folders of anybody's. */
const SPEAKS_OF_OTHERS = /(?<![a-z])(specs?(?=["'`/]|\.(json|ya?ml|md|toml|proto)\b)|unittests(?=["'/]))/gi;

const EXPRESSION =
  /^(member_expression|subscript_expression|binary_expression|unary_expression|call_expression|variable_declarator|call|subscript|comparison_operator|attribute)$/;
const NAMES = /^(string|interpreted_string_literal|property_identifier|shorthand_property_identifier_pattern)$/;

export function asksForTests(file: FileDiff, parsed: Parsed): TestAware[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const questions = QUESTIONS[familyOf(parsed.language)] ?? [];
  const source = CALLERS[familyOf(parsed.language)] ?? null;
  const callers = callersIn(parsed.root, source);
  const found = new Map<number, TestAware>();
  for (const node of within(parsed.root)) {
    if (!lines.has(node.line) || node.end - node.start > EXPRESSION_CHARS_MAX) continue;
    const isNamed = NAMES.test(node.type) && RUNNERS_OWN.test(node.text.replace(/["'`]/g, ""));
    if (!isNamed && !EXPRESSION.test(node.type)) continue;
    const text = node.text.replace(/\s+/g, " ").replaceAll("?.[", "[").replaceAll("?.", ".");
    const isOfCaller =
      SPEAKS_OF_TESTS.test(text.replace(SPEAKS_OF_OTHERS, "")) &&
      !isTakenOut(node) &&
      !isOwnName(node) &&
      (source?.test(text) || (callers.size > 0 && [...within(node)].some((one) => callers.has(one.text))));
    if (isNamed || isOfCaller || questions.some((pattern) => pattern.test(text)))
      found.set(node.line, { path: file.path, line: node.line, what: `asks whether it is tested (\`${text}\`)` });
  }
  const others = [...frameworkPatches(parsed.root, parsed.language), ...hiddenNames(parsed.root, parsed.language)];
  for (const { line, what } of others) if (lines.has(line)) found.set(line, { path: file.path, line, what });
  return [...found.values()];
}

/** `delete require.cache[…]`: asks nothing. */
function isTakenOut(node: SyntaxNode): boolean {
  return [node, ...above(node)].some(({ type, text }) => type === "unary_expression" && /^delete\b/.test(text));
}

/** Names that hold who called. */
function callersIn(root: SyntaxNode, source: RegExp | null): Set<string> {
  const found = new Set<string>();
  if (source === null) return found;
  for (const one of within(root)) {
    const isLoop = /^(for_statement|for_in_statement|for_in_clause|range_clause)$/.test(one.type);
    const { left, right } = isLoop ? { left: one.child("left"), right: one.child("right") } : (givenIn(one) ?? {});
    if (!left || !right || !source.test(right.text.slice(0, EXPRESSION_CHARS_MAX))) continue;
    for (const name of within(left))
      if (name.children.length === 0 && /identifier/.test(name.type)) found.add(name.text);
  }
  return found;
}
