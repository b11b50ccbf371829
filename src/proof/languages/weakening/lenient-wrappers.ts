import { functionsOf } from "../syntax/functions.ts";
import { swallows } from "./swallowed.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestSide } from "../tests/test-side.ts";
import type { TestText } from "../tests/test-cases.ts";
import { wordsOf } from "../tests/test-cases.ts";

/**
 * Functions of the tests that call what they are given and let its failures pass: a decorator `steady`, a wrapper
 * `flaky(async () => …)`. A test inside of one cannot fail.
 */
export function lenientWrappers(sides: readonly TestSide[]): ReadonlySet<string> {
  const all =
    known.get(sides) ??
    new Set(
      sides.flatMap(({ root, language }) => functionsOf(root, language).filter(isLenient)).map(({ name }) => name),
    );
  known.set(sides, all);
  return all;
}

/** Asked for every old test, of the same files. */
const known = new WeakMap<readonly TestSide[], ReadonlySet<string>>();

function isLenient({ node }: { readonly node: SyntaxNode }): boolean {
  const given = parametersOf(node);
  if (given.size === 0) return false;
  if (recovers(node) && callsOneOf(node, given)) return true;
  return [...within(node)].some((one) => {
    const body = one.type === "try_statement" ? one.child("body") : null;
    return body !== null && callsOneOf(body, given) && swallows(body) && !usesWhatWasCaught(one);
  });
}

/** `defer func() { recover() }()` in Go, where what was recovered fails nothing. */
function recovers(node: SyntaxNode): boolean {
  return [...within(node)].some((one) => {
    if (one.type !== "defer_statement" || !/\brecover\(\)/.test(one.text)) return false;
    return ![...within(one)].some(
      (part) => /^(Error|Errorf|Fatal|Fatalf|Fail|FailNow|panic)$/.test(part.text) && /identifier$/.test(part.type),
    );
  });
}

function parametersOf(node: SyntaxNode): Set<string> {
  const lists = [...within(node)].filter((one) => /^(parameters|formal_parameters|parameter_list)$/.test(one.type));
  const single = [...within(node)].flatMap((one) =>
    one.type === "arrow_function" ? (one.child("parameter") ?? []) : [],
  );
  const names = [...lists, ...single].flatMap((list) => [...within(list)].filter((one) => one.type === "identifier"));
  return new Set(names.map(({ text }) => text).filter((name) => name !== "self"));
}

function callsOneOf(body: SyntaxNode, names: ReadonlySet<string>): boolean {
  return [...within(body)].some(
    (one) => /^call(_expression)?$/.test(one.type) && names.has(one.child("function")?.text ?? ""),
  );
}

/** `catch (error) { return error }` hands the failure on: whoever called looks at it. */
function usesWhatWasCaught(tried: SyntaxNode): boolean {
  const handlers = tried.children.filter((one) => /^(catch_clause|except_clause)$/.test(one.type));
  return handlers.some((one) =>
    [...within(one)].some((part) => part.type === "return_statement" && part.parts.length > 0),
  );
}

/** @returns the wrapper around a test, or null */
export function wrappedIn({ node, body }: TestText, lenient: ReadonlySet<string>): string | null {
  if (lenient.size === 0) return null;
  const decorators = node.children.filter((one) => one.type === "decorator");
  const around = [...decorators, ...callsAround(node, body), ...callsWithCode(body)];
  const names = around.flatMap((one) =>
    wordsOf(one.type === "decorator" ? (one.parts[0] ?? null) : one.child("function")),
  );
  return names.find((name) => lenient.has(name)) ?? null;
}

/** Calls inside the test's own that hold its body: `test("…", steady(() => …))`. */
function callsAround(node: SyntaxNode, body: SyntaxNode): SyntaxNode[] {
  const arguments_ = node.type === "call_expression" ? (node.child("arguments")?.parts ?? []) : [];
  return arguments_.filter(
    (one) => one.type === "call_expression" && (body === node || within(one).next().value !== undefined),
  );
}

/** Calls in a test that are handed code of it: `calmly(t, func() { … })`. */
function callsWithCode(body: SyntaxNode): SyntaxNode[] {
  const isCode = (one: SyntaxNode) => /^(arrow_function|function_expression|func_literal|lambda)$/.test(one.type);
  return [...within(body)].filter(
    (one) => /^call(_expression)?$/.test(one.type) && (one.child("arguments")?.parts ?? []).some(isCode),
  );
}
