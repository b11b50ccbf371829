import { functionsOf } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { holds, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** A changed file with the lines that the change adds. */
export type Added<Of> = { readonly of: Of; readonly lines: ReadonlySet<number> };
type Code = { readonly root: SyntaxNode; readonly language: Language };

/** Whether code that new tests reach keeps runs apart from each other, and the tests let them run side by side. */
export function isOfOrder(product: readonly Added<Code>[], tests: readonly Added<TestSide>[]): boolean {
  if (!tests.some(({ of, lines }) => addedIn(of.root, lines).some(runsBeside))) return false;
  const reached = reachedBy(tests, product);
  return product.some(({ of, lines }) => {
    const own = functionsOf(of.root, of.language).filter(({ name }) => ALWAYS.test(name) || reached.has(name));
    const isOwn = (one: SyntaxNode) => own.some(({ node }) => holds(node, one));
    return addedIn(of.root, lines).some((one) => keepsApart(one, of.language) && isOwn(one));
  });
}

/** Called without being named. */
const ALWAYS = /^(constructor|__\w+__)$/;

/** Names in new tests, in functions beside them, and in the product's functions of such names. */
function reachedBy(tests: readonly Added<TestSide>[], product: readonly Added<Code>[]): Set<string> {
  const found = new Set<string>();
  const take = (node: SyntaxNode) => {
    for (const { text } of leavesOf(node)) found.add(text);
  };
  for (const { of, lines } of tests)
    for (const { node } of of.tests)
      if ([...lines].some((line) => node.line <= line && line <= node.endLine)) take(node);
  const all = [
    ...tests.flatMap(({ of }) => of.functions),
    ...product.flatMap(({ of }) => functionsOf(of.root, of.language)),
  ];
  for (let size: number | null = null; size !== found.size;) {
    size = found.size;
    for (const { name, node } of all) if (found.has(name)) take(node);
  }
  return found;
}

function leavesOf(node: SyntaxNode): SyntaxNode[] {
  return [...within(node)].filter((one) => one.children.length === 0 && /identifier$/.test(one.type));
}

/** What is code on added lines: no comments, no texts but whole ones. */
function addedIn(root: SyntaxNode, lines: ReadonlySet<number>): SyntaxNode[] {
  return [...within(root, ({ type }) => !/comment|string$/.test(type))].filter(
    (one) => lines.has(one.line) && !/comment/.test(one.type),
  );
}

const BESIDE =
  /(^|\.)(gather|create_task|Thread|ThreadPoolExecutor|ProcessPoolExecutor|Process|Pool|TaskGroup|Parallel)$|^Promise\.(all|allSettled|race)$/;

function runsBeside(one: SyntaxNode): boolean {
  if (one.type === "go_statement") return true;
  if (one.type === "new_expression") return /^(Worker|Thread)$/.test(one.child("constructor")?.text ?? "");
  return /^call(_expression)?$/.test(one.type) && BESIDE.test(one.child("function")?.text ?? "");
}

const KEEPERS =
  /^(R?Lock|RWMutex|Mutex|Semaphore|BoundedSemaphore|Condition|Barrier|CompareAndSwap\w*|Atomics|singleflight|errgroup|runExclusive|[aA]cquire|synchronized|mutex|_?lock|_?\w+(Lock|Mutex|_lock|_mutex))$/;
const PACKAGES = { js: /^$/, python: /^(threading|multiprocessing)$/, go: /^(sync|atomic)$/, other: /^$/ };
const WAITING = /(^|\.)[#_]*(pending|inFlight|in_flight|tail|queue)\w*$/;
const FIELD = /^(this|self)\./;

/** Locks, channels, a row that is locked, a promise that others wait for. */
function keepsApart(one: SyntaxNode, language: Language): boolean {
  const family = familyOf(language);
  if (/string/.test(one.type)) return /\bSELECT\b.*\bFOR UPDATE\b/is.test(one.text);
  if (one.children.length === 0 && /identifier$/.test(one.type))
    return KEEPERS.test(one.text) || PACKAGES[family].test(one.text);
  if (family === "go")
    return (
      /^(send_statement|select_statement|channel_type)$/.test(one.type) ||
      (one.type === "unary_expression" && one.text.startsWith("<-"))
    );
  if (!/^(assignment|assignment_expression|augmented_assignment_expression)$/.test(one.type)) return false;
  const [left, right] = [one.child("left")?.text ?? "", one.child("right")];
  if (right === null || !(FIELD.test(left) || WAITING.test(left))) return false;
  const calls = [...within(right)].filter(({ type }) => /^call(_expression)?$/.test(type));
  return calls.some(isOfTasks) || (WAITING.test(left) && calls[0] === right && !MAKES_A_LIST.test(lastWordOf(right)));
}

const MAKES_A_LIST = /^(filter|map|slice|concat|sort|list|deque|dict|set)$/;

/** `this.last.then(…)`: whatever it is called, others wait for what is kept. */
function isOfTasks(call: SyntaxNode): boolean {
  return /^(then|finally|catch|create_task|ensure_future|Future)$/.test(lastWordOf(call));
}

function lastWordOf(call: SyntaxNode): string {
  return wordsOf(call.child("function")).at(-1) ?? "";
}
