import { type Assertion, assertionsIn, isMessage } from "../tests/assertions.ts";
import { familyOf } from "../syntax/grammar.ts";
import { FAILURE_NAME, failuresWanted } from "./expected-failures.ts";
import { wantedBy } from "./more-asked.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import { above, FUNCTION, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/**
 * How many failures a test wants besides those that its assertions name one by one: for each further row of a loop, by each
 * further call of a helper, and where it catches one itself and compares what that holds.
 */
export function failuresBesides(side: TestSide, { body }: TestText): number {
  const all = assertionsIn(body, side.language, side.helpers);
  const ofRows = all.reduce((sum, one) => sum + moreRows(one, body), 0);
  return ofRows + furtherCalls(side, body) + (familyOf(side.language) === "js" ? caught(all, body) : excepted(body));
}

/** `for (const n of [0, -1]) throws(() => put(n), RangeError)` wants one failure for each of two. */
function moreRows(one: Assertion, body: SyntaxNode): number {
  if (failuresWanted([one]).length === 0) return 0;
  for (const outer of above(one.node)) {
    if (outer === body) return 0;
    const each = outer.type === "call_expression" ? outer.child("function") : null;
    const rows = /^for(_in)?_statement$/.test(outer.type)
      ? outer.child("right")
      : each?.child("property")?.text === "forEach"
        ? each.child("object")
        : null;
    if (rows && /^(array|list|tuple)$/.test(rows.type)) return Math.max(0, new Set(rows.parts.map(plain)).size - 1);
  }
  return 0;
}

/** `refused(0)` and `refused(-1)`, where `refused` wants a failure: each call but the first. */
function furtherCalls(side: TestSide, body: SyntaxNode): number {
  const calls = new Map<string, Set<string>>();
  for (const one of within(body)) {
    const name = /^call(_expression)?$/.test(one.type) ? (one.child("function")?.text ?? "") : "";
    if (name !== "" && side.helpers.has(name))
      (calls.get(name) ?? calls.set(name, new Set()).get(name))?.add(plain(one));
  }
  return [...calls].reduce((sum, [name, each]) => sum + ((wantedBy(side).get(name) ?? 0) > 0 ? each.size - 1 : 0), 0);
}

/** `expect(caught.message).to.equal("…")`, of failures whose kind no assertion asks for. */
function caught(all: readonly Assertion[], body: SyntaxNode): number {
  const named = new Set(all.filter((one) => failuresWanted([one]).length > 0).flatMap(({ node }) => rootsIn(node)));
  const asked = new Map<string, Set<string>>();
  for (const { node, strength } of all) {
    const subject = expectedSubject(node) ?? node.child("arguments")?.parts[0];
    const [, name = "", field = ""] =
      /^\(*([\w$]+)(?: as \w+\))?\.(message|code|name|status|cause)\b/.exec(subject?.text ?? "") ?? [];
    const isAsked = strength === "exact" || /^(match|toMatch|includes?|toContain)$/.test(wordsOf(node.child("function")).at(-1) ?? ""); // prettier-ignore
    if (!isAsked || !FAILURE_NAME.test(name) || named.has(name) || isOnlyCaught(node, body)) continue;
    (asked.get(field) ?? asked.set(field, new Set()).get(field))?.add(plain(node));
  }
  return Math.max(0, ...[...asked.values()].map((one) => one.size));
}

/** Where nothing fails, it is never asked: in a `catch`, and in what a promise calls. */
function isOnlyCaught(node: SyntaxNode, body: SyntaxNode): boolean {
  const outer = [...above(node)].find((one) => one === body || FUNCTION.test(one.type) || one.type === "catch_clause");
  return outer !== body && !(outer && FUNCTION.test(outer.type) && outer.child("body") === body);
}

/** `assert.rejects(f(), { message: "…" })`, `expect(f).to.throw(Full, "…")`: which failure it is, in its own words. */
export function failuresNamed(all: readonly Assertion[]): number {
  return all.filter(({ node, strength }) => {
    const last = wordsOf(node.child("function")).at(-1) ?? "";
    const [first, second] = node.child("arguments")?.parts ?? [];
    if (strength === "exact") return false;
    if (/^(throws|rejects)$/.test(last)) return (second?.parts ?? []).some(isMessage);
    return (
      /^(throw|rejectedWith)$/.test(last) && [first, second].some((one) => /^(template_)?string$/.test(one?.type ?? ""))
    );
  }).length;
}

function rootsIn(node: SyntaxNode): string[] {
  return [...within(node)].filter(({ type }) => type === "identifier").map(({ text }) => text);
}

const FAILS = /\b(self\.fail|pytest\.fail|fail)\(|\braise AssertionError\b/;

/** `except Full as error:` of a `try` that fails where nothing is raised, with an assertion about the error. */
function excepted(body: SyntaxNode): number {
  const tried = [...within(body)].filter(({ type, parts }) => type === "try_statement" && parts.some((one) => one.type === "else_clause" && FAILS.test(one.text))); // prettier-ignore
  return tried
    .flatMap(({ parts }) => parts.filter(({ type }) => type === "except_clause"))
    .filter(({ text }) =>
      /^except (?!Exception\b|BaseException\b)[\w.]+ as (\w+):[^]*\bassert\w*\b[^]*\b\1\b/.test(text),
    ).length;
}
