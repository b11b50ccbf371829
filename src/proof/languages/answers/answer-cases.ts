import { literalsOf } from "../tests/assertions.ts";
import { foldedIn } from "../tests/folded.ts";
import { above, holds, type SyntaxNode, within } from "../syntax/syntax.ts";
import { limitsIn } from "./comparisons.ts";

/** One place of product code that answers a written-down question with a written-down answer. */
export type Case = {
  readonly asked: readonly string[];
  readonly answered: readonly string[];
  readonly table: SyntaxNode | null;
  /** The first question of a chain: `a === 12 ? 37 : a === 13 ? 48 : 0`. */
  readonly chain?: SyntaxNode;
  /** The condition under which it is answered, word for word; empty for a table. */
  readonly by: string;
  readonly node: SyntaxNode;
  /** The key where it is a bare name: `{ cat: "cats" }`. */
  readonly name: string | null;
};

/** A pattern between `^` and `$` without any freedom asks for the texts in it: `/^(?:a|b)$/`. */
function spelledOut(literal: string): string[] {
  const [, inner] = /^\/?\^(.{1,200})\$(?:\/[a-z]*)?$/.exec(literal) ?? [];
  if (inner === undefined) return [literal];
  const texts = inner.replace(/^\((?:\?:)?(.*)\)$/, "$1").split("|");
  const plain = texts.map((one) => one.replace(/\\([^\w])/g, "$1"));
  return texts.some((one) => /\\\w|(?<!\\)[.*+?[\](){}]/.test(one)) ? [literal] : [literal, ...plain];
}

/** Texts and numbers, and what those of one sum come to: `200 + 25`. A product (`24 * 60 * 60`) says how it comes about. */
function saidBy(node: SyntaxNode): string[] {
  const sums = foldedIn(node).filter((one) => !/[*/%]|<<|>>/.test(one.node.text));
  return [...literalsOf(node), ...sums.map(({ text }) => text)];
}

function literals(from: SyntaxNode | null): string[] {
  return from ? saidBy(from).flatMap(spelledOut) : [];
}

function questionsIn(condition: SyntaxNode | null): string[] {
  const limits = condition ? limitsIn(condition) : new Set();
  return literals(condition).filter((one) => !limits.has(one));
}

export function casesOf(node: SyntaxNode): Case[] {
  const own = { node, name: null };
  if (node.type === "pair" || node.type === "keyed_element") {
    const [key, value] = [node.child("key") ?? node.parts[0] ?? null, node.child("value") ?? node.parts[1] ?? null];
    const name = key?.type === "property_identifier" ? key.text : null;
    const answered = isWritten(value) ? literals(value) : [];
    return [{ asked: literals(key), answered, table: node.parent, by: "", node, name }];
  }
  // A row of `new Map([["a", 1]])`.
  if (node.type === "array" && node.parts.length === 2 && node.parent?.parent?.parent?.type === "new_expression") {
    const [asked, answered] = node.parts.map(literals);
    return [{ ...own, asked: asked ?? [], answered: answered ?? [], table: node.parent, by: "" }];
  }
  if (/^(switch_case|expression_case|case_clause)$/.test(node.type)) {
    const asked = literals(node.child("value") ?? node.parts[0] ?? null);
    return [{ ...own, asked, answered: returnedIn(node), table: node.parent, by: "" }];
  }
  if (/^(if_statement|elif_clause)$/.test(node.type)) {
    const body = node.child("consequence");
    const by = node.child("condition")?.text ?? "";
    const asked = questionsIn(node.child("condition"));
    return body ? [{ ...own, asked, answered: returnedIn(body), table: null, by }] : [];
  }
  if (/^(ternary_expression|conditional_expression)$/.test(node.type)) {
    const [yes, condition] =
      node.type === "ternary_expression"
        ? [node.child("consequence"), node.child("condition")]
        : [node.parts[0] ?? null, node.parts[1] ?? null];
    const by = condition?.text ?? "";
    const asked = [...questionsIn(condition), ...outerQuestions(node).flatMap(literals)];
    return [{ ...own, asked, answered: isWritten(yes) ? literals(yes) : [], table: null, by, chain: firstOf(node) }];
  }
  return [];
}

/** Whatever asks before it, and is answered with no. */
function firstOf(node: SyntaxNode): SyntaxNode {
  let first = node;
  for (const outer of above(node)) {
    const isChain = outer.type === "ternary_expression" && outer.child("alternative")?.start === first.start;
    if (!isChain) return first;
    first = outer;
  }
  return first;
}

