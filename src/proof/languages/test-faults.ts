import { assertionsIn } from "./assertions.ts";
import type { Language } from "./grammar.ts";
import { above, type SyntaxNode, within } from "./syntax.ts";
import { wordsOf } from "./test-cases.ts";

/** Ways in which an assertion that is there can never make its test fail. */
export type Fault = { readonly line: number; readonly what: string };

/** @param root a test's body @param helpers names of functions that assert */
export function faultsOf(root: SyntaxNode, language: Language, helpers: ReadonlySet<string>): Fault[] {
  const found = new Map<string, Fault>();
  const say = (node: SyntaxNode, what: string) => found.set(what, { line: node.line, what });
  for (const { node } of assertionsIn(root, language, helpers)) {
    const outer = [node, ...until(node, root)];
    const caught = outer.find((one) => isBodyOfTry(one) && swallows(one));
    if (caught)
      say(node, outer.some(isLoop) ? "is tried again until it passes" : "an assertion's failure is swallowed");
    if (outer.some(isNever)) say(node, "an assertion stands where it is never reached");
    if (isUnawaited(node, root)) say(node, "an assertion is not awaited");
    if (isTautology(node)) say(node, "an assertion holds whatever the code does");
  }
  for (const node of within(root)) {
    const words = /^call(_expression)?$/.test(node.type) ? wordsOf(node.child("function")) : [];
    if (words.join(".") === "this.retries" || words.join(".") === "jest.retryTimes")
      say(node, "is tried again until it passes");
    if (/^(suppress|recover)$/.test(words.at(-1) ?? "")) say(node, "an assertion's failure is swallowed");
  }
  return [...found.values()];
}

function* until(node: SyntaxNode, root: SyntaxNode): Generator<SyntaxNode> {
  for (const outer of above(node)) {
    yield outer;
    if (outer === root) return;
  }
}

function isLoop(node: SyntaxNode): boolean {
  return /^(for|while|do|for_in)_statement$/.test(node.type);
}

function isBodyOfTry(node: SyntaxNode): boolean {
  return node.parent?.type === "try_statement" && node.parent.child("body") === node;
}

/** A handler that neither throws on every path nor asserts: `if (left === 0) throw error` lets most failures pass. */
function swallows(body: SyntaxNode): boolean {
  const handlers =
    body.parent?.children.filter((one) => /^(catch_clause|except_clause|except_group_clause)$/.test(one.type)) ?? [];
  return handlers.some((handler) => {
    const block = handler.child("body") ?? handler.parts.find((one) => one.type === "block");
    if (!block) return true;
    // A handler for one's own kind of error is about the code, not about the assertion.
    const kind =
      handler.type === "except_clause"
        ? handler.parts
            .filter((one) => one !== block)
            .map((one) => one.text)
            .join()
        : "";
    if (kind !== "" && !/\b(Exception|BaseException|AssertionError)\b/.test(kind)) return false;
    return !block.parts.some(failsAtOnce);
  });
}

function failsAtOnce(statement: SyntaxNode): boolean {
  if (/^(throw_statement|raise_statement|return_statement)$/.test(statement.type))
    return statement.type !== "return_statement";
  return /^(await )?(assert|expect|t\.|self\.(assert|fail)|pytest\.fail|fail\(|done\()/.test(statement.text);
}

function isNever(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (
    /^(if|while)_statement$/.test(parent.type) &&
    parent.child("condition") !== node &&
    parent.child("alternative") !== node
  )
    if (/^\(?(false|False|0|null|None|undefined)\)?$/.test(parent.child("condition")?.text ?? "")) return true;
  if (!/^(statement_block|block|statement_list)$/.test(parent.type)) return false;
  const before = parent.children.slice(0, parent.children.indexOf(node));
  return before.some((one) => one.type === "return_statement");
}

const PROMISED = /^(resolves|rejects|doesNotReject)$/;

/** A promise that nobody waits for: the test ends before it fails. */
function isUnawaited(node: SyntaxNode, root: SyntaxNode): boolean {
  const words = node.type === "call_expression" ? wordsOf(node.child("function")) : [];
  if (node.parent?.type === "expression_statement" && words.some((one) => PROMISED.test(one))) return true;
  for (const outer of until(node, root)) {
    if (outer.type !== "call_expression" || outer.parent?.type !== "expression_statement") continue;
    const chain = wordsOf(outer.child("function"));
    const isLater =
      /^(then|catch|finally)$/.test(chain.at(-1) ?? "") ||
      /^(setTimeout|setImmediate|queueMicrotask)$/.test(chain[0] ?? "");
    // A test that takes `done` is told when it is over.
    const takesDone = /\b(done|callback|cb|resolve)\b/.test(root.text);
    if (isLater && !takesDone) return true;
  }
  return false;
}

function isTautology(node: SyntaxNode): boolean {
  if (node.type === "assert_statement") return always(node.parts[0]);
  if (!/^call(_expression)?$/.test(node.type)) return false;
  const words = wordsOf(node.child("function"));
  const own = node.child("arguments")?.parts ?? [];
  const subject = words[0] === "expect" ? argumentsOfExpect(node) : own;
  const [one, other] = words[0] === "expect" ? [subject[0], own[0]] : own;
  if (/^(ok|assert|assertTrue|True|toBeTruthy|toBeDefined)$/.test(words.at(-1) ?? "")) return always(one);
  const isEqual = /equal|^toBe$|^is$|^same$|assertIs$/i.test(words.at(-1) ?? "") && !/not/i.test(words.join("."));
  return isEqual && one !== undefined && other !== undefined && one.text === other.text && !/[({]/.test(one.text);
}

function argumentsOfExpect(node: SyntaxNode): SyntaxNode[] {
  for (const inner of within(node))
    if (inner.type === "call_expression" && inner.child("function")?.text === "expect")
      return inner.child("arguments")?.parts ?? [];
  return [];
}

function always(what: SyntaxNode | undefined): boolean {
  if (!what) return false;
  if (/^(true|True|1|!0|!false)$/.test(what.text)) return true;
  // `assert (a == b, "message")` asserts a pair, which always holds.
  if (what.type === "tuple" && what.parts.length > 0) return true;
  // `a == b or True` holds whatever the other side says.
  if (
    /^(boolean_operator|binary_expression)$/.test(what.type) &&
    what.children.some((one) => /^(or|\|\|)$/.test(one.text))
  )
    return what.parts.some((one) => always(one));
  const [left, right] = what.parts;
  const isComparison = what.children.some((one) => /^={2,3}$/.test(one.text));
  return isComparison && left !== undefined && left.text === right?.text && !/\(/.test(left.text);
}
