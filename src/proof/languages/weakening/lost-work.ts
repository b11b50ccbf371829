import { placesOf } from "../syntax/places.ts";
import { above, FUNCTION, holds, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** What only stands around a value. */
const AROUND =
  /^(parenthesized_expression|as_expression|satisfies_expression|non_null_expression|spread_element|list_splat|array|list|tuple|set|list_comprehension|keyword_argument|pair)$/;
const CALL = /^call(_expression)?$/;
/** These hand on the end of what they are given, all of it or the first. A group of tasks waits for its own at its end. */
const HANDS_ON =
  /^(Promise\.(all|race|any|resolve)|asyncio\.(gather|wait_for|shield|create_task|ensure_future)|gather|ensure_future|((asyncio\.)?(get_running_loop|get_event_loop|new_event_loop)|loop)\.create_task)$/;
/** These end well, however ends what they are given: what they answer has to be looked at. */
const ENDS_WELL = /^(Promise\.allSettled|(asyncio\.|futures\.|concurrent\.futures\.)?wait)$/;
/** These ask what something is, and wait for nothing. */
const LOOKS =
  /(^|\.)(ok|assert|isArray|String|Boolean|bool|len|id|repr|str|type|callable|isinstance|iscoroutine|isawaitable|isgenerator|assertTrue|assertIsNotNone|assertIsInstance|print|log)$/;
const LOOKED_AT = /^(length|size|name|close|cancel|constructor|toString)$/;
/** These begin the work of a function and answer something to wait for. */
const BEGINS = /(^|\.)(map|flatMap|filter|submit|partial|starmap|imap|to_thread|run_in_executor|bind)$/;
/** A function that they are given runs when the test is over, or where its failure is heard by nobody. */
const RUNS_ELSEWHERE = /^(queueMicrotask|process\.nextTick|atexit\.register|(threading\.)?(Thread|Timer))$/;
/** So it does with these, unless the test moves a clock of its own, or emits that event. */
const TIMER = /^set(Timeout|Immediate|Interval)$/;
const LISTENS = /^process\.(on|once)$/;
/** A clock of the test calls what waits for it at once, where the test hears it. */
const MOVES_CLOCK = /^(tick|tickAsync|runAll\w*|runOnlyPending\w*|runToLast\w*|advanceTimers\w*)$/;
const LATER = /^(then|catch|finally)$/;
const PROMISED = /^(resolves|rejects|doesNotReject)$/;

const COUNTS =
  /\bexpect\.(assertions|hasAssertions)\(|\b(t|assert)\.(plan|end|async)\(|\bnew Promise\(|\bPromise\.withResolvers\(/;

/** Whether a test is told when it is over, or says how many assertions it has to see. */
export function saysWhenDone(root: SyntaxNode): boolean {
  const code = FUNCTION.test(root.type) ? root : root.parent;
  const given = code?.child("parameters") ?? code?.child("parameter");
  const names = !given ? [] : [...within(given)].filter(({ type }) => type === "identifier");
  return names.some(({ text }) => isToldBy(text, root)) || COUNTS.test(root.text);
}

/** `done()` in what is called later, `.catch(done)`: one that the test itself calls tells it nothing of what comes later. */
function isToldBy(name: string, root: SyntaxNode): boolean {
  return placesOf(name, root).some((one) => {
    if (one.parent?.type === "arguments") return /^(done|callback|cb|resolve|next|end)$/.test(name);
    if (one.parent?.type !== "call_expression" || one.parent.child("function") !== one) return false;
    return [...above(one)].find((outer) => outer === root || FUNCTION.test(outer.type)) !== root;
  });
}

/**
 * Whether an assertion stands in work that a test begins and whose end it does not wait for: a promise, a coroutine, a thread,
 * a generator. What fails there nobody hears.
 * @param root the body of the test
 */
export function isInLostWork(assertion: SyntaxNode, root: SyntaxNode): boolean {
  if (isPromised(assertion, root) && isUnawaited(assertion, root)) return true;
  for (const outer of above(assertion)) {
    if (outer === root) return false;
    const isChained = outer.type === "call_expression" && LATER.test(wordsOf(outer.child("function")).at(-1) ?? "");
    const isGenerator = outer.type === "generator_expression";
    if ((isChained || isGenerator) && isUnawaited(outer, root)) return !tellsTest(assertion, outer, root);
    if (FUNCTION.test(outer.type) && isUnawaitedFunction(outer, root)) return !tellsTest(assertion, outer, root);
  }
  return false;
}

/** `gate.resolve()` behind the assertion, and `await gate` in the test: without the one the other never ends. */
function tellsTest(assertion: SyntaxNode, work: SyntaxNode, root: SyntaxNode): boolean {
  const known = lastTold.get(work) ?? Math.max(-1, ...tellsIn(work, root));
  lastTold.set(work, known);
  return known >= assertion.end;
}

/** Gone through once for each work: it may hold many assertions. */
const lastTold = new WeakMap<SyntaxNode, number>();

function tellsIn(work: SyntaxNode, root: SyntaxNode): number[] {
  const calls = [...within(work)].filter(({ type }) => CALL.test(type));
  const isWaited = new Map<string, boolean>();
  return calls.flatMap((call) => {
    const told = /^(\w+)\.(resolve|set|set_result|put_nowait)$/.exec(call.child("function")?.text ?? "")?.[1];
    if (told === undefined || [...above(call)].some(({ type }) => type === "finally_clause")) return [];
    const waited = isWaited.get(told) ?? placesOf(told, root).some((use) => !holds(work, use) && isWaitedFor(use));
    isWaited.set(told, waited);
    return waited ? call.start : [];
  });
}

/** `await gate.promise`, `await ready.wait()`, `assert ready.wait(5)` */
function isWaitedFor(use: SyntaxNode): boolean {
  for (const outer of above(use)) {
    if (/^(await|await_expression|assert_statement)$/.test(outer.type)) return true;
    if (!CALL.test(outer.type) && !/^(member_expression|attribute)$/.test(outer.type)) return false;
  }
  return false;
}

/** `assert.rejects(…)`, `expect(…).resolves.…`, a helper that is asynchronous itself. */
function isPromised(call: SyntaxNode, root: SyntaxNode): boolean {
  if (call.type !== "call_expression") return false;
  const words = wordsOf(call.child("function"));
  if (words.some((one) => PROMISED.test(one))) return true;
  return words.length === 1 && definedAs(words[0] ?? "", [...above(root)].at(-1) ?? root).some(isAsync);
}

function definedAs(name: string, file: SyntaxNode): SyntaxNode[] {
  return placesOf(name, file).flatMap((one) => {
    const { parent } = one;
    if (parent?.child("name") !== one) return [];
    if (FUNCTION.test(parent.type)) return [parent];
    const value = parent.type === "variable_declarator" ? parent.child("value") : null;
    return value && FUNCTION.test(value.type) ? [value] : [];
  });
}

function isAsync(code: SyntaxNode): boolean {
  return code.children.some(({ type }) => type === "async");
}

function isLazy(code: SyntaxNode): boolean {
  return isAsync(code) || /^generator_function/.test(code.type) || yields(code);
}

function yields(code: SyntaxNode): boolean {
  if (code.type !== "function_definition") return false;
  const open = [code.child("body")];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "yield") return true;
    open.push(...node.children.filter(({ type }) => !FUNCTION.test(type)));
  }
  return false;
}

/** A function inside the test: what it begins is lost where every use of it is. */
function isUnawaitedFunction(code: SyntaxNode, root: SyntaxNode): boolean {
  const holder =
    code.type.endsWith("declaration") || code.type === "function_definition" ? code : outermost(code).parent;
  const name = holder?.child("name") ?? holder?.child("left");
  const isNamed = holder && name && /^\w+$/.test(name.text) && /declarat|definition|assignment/.test(holder.type);
  if (!isNamed) return isUnawaitedUse(outermost(code), isLazy(code), root);
  const uses = placesOf(name.text, root).filter((one) => one !== name && !holds(code, one));
  return uses.length > 0 && uses.every((one) => isUnawaitedUse(one, isLazy(code), root));
}

function outermost(code: SyntaxNode): SyntaxNode {
  let at = code;
  while (at.parent && /^(parenthesized_expression|as_expression|expression_list)$/.test(at.parent.type)) at = at.parent;
  return at;
}

/** A function that is called, or handed to what calls it. */
function isUnawaitedUse(use: SyntaxNode, isSlow: boolean, root: SyntaxNode): boolean {
  const { parent } = use;
  if (parent && CALL.test(parent.type) && parent.child("function") === use) return isSlow && isUnawaited(parent, root);
  const list = parent?.type === "keyword_argument" ? parent.parent : parent;
  if (!list || !/^(arguments|argument_list)$/.test(list.type)) return false;
  const call = list.parent;
  const words = wordsOf(call?.child("function") ?? call?.child("constructor") ?? null);
  const called = words.join(".");
  if (!call || (parent?.type === "keyword_argument" && parent.child("name")?.text !== "target")) return false;
  if (TIMER.test(called)) return lastCalls(root).clock < call.end;
  if (LISTENS.test(called)) return (lastCalls(root).emitted.get(list.parts[0]?.text ?? "") ?? -1) < call.end;
  if (RUNS_ELSEWHERE.test(called)) return true;
  if (words.at(-1) === "forEach") return isSlow;
  const isOfList = /^(map|flatMap|filter)$/.test(words.at(-1) ?? "") && call.type === "call_expression";
  return BEGINS.test(called) && (isSlow || !isOfList) && isUnawaited(call, root);
}

type LastCalls = { readonly clock: number; readonly emitted: ReadonlyMap<string, number> };

/** Where a test last moves its clock, and last emits each event of the process. Gone through once for each test. */
const lastCalls = oncePerNode((root): LastCalls => {
  const emitted = new Map<string, number>();
  let clock = -1;
  for (const one of within(root)) {
    if (one.type !== "call_expression") continue;
    const words = wordsOf(one.child("function"));
    if (MOVES_CLOCK.test(words.at(-1) ?? "")) clock = Math.max(clock, one.start);
    const event = words.join(".") === "process.emit" ? one.child("arguments")?.parts[0] : undefined;
    if (event) emitted.set(event.text, Math.max(emitted.get(event.text) ?? -1, one.start));
  }
  return { clock, emitted };
});

/** Whether nobody waits for what an expression begins. */
function isUnawaited(value: SyntaxNode, root: SyntaxNode, seen = new Set<SyntaxNode>()): boolean {
  const { parent } = value;
  // Each place is looked at once, however often names hold each other.
  if (seen.has(value)) return true;
  seen.add(value);
  if (value === root || !parent) return false;
  const next = (one: SyntaxNode) => isUnawaited(one, root, seen);
  if (AROUND.test(parent.type)) return next(parent);
  if (/^(unary_expression|not_operator)$/.test(parent.type)) return /^(void|typeof|not)\b|^!/.test(parent.text);
  if (parent.type === "expression_statement") return true;
  if (/^(binary_expression|comparison_operator)$/.test(parent.type))
    return parent.children.some(({ text }) => /^([!=]==?|is|is not)$/.test(text));
  if (/^(await|await_expression)$/.test(parent.type)) return endsWell(value) && next(parent);
  if (/^(member_expression|attribute)$/.test(parent.type)) return isUnawaitedMember(parent, value, next);
  if (/^(arguments|argument_list)$/.test(parent.type)) return isUnawaitedArgument(parent, next);
  const name = givenName(value);
  if (!name) return false;
  const uses = placesOf(name.text, root).filter((one) => one !== name);
  return uses.every((one) => next(one));
}

function isUnawaitedMember(member: SyntaxNode, value: SyntaxNode, next: (one: SyntaxNode) => boolean): boolean {
  if (member.child("object") !== value) return false;
  const name = (member.child("property") ?? member.child("attribute"))?.text ?? "";
  const call = member.parent;
  if (LATER.test(name) && call && CALL.test(call.type) && call.child("function") === member) return next(call);
  return LOOKED_AT.test(name);
}

function isUnawaitedArgument(list: SyntaxNode, next: (one: SyntaxNode) => boolean): boolean {
  const call = list.parent;
  if (!call || !CALL.test(call.type)) return false;
  const called = wordsOf(call.child("function")).join(".");
  return LOOKS.test(called) || ((HANDS_ON.test(called) || ENDS_WELL.test(called)) && next(call));
}

/** `gather(…, return_exceptions=True)` as well. */
function endsWell(value: SyntaxNode): boolean {
  if (!CALL.test(value.type)) return false;
  const called = wordsOf(value.child("function")).join(".");
  return ENDS_WELL.test(called) || /\breturn_exceptions ?= ?True\b/.test(value.child("arguments")?.text ?? "");
}

/** `const done = …`, `task = …`, `_ = …` */
function givenName(value: SyntaxNode): SyntaxNode | null {
  const holder = value.parent;
  if (!holder || !/^(variable_declarator|assignment)$/.test(holder.type)) return null;
  const name = holder.child("name") ?? holder.child("left");
  return name && name !== value && /^\w+$/.test(name.text) ? name : null;
}
