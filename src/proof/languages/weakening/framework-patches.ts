import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, type SyntaxNode, within, SNIPPET_CHARS_MAX } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** Code that puts something of its own in the place of what lets a test fail, or ends the run before it can. */
export type Patch = { readonly line: number; readonly what: string };

/** What decides in the common frameworks whether a test fails. */
const JUDGES = /^(assert|expect|chai|should)$/;
const PYTHON_JUDGES = /(^|\.)(TestCase|TestResult|TestSuite|TextTestRunner|TestLoader)(\.|$)|^(_?pytest|unittest)\./;
/** `Object.assign(assert, …)`, `mock.method(assert, "equal")`, `patch.object(TestCase, …)`, `setattr(unittest.TestCase, …)`. */
const REPLACES =
  /(^|\.)(Object\.(assign|defineProperty|defineProperties)|Reflect\.set|method|spyOn|stub|replace|setattr|patch\.object)$/;

/** @returns each with the line on which it stands */
export function frameworkPatches(root: SyntaxNode, language: Language): Patch[] {
  const family = familyOf(language);
  if (family !== "js" && family !== "python") return [];
  return [...within(root)].flatMap((node): Patch[] => {
    const what = family === "js" ? inScript(node) : inPython(node);
    return what === null ? [] : [{ line: node.line, what: `changes \`${what}\`, which decides whether a test fails` }];
  });
}

