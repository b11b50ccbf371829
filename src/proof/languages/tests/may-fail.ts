import { functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, type SyntaxNode, within, plain } from "../syntax/syntax.ts";
import { wordsOf } from "./test-cases.ts";

/** A file of the repository: what its code can call by name. */
export type Scope = {
  readonly language: Language;
  readonly functions: readonly NamedFunction[];
  /** Names of maps, sets and lists that the file makes itself. */
  readonly tables: ReadonlySet<string>;
  /** Functions of other files of the repository, by the name that this one imports. */
  readonly imported: ReadonlyMap<string, Callee>;
};
type Callee = { readonly one: NamedFunction; readonly scope: Scope };

export function scopeOf(root: SyntaxNode, language: Language, imported: Scope["imported"] = new Map()): Scope {
  const tables = [...within(root)].flatMap((one) => {
    const value = one.child("value") ?? one.child("right");
    const isTable = value !== null && /^(new (Weak)?(Map|Set)\b|\[|\{|dict\(|set\(|list\(|defaultdict\()/.test(value.text); // prettier-ignore
    const name = one.child("property") ?? one.child("name") ?? one.child("left");
    return isTable && name ? wordsOf(name).slice(-1) : [];
  });
  return { language, functions: functionsOf(root, language), tables: new Set(tables), imported };
}

const CALLS =
  /^(call|call_expression|new_expression|method_invocation|invocation_expression|function_call_expression|member_call_expression|scoped_call_expression|nullsafe_member_call_expression|object_creation_expression)$/;
const ASKS_OTHERS = /^(await|await_expression|yield|yield_expression|with_statement|import_statement|import_from_statement|type_assertion_expression|assert_statement)$/; // prettier-ignore
const THROWS = /^(throw_statement|throw_expression|raise_statement)$/;

/** What of a language answers in any case, unless the code that calls it is wrong. */
const PLAIN = {
  js: /^(Math\.\w+|Number(\.is\w+)?|String|Boolean|isNaN|isFinite|Array\.(isArray|from|of)|Object\.(keys|values|entries|fromEntries|assign)|Map|Set|WeakMap|WeakSet|Array|Date)$/,
  python: /^(len|sum|abs|round|sorted|list|dict|set|tuple|str|bool|range|enumerate|zip|any|all|reversed|map|filter|isinstance|math\.(floor|ceil|fabs|trunc|hypot))$/, // prettier-ignore
  go: /^(len|cap|append|copy|delete|min|max|make|u?int(8|16|32|64)?|float(32|64)|string|recover|(math|strings|errors)\.\w+)$/, // prettier-ignore
  other: /^Math\.\w+$/,
};
/** Methods that only texts, numbers and lists have. */
const OF_VALUES =
  /^(map|some|every|flatMap|slice|join|includes|indexOf|padStart|padEnd|trim|toUpperCase|toLowerCase|startsWith|endsWith|toFixed|concat|charCodeAt|valueOf|strip|lower|upper|startswith|endswith|append|extend|items)$/;
const OF_TABLES = /^(get|set|has|add|delete|push|pop|shift|keys|values|entries|forEach|filter|reduce|find|sort|setdefault)$/; // prettier-ignore

/**
 * Whether code may fail for a reason that is not its own: it asks others, it calls what no file of the repository holds,
 * or what throws on purpose.
 * @param inside the function in which it stands
 * @param old errors that the code threw before, in its own words: those are its own
 */
export function mayFail(node: SyntaxNode, inside: NamedFunction, scope: Scope, old: ReadonlySet<string>): boolean {
  return fails(node, { one: inside, scope }, old, new Set([inside.node]));
}

function fails(node: SyntaxNode, at: Callee, old: ReadonlySet<string>, seen: Set<SyntaxNode>): boolean {
  const bound = namesBound(at.one);
  // What an error is made of stands for itself.
  return [...within(node, (one) => !THROWS.test(one.type) && !isPanic(one))].some((one) => {
    if (!one.named) return false;
    if (ASKS_OTHERS.test(one.type)) return true;
    if (THROWS.test(one.type) || isPanic(one)) return !old.has(plain(one));
    if (!CALLS.test(one.type) || isPlain(one, at, bound)) return false;
    const callee = calleeOf(one, at, bound);
    if (!callee) return true;
    if (seen.has(callee.one.node)) return false;
    seen.add(callee.one.node);
    return fails(callee.one.body, callee, old, seen);
  });
}

function isPanic(one: SyntaxNode): boolean {
  return one.type === "call_expression" && one.child("function")?.text === "panic";
}

/** The errors that a function throws, in its own words. */
export function thrownIn(node: SyntaxNode): Set<string> {
  return new Set([...within(node)].filter((one) => THROWS.test(one.type) || isPanic(one)).map(plain));
}

function isPlain(call: SyntaxNode, { scope }: Callee, bound: ReadonlySet<string>): boolean {
  const callee = call.child("function") ?? call.child("constructor");
  if (!callee) return false;
  if (PLAIN[familyOf(scope.language)].test(callee.text) && !bound.has(callee.text)) return true;
  const words = wordsOf(callee);
  const [of, last] = [words.at(-2), words.at(-1) ?? ""];
  if (of === undefined) return false;
  // `xs.map(given)` calls what it was given.
  const isHanded = (call.child("arguments")?.parts ?? []).some((one) => one.type === "identifier" && bound.has(one.text)); // prettier-ignore
  if (OF_VALUES.test(last)) return !(isHanded && /^(map|some|every|flatMap)$/.test(last));
  return OF_TABLES.test(last) && scope.tables.has(of);
}

function calleeOf(call: SyntaxNode, at: Callee, bound: ReadonlySet<string>): Callee | null {
  const { one, scope } = at;
  const callee = call.child("function") ?? (call.child("object") ? null : call.child("name"));
  if (!callee) return null;
  const words = wordsOf(callee);
  const name = words.at(-1) ?? "";
  const isOfOwn = words.length === 2 && isSelf(words[0] ?? "", one.node);
  if (words.length !== 1 && !isOfOwn) return null;
  if (!isOfOwn && bound.has(name)) return null;
  const isBare = call.type === "method_invocation" || call.type === "invocation_expression";
  const owner = isOfOwn || isBare ? ownerOf(one.node) : "";
  const found = scope.functions.find((other) => other.name === name && ownerOf(other.node) === owner);
  if (found) return { one: found, scope };
  return isOfOwn ? null : (scope.imported.get(name) ?? null);
}

function isSelf(word: string, node: SyntaxNode): boolean {
  return /^(this|self|cls)$/.test(word) || word === node.child("receiver")?.parts[0]?.child("name")?.text;
}

/** The class of a method, or a Go method's type; empty for a function of the file. */
export function ownerOf(node: SyntaxNode): string {
  const receiver = node.child("receiver")?.parts[0]?.child("type");
  if (receiver) return receiver.text.replace(/^\*/, "");
  for (const outer of above(node)) {
    if (/^class(_declaration|_definition)?$/.test(outer.type)) return outer.child("name")?.text ?? outer.type;
    if (/^(object|function_declaration|function_definition|arrow_function)$/.test(outer.type))
      return `in ${(outer.child("name") ?? outer.parent?.child("name") ?? outer.parent?.child("key"))?.text ?? outer.type}`;
  }
  return "";
}

const BINDS = /^(variable_declarator|for_in_statement|for_statement|for_in_clause|range_clause|short_var_declaration|assignment)$/; // prettier-ignore

/** What a function is given or makes itself, also functions inside it: it may do anything. */
function namesBound({ node }: NamedFunction): Set<string> {
  const places = [...within(node)].flatMap((one) => {
    if (one === node || one.child("parameters") || one.child("parameter"))
      return [one.child("parameters") ?? one.child("parameter") ?? []].flat();
    return BINDS.test(one.type) ? [one.child("name") ?? one.child("left") ?? []].flat() : [];
  });
  const names = places.flatMap((place) => [...within(place)].filter(({ type }) => /identifier(_pattern)?$|^name$/.test(type))); // prettier-ignore
  return new Set(names.map(({ text }) => text));
}
