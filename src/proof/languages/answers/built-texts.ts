import { meantBy } from "../tests/assertions.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

/** What a text comes to, `built` where nothing but decoders of written-down values makes it, null where nobody can tell. */
export type BuiltText = string | typeof BUILT | null;
export const BUILT = Symbol("made by decoders of what is written down");

/** A name in a name in a name: nobody writes more for an honest reason, and nobody reads more. */
const DEEP_MAX = 8;
/** Of the code that makes one name. Longer code makes no name. */
const CODE_CHARS_MAX = 2000;

/** Names that a file gives a value exactly once, and that are no parameter of anything. */
export function givenOnce(root: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode | null>();
  for (const node of within(root)) {
    if (PARAMETERS.test(node.type)) for (const one of node.parts) for (const { text, type } of within(one)) if (type === "identifier") found.set(text, null); // prettier-ignore
    if (node.type === "arrow_function" && node.child("parameter")) found.set(node.child("parameter")?.text ?? "", null);
    const { left, right } = givenIn(node) ?? {};
    if (!left) continue;
    const name = left.type === "expression_list" && left.parts.length === 1 ? (left.parts[0] as SyntaxNode) : left;
    const value = right?.type === "expression_list" && right.parts.length === 1 ? right.parts[0] : right;
    if (name.type === "identifier") found.set(name.text, found.has(name.text) ? null : (value ?? null));
  }
  return new Map([...found].flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}

const PARAMETERS = /^(formal_parameters|parameters|parameter_list|lambda_parameters)$/;

/** The value of a text that is put together, also by way of names that are given once. */
export function builtText(node: SyntaxNode, given: ReadonlyMap<string, SyntaxNode>): BuiltText {
  if (node.end - node.start > CODE_CHARS_MAX) return null;
  return textOf(node, given, DEEP_MAX) ?? (isDecoded(node) ? BUILT : null);
}

type Of = (node: SyntaxNode | null | undefined) => string | null;

function textOf(node: SyntaxNode, given: ReadonlyMap<string, SyntaxNode>, deep: number): string | null {
  const of: Of = (one) => (one && deep > 0 ? textOf(one, given, deep - 1) : null);
  if (node.type === "identifier") return of(given.get(node.text));
  if (node.type === "parenthesized_expression") return of(node.parts[0]);
  if (/^(number|integer|int_literal)$/.test(node.type)) return meantBy(node);
  if (/^(template_string|string)$/.test(node.type) && node.parts.some(({ type }) => FILLED.test(type)))
    return all(node.parts.filter(({ type }) => !/^string_(start|end)$/.test(type)).map((one) => (FILLED.test(one.type) ? of(one.parts[0]) : one.text))); // prettier-ignore
  if (/^(string|template_string|interpreted_string_literal|raw_string_literal)$/.test(node.type)) return meantBy(node);
  if (node.type === "concatenated_string") return all(node.parts.map(of));
  if (/^binary_(expression|operator)$/.test(node.type)) return summed(node, of);
  if (node.type === "subscript" && /\[::-1\]$/.test(node.text)) return reversed(of(node.child("value")));
  return /^call(_expression)?$/.test(node.type) ? calledText(node, given, of) : null;
}

const FILLED = /^(template_substitution|interpolation)$/;

function all(parts: readonly (string | null)[], between = ""): string | null {
  return parts.every((one) => one !== null) ? parts.join(between) : null;
}

/** `"C" + "I"`, of as many parts as there are, and `"%s_ID" % "JEST"`. */
function summed(node: SyntaxNode, of: Of): string | null {
  const signOf = (one: SyntaxNode) => one.children.find(({ named }) => !named)?.text;
  const parts: SyntaxNode[] = [];
  let at: SyntaxNode | undefined = node;
  while (at && /^binary_(expression|operator)$/.test(at.type) && signOf(at) === "+") {
    parts.unshift(...at.parts.slice(1));
    at = at.parts[0];
  }
  if (at !== node) return at ? all([at, ...parts].map(of)) : null;
  const [text, value] = node.parts;
  const values = value?.type === "tuple" ? value.parts : [value];
  return signOf(node) === "%" && text && /string/.test(text.type) ? filled(of(text), values.map(of), "%s") : null;
}

/** `"%s_ID"` with the values in their places. */
function filled(text: string | null, values: readonly (string | null)[], place: string): string | null {
  const pieces = text?.split(place) ?? [];
  return text !== null && pieces.length === values.length + 1 ? all(pieces.flatMap((one, at) => (at === 0 ? [one] : [values[at - 1] ?? null, one]))) : null; // prettier-ignore
}

function reversed(text: string | null): string | null {
  return text === null ? null : [...text].reverse().join("");
}

const LIST = /^(array|list|tuple|composite_literal)$/;

/** The texts of a list that is written down, or of a name for one. */
function listed(
  node: SyntaxNode | undefined,
  given: ReadonlyMap<string, SyntaxNode>,
  of: Of,
): string | null | string[] {
  const list = node?.type === "identifier" ? given.get(node.text) : node;
  if (!list || !LIST.test(list.type)) return null;
  const parts = (list.child("body") ?? list).parts.map((one) => of(one.type === "literal_element" ? one.parts[0] : one)); // prettier-ignore
  return parts.every((one) => one !== null) ? parts : null;
}

function calledText(call: SyntaxNode, given: ReadonlyMap<string, SyntaxNode>, of: Of): string | null {
  const callee = call.child("function");
  const args = call.child("arguments")?.parts ?? [];
  const object = callee?.child("object") ?? callee?.child("operand") ?? undefined;
  const name = (callee?.child("property") ?? callee?.child("attribute") ?? callee?.child("field") ?? callee)?.text ?? ""; // prettier-ignore
  if (/^[Jj]oin$/.test(name) && object) {
    const [list, between] = callee?.text === "strings.Join" ? [args[0], args[1]] : LIST.test(object.type) || object.type === "identifier" ? [object, args[0]] : [args[0], object]; // prettier-ignore
    const parts = listed(list, given, of);
    const by = between ? of(between) : ",";
    return Array.isArray(parts) && by !== null ? parts.join(by) : null;
  }
  if (name === "Sprintf") return filled(of(args[0]), args.slice(1).map(of), "%s");
  if (/^(String|str|toString)$/.test(name)) return of(object ?? args[0]);
  const [text, ...values] = [callee?.text.startsWith("strings.") || !object ? args[0] : object, ...args].map(of);
  if (text === null || text === undefined) return null;
  const rest = callee?.text.startsWith("strings.") ? values.slice(1) : values;
  if (name === "format") return filled(text, rest, "{}");
  if (name === "concat") return all([text, ...rest]);
  if (/^(toUpperCase|upper|ToUpper)$/.test(name)) return text.toUpperCase();
  if (/^(toLowerCase|lower|ToLower)$/.test(name)) return text.toLowerCase();
  if (/^atob$|^b64decode$/.test(name)) return Buffer.from(values[0] ?? text, "base64").toString();
  if (/^(replace|replaceAll|ReplaceAll)$/.test(name)) return typeof rest[0] === "string" && typeof rest[1] === "string" ? text.replaceAll(rest[0], rest[1]) : null; // prettier-ignore
  return null;
}

const DECODES =
  /^(atob|Buffer\.from|String\.from(Char|Code)(Code|Point)|chr|bytes\.fromhex|bytearray\.fromhex|(binascii\.)?unhexlify|(base64\.)?(b64|b32|b16|b85)decode|codecs\.decode|hex\.DecodeString|base64\.\w+\.DecodeString|reversed)$/;
const GOES_ON = /^(join|split|reverse|toString|decode|map|concat|toUpperCase|toLowerCase|upper|lower|strip|trim|bytes|str|list|string|String)$/; // prettier-ignore
const LITERAL = /^(string|number|integer|float|interpreted_string_literal|raw_string_literal|int_literal)$/;
const NAME = /^(identifier|this|self|super|shorthand_property_identifier|template_substitution|interpolation)$/;

/** Nothing but written-down values goes in, and every function is one that takes a code apart. */
function isDecoded(key: SyntaxNode): boolean {
  let [decodes, holdsText] = [false, false];
  for (const one of within(key)) {
    if (LITERAL.test(one.type)) holdsText = true;
    if (NAME.test(one.type) && one.field !== "attribute" && !isPartOfCallee(one)) return false;
    if (!/^call(_expression)?$/.test(one.type)) continue;
    const callee = one.child("function");
    const last = (callee?.child("property") ?? callee?.child("attribute") ?? callee?.child("field") ?? callee)?.text ?? ""; // prettier-ignore
    const isDecoder = DECODES.test(callee?.text ?? "") || last === "reverse";
    if (!isDecoder && !GOES_ON.test(last)) return false;
    decodes ||= isDecoder;
  }
  return decodes && holdsText;
}

/** `Buffer` of `Buffer.from(…)`, `atob` of `atob(…)` */
function isPartOfCallee(name: SyntaxNode): boolean {
  let at = name;
  while (at.parent && /^(member_expression|attribute|selector_expression)$/.test(at.parent.type)) at = at.parent;
  const isCalled = at.parent?.child("function") === at;
  return isCalled && (DECODES.test(at.text) || (at === name && GOES_ON.test(at.text)));
}
