import { familyOf, type Language } from "../syntax/grammar.ts";
import type { NamedFunction } from "../syntax/functions.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";

/**
 * Fixed answers for a function, of the kind that it gives. A test that accepts each of them looks at nothing. Two of a
 * kind, because a good test may well expect one of them.
 */
export function constantsFor(one: NamedFunction, language: Language): readonly string[] {
  const family = familyOf(language);
  if (family === "go") return GO[one.node.child("result")?.text ?? ""] ?? [];
  if (family === "other") return [];
  for (const answer of answersOf(one)) {
    const kind = kindOf(answer);
    if (kind) return CONSTANTS[family][kind];
  }
  return [];
}

/** Fixed answers for a function that answers something, whose kind its text does not say. */
export function guessesFor(one: NamedFunction, language: Language): readonly string[] {
  const family = familyOf(language);
  if (family === "go" || family === "other" || constantsFor(one, language).length > 0) return [];
  return answersOf(one).next().done === true ? [] : ["7", '"?"'];
}

/** The source text in which a function answers this and does nothing else. @returns null where that cannot be written */
export function answering(text: string, one: NamedFunction, language: Language, value: string): string | null {
  const { body } = one;
  const insert = (at: number, code: string) => text.slice(0, at) + code + text.slice(at);
  switch (familyOf(language)) {
    case "js": {
      const typed = language === "javascript" ? value : `${value} as never`;
      if (body.type !== "statement_block") return text.slice(0, body.start) + `(${typed})` + text.slice(body.end);
      return insert(body.start + 1, ` if (${language === "javascript" ? "true" : "true as boolean"}) return ${typed};`);
    }
    case "python": {
      const first = body.parts[0];
      if (!first) return null;
      const indent = text.slice(text.lastIndexOf("\n", first.start - 1) + 1, first.start);
      return insert(first.start, indent.trim() === "" ? `return ${value}\n${indent}` : `return ${value}; `);
    }
    case "go":
      return insert(body.start + 1, ` if true { return ${value} };`);
    case "other":
      return null;
  }
}

type Kind = "truth" | "number" | "text" | "list" | "record";

const CONSTANTS: Readonly<Record<"js" | "python", Readonly<Record<Kind, readonly string[]>>>> = {
  js: { truth: ["true", "false"], number: ["0", "7"], text: ['""', '"?"'], list: ["[]", "[0]"], record: ["{}"] },
  python: { truth: ["True", "False"], number: ["0", "7"], text: ['""', '"?"'], list: ["[]", "[0]"], record: ["{}"] },
};
/** The empty value of each type is what an emptied function answers. */
const GO: Readonly<Record<string, readonly string[]>> = { bool: ["true"], int: ["7"], string: ['"?"'] };

function* answersOf({ body }: NamedFunction): Generator<SyntaxNode> {
  if (/expression|identifier|array|object|string|number|true|false/.test(body.type) && body.type !== "statement_block")
    yield body;
  for (const node of within(body, (one) => !FUNCTION.test(one.type) && one.type !== "class_body"))
    if (node.type === "return_statement" && node.parts[0]) yield node.parts[0];
}

/** What well-known functions and methods answer. */
const ANSWERS: readonly (readonly [called: RegExp, kind: Kind])[] = [
  [/(^|\.)(list|sorted|map|filter|slice|split|concat|flatMap|from|keys|values|entries)$/, "list"],
  [
    /(^|\.)(str|String|join|trim|toString|padStart|padEnd|repeat|replace|replaceAll|toUpperCase|toLowerCase|toFixed|strip|lower|upper|format|title)$/,
    "text",
  ],
  [/(^|\.)(int|float|len|sum|round|abs|max|min|Number|floor|ceil|trunc|indexOf)$/, "number"],
  [/(^|\.)(bool|Boolean|any|all|some|every|includes|has|startsWith|endsWith|startswith|endswith|test)$/, "truth"],
  [/(^|\.)dict$|(^|\.)fromEntries$/, "record"],
];

const ARITHMETIC = /^(\+|-|\*|\/|%|\*\*|\/\/|\||&|\^|<<|>>)$/;

function kindOf(node: SyntaxNode): Kind | null {
  if (/^(true|false|True|False|not_operator|comparison_operator)$/.test(node.type)) return "truth";
  if (/^(number|integer|float)$/.test(node.type)) return "number";
  if (/^(string|template_string|concatenated_string)$/.test(node.type)) return "text";
  if (/^(array|list|list_comprehension)$/.test(node.type)) return "list";
  if (/^(object|dictionary|dictionary_comprehension)$/.test(node.type)) return "record";
  if (node.type === "unary_expression") return node.children[0]?.text === "!" ? "truth" : "number";
  if (/^binary_(expression|operator)$/.test(node.type)) {
    const sign = node.children.find((one) => !one.named)?.text ?? "";
    if (/^([!=]==?|[<>]=?|in|instanceof)$/.test(sign)) return "truth";
    if (sign === "+" && [...within(node)].some((one) => /string/.test(one.type))) return "text";
    return ARITHMETIC.test(sign) && sign !== "+" ? "number" : null;
  }
  if (/^(length|size)$/.test(node.child("property")?.text ?? "")) return "number";
  if (/^call(_expression)?$/.test(node.type)) {
    const callee = node.child("function");
    const called = callee?.child("property")?.text ?? callee?.child("attribute")?.text ?? callee?.text ?? "";
    return ANSWERS.find(([pattern]) => pattern.test(called))?.[1] ?? null;
  }
  if (/^(ternary_expression|conditional_expression|parenthesized_expression)$/.test(node.type))
    return node.parts.map(kindOf).find((kind) => kind !== null && kind !== "truth") ?? null;
  return null;
}
