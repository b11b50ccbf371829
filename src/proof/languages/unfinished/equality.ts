import { above, type SyntaxNode, within } from "../syntax/syntax.ts";

/** What asks whether two things are the same has to look at both: tests lean on it. */
export function isEquality(node: SyntaxNode): boolean {
  return /^(__eq__|__ne__|equals?|isEqual|Equals?)$/.test(node.child("name")?.text ?? "");
}

/** How many things an equality compares; what comes behind them says how. */
const COMPARED = 2;

export function looksAtBoth(node: SyntaxNode, body: SyntaxNode): boolean {
  const words = new Set([...within(body)].filter((one) => one.children.length === 0).map(({ text }) => text));
  // A body without a word is empty, which is said elsewhere.
  if (![...words].some((one) => /\w/.test(one))) return true;
  const given = parametersOf(node);
  const self = given.length === 1 ? selfOf(node) : null;
  const both = [...given, ...(self === null ? [] : [[self]])].slice(0, COMPARED);
  const isSeen = (names: readonly string[]) => names.some((one) => words.has(one) || one.startsWith("_"));
  return both.every((names) => names.length === 0 || isSeen(names)) || words.has("super") || isOfOneOnly(node, body);
}

/** Per parameter the names that it binds: no types, no values that stand in for it; `self` is none. */
function parametersOf(node: SyntaxNode): string[][] {
  const parts = (node.child("parameters") ?? node.child("parameter"))?.parts ?? [];
  return parts
    .flatMap((one): string[][] => {
      // Go: `a, b T`.
      const named = one.children.filter(({ field }) => field === "name");
      if (named.length > 1) return named.map(({ text }) => [text]);
      return [namesBound(one)];
    })
    .filter((names) => !names.some((one) => /^(self|cls|this)$/.test(one)));
}

function namesBound(one: SyntaxNode): string[] {
  const bound = one.child("pattern") ?? one.child("name") ?? one.child("left");
  if (bound) return namesBound(bound);
  if (one.type === "typed_parameter") return one.parts.slice(0, 1).flatMap(namesBound);
  if (/^(identifier|this)$/.test(one.type)) return [one.text];
  return [...within(one, ({ field }) => field !== "right" && field !== "type")]
    .filter(({ type }) => /^(identifier|shorthand_property_identifier_pattern)$/.test(type))
    .map(({ text }) => text);
}

/** The word for the thing whose method it is; null for a function that is handed both, or none of a class. */
function selfOf(node: SyntaxNode): string | null {
  if (/^__(eq|ne)__$/.test(node.child("name")?.text ?? "")) return "self";
  const receiver = node.child("receiver")?.parts[0]?.child("name")?.text;
  if (receiver !== undefined) return receiver;
  const isOfClass = node.type === "method_definition" && node.parent?.type === "class_body";
  return isOfClass && !node.children.some(({ type }) => type === "static") ? "this" : null;
}

/**
 * All of a type that holds nothing are the same: who asks for this very type has seen both. With a state, or for another
 * type, it is equal to everything.
 */
function isOfOneOnly(node: SyntaxNode, body: SyntaxNode): boolean {
  const own = ownType(node);
  if (own === null || hasState(node, own)) return false;
  const text = body.text.replace(/^[{\s]+|[;}\s]+$/g, "").replace(/\s+/g, " ");
  const asked =
    /^return isinstance\(\w+, ?(\w+)\)$/.exec(text)?.[1] ??
    /^return \(?\w+ instanceof (\w+)\)?$/.exec(text)?.[1] ??
    /^_, (?:ok|is|same) := \w+\.\(\*?(\w+)\);? return \w+$/.exec(text)?.[1];
  return asked === own;
}

function ownType(node: SyntaxNode): string | null {
  const receiver = node.child("receiver")?.parts[0]?.child("type");
  if (receiver) return receiver.text.replace(/^\*/, "");
  const owner = [...above(node)].find(({ type }) => /^class(_declaration|_definition)?$/.test(type));
  return owner?.child("name")?.text ?? null;
}

const STATE = /^(field_declaration|field_definition|public_field_definition)$/;

function hasState(node: SyntaxNode, own: string): boolean {
  const outer = [...above(node)];
  const owner = outer.find(({ type }) => /^class(_declaration|_definition)?$/.test(type));
  if (owner)
    return [...within(owner)].some((one) => {
      if (STATE.test(one.type) || (one.type === "assignment" && one.child("type") !== null)) return true;
      const left = /^assignment/.test(one.type) ? one.child("left") : null;
      return /^(self|this)$/.test(left?.child("object")?.text ?? "");
    });
  const specs = [...within(outer.at(-1) ?? node)].filter(({ type }) => type === "type_spec");
  const spec = specs.find((one) => one.child("name")?.text === own);
  return spec !== undefined && [...within(spec)].some(({ type }) => STATE.test(type));
}
