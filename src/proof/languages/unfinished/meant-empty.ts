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

/** What could have to be closed, or written first. */
const HOLDS =
  /\b(?!(sync|atomic|time|strings|bytes|big|rand)\.)[a-z]\w*\.[A-Z]|\b(chan|func|interface|any)\b|Ticker|Timer/;
const HOLDS_BY_NAME = /path|file|dir|url|addr|dsn|conn|pending|queue|buf|out|dst/i;
/** Whole words of a name: `rapid` and `handled` are counted, not held. */
const HELD = /^(fd|pid|sock|socket|handle|pipe)s?(?![a-z])|(Fd|FD|Pid|PID|Sock|Socket|Handle|Pipe)s?(?![a-z])|_(fd|pid|sock|socket|handle|pipe)s?(?![a-z])/; // prettier-ignore

/** `func (m *Memory) Close() error { return nil }` of what only has plain values: no test can notice that it closes nothing. */
export function hasNothingToClose(node: SyntaxNode): boolean {
  const isClose = node.type === "method_declaration" && node.child("name")?.text === "Close";
  if (!isClose || !/^\{\s*(\/\/.*\n\s*)*return nil\s*\}$/.test(node.child("body")?.text ?? "")) return false;
  const { types } = typesIn(node.root);
  const seen = new Set<string>();
  const isPlain = (name: string): boolean => {
    if (seen.has(name) || BUILT_IN.test(name)) return true;
    seen.add(name);
    const type = types.get(name);
    const text = type?.text.replace(/\/\/.*$/gm, "") ?? "any";
    const fields =
      type?.type === "struct_type" ? [...within(type)].filter((one) => one.type === "field_identifier") : [];
    if (HOLDS.test(text) || fields.some(({ text: name }) => HOLDS_BY_NAME.test(name) || HELD.test(name))) return false;
    const named = type ? [...within(type)].filter((one) => one.type === "type_identifier" && one.parent?.type !== "qualified_type") : []; // prettier-ignore
    return named.every((one) => isPlain(one.text));
  };
  return isPlain(typeOf(node) ?? "");
}

const BUILT_IN = /^(u?int(8|16|32|64)?|float(32|64)|complex(64|128)|string|bool|byte|rune|error)$/;

/** `async stop(): Promise<void> {}` of an abstract class, which the same file calls: whoever fills the form in may leave it. */
export function isHook(node: SyntaxNode): boolean {
  const owner = node.parent?.parent;
  if (node.type !== "method_definition" || owner?.type !== "abstract_class_declaration") return false;
  const isForm = owner.child("body")?.parts.some((one) => one.children.some(({ type }) => type === "abstract"));
  const answers = node.child("return_type")?.text ?? ": void";
  return (
    isForm === true && /^:\s*(void|Promise<void>)$/.test(answers) && isCalled(node.child("name")?.text ?? "", owner)
  );
}

/** Names of methods that a file calls, of what: of a thing itself, or of another. */
const called = oncePerNode((root): ReadonlySet<string> => {
  const calls = [...within(root)].flatMap((one) =>
    one.type === "call_expression" ? (one.child("function") ?? []) : [],
  );
  return new Set(
    calls.map((one) => `${one.child("object")?.text === "this" ? "this" : ""}.${one.child("property")?.text}`),
  );
});

/** Whether the class calls it, or a file that names the class as a type: whatever else has a method of this name is not meant. */
function isCalled(name: string, owner: SyntaxNode): boolean {
  if (called(owner).has(`this.${name}`)) return true;
  const own = owner.child("name")?.text;
  const isNamed = typesNamed(owner.root).some(
    (one) => one.text === own && (one.start < owner.start || one.start > owner.end),
  );
  return isNamed && called(owner.root).has(`.${name}`);
}

const typesNamed = oncePerNode((root) => [...within(root)].filter(({ type }) => type === "type_identifier"));

/** `createContext({ theme: "light", toggle: () => {} })`: outside of a provider nothing happens. */
function isOfContext(node: SyntaxNode): boolean {
  const object = node.parent?.type === "pair" ? node.parent.parent : null;
  const call = object?.type === "object" ? object.parent?.parent : null;
  const callee = call?.child("function")?.text ?? "";
  return /^(\w+\.)?createContext$/.test(callee) && !ownNames(node.root).has(callee.split(".")[0]);
}

/** Names that a file has from others of the repository, or gives itself: such a function does with what it is given as it likes. */
const ownNames = oncePerNode((root): ReadonlySet<string | undefined> => {
  const all = root.parts.flatMap((one) => (one.type === "export_statement" ? one.parts : [one]));
  const namesOf = (one: SyntaxNode) =>
    [...within(one)].filter(({ type }) => type === "identifier").map(({ text }) => text);
  return new Set(
    all.flatMap((one) => {
      if (/^(function|generator_function)_declaration$/.test(one.type)) return one.child("name")?.text;
      if (one.type === "import_statement") return /["'](\.|#|~|@\/)[^"']*["'];?$/.test(one.text) ? namesOf(one) : [];
      if (!/^(lexical|variable)_declaration$/.test(one.type)) return [];
      return one.parts.flatMap((part) => {
        const [name, value] = [part.child("name"), part.child("value")];
        return name && !/\brequire\(\s*["'][^.]/.test(value?.text ?? "") ? namesOf(name) : [];
      });
    }),
  );
});

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