/**
 * `a === 120 ? (b === 20 ? 5760 : 0) : 0`: what is asked around a question, each time for one value, and answered with yes. In a chain
 * (`a === 1 ? x : a === 2 ? y : z`) the answer to what stands before was no.
 */
function outerQuestions(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let from = node;
  for (const outer of above(node)) {
    const inner = from;
    from = outer;
    if (outer.type === "parenthesized_expression") continue;
    const condition = outer.type === "ternary_expression" ? outer.child("condition") : null;
    if (!condition || inner.field !== "consequence" || found.length >= AROUND_MAX) return found;
    if (!/^\(?[\w.]+ ={2,3} [^&|?]+$/.test(condition.text)) return found;
    found.push(condition);
  }
  return found;
}

/** A function has fewer parameters, and each is asked for once. */
const AROUND_MAX = 20;

function returnedIn(node: SyntaxNode): string[] {
  const returns = [...within(node)].filter(
    (one) => one.type === "return_statement" && isWritten(one) && !isThrown(one),
  );
  return returns.flatMap(saidBy);
}

/** Made of texts and numbers alone: nothing of what was asked goes into it. */
function isWritten(node: SyntaxNode | null): boolean {
  if (!node) return false;
  // `Number("0x1f4")` is a number, however it is spelt.
  const folded = [...foldedIn(node).map((one) => one.node), ...[...within(node)].filter(isValueOfText)];
  const isFolded = (one: SyntaxNode) => folded.some((number) => holds(number, one));
  return ![...within(node)].some(
    (one) =>
      !isFolded(one) &&
      /^(identifier|call|call_expression|template_substitution)$/.test(one.type) &&
      !/^(nil|None|undefined|null|true|false|True|False|map|string|int|error)$/.test(one.text),
  );
}

/** `Decimal("8.00")`, `date(2024, 5, 1)`, `new Date("2024-05-01")`, `BigInt(5)`: a value that is written down. */
function isValueOfText(node: SyntaxNode): boolean {
  const made = node.type === "new_expression" ? node.child("constructor") : node.child("function");
  if (!/^(call|call_expression|new_expression)$/.test(node.type) || !VALUES.test(made?.text ?? "")) return false;
  const given = node.child("arguments");
  // Worked out from what was given, it is no value that is written down.
  return (
    given !== null && ![...within(given)].some(({ type }) => /^(identifier|call|call_expression|this)$/.test(type))
  );
}

const VALUES =
  /^((decimal\.)?Decimal|(fractions\.)?Fraction|(datetime\.)?(date|time|datetime|timedelta)|Date|BigInt|URL|big\.New(Int|Float|Rat)|(bytes|frozenset|set|tuple|list))$/;

function isThrown(node: SyntaxNode): boolean {
  return [...above(node)].some((one) => /^(throw|raise)_statement$/.test(one.type));
}

/** A row that code searches (`["cat", "cats"]`, `{ one: "cat", many: "cats" }`), or an entry that it fills in (`known["cat"] = "cats"`). */
export function searchedIn(node: SyntaxNode): Case[] {
  const row = { node, name: null, by: "" };
  if (
    /^(array|list|tuple|object|dictionary|literal_value)$/.test(node.type) &&
    /^(array|list|tuple|literal_value|literal_element)$/.test(node.parent?.type ?? "")
  ) {
    // prettier-ignore
    const values = node.parts.map((one) => (/^(pair|keyed_element)$/.test(one.type) ? one.parts.at(-1) : one));
    const [first, ...others] = values.map((one) => (one && isWritten(one) ? [...literalsOf(one)] : []));
    const table = node.parent?.type === "literal_element" ? (node.parent.parent ?? null) : node.parent;
    return first && first.length === 1 && others.length > 0
      ? [{ ...row, asked: first, answered: others.flat(), table }]
      : [];
  }
  if (!/^assignment(_expression|_statement)?$/.test(node.type)) return [];
  const [left, right] = [only(node.child("left")), only(node.child("right"))];
  const isEntry = left && /^(subscript|subscript_expression|index_expression)$/.test(left.type);
  const key = isEntry ? (left.child("index") ?? left.child("subscript") ?? left.parts.at(-1) ?? null) : null;
  if (!key || !right || !isWritten(key) || !isWritten(right)) return [];
  return [
    { ...row, asked: [...literalsOf(key)], answered: [...literalsOf(right)], table: node.parent?.parent ?? null },
  ];
}

function only(node: SyntaxNode | null): SyntaxNode | null {
  return node?.type === "expression_list" ? (node.parts[0] ?? null) : node;
}
