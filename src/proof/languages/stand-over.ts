import { assertionsIn } from "./assertions.ts";
import { familyOf } from "./grammar.ts";
import { around } from "./said.ts";
import { above, type SyntaxNode, within } from "./syntax.ts";
import { wordsOf } from "./test-cases.ts";
import type { TestSide } from "./test-differences.ts";

/** What stands in the tests' own file over the thing that they test. */
export type Over = { readonly line: number; readonly what: string; readonly test: string | null };

/**
 * Old tests that get their answers from the tests' own code: a class that overrides the method whose answer they compare, a
 * method that they set themselves, an object that is laid over the real one. A stand-in for what the tested code only uses
 * has other methods than those that old tests compare.
 */
export function standOver(side: TestSide, old: TestSide): Over[] {
  const asked = askedOf(old);
  const before = new Set(partsOf(old, asked).map(keyOf));
  const own = partsOf(side, asked).filter((one) => !before.has(keyOf(one)));
  const found = own.flatMap((one): Over[] => {
    const what = `get the answer of \`${one.method}\` from the tests' own code`;
    if (one.name === null) return isInNewTest(one.node, side, old) ? [] : [{ line: one.node.line, what, test: null }];
    return askedBy(one.name, one.method, side, old).map((test) => ({ line: one.node.line, what, test }));
  });
  return found.filter((one, at) => found.findIndex((other) => other.line === one.line) === at);
}

/** `name`: the class or function by which it is reached; null for what happens as soon as the file is loaded. */
type Part = { readonly node: SyntaxNode; readonly name: string | null; readonly method: string };

function partsOf(side: TestSide, asked: ReadonlySet<string>): Part[] {
  return [...overridden(side, asked), ...laidOver(side, asked), ...put(side, asked)];
}

/** What a method that was there before says now is the business of whoever reads it. */
function keyOf({ name, method, node }: Part): string {
  return name === null ? node.text : `${name} ${method}`;
}

/** Names of the functions and methods whose answers assertions compare, at once or by a name. */
function askedOf({ root, language, helpers }: TestSide): Set<string> {
  const found = new Set<string>();
  for (const { node } of assertionsIn(root, language, helpers)) {
    const place = around(node, language);
    const scope = [...above(node)].find((one) => /^(statement_block|block)$/.test(one.type));
    const names = new Set([...within(place)].filter((one) => one.type === "identifier").map(({ text }) => text));
    const given = scope ? [...within(scope)].filter((one) => isGiven(one, names)) : [];
    for (const one of [
      place,
      ...(place.parent?.type === "if_statement" ? [place.parent.child("initializer")] : []),
      ...given,
    ])
      // prettier-ignore
      for (const part of one ? within(one) : [])
        if (/^call(_expression)?$/.test(part.type)) found.add(wordsOf(part.child("function")).at(-1) ?? "");
  }
  return found;
}

function isGiven(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  if (!/^(variable_declarator|assignment|assignment_expression|short_var_declaration)$/.test(node.type)) return false;
  const left = node.child("name") ?? node.child("left");
  return left !== null && [...within(left)].some((one) => names.has(one.text));
}

const OF_FRAMEWORKS = /TestCase|Protocol|\bABC\b|Enum|Exception|Error\b|\btesting\./;

/** Methods of classes that derive from another one; in Go of types that embed one. */
function overridden({ root, language }: TestSide, asked: ReadonlySet<string>): Part[] {
  const go = familyOf(language) === "go";
  const types = new Map<string, SyntaxNode>();
  for (const one of within(root)) {
    const base = /^class/.test(one.type) ? (one.child("superclasses") ?? heritageOf(one)) : go ? embeddedIn(one) : null;
    const name = /^class/.test(one.type) ? (one.child("name") ?? one.parent?.child("name")) : one.child("name");
    if (base && name && !OF_FRAMEWORKS.test(base.text)) types.set(name.text, one);
  }
  return [...within(root)].flatMap((one): Part[] => {
    if (!/^(method_definition|function_definition|method_declaration)$/.test(one.type)) return [];
    const method = one.child("name")?.text ?? "";
    const owner = go ? receiverOf(one) : ownerOf(one);
    const isOver = owner !== null && types.has(owner) && asked.has(method);
    return owner !== null && (isOver || EQUALS.test(method)) ? [{ node: one, name: owner, method }] : [];
  });
}

