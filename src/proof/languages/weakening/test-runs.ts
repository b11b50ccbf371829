import { assertionsByName } from "../tests/assert-names.ts";
import { builtInPatches, endsWell, frameworkPatches, replacedTests } from "./framework-patches.ts";
import { ownFramework, type Sources } from "./own-framework.ts";
import { retriesAll } from "./retries.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestSide } from "../tests/test-side.ts";
import type { Weakening } from "./found-weakening.ts";

/**
 * Code of a test file that decides how its run ends: Go's `TestMain`, unittest's `load_tests`. It has to hand on what the
 * tests said.
 */
export function runsWithoutVerdict(side: TestSide, before: readonly TestSide[], sources: Sources): Weakening[] {
  const old = before.find(({ path }) => path === side.path);
  const isNew = old === undefined || old.root.parts.length === 0;
  const known = new Set((old ? ownAssertions(old, sources, isNew) : []).map(({ what }) => what));
  const own = old
    ? ownAssertions(side, sources, isNew).filter(({ what }) => !known.has(what))
    : patches(side, [frameworkPatches, builtInPatches, ...(side.tests.length === 0 ? [retriesAll] : [])]);
  const stands = own.map(({ line, what }): Weakening => ({ path: side.path, test: null, line, what, old: true }));
  return [...stands, ...withoutVerdict(side, old)];
}

function withoutVerdict(side: TestSide, old: TestSide | undefined): Weakening[] {
  return side.functions.flatMap(({ name, node, body }): Weakening[] => {
    const same = old?.functions.find((one) => one.name === name);
    if (same && same.node.text === node.text) return [];
    const what = name === "TestMain" ? ofGo(body) : name === "load_tests" ? ofUnittest(body) : null;
    return what ? [{ path: side.path, test: `${name}()`, line: node.line, what, old: true }] : [];
  });
}

/** Methods by which frameworks let a test fail. */
const FAILS =
  /^(assert(Equals?|NotEqual|True|False|Is|IsNot|IsNone|IsNotNone|In|NotIn|Raises|RaisesRegex|AlmostEqual|Greater|Less|(List|Dict|Set|Tuple|Count|MultiLine)Equal)|fail|run|Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;

/** What takes the place of a framework's own way to fail: an overridden method, an `assert` from the repository itself. */
function ownAssertions(side: TestSide, sources: Sources, isNew: boolean): { line: number; what: string }[] {
  const methods = side.functions
    .filter(({ name, node }) => FAILS.test(name) && isMethod(node))
    .map(({ name, node }) => ({ line: node.line, what: `have a \`${name}\` of their own, which decides what fails` }));
  return [
    ...methods,
    ...ownFramework(side, sources, isNew),
    ...standIns(side.root),
    ...renamed(side.root),
    ...patches(side, [frameworkPatches, builtInPatches, endsWell, retriesAll, replacedTests]),
  ];
}

/** `const assert = { deepEqual() {} }` anywhere in the file: an object or a function that neither throws nor asks the real one. */
function standIns(root: SyntaxNode): { line: number; what: string }[] {
  return [...within(root)].flatMap((one) => {
    const name = one.child("name") ?? one.child("left");
    const value = one.child("value") ?? one.child("right");
    if (!/^(variable_declarator|assignment_expression)$/.test(one.type) || !/^(assert|expect)$/.test(name?.text ?? "")) return []; // prettier-ignore
    const isMade = /^(object|arrow_function|function_expression)$/.test(value?.type ?? "");
    const isReal = /\bthrow\b|\b(assert|expect)\w*[.(]/.test(value?.text ?? "");
    return isMade && !isReal ? [{ line: one.line, what: `have an \`${name?.text}\` of their own, which fails nothing` }] : []; // prettier-ignore
  });
}

/** What asks less, under the name of what asks more: `import { ok as deepEqual }`. */
function renamed(root: SyntaxNode): { line: number; what: string }[] {
  return [...assertionsByName(root)]
    .filter(([alias, name]) => alias !== name && /^(ok|doesNot\w*|not\w*)$/.test(name) && ASKS_MORE.test(alias))
    .map(([alias, name]) => ({ line: 1, what: `call \`${name}\` by the name of \`${alias}\`` }));
}

const ASKS_MORE = /^((strict|deep|deepStrict|partialDeepStrict)?[eE]qual|throws|rejects|match|ok)$/;

function patches({ root, language }: TestSide, finders: readonly (typeof endsWell)[]) {
  return finders.flatMap((find) => find(root, language));
}

function isMethod(node: SyntaxNode): boolean {
  if (node.type === "method_declaration") return true;
  for (let at = node.parent; at !== null; at = at.parent) if (/^class/.test(at.type)) return true;
  return false;
}

/** `os.Exit(m.Run())`, or a name that holds what `m.Run()` answered. */
function ofGo(body: SyntaxNode): string | null {
  const calls = [...within(body)].filter((one) => one.type === "call_expression");
  const isRun = (one: SyntaxNode) => /\.Run$/.test(one.child("function")?.text ?? "");
  const runs = calls.filter(isRun);
  if (runs.length === 0) return "runs no test";
  const exits = calls.filter((one) => one.child("function")?.text === "os.Exit");
  const fixed = exits.some((one) => [...within(one)].every((part) => part.type !== "identifier" || part.text === "os"));
  const dropped = exits.length > 0 && runs.every((one) => one.parent?.type === "expression_statement");
  return fixed || dropped ? "ends well whatever its tests say" : null;
}

function ofUnittest(body: SyntaxNode): string | null {
  const uses = [...within(body)].some(
    (one) => one.type === "identifier" && /^(tests|standard_tests|loader)$/.test(one.text),
  );
  return uses ? null : "leaves all tests of the module out";
}
