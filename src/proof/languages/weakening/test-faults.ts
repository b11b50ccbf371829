import { assertionsIn } from "../tests/assertions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { isLeftAlone } from "./goroutines.ts";
import { tellsNobody } from "./go-tests.ts";
import { above, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { isOwnExpectation, sidesOf } from "../tests/own-expectation.ts";
import { wordsOf } from "../tests/test-cases.ts";
import { assertsToItself, isLostPromise } from "./own-assertions.ts";
import { isInLostWork, saysWhenDone } from "./lost-work.ts";
import { isCaughtPromise, keepsFailures, swallows } from "./swallowed.ts";
import { isUnawaitedTest, UNAWAITED } from "../tests/unawaited-tests.ts";
import { isUncalled } from "../tests/uncalled.ts";

/** Ways in which an assertion that is there can never make its test fail. */
export type Fault = {
  readonly line: number;
  readonly what: string;
  /** Whether only assertions are lost for whose end or failure nobody waits, and others of the test are sound. */
  readonly isBesideSound: boolean;
};

const LOST = /^an assertion('s failure is swallowed| is not awaited| stands in a goroutine that nobody waits for)$/;

/** @param root a test's body @param helpers names of functions that assert */
export function faultsOf(root: SyntaxNode, language: Language, helpers: ReadonlySet<string>): Fault[] {
  const found = new Map<string, { line: number; what: string }>();
  let [faulty, said] = [0, 0];
  const say = (node: SyntaxNode, what: string) => {
    found.set(what, { line: node.line, what });
    said++;
  };
  const never = isNeverRun(root, language);
  if (never) say(root, never);
  const all = assertionsIn(root, language, helpers);
  const own = assertsToItself(root, language, all);
  if (own) say(root, own);
  const isTold = saysWhenDone(root);
  for (const { node } of all) {
    const outer = [node, ...until(node, root)];
    const saidBefore = said;
    const caught = outer.find((one) => isBodyOfTry(one) && swallows(one));
    if (outer.some((one) => isCaughtPromise(one, node) || isLostPromise(one)))
      say(node, "an assertion's failure is swallowed");
    if (outer.some(isLeftAlone)) say(node, "an assertion stands in a goroutine that nobody waits for");
    if (isRaisedHere(node)) say(node, "raises the error itself that it looks for");
    if (outer.some(asksForNothing)) say(node, "an assertion holds whatever the code does");
    if (caught)
      say(node, outer.some(isLoop) ? "is tried again until it passes" : "an assertion's failure is swallowed");
    if (isUncalled(node, root)) say(node, "an assertion stands in a function that nobody calls");
    if (outer.some(isNever)) say(node, "an assertion stands where it is never reached");
    if (!isTold && !outer.some(keepsFailures) && isInLostWork(node, root)) say(node, "an assertion is not awaited");
    if (isTautology(node) || sidesOf(node, language).some((both) => isOwnExpectation(both, root)))
      say(node, "an assertion holds whatever the code does");
    if (said > saidBefore) faulty++;
  }
  if (familyOf(language) === "go" && tellsNobody(root)) say(root, "tells a `testing.T` of its own what failed");
  for (const node of within(root)) {
    const words = /^call(_expression)?$/.test(node.type) ? wordsOf(node.child("function")) : [];
    if (words.join(".") === "this.retries" || words.join(".") === "jest.retryTimes")
      say(node, "is tried again until it passes");
    if (/^(suppress|recover)$/.test(words.at(-1) ?? "") && !asksForPanic(node, language))
      say(node, "an assertion's failure is swallowed");
  }
  const isSoundBeside = faulty < all.length;
  return [...found.values()].map((one) => ({ ...one, isBesideSound: isSoundBeside && LOST.test(one.what) }));
}

const LOOKS_FOR_ERROR = /^(throws|rejects|assertRaises|assertRaisesRegex|raises|toThrow|toThrowError)$/;

/** `throws(() => { f(); throw new TypeError(); })`: whatever the code does, there is an error. */
function isRaisedHere(node: SyntaxNode): boolean {
  if (!LOOKS_FOR_ERROR.test(wordsOf(node.child("function")).at(-1) ?? "")) return false;
  const given = [...(node.child("arguments")?.parts ?? []), ...argumentsOfExpect(node)];
  const code = given.find((one) => /^(arrow_function|function_expression)$/.test(one.type))?.child("body");
  const around = [...above(node)].find((one) => one.type === "with_statement") ?? null;
  // `with raises(E), opened(): raise E`: what `opened` does with a failure is what the test looks at.
  if (!code && around && managersOf(around) > 1) return false;
  const steps = (code ?? around?.child("body"))?.parts ?? [];
  return steps.length > 1 && /^(throw|raise)_statement$/.test(steps.at(-1)?.type ?? "");
}

function managersOf(around: SyntaxNode): number {
  return [...within(around)].filter((one) => one.type === "with_item" && !/^(contextlib\.)?suppress\(/.test(one.text))
    .length;
}

/** A function that is called and hands back something to go on with: nobody does, so that its body never runs. */
function isNeverRun(body: SyntaxNode, language: Language): string | null {
  const test = body.parent;
  if (familyOf(language) !== "python" || test?.type !== "function_definition") return null;
  const isOwn = (one: SyntaxNode) => !/^(function_definition|lambda)$/.test(one.type);
  if ([...within(body, isOwn)].some((one) => one.type === "yield")) return "is a generator, which never runs";
  return isUnawaitedTest(test) ? UNAWAITED : null;
}

/** `if recover() == nil { t.Error("no panic") }`: the panic is what the test wants. */
function asksForPanic(node: SyntaxNode, language: Language): boolean {
  const around = [...above(node)].find((one) => one.type === "func_literal");
  return around !== undefined && assertionsIn(around, language).length > 0;
}

const LOOKS_INSIDE =
  /^(assertRaisesRegex|assertWarnsRegex|raises|warns|throws|rejects|toThrow|toThrowError|fullmatch|MatchString|Contains|HasPrefix|HasSuffix|includes|startsWith|endsWith|toContain|toMatch|match|assertIn|assertRegex|startswith|endswith|search)$/;
const NOTHING =
  /^((match=)?r?["'`]{2}|\/(\.[*?+]*|\(\?:\)|\^|\$|\\w\*|\[\\s\\S\]\*)\/[a-z]*|(match=)?r?["'`](\^?\.[*+?]?\$?|\^|\$)["'`])$/;

/** `strings.Contains(message, "")`: every text has nothing in it. What stands around many assertions is looked through once. */
const asksForNothing = oncePerNode((node) => {
  const condition = node.type === "if_statement" ? node.child("condition") : node;
  return [...within(condition ?? node, (one) => !/^(block|statement_block)$/.test(one.type))].some((one) => {
    if (!/^call(_expression)?$/.test(one.type) || !LOOKS_INSIDE.test(wordsOf(one.child("function")).at(-1) ?? ""))
      return false;
    return (one.child("arguments")?.parts ?? []).some((part) => NOTHING.test(part.text));
  });
});

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

function isTautology(node: SyntaxNode): boolean {
  if (node.type === "assert_statement") return always(node.parts[0]);
  if (!/^call(_expression)?$/.test(node.type)) return false;
  const words = wordsOf(node.child("function"));
  const own = node.child("arguments")?.parts ?? [];
  const subject = words[0] === "expect" ? argumentsOfExpect(node) : own;
  const [one, other] = words[0] === "expect" ? [subject[0], own[0]] : own;
  if (/^(ok|assert|assertTrue|True|toBeTruthy|toBeDefined)$/.test(words.at(-1) ?? "")) return always(one);
  const isEqual = /equal|^toBe$|^is$|^same$|assertIs$/i.test(words.at(-1) ?? "") && !/not/i.test(words.join("."));
  if (!isEqual || one === undefined || other === undefined) return false;
  if (isFallback(other, one) || isFallback(one, other) || isTextOfNothing(one, other)) return true;
  return !/[({]/.test(one.text) && one.text === other.text;
}

/** `equal(JSON.stringify(got), JSON.stringify(new Set(["a"])))`: the text of every set is `{}`. */
function isTextOfNothing(one: SyntaxNode, other: SyntaxNode): boolean {
  const [, by] = /^(JSON\.stringify|String)\(new (?:Set|Map|WeakMap|WeakSet)\([^)]/.exec(other.text) ?? [];
  return by !== undefined && one.child("function")?.text === by;
}

/** `got ?? want`, `want or got`, `want.get(key, got)`: compared with `got` it is mostly `got` itself. */
function isFallback(what: SyntaxNode, value: SyntaxNode): boolean {
  const isEither = what.children.some((one) => /^(\?\?|\|\||or)$/.test(one.text));
  const isChoice = /^(ternary_expression|conditional_expression)$/.test(what.type);
  if (isEither || isChoice) return what.parts.some((one) => one.text === value.text);
  const given = wordsOf(what.child("function")).at(-1) === "get" ? (what.child("arguments")?.parts ?? []) : [];
  return given.length === 2 && given[1]?.text === value.text;
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
