import { familyOf, type Language } from "../syntax/grammar.ts";
import type { Assertion } from "../tests/assertions.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** Ways in which an assertion of a test reaches nobody, because of what stands around it in this very test. */
export function assertsToItself(root: SyntaxNode, language: Language, all: readonly Assertion[]): string | null {
  if (familyOf(language) !== "js") return null;
  const names = new Set(all.map(({ node }) => wordsOf(node.child("function"))[0] ?? ""));
  const isTaken = [...within(root.parent ?? root)].some((one) => takesNameOf(one, names));
  return isTaken ? "brings its own `assert` or `expect`, which may fail nothing" : null;
}

/** `(t, assert = { equal() {} }) =>`: what a test is handed by its runner needs no default. */
function takesNameOf(one: SyntaxNode, names: ReadonlySet<string>): boolean {
  const isParameter = /^(assignment_pattern|required_parameter)$/.test(one.type) && one.parent?.type === "formal_parameters"; // prettier-ignore
  const isMade = one.type === "variable_declarator" && /^(object|arrow_function|function_expression|new_expression)$/.test(one.child("value")?.type ?? ""); // prettier-ignore
  if (!isParameter && !isMade) return false;
  const name = one.child("left") ?? one.child("pattern") ?? one.child("name");
  const value = one.child("right") ?? one.child("value");
  if (name?.text === "t" && isOfCode(value)) return false;
  return value !== null && /^(assert|expect|t)$/.test(name?.text ?? "") && names.has(name?.text ?? "");
}

/** `const t = new Trie()`: a thing of the code under test, by a short name. */
function isOfCode(value: SyntaxNode | null): boolean {
  const made = value?.type === "new_expression" ? (value.child("constructor")?.text ?? "") : "";
  const file = value && [...above(value)].at(-1);
  return /^\w+$/.test(made) && made !== "Proxy" && !file?.text.includes(`class ${made}`);
}

/** `Promise.allSettled([…])` whose results nobody looks at, a race with a promise that is done. */
export function isLostPromise(call: SyntaxNode): boolean {
  if (call.type !== "call_expression") return false;
  const name = /^Promise\.(allSettled|any|race)$/.exec(call.child("function")?.text ?? "")?.[1];
  if (name === undefined) return false;
  const outer = call.parent?.type === "await_expression" ? call.parent : call;
  const list = call.child("arguments")?.parts[0]?.parts ?? [];
  if (name === "allSettled") return /^(expression_statement|return_statement)$/.test(outer.parent?.type ?? "");
  return list.some(isDone);
}

const WRITTEN = /^(null|undefined|true|false|number|string|template_string|object|array)$/;

/** A value, or a promise that is over before anything else begins. */
function isDone(one: SyntaxNode): boolean {
  if (one.type !== "identifier") return WRITTEN.test(one.type) || /^Promise\.resolve\(/.test(one.text);
  const isIts = (set: SyntaxNode) => set.type === "variable_declarator" && set.child("name")?.text === one.text;
  // The nearest of that name: another test may have its own.
  for (const scope of above(one)) {
    const value = [...within(scope)].find(isIts)?.child("value");
    if (value) return value.type !== "identifier" && isDone(value);
  }
  return false;
}

const LOGS = /^(logging(\.getLogger\(.*\))?|log|logger|_log|_logger|LOG|LOGGER)\.(debug|info|warning|error|exception|critical|log)$/s; // prettier-ignore

/** A Python test that asks what was logged, and logs it. */
function logsItself(root: SyntaxNode): string | null {
  if (!/\bassertLogs\(|\bcaplog\./.test(root.text)) return null;
  const isOwn = (one: SyntaxNode) => !/^(function_definition|lambda|class_definition)$/.test(one.type);
  const logged = [...within(root, isOwn)].some(
    (one) => one.type === "call" && one.parent?.type === "expression_statement" && LOGS.test(one.child("function")?.text ?? ""), // prettier-ignore
  );
  return logged ? "logs itself what it looks for" : null;
}

const MOCK = /^((jest|vi|sinon)\.(fn|spy|stub)|(t\.)?mock\.fn|sinon\.(fake|spy|stub))$/;
const ASKS_CALLS = /^(toHaveBeenCalled\w*|toBeCalled\w*|toHaveBeenLastCalledWith|calledWith|calledOnce)$/;

/**
 * What a test asks about comes from the test itself. To be asked of old tests: a new one may be about the very thing that
 * hands it on, such as a filter of a log, and feeds it for that; whether it notices anything the mutants tell.
 */
export function feedsItself(root: SyntaxNode, language: Language): string | null {
  return familyOf(language) === "js" ? callsItsMock(root) : logsItself(root);
}

/** The mock of a test that the test itself calls, and then asks whether it was called. */
function callsItsMock(root: SyntaxNode): string | null {
  const asked = new Set<string>();
  for (const one of within(root)) {
    const words = one.type === "call_expression" ? wordsOf(one.child("function")) : [];
    if (!ASKS_CALLS.test(words.at(-1) ?? "") && one.type !== "member_expression") continue;
    if (ASKS_CALLS.test(words.at(-1) ?? "")) asked.add(expectedSubject(one)?.text ?? "");
    if (one.type === "member_expression" && /^(calls|callCount)$/.test(one.child("property")?.text ?? ""))
      asked.add(/^(\w+)\.mock$/.exec(one.child("object")?.text ?? "")?.[1] ?? "");
  }
  const mocks = [...within(root)].filter((one) => one.type === "variable_declarator" && MOCK.test(one.child("value")?.child("function")?.text ?? "")); // prettier-ignore
  const own = new Set(mocks.map((one) => one.child("name")?.text ?? "").filter((name) => asked.has(name)));
  const called = [...within(root)].find(
    (one) => one.type === "call_expression" && own.has(one.child("function")?.text ?? "") && isOfTest(one, root),
  );
  return called ? `calls \`${called.child("function")?.text}\` itself and asks whether it was called` : null;
}

function isOfTest(call: SyntaxNode, root: SyntaxNode): boolean {
  for (const outer of above(call)) {
    if (outer === root) return call.parent?.type === "expression_statement" || call.parent?.type === "await_expression";
    if (/^(arrow_function|function_expression|function_declaration)$/.test(outer.type)) return false;
  }
  return false;
}
