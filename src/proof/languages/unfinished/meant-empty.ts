import { above, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";

/** Names that say that doing nothing is meant. A word somewhere in a name says something else: `saveDefaults`, `ignoreCase`. */
const WHOLE =
  /^(noop|nothing|ignore|ignored|swallow|discard|empty|default|dummy|ignore_?errors?|swallow_?errors?|constructor|)$/;
const AT_AN_END = /^(noop|nothing|dummy)_|_(noop|nothing|dummy)$/;
/** A private hook that somebody may fill. */
const HOOK = /^_(on|before|after|pre|post)_/;
const CLASS = /^(null|noop|nop|dummy|discard|silent|void|nothing)(_|$)|_(noop|nop|stub)$/;

export function isMeantEmptyName(name: string): boolean {
  const words = wordsOf(name);
  return WHOLE.test(words) || AT_AN_END.test(words) || HOOK.test(name);
}

export function isOfNothingName(className: string): boolean {
  return CLASS.test(wordsOf(className));
}

/** `doNothing` and `do_nothing` alike; what a language marks as private is no part of the name. */
function wordsOf(name: string): string {
  return name
    .replace(/^[_#]+/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/no_op/g, "noop")
    .replace(/^do_nothing$/, "nothing");
}

/** `patience = { tries: 1, sleep: async () => {} }`: what a caller may give instead. */
export function isDefault(node: SyntaxNode): boolean {
  for (const outer of above(node)) {
    if (/^(assignment_pattern|object_assignment_pattern|required_parameter)$/.test(outer.type)) return true;
    if (!/^(pair|object|as_expression|satisfies_expression|parenthesized_expression)$/.test(outer.type)) return false;
  }
  return false;
}

/** The type of a method in Go, and the name of an object in which one stands: `func (Nop) Info(…)`, `const silent = { info(…) {} }`. */
export function holderOf(node: SyntaxNode): string {
  if (node.type === "method_declaration") return typeOf(node);
  const pair = node.parent?.type === "pair" ? node.parent : node;
  const object = pair.parent?.type === "object" ? pair.parent : null;
  const holder = object?.parent;
  return (/^(variable_declarator|pair)$/.test(holder?.type ?? "") && (holder?.child("name") ?? holder?.child("key"))?.text) || ""; // prettier-ignore
}

function typeOf(method: SyntaxNode): string {
  const given = method.child("receiver")?.parts[0]?.child("type")?.text ?? "";
  return given.replace(/^\*/, "");
}

/** A method of a type without content, which gives itself no name, and which an interface of the same file asks for. */
export function fillsInterface(node: SyntaxNode): boolean {
  if (node.type !== "method_declaration" || node.child("receiver")?.parts[0]?.child("name")) return false;
  const { types, asked } = typesIn(node.root);
  return /^struct\s*\{\s*\}$/.test(types.get(typeOf(node))?.text ?? "") && asked.has(node.child("name")?.text);
}

/** The types of a file in Go, and the methods that its interfaces ask for. Asked for each method. */
const typesIn = oncePerNode((root) => {
  const all = [...within(root)].filter(({ type }) => type === "type_spec");
  const types = new Map(all.toReversed().map((one) => [one.child("name")?.text, one.child("type")]));
  const interfaces = all.filter((one) => one.child("type")?.type === "interface_type");
  const methods = interfaces.flatMap((one) => [...within(one)].filter(({ type }) => /^method_(elem|spec)$/.test(type)));
  return { types, asked: new Set(methods.map((one) => one.child("name")?.text)) };
});

/** `async stop(): Promise<void> {}` of an abstract class, which the same file calls: whoever fills the form in may leave it. */
export function isHook(node: SyntaxNode): boolean {
  const owner = node.parent?.parent;
  if (node.type !== "method_definition" || owner?.type !== "abstract_class_declaration") return false;
  const isForm = owner.child("body")?.parts.some((one) => one.children.some(({ type }) => type === "abstract"));
  const answers = node.child("return_type")?.text ?? ": void";
  return (
    isForm === true && /^:\s*(void|Promise<void>)$/.test(answers) && called(node.root).has(node.child("name")?.text)
  );
}

/** Names of methods that a file calls. */
const called = oncePerNode((root): ReadonlySet<string | undefined> => {
  const calls = [...within(root)].filter(({ type }) => type === "call_expression");
  return new Set(calls.map((one) => one.child("function")?.child("property")?.text));
});

/** `createContext({ theme: "light", toggle: () => {} })`: outside of a provider nothing happens. */
function isOfContext(node: SyntaxNode): boolean {
  const object = node.parent?.type === "pair" ? node.parent.parent : null;
  const call = object?.type === "object" ? object.parent?.parent : null;
  return /^(React\.)?createContext$/.test(call?.child("function")?.text ?? "");
}

/** `let resolve = () => {}`, which gets a function with content before anybody calls it. */
function isFilledLater(node: SyntaxNode): boolean {
  const declared = node.parent?.type === "variable_declarator" ? node.parent : null;
  if (!declared || declared.parent?.children[0]?.text !== "let") return false;
  return filledIn(node.root).has(declared.child("name")?.text);
}

const filledIn = oncePerNode((root): ReadonlySet<string | undefined> => {
  const all = [...within(root)].filter(({ type }) => type === "assignment_expression");
  const isContent = (one: SyntaxNode) =>
    one.child("right")?.child("body")?.parts.length !== 0 && one.child("right")?.text !== one.child("left")?.text;
  return new Set(all.filter(isContent).map((one) => one.child("left")?.text));
});

/** Where another function is put in its place, or none is wanted. */
export function isStandIn(node: SyntaxNode): boolean {
  return isOfContext(node) || isFilledLater(node);
}
