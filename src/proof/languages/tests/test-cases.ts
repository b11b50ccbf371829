import { type Family, familyOf, type Language } from "../syntax/grammar.ts";
import { neverRun, skippingHelpers } from "./never-run.ts";
import { above, SNIPPET_CHARS_MAX, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "./chain-words.ts";

export { wordsOf };

/** One test as it stands in a file. */
export type TestText = {
  readonly name: string;
  /** Where it begins: the call, or the function with its decorators. */
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  /** How it is kept from running, or null. */
  readonly skipped: string | null;
};

/** Where a title has a value of its row: `${n}`, `%s`, `$row.name`. */
export const TITLE_HOLE = /\$\{[^}]*\}|%[sdifjop#]|\$\w+(?:\.\w+)*/;

export function testsIn(root: SyntaxNode, language: Language): TestText[] {
  const family = familyOf(language);
  const helpers = family === "other" ? new Set<string>() : skippingHelpers(root, language, SKIPS[family]);
  return FIND[family](root).map((test) => ({
    ...test,
    skipped: test.skipped ?? neverRun(test.node, root, language) ?? skippedBy(test.body, helpers),
  }));
}

/** `later(t)`, where `later` skips. */
function skippedBy(body: SyntaxNode, helpers: ReadonlySet<string>): string | null {
  if (helpers.size === 0) return null;
  for (const node of within(body)) {
    const name = /^call(_expression)?$/.test(node.type) ? (wordsOf(node.child("function")).at(-1) ?? "") : "";
    if (helpers.has(name)) return `by ${name}()`;
  }
  return null;
}

const FIND: Readonly<Record<Family, (root: SyntaxNode) => TestText[]>> = {
  js: scriptTests,
  python: pythonTests,
  go: goTests,
  other: () => [],
};

const TEST_WORDS = /^(it|test|specify|scenario|xit|xtest|fit)$/;
export const GROUP_WORDS = /^(describe|suite|context|xdescribe|xcontext|fdescribe)$/;
const SKIP_WORDS = /^(skip|todo|only|fixme|failing|fails|skipIf|runIf|xit|xtest|fit|xdescribe|xcontext|fdescribe)$/;

function scriptTests(root: SyntaxNode): TestText[] {
  const found: TestText[] = [];
  for (const node of within(root)) {
    if (node.type !== "call_expression") continue;
    const words = wordsOf(node.child("function"));
    const isTest = TEST_WORDS.test(words[0] ?? "") || (words.length === 2 && /^(test|it)$/.test(words[1] ?? ""));
    const args = node.child("arguments")?.parts ?? [];
    const title = args[0];
    if (!isTest || !title || !(TITLES.test(title.type) || isComputed(title, args))) continue;
    const given = args
      .filter((one) => one.type === "call_expression")
      .flatMap((one) => one.child("arguments")?.parts ?? []);
    // `test("…", withServer(async (url) => …))`
    const body = [...args, ...given].find((one) => FUNCTION.test(one.type)) ?? madeElsewhere(args[1], root) ?? node;
    // `test.todo("…")` and `it("…")` have no body: they never run.
    const missing = body === node ? "it has no body" : null;
    found.push({ name: groups(node) + titleOf(title), node, body, skipped: scriptSkip(node, body) ?? missing });
  }
  return found;
}

const TITLES = /^(string|template_string|binary_expression|identifier)$/;
const FUNCTION = /^(arrow_function|function_expression|function)$/;

/** `test("…", takes("a", 1))`, where a helper makes the function, and `test("…", isEmpty)`, where it has a name. */
function madeElsewhere(given: SyntaxNode | undefined, root: SyntaxNode): SyntaxNode | null {
  if (given?.type === "call_expression") return given;
  if (given?.type !== "identifier") return null;
  for (const one of within(root)) {
    if (one.child("name")?.text !== given.text) continue;
    const code = one.type === "variable_declarator" ? one.child("value") : one;
    if (/^(function_declaration|arrow_function|function_expression)$/.test(code?.type ?? "")) return code;
  }
  return null;
}

/** `test(row.name, () => …)`, `test(String(n), …)`: any expression before a function. */
function isComputed(title: SyntaxNode, args: readonly SyntaxNode[]): boolean {
  return (
    !FUNCTION.test(title.type) &&
    !/^(array|object|number)$/.test(title.type) &&
    args.some((one) => FUNCTION.test(one.type))
  );
}

/** A literal as its runner prints it; of anything else its code. */
function titleOf(title: SyntaxNode): string {
  return /^(string|template_string)$/.test(title.type) ? unescaped(title.text.slice(1, -1)) : title.text;
}

const ESCAPE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi;
const CONTROL: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0" };

/** What a literal of JavaScript stands for. */
export function unescaped(text: string): string {
  return text.replace(ESCAPE, (whole, long?: string, short?: string, byte?: string, one?: string) => {
    if (one !== undefined) return CONTROL[one] ?? one;
    const code = Number.parseInt(long ?? short ?? byte ?? "", 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function groups(node: SyntaxNode): string {
  const titles = [...above(node)]
    .filter((one) => one.type === "call_expression" && GROUP_WORDS.test(wordsOf(one.child("function"))[0] ?? ""))
    .map((one) => titleOf(one.child("arguments")?.parts[0] ?? one));
  return titles
    .reverse()
    .map((one) => `${one} > `)
    .join("");
}

function scriptSkip(node: SyntaxNode, body: SyntaxNode): string | null {
  for (const call of [node, ...above(node)]) {
    if (call.type !== "call_expression") continue;
    const words = wordsOf(call.child("function"));
    if (!TEST_WORDS.test(words[0] ?? "") && !GROUP_WORDS.test(words[0] ?? "") && call !== node) continue;
    const word = words.find((one) => SKIP_WORDS.test(one));
    if (word) return words.join(".");
    const options = (call.child("arguments")?.parts ?? []).filter((one) => one.type === "object");
    for (const pair of options.flatMap((one) => one.parts)) {
      const key = pair.child("key")?.text ?? "";
      if (/^["']?(skip|todo|only|fails|expectFailure)["']?$/.test(key) && pair.child("value")?.text !== "false")
        return pair.text.slice(0, SNIPPET_CHARS_MAX);
    }
  }
  return SKIPS.js(body);
}

/** Per language, a call in a body that keeps it from going on. */
const SKIPS: Readonly<Record<Exclude<Family, "other">, (body: SyntaxNode) => string | null>> = {
  js: (body) => skipInside(body, /^(skip|todo|pending)$/),
  python: (body) => skipInside(body, /^(skip|skipTest|xfail|importorskip)$/) ?? raisesSkip(body),
  go: (body) => skipInside(body, /^(Skip|Skipf|SkipNow)$/),
};

/** `t.skip()`, `this.skip()`, `self.skipTest()`, `t.SkipNow()` in the test itself. */
function skipInside(body: SyntaxNode, last: RegExp): string | null {
  for (const node of within(body)) {
    if (!/^call(_expression)?$/.test(node.type)) continue;
    const words = wordsOf(node.child("function"));
    if (words.length >= 2 && last.test(words.at(-1) ?? "")) return `${words.join(".")}()`;
  }
  return null;
}

const PYTHON_SKIP = /\b(skip|skipif|skipIf|skipUnless|xfail|expectedFailure)\b/;

function pythonTests(root: SyntaxNode): TestText[] {
  const whole = wholeModuleSkip(root);
  const found: TestText[] = [];
  for (const node of within(root)) {
    if (node.type !== "function_definition" || !/^test/.test(node.child("name")?.text ?? "")) continue;
    const body = node.child("body");
    if (!body) continue;
    const owner = [...above(node)].find((one) => one.type === "class_definition");
    const name = `${owner ? `${owner.child("name")?.text}.` : ""}${node.child("name")?.text}`;
    const marks = [node, owner]
      .flatMap((one) => decoratorsOf(one))
      .filter((one) => PYTHON_SKIP.test(one.replace(/(["']).*?\1/g, "")));
    const inside = SKIPS.python(body);
    found.push({
      name,
      node: node.parent?.type === "decorated_definition" ? node.parent : node,
      body,
      skipped: marks[0]?.slice(0, SNIPPET_CHARS_MAX) ?? inside ?? whole,
    });
  }
  return lastOfEachName(found);
}

/** A later definition of the same name takes the place of an earlier one, also a class that of a class. */
function lastOfEachName(all: readonly TestText[]): TestText[] {
  const lastClass = new Map<string, number>();
  const ownerOf = ({ node }: TestText) => [...above(node)].find((one) => one.type === "class_definition");
  for (const one of all) {
    const owner = ownerOf(one);
    if (owner) lastClass.set(owner.child("name")?.text ?? "", owner.start);
  }
  const last = new Map<string, TestText>();
  for (const one of all) {
    const owner = ownerOf(one);
    if (!owner || lastClass.get(owner.child("name")?.text ?? "") === owner.start) last.set(one.name, one);
  }
  return [...last.values()];
}

function decoratorsOf(node: SyntaxNode | undefined): string[] {
  const outer = node?.parent?.type === "decorated_definition" ? node.parent : null;
  return outer?.children.filter((one) => one.type === "decorator").map((one) => one.text) ?? [];
}

function raisesSkip(body: SyntaxNode): string | null {
  for (const node of within(body))
    if (node.type === "raise_statement" && /\bSkipTest\b/.test(node.text)) return node.text.slice(0, SNIPPET_CHARS_MAX);
  return null;
}

function wholeModuleSkip(root: SyntaxNode): string | null {
  for (const statement of root.parts) {
    const text = statement.text;
    if (/^(pytestmark\s*=.*\b(skip|skipif|xfail)\b|__test__\s*=\s*False|collect_ignore)/.test(text))
      return text.slice(0, SNIPPET_CHARS_MAX);
    if (/^(?:[\w, ]+ = )?(pytest\.(skip|importorskip)|raise (unittest\.)?SkipTest)\b/.test(text))
      return text.slice(0, SNIPPET_CHARS_MAX);
  }
  return null;
}

function goTests(root: SyntaxNode): TestText[] {
  const tag = [...root.children].find((one) => one.type === "comment" && /^\/\/(go:build| \+build)\b/.test(one.text));
  return root.parts.flatMap((node): TestText[] => {
    const name = node.child("name")?.text ?? "";
    const body = node.child("body");
    const isTest = /^(Test|Fuzz|Example)([^a-z]|$)/.test(name) && name !== "TestMain";
    if (node.type !== "function_declaration" || !isTest || !body) return [];
    return [{ name, node, body, skipped: SKIPS.go(body) ?? tag?.text ?? null }];
  });
}
