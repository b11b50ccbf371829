import { isLiteral, meantBy } from "./assertions.ts";
import { oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";

/** An expression of nothing but numbers or texts, with its value: `24 * HOUR`, `"a long " + "text"`. */
export type Folded = { readonly node: SyntaxNode; readonly text: string };

const NUMBER = /^\d[\d_]*(\.\d+)?$/;
const HEX = /^0x[\da-f_]{1,8}$/i;
/** Nobody writes a condition that is worked out in more steps than that, but to hide it. */
const DEEP_MAX = 6;
const FOLDS = /^(binary_expression|binary_operator|concatenated_string|call_expression|call)$/;
/** Of Go's `time`, in nanoseconds. */
const UNITS: Readonly<Record<string, number>> = {
  "time.Microsecond": 1e3,
  "time.Millisecond": 1e6,
  "time.Second": 1e9,
  "time.Minute": 60e9,
  "time.Hour": 3600e9,
};

export function foldedIn(root: SyntaxNode): Folded[] {
  const found: Folded[] = [];
  let constants: ReadonlyMap<string, SyntaxNode> | null = null;
  for (const node of within(root)) {
    if (!FOLDS.test(node.type)) continue;
    constants ??= constantsOf(root);
    const value = valueOf(node, constants, DEEP_MAX);
    if (value !== null) found.push({ node, text: String(value) });
  }
  return found;
}

/** Names that a file gives to single values, outside of its functions. Asked for each entry of a table: read once. */
function constantsOf({ root }: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  return constantsIn(root);
}

const constantsIn = oncePerNode((root): ReadonlyMap<string, SyntaxNode> => {
  const found = new Map<string, SyntaxNode>();
  for (const one of within(root, (part) => !/^(statement_block|block|arrow_function)$/.test(part.type))) {
    if (!/^(variable_declarator|assignment|const_spec|var_spec)$/.test(one.type)) continue;
    const [name, value] = [one.child("name") ?? one.child("left"), one.child("value") ?? one.child("right")];
    if (name && value) found.set(name.text, value);
  }
  return found;
});

function valueOf(node: SyntaxNode, constants: ReadonlyMap<string, SyntaxNode>, deep: number): number | string | null {
  if (deep === 0) return null;
  if (isLiteral(node)) return NUMBER.test(node.text) || HEX.test(node.text) ? Number(node.text.replaceAll("_", "")) : /string/.test(node.type) ? meantBy(node) : null; // prettier-ignore
  if (node.type === "selector_expression") return UNITS[node.text] ?? null;
  if (/^call(_expression)?$/.test(node.type)) return calledValue(node, (one) => valueOf(one, constants, deep - 1));
  const known = node.type === "identifier" ? constants.get(node.text) : undefined;
  const inner = known ?? (/^(parenthesized_expression|expression_list)$/.test(node.type) ? node.parts[0] : undefined);
  if (inner) return valueOf(inner, constants, deep - 1);
  if (node.type === "concatenated_string") {
    const all = node.parts.map((one) => valueOf(one, constants, deep - 1));
    return all.every((one) => typeof one === "string") ? all.join("") : null;
  }
  if (!/^binary_(expression|operator)$/.test(node.type)) return null;
  const [left, right] = node.parts.map((one) => valueOf(one, constants, deep - 1));
  const sign = node.children.find((one) => !one.named)?.text ?? "";
  if (typeof left === "string" && typeof right === "string") return sign === "+" ? left + right : null;
  if (typeof left !== "number" || typeof right !== "number") return null;
  const value = SUMS[sign]?.(left, right) ?? NaN;
  return Number.isFinite(value) ? value : null;
}

const SUMS: Readonly<Record<string, (left: number, right: number) => number>> = {
  "*": (left, right) => left * right,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": (left, right) => left ^ right,
  "|": (left, right) => left | right,
  "&": (left, right) => left & right,
  "<<": (left, right) => left << right,
  ">>": (left, right) => left >> right,
};

type Value = number | string | null;

/** `Date.UTC(2024, 0, 1)`, `["a", "b"].join("\n")`, `Number("0x1f4")`: nothing but a date, a text or a number in another form. */
function calledValue(call: SyntaxNode, valueOfPart: (one: SyntaxNode) => Value): Value {
  const callee = call.child("function");
  const given = call.child("arguments")?.parts ?? [];
  const values = given.map(valueOfPart);
  const object = callee?.child("object");
  if (callee?.text === "Date.UTC" && values.length >= 2 && values.every((one) => typeof one === "number")) {
    const [year, month, ...rest] = values as number[];
    return Date.UTC(year as number, month as number, ...rest);
  }
  if (
    /^((Number\.)?parseInt|int)$/.test(callee?.text ?? "") &&
    typeof values[0] === "string" &&
    typeof values[1] === "number"
  )
    return values[1] >= 2 && values[1] <= 36 ? parseInt(values[0], values[1]) : null;
  if (/^(Number|BigInt|parseFloat|Number\.parseFloat|float|int)$/.test(callee?.text ?? "") && values.length === 1)
    return numberIn(values[0] ?? null);
  if (callee?.text === "Date.parse" && typeof values[0] === "string") return Date.parse(values[0]) || null;
  const joined = joinedTexts(callee, given);
  if (joined) {
    const [between, ...parts] = [joined.between, ...joined.parts].map(valueOfPart);
    return isTexts(parts) && typeof between === "string" ? parts.join(between) : null;
  }
  const turned = turnedText(callee, object ? valueOfPart(object) : (values[0] ?? null));
  if (turned !== null) return turned;
  if (/^(textwrap\.)?dedent$/.test(callee?.text ?? "") && typeof values[0] === "string") return dedented(values[0]);
  return null;
}

const LIST = /^(array|list|tuple|composite_literal)$/;

/** `["a", "b"].join("-")`, `"-".join(("a", "b"))`, `strings.Join([]string{"a", "b"}, "-")` */
function joinedTexts(callee: SyntaxNode | null, given: readonly SyntaxNode[]) {
  const name = (callee?.child("property") ?? callee?.child("attribute"))?.text;
  const object = callee?.child("object") ?? null;
  const [first, second] = given;
  if (name === "join" && object && first && LIST.test(object.type)) return { parts: object.parts, between: first };
  if (name === "join" && object && first && LIST.test(first.type)) return { parts: first.parts, between: object };
  if (callee?.text !== "strings.Join" || !first || !second || !LIST.test(first.type)) return null;
  const parts = (first.child("body") ?? first).parts.map((one) => (one.type === "literal_element" ? (one.parts[0] ?? one) : one)); // prettier-ignore
  return { parts, between: second };
}

/** `"ci".toUpperCase()`, `"ci".upper()`, `strings.ToUpper("ci")` */
function turnedText(callee: SyntaxNode | null, text: Value): string | null {
  const name = (callee?.child("property") ?? callee?.child("attribute") ?? callee?.child("field"))?.text ?? "";
  if (typeof text !== "string") return null;
  if (/^(toUpperCase|upper|ToUpper)$/.test(name)) return text.toUpperCase();
  return /^(toLowerCase|lower|ToLower)$/.test(name) ? text.toLowerCase() : null;
}

function isTexts(values: readonly Value[]): values is string[] {
  return values.every((one) => typeof one === "string");
}

/** A text that is a number: `Number("0x1f4")`. */
function numberIn(value: Value): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
}

function dedented(text: string): string {
  const lines = text.split("\n");
  const margins = lines.filter((one) => one.trim() !== "").map((one) => one.length - one.trimStart().length);
  const margin = Math.min(...margins, text.length);
  return lines.map((one) => (one.trim() === "" ? "" : one.slice(margin))).join("\n");
}