/** Whatever a class says here decides what two values have in common. */
const EQUALS = /^(__(eq|ne)__|asymmetricMatch)$/;

function heritageOf(node: SyntaxNode): SyntaxNode | null {
  return node.children.find((one) => one.type === "class_heritage") ?? null;
}

function ownerOf(method: SyntaxNode): string | null {
  const owner = [...above(method)].find((one) => /^class(_declaration|_definition)?$/.test(one.type));
  return (owner?.child("name") ?? owner?.parent?.child("name"))?.text ?? null;
}

function receiverOf(method: SyntaxNode): string | null {
  return /(\w+)\)?$/.exec(method.child("receiver")?.parts[0]?.child("type")?.text ?? "")?.[1] ?? null;
}

function embeddedIn(spec: SyntaxNode): SyntaxNode | null {
  if (spec.type !== "type_spec" || spec.child("type")?.type !== "struct_type") return null;
  return [...within(spec)].find((one) => one.type === "field_declaration" && one.child("name") === null) ?? null;
}

const ANY = "whatever is asked";

/** `Object.assign(real, { sign() {} })`, `{ ...real, sign: () => 1 }`, `new Proxy(real, { get() {} })`. */
function laidOver({ root, language }: TestSide, asked: ReadonlySet<string>): Part[] {
  if (familyOf(language) !== "js") return [];
  return [...within(root)].flatMap((one): Part[] => {
    const callee = one.child("constructor")?.text ?? one.child("function")?.text ?? "";
    if (callee === "Proxy") return [{ node: one, name: holderOf(one), method: ANY }];
    const isSpread = one.type === "object" && one.parts.some((part) => part.type === "spread_element");
    if (callee !== "Object.assign" && !isSpread) return [];
    const objects = isSpread ? [one] : (one.child("arguments")?.parts ?? []).filter(({ type }) => type === "object");
    const method = objects.flatMap(membersOf).find((name) => asked.has(name));
    return method === undefined ? [] : [{ node: one, name: holderOf(one), method }];
  });
}

function membersOf(object: SyntaxNode): string[] {
  return object.parts.flatMap((one) => {
    if (one.type === "method_definition") return [one.child("name")?.text ?? ""];
    const isCode = /^(arrow_function|function_expression)$/.test(one.child("value")?.type ?? "");
    return one.type === "pair" && isCode ? [one.child("key")?.text ?? ""] : [];
  });
}

/** The function or the name by which tests reach a value; null where it stands in a test itself. */
function holderOf(node: SyntaxNode): string | null {
  const outer = [...above(node)];
  const holder =
    outer.findLast((one) => /^(function_declaration|method_definition)$/.test(one.type)) ??
    outer.findLast((one) => one.type === "variable_declarator");
  return holder?.child("name")?.text ?? null;
}

/** `Garage.prototype.sign = …`, `Walk.grade = lambda …`, `setattr(Walk, "grade", …)`: of a thing that the product has. */
function put({ root, language }: TestSide, asked: ReadonlySet<string>): Part[] {
  const python = familyOf(language) === "python";
  return [...within(root)].flatMap((one): Part[] => {
    const [owner, method] = putIn(one, python);
    return owner !== undefined && method !== undefined && asked.has(method) && isImported(owner, root)
      ? [{ node: one, name: null, method }]
      : [];
  });
}

