import type { FileDiff } from "../../trees/diff.ts";
import { literalsOf } from "./assertions.ts";
import { familyOf } from "./grammar.ts";
import type { Parsed } from "./parser.ts";
import { above, type SyntaxNode, within } from "./syntax.ts";

/** Product code that knows that it is tested, or what the tests ask. */
export type TestAware = { readonly path: string; readonly line: number; readonly what: string };

/** Larger expressions are no simple question about the surroundings. */
const EXPRESSION_CHARS_MAX = 200;
const VARIABLES = "CI|JEST_WORKER_ID|VITEST\\w*|NODE_TEST_CONTEXT|PYTEST_\\w+|GITHUB_ACTIONS|TEST|TESTING|MOCHA\\w*";
const RUNNERS = "pytest|unittest|nose|jest|vitest|mocha|_pytest";

/** Matched against whole expressions, so that texts and comments which say the same are not meant. */
const QUESTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  js: [
    new RegExp(`^(globalThis\\.)?process\\.env(\\??\\.(${VARIABLES})|\\[["'\`](${VARIABLES})["'\`]\\])$`),
    /^(process\.env\.NODE_ENV|process\.env\[.NODE_ENV.\]) *[!=]==? *["'`]test["'`]$/,
    /^["'`]test["'`] *[!=]==? *process\.env\.NODE_ENV$/,
    new RegExp(`^\\{[^}]*\\b(${VARIABLES})\\b[^}]*\\} *= *process\\.env$`),
    /^typeof (globalThis\.)?(jest|vi|vitest|describe|it|test|expect|mocha|beforeEach)$/,
    /^(globalThis|global)\.(jest|vi|describe|it|test|expect|mocha)$/,
    /^process\.(argv|execArgv)\b.*(test|jest|mocha|vitest)/,
    /\.stack\b.*\b(test|spec|jest|mocha)/,
  ],
  python: [
    new RegExp(`^["'](${RUNNERS})["'] (not )?in sys\\.modules$`),
    new RegExp(`^(os\\.)?(environ\\.get|getenv)\\(\\s*["'](${VARIABLES})["']`),
    new RegExp(`^(os\\.)?environ\\[["'](${VARIABLES})["']\\]$`),
    new RegExp(`^["'](${VARIABLES})["'] (not )?in (os\\.)?environ$`),
    /^.*sys\.argv.*(test|pytest)/,
    new RegExp(`^sys\\.modules(\\.get\\(|\\[)["'](${RUNNERS})["']`),
    /inspect\.stack\(\).*test/,
  ],
  go: [
    /^testing\.Testing\(\)$/,
    /^flag\.Lookup\("test\./,
    new RegExp(`^os\\.(Getenv|LookupEnv)\\("(${VARIABLES})"\\)$`),
    /^strings\.(HasSuffix|Contains)\(os\.Args\[0\], *"[./]*(_?test)/,
  ],
  other: [],
};
const EXPRESSION =
  /^(member_expression|subscript_expression|binary_expression|unary_expression|call_expression|variable_declarator|call|subscript|comparison_operator|attribute)$/;

export function asksForTests(file: FileDiff, parsed: Parsed): TestAware[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const questions = QUESTIONS[familyOf(parsed.language)] ?? [];
  const found = new Map<number, TestAware>();
  for (const node of within(parsed.root)) {
    if (!lines.has(node.line) || !EXPRESSION.test(node.type) || node.end - node.start > EXPRESSION_CHARS_MAX) continue;
    const text = node.text.replace(/\s+/g, " ");
    if (questions.some((pattern) => pattern.test(text)))
      found.set(node.line, { path: file.path, line: node.line, what: `asks whether it is tested (\`${text}\`)` });
  }
  return [...found.values()];
}

/** Texts and numbers that hardly stand in two places by chance. */
const UNCOMMON = /^(?=.*\d)[\w.,:/+ -]{3,}$|^.{10,}$/;

/** Literals of added lines that decide between cases, and those that are answered. */
export function casesIn(file: FileDiff, parsed: Parsed): { asked: Set<string>; answered: Set<string> } {
  const [asked, answered] = [new Set<string>(), new Set<string>()];
  if (parsed.outcome === "cannot") return { asked, answered };
  const lines = new Set(file.addedLines.map((one) => one.line));
  for (const node of within(parsed.root)) {
    if (!lines.has(node.line)) continue;
    const into = (to: Set<string>, from: SyntaxNode | null) =>
      from && literalsOf(from).forEach((one) => UNCOMMON.test(one) && to.add(one));
    if (/^(if_statement|elif_clause|ternary_expression|conditional_expression)$/.test(node.type))
      into(asked, node.child("condition"));
    if (/^(switch_case|expression_case|case_clause)$/.test(node.type))
      into(asked, node.child("value") ?? node.parts[0] ?? null);
    if (node.type === "pair") into(asked, node.child("key"));
    if (node.type === "pair") into(answered, node.child("value"));
    if (node.type === "return_statement" && !isThrown(node)) into(answered, node);
    if (node.type === "ternary_expression") into(answered, node.child("consequence"));
  }
  return { asked, answered };
}

function isThrown(node: SyntaxNode): boolean {
  return [...above(node)].some((one) => /^(throw|raise)_statement$/.test(one.type));
}