/** An equality that the tests bring along is asked before the framework's own. */
const EQUALITIES = /(^|\.)(addTypeEqualityFunc|addEqualityTesters|customEqualityTesters|addSnapshotSerializer)$/;
/** `expect.extend({ toBe() { … } })`: under the name of a matcher that the framework has. */
export const MATCHERS =
  /^["']?(toBe|to(Strict)?Equal|toContain\w*|toMatch\w*|toThrow\w*|toHave\w+|toBe(Truthy|Falsy|Null|Defined|Undefined|NaN|CloseTo|(Greater|Less)Than\w*|InstanceOf))["']?$/;

function inScript(node: SyntaxNode): string | null {
  const callee = node.type === "call_expression" ? wordsOf(node.child("function")).join(".") : "";
  if (EQUALITIES.test(callee)) return callee;
  if (callee === "expect.extend") return extended(node);
  if (node.type === "assignment_expression") {
    const left = node.child("left");
    const words = left?.type === "member_expression" ? wordsOf(left) : [];
    return words.length > 1 && JUDGES.test(words[0] ?? "") ? words.join(".") : null;
  }
  return replacedIn(node, "call_expression", JUDGES);
}

/** `self.assertEqual = …`: the names that unittest itself has today, and Django. An `assertion` or `assertTotal` is anybody's. */
const OWN_JUDGE =
  /^(self|cls)\.(assert((Not)?(Equal|In|Is|IsNone|IsInstance|IsSubclass|AlmostEqual|Regex|StartsWith|EndsWith|HasAttr)|Is(Not|NotNone|Subclass)|True|False|(Raises|Warns)(Regex|Message)?|(No)?Logs|(Greater|Less)(Equal)?|(Count|MultiLine|Sequence|List|Tuple|Set|Dict|QuerySet|HTML|JSON)Equal|(Not)?Contains|Redirects|NumQueries)|fail|subTest)$/;
/** `self.assertRaisesRegex = self.assertRaisesRegexp`: other versions of Python have another name for the same. */
const OTHER_NAME = /^(self|cls)\.assert(ItemsEqual|Equals|NotEquals|(Raises|Not)?Regexp\w*)$/;

function inPython(node: SyntaxNode): string | null {
  if (node.type === "assignment") {
    const left = node.child("left");
    const lefts = left?.type === "pattern_list" ? left.parts : left ? [left] : [];
    const own = lefts.find(({ text }) => OWN_JUDGE.test(text));
    if (own && isOfTestCase(node) && !OTHER_NAME.test(node.child("right")?.text ?? "")) return own.text;
    const text = left?.text ?? "";
    if (text === "failureException" || /(^|\.)AssertionError$/.test(text)) return text;
    return text.includes(".") && PYTHON_JUDGES.test(text) ? text : null;
  }
  // What a test case keeps about its own failures.
  if (node.type === "attribute" && node.child("attribute")?.text === "_outcome") return node.text;
  const callee = node.type === "call" ? wordsOf(node.child("function")).join(".") : "";
  return EQUALITIES.test(callee) ? callee : replacedIn(node, "call", PYTHON_JUDGES);
}

/** A gateway may well count what is to `fail`: in a class that unittest runs, or that helps such a one, the name is its own. */
function isOfTestCase(node: SyntaxNode): boolean {
  const owner = [...above(node)].find((one) => one.type === "class_definition");
  if (!owner) return false;
  const bases = owner.child("superclasses")?.parts ?? [];
  if (bases.some(({ text }) => /TestCase$/.test(text))) return true;
  const methods = (owner.child("body")?.parts ?? []).map(({ text }) => /\bdef (\w+)/.exec(text)?.[1] ?? "");
  return methods.some(
    (name) => /^(async|class)?setUp(Class)?$/i.test(name) || (bases.length > 0 && /^test/.test(name)),
  );
}

function extended(node: SyntaxNode): string | null {
  const members = node.child("arguments")?.parts[0]?.parts ?? [];
  const name = members
    .map((one) => (one.child("name") ?? one.child("key"))?.text ?? "")
    .find((one) => MATCHERS.test(one));
  return name === undefined ? null : `expect().${name}`;
}

function replacedIn(node: SyntaxNode, call: string, judges: RegExp): string | null {
  if (node.type !== call || !REPLACES.test(wordsOf(node.child("function")).join("."))) return null;
  const first = node.child("arguments")?.parts[0];
  return first && judges.test(first.text) ? first.text : null;
}

/** On these all code stands, the product and the assertions. */
const BUILT_IN =
  /^(Array|String|Object|Number|Boolean|Map|Set|Promise|RegExp|Function|Symbol|BigInt|Error)\.(prototype\.\w+|is|keys|entries|values|isArray)$|^Math\.(abs|min|max|round|floor|ceil|sign|hypot|pow|sqrt)$|^JSON\.(parse|stringify)$/;

/** `Array.prototype.filter = …`, `builtins.len = …`: what the tests then see is not what the product does elsewhere. */
export function builtInPatches(root: SyntaxNode, language: Language): Patch[] {
  const family = familyOf(language);
  if (family !== "js" && family !== "python") return [];
  return [...within(root)].flatMap((node): Patch[] => {
    if (!/^assignment(_expression)?$/.test(node.type)) return [];
    const left = node.child("left")?.text ?? "";
    const isTheirs = family === "js" ? BUILT_IN.test(left) : /^builtins\.\w+$/.test(left);
    return isTheirs ? [{ line: node.line, what: `changes \`${left}\`, on which all code stands` }] : [];
  });
}

/** `setattr(CartTest, "test_total", …)`, `CartTest.test_total = …`: under its name another test runs, or none. */
export function replacedTests(root: SyntaxNode, language: Language): Patch[] {
  if (familyOf(language) !== "python") return [];
  const defined = [...within(root)].filter((one) => one.type === "function_definition" && isInClass(one));
  const names = new Set(defined.map((one) => one.child("name")?.text ?? "").filter((name) => /^test/.test(name)));
  return [...within(root)].flatMap((node): Patch[] => {
    const name = replacedTest(node);
    return name !== null && names.has(name)
      ? [{ line: node.line, what: `put something else in the place of \`${name}\`` }]
      : [];
  });
}

function replacedTest(node: SyntaxNode): string | null {
  if (node.type === "assignment") return /^[A-Z]\w*\.(test\w*)$/.exec(node.child("left")?.text ?? "")?.[1] ?? null;
  if (node.type === "delete_statement") return /^del [A-Z]\w*\.(test\w*)$/.exec(node.text)?.[1] ?? null;
  if (node.type !== "call" || !/^(set|del)attr$/.test(node.child("function")?.text ?? "")) return null;
  return /^["'](test\w*)["']$/.exec(node.child("arguments")?.parts[1]?.text ?? "")?.[1] ?? null;
}

function isInClass(node: SyntaxNode): boolean {
  return [...above(node)].some((one) => one.type === "class_definition");
}

const ENDS = /^(process\.exit|sys\.exit|os\._exit|exit|quit|Deno\.exit)$/;

/** A test file that ends its own process well: what failed in it is not heard. */
export function endsWell(root: SyntaxNode, language: Language): Patch[] {
  const family = familyOf(language);
  if (family !== "js" && family !== "python") return [];
  return [...within(root)].flatMap((node): Patch[] => {
    const isExit = /^call(_expression)?$/.test(node.type) && ENDS.test(wordsOf(node.child("function")).join("."));
    const isWell = isExit && /^\((0|None)?\)$/.test(node.child("arguments")?.text ?? "");
    const isStatus =
      node.type === "assignment_expression" && /^process\.exitCode = (0|undefined)$/.test(node.text.trim());
    return isWell || isStatus
      ? [{ line: node.line, what: `ends the process by itself (\`${node.text.slice(0, SNIPPET_CHARS_MAX)}\`)` }]
      : [];
  });
}