function putIn(node: SyntaxNode, python: boolean): (string | undefined)[] {
  if (/^assignment(_expression)?$/.test(node.type)) {
    const left = node.child("left")?.text ?? "";
    const [, owner, method] = /^(\w+)(?:\.\w+)*?(?:\.prototype)?\.(\w+)$/.exec(left) ?? [];
    const value = node.child("right");
    return value && CODE.test(value.type) ? [owner, method] : [];
  }
  if (!/^call(_expression)?$/.test(node.type)) return [];
  const words = wordsOf(node.child("function")).join(".");
  const [first, second, third] = node.child("arguments")?.parts ?? [];
  if (!(python ? /^setattr$/ : /^(Object\.defineProperty|Reflect\.set)$/).test(words) || !third) return [];
  return [/^\w+/.exec(first?.text ?? "")?.[0], /^["'](\w+)["']$/.exec(second?.text ?? "")?.[1]];
}

const CODE = /^(arrow_function|function_expression|lambda|identifier|call|call_expression)$/;

function isImported(name: string, root: SyntaxNode): boolean {
  return root.parts.some(
    (one) => /import/.test(one.type) && [...within(one)].some((part) => part.text === name && /identifier/.test(part.type)), // prettier-ignore
  );
}

function isInNewTest(node: SyntaxNode, side: TestSide, old: TestSide): boolean {
  const known = new Set(old.tests.map(({ name }) => name));
  return side.tests.some(
    ({ name, node: test }) => !known.has(name) && test.start <= node.start && node.end <= test.end,
  );
}

/** Old tests that call the method of what they have by the name: from itself, from a helper, from what is done before each. */
function askedBy(name: string, method: string, side: TestSide, old: TestSide): string[] {
  const known = new Set(old.tests.map((one) => one.name));
  const names = new Set([name]);
  const functions = side.functions.filter(({ name: own }) => own !== method && !/^(setUp|setup)/.test(own));
  for (let grew = true; grew;) {
    const next = functions.filter((one) => !names.has(one.name) && gives(one.body, names));
    for (const one of next) names.add(one.name);
    grew = next.length > 0;
  }
  const held = heldIn(side.root, names);
  const isTheirs = (words: readonly string[]) => words.some((word) => names.has(word) || held.has(word));
  const asks = (one: SyntaxNode) => {
    if (EQUALS.test(method)) return isName(one) && names.has(one.text);
    const callee = /^call(_expression)?$/.test(one.type) ? one.child("function") : null;
    const words = wordsOf(callee);
    if (method !== ANY && words.at(-1) !== method) return false;
    return words.length === 1 ? names.has(words[0] ?? "") : isTheirs(namesIn(callee, words));
  };
  return side.tests
    .filter((test) => known.has(test.name) && [...within(test.body)].some(asks))
    .map((test) => test.name)
    .slice(0, 1);
}

/** `new Garage(1).sign` → Garage, sign; `self.cart.total` → cart, total. */
function namesIn(callee: SyntaxNode | null, words: readonly string[]): string[] {
  const made = [...(callee ? within(callee) : [])].find((one) => one.type === "new_expression");
  return [...words.slice(0, -1), ...(made ? [made.child("constructor")?.text ?? ""] : [])];
}

/** Whether a value is made by one of the names, and not only handed to something else. */
function gives(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return [...within(node)].some((one) => {
    if (!isName(one) || !names.has(one.text)) return false;
    for (const outer of above(one)) {
      if (outer === node) return true;
      if (/^(arguments|argument_list)$/.test(outer.type)) return false;
    }
    return true;
  });
}

/** Names that hold what one of the names makes: `garage`, `this.garage`, `self.garage`. */
function heldIn(root: SyntaxNode, names: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const one of within(root)) {
    if (!/^(variable_declarator|assignment|assignment_expression|short_var_declaration|var_spec)$/.test(one.type))
      continue;
    const [left, right] = [one.child("name") ?? one.child("left"), one.child("value") ?? one.child("right")];
    const last = left && right && gives(right, names) ? /(\w+)$/.exec(left.text)?.[1] : undefined;
    if (last !== undefined) found.add(last);
  }
  return found;
}

function isName(node: SyntaxNode): boolean {
  return node.children.length === 0 && /identifier$/.test(node.type);
}
