import { ANY, HANDED, heldIn } from "../tests/asked-by.ts";
import { familyOf } from "../syntax/grammar.ts";
import { placesOf } from "../syntax/places.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestSide } from "../tests/test-side.ts";

/** A place at which tests' own code answers for something. */
export type Part = {
  readonly node: SyntaxNode;
  /** The class, function or variable by which it is reached; null for what happens as soon as the file is loaded. */
  readonly name: string | null;
  readonly method: string;
  /** Whether it has to do with more than the tests that see its place. */
  readonly everywhere: boolean;
  /** Whether it derives from nothing, and only has what it stands for inside. */
  readonly wraps?: true;
};

/** `Object.assign(real, { sign() {} })`, `{ ...real, sign: () => 1 }`, `new Proxy(real, { get() {} })` and what does the same. */
export function laidOver({ root, language }: TestSide, asked: ReadonlySet<string>): Part[] {
  if (familyOf(language) !== "js") return [];
  return [...within(root)].flatMap((one): Part[] => {
    const callee = one.child("constructor")?.text ?? one.child("function")?.text ?? "";
    const isSpread = one.type === "object" && one.parts.some((part) => part.type === "spread_element");
    const isProxy = PROXIES.test(callee) || (/^\w+$/.test(callee) && isNamedProxy(callee, root)) || makesProxy(one);
    if (!isProxy && !LAYS_OVER.test(callee) && !isSpread) return [];
    const objects = isSpread ? [one] : (one.child("arguments")?.parts ?? []).filter(({ type }) => type === "object");
    const method = isProxy ? ANY : objects.flatMap(membersOf).find(({ name }) => asked.has(name))?.name;
    const name = holderOf(one);
    return method === undefined || name === undefined ? [] : [{ node: one, name, method, everywhere: true }];
  });
}

const PROXIES = /^(Proxy|Proxy\.revocable)$/;
const LAYS_OVER = /^Object\.(assign|create|setPrototypeOf|defineProperties)$/;

/** `const P = Proxy` */
function isNamedProxy(name: string, root: SyntaxNode): boolean {
  return placesOf("Proxy", root).some(({ parent }) => parent?.type === "variable_declarator" && parent.child("name")?.text === name && parent.child("value")?.text === "Proxy"); // prettier-ignore
}

/** `Reflect.construct(Proxy, [real, { get() {} }])` */
function makesProxy(call: SyntaxNode): boolean {
  if (call.child("function")?.text !== "Reflect.construct") return false;
  return call.child("arguments")?.parts[0]?.text === "Proxy";
}

/** A class that makes the real thing inside and answers itself, or an object that a function returns beside the real thing. */
export function wrappers({ root }: TestSide, asked: ReadonlySet<string>, product: ReadonlySet<string>): Part[] {
  const held = new Set(heldIn(root, product).map(({ name }) => name));
  const places = [...product].flatMap((name) => placesOf(name, root).filter(({ type }) => type === "identifier"));
  const sorted = places.map(({ start }) => start).toSorted((one, other) => one - other);
  const mentions = ({ start, end }: SyntaxNode) => (sorted[firstFrom(sorted, start)] ?? end) < end;
  return [...within(root)].flatMap((one): Part[] => {
    const isClass = /^class(_declaration|_definition)?$/.test(one.type);
    const made = one.type === "object" ? [...above(one)].find(({ type }) => FUNCTION.test(type)) : null;
    if (!(isClass || made) || !mentions(made ?? one)) return [];
    const name = isClass ? (one.child("name") ?? one.parent?.child("name"))?.text : holderOf(one);
    const members = isClass ? (one.child("body")?.parts ?? []).flatMap(memberOf) : membersOf(one);
    const own = members.find((member) => asked.has(member.name) && answersItself(member.node, held));
    return !own || !name ? [] : [{ node: own.node, name, method: own.name, everywhere: true, wraps: true }];
  });
}

/** Where in these, which rise, the first stands that is not smaller. */
function firstFrom(sorted: readonly number[], least: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? least) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

const FUNCTION = /^(arrow_function|function_expression|function_declaration)$/;

type Member = { readonly name: string; readonly node: SyntaxNode };

function membersOf(object: SyntaxNode): Member[] {
  return object.parts.flatMap(memberOf);
}

function memberOf(one: SyntaxNode): Member[] {
  const value = one.child("value");
  const isCode = /^(arrow_function|function_expression)$/.test(value?.type ?? "") || isDescriptor(value);
  const isMethod = /^(method_definition|function_definition)$/.test(one.type);
  const name = (one.child("name") ?? one.child("key") ?? one.child("property"))?.text;
  return name !== undefined && (isMethod || isCode) ? [{ name, node: one }] : [];
}

/** `{ value: () => 44 }` */
function isDescriptor(value: SyntaxNode | null): boolean {
  const parts = value?.type === "object" ? value.parts : [];
  return parts.some((one) => /^(value|get)$/.test((one.child("key") ?? one.child("name"))?.text ?? ""));
}

/** Whether what is returned neither calls anything nor is of what holds the real thing: a driver hands on. */
function answersItself(code: SyntaxNode, held: ReadonlySet<string>): boolean {
  const body = (code.child("value") ?? code).child("body");
  const isBlock = body !== null && /block$/.test(body.type);
  const returned = isBlock ? [...within(body)].filter((one) => one.type === "return_statement") : [body];
  const own = new Set([...held, ...(body ? heldIn(body, held).map(({ name }) => name) : [])]);
  const handsOn = ({ type, text }: SyntaxNode) =>
    /^(call|call_expression|await)/.test(type) || (/identifier$/.test(type) && own.has(text.replace(/^#/, "")));
  return !returned.some((one) => one && [...within(one)].some(handsOn));
}

/** Calls that answer with what they are handed. */
const SAME = /^(Object\.(freeze|seal)|Promise\.resolve)$/;

/** The name by which tests reach a value; null where a test asks it on the spot, undefined where it is handed to something. */
function holderOf(node: SyntaxNode): string | null | undefined {
  for (const outer of above(node)) {
    if (/^(member_expression|subscript_expression)$/.test(outer.type)) return null;
    if (HANDED.test(outer.type) && !SAME.test(outer.parent?.child("function")?.text ?? "")) return undefined;
    if (/^(variable_declarator|function_declaration|method_definition)$/.test(outer.type))
      return nameIn(outer.child("name"));
    if (outer.type === "assignment_expression")
      return /(?<!\w)(\w+)$/.exec(outer.child("left")?.text ?? "")?.[1] ?? null;
    if (FUNCTION.test(outer.type) && outer.parent?.type === "arguments") return null;
  }
  return null;
}

/** `till`, and of `{ proxy: till }` as well. */
function nameIn(pattern: SyntaxNode | null): string | null {
  return pattern?.type === "object_pattern" ? (/(\w+)\s*\}$/.exec(pattern.text)?.[1] ?? null) : (pattern?.text ?? null);
}
