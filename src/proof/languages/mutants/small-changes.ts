import { swallowing } from "./swallowing.ts";
import { isWhereItBegins } from "./entry-points.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, decidedAround, givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

/**
 * Small changes of code, chosen by syntax. `dropped`: a rounding is taken away. `telling`: as a rule behaviour differs for
 * ordinary input, so a test that looks at the result sees it. `subtle`: often nobody could see a difference (`<` for `<=`
 * where both are right). `added`: the one thing that an answer adds to another. `fallback`: a `try` fails at once, so that only what stands behind `catch` is left.
 * `swallowed`: an error that became an answer is thrown.
 */
export type SmallChange = {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly weight: "dropped" | "telling" | "subtle" | "added" | "fallback" | "swallowed";
  readonly start: number;
  readonly end: number;
  /** It stands in the condition of an early way out, which may only save time. */
  readonly shortcut: boolean;
  /** The expression in which it stands; empty where none tells it from others. */
  readonly expression: string;
};

const SWAPS: Readonly<Record<string, readonly [to: string, weight: SmallChange["weight"]]>> = {
  "===": ["!==", "telling"],
  "!==": ["===", "telling"],
  "==": ["!=", "telling"],
  "!=": ["==", "telling"],
  "+": ["-", "telling"],
  "-": ["+", "telling"],
  "*": ["/", "telling"],
  "/": ["*", "telling"],
  "%": ["*", "telling"],
  "<": ["<=", "subtle"],
  "<=": ["<", "subtle"],
  ">": [">=", "subtle"],
  ">=": [">", "subtle"],
  "&&": ["||", "subtle"],
  "||": ["&&", "subtle"],
  and: ["or", "subtle"],
  or: ["and", "subtle"],
};
const BINARY = new Set(["binary_expression", "binary_operator", "comparison_operator", "boolean_operator"]);
const CONDITIONAL = new Set(["if_statement", "elif_clause", "ternary_expression"]);
const TEXTS = /^(string|template_string|interpreted_string_literal|raw_string_literal|concatenated_string)$/;
/** Calls that change a value a little: dropping one is what a careless author does. */
const ROUNDING =
  /^(Math\.(round|floor|ceil|trunc|abs)|math\.(floor|ceil|Floor|Ceil|Round|Trunc|Abs|trunc)|round|int|abs)$/;
/** What decides nothing at run time. */
const NOT_BEHAVIOUR = /^(import_|export_clause|type_|interface_declaration|comment|decorator$|package_clause)/;

/** @param lines the changed lines; a change stands on exactly one of them */
export function smallChanges(root: SyntaxNode, language: Language, lines: ReadonlySet<number>): SmallChange[] {
  const found: SmallChange[] = [];
  const texts = textsOf(root);
  for (const node of within(root, (one) => !NOT_BEHAVIOUR.test(one.type))) {
    if (NOT_BEHAVIOUR.test(node.type)) continue;
    swallowed(node, { language, lines }, found);
    if (!lines.has(node.line)) continue;
    const add: Add = (at, to, weight) => {
      const isOneLine = lines.has(at.line) && !at.text.includes("\n");
      if (!isOneLine || isMessage(at)) return;
      const seen = isWhereItBegins(at, language) ? "subtle" : weight;
      const { line, text: from, start, end } = at;
      const expression = (CONDITIONAL.has(node.type) ? node.child("condition") : node)?.text ?? "";
      found.push({ line, from, to, weight: seen, start, end, shortcut: isShortcut(at), expression });
    };
    if (BINARY.has(node.type)) swapped(node, add, texts);
    if (CONDITIONAL.has(node.type)) negated(node, language, add);
    if (node.type === "call_expression" || node.type === "call") unwrapped(node, add);
    if (node.type === "pair" || (isShorthand(node) && isOnlyAddition(node))) dropped(node, found);
    if (node.type === "try_statement") givenUp(node, language, found);
    if (node.type === "defer_statement") recovered(node, found);
    if (/^(true|false|True|False)$/.test(node.type) && node.named)
      add(node, OPPOSITE[node.text] ?? node.text, "subtle");
    if (/^(number|integer|int_literal)$/.test(node.type) && /^\d{1,9}$/.test(node.text))
      add(node, String(Number(node.text) + 1), "subtle");
  }
  return found;
}

/** Asked by the line where the error is answered, which may stand far below where the node begins. */
function swallowed(node: SyntaxNode, of: { language: Language; lines: ReadonlySet<number> }, found: SmallChange[]) {
  for (const { line, from, to, start, end, lines } of swallowing(node, of.language))
    if (lines.some((one) => of.lines.has(one)))
      found.push({ line, from, to, start, end, weight: "swallowed", shortcut: false, expression: "" });
}

/** `if (a === b) return 0`, without an `else`: only leaves early. */
const isShortcut = decidedAround((outer, from) => {
  if (outer.type === "if_statement") {
    const then = outer.child("consequence");
    const inCondition = then !== null && from.end <= then.start;
    const steps = then && /^(statement_block|block)$/.test(then.type) ? then.parts : then ? [then] : [];
    const leaves = steps.flatMap((one) => (one.type === "statement_list" ? one.parts : [one]));
    const isOut = leaves.length === 1 && /^(return|continue|break)_statement$/.test(leaves[0]?.type ?? "");
    return inCondition && outer.child("alternative") === null && isOut;
  }
  return /_statement$|_declaration$|_definition$/.test(outer.type) ? false : undefined;
}, false);

const OPPOSITE: Readonly<Record<string, string>> = { true: "false", false: "true", True: "False", False: "True" };

type Add = (at: SyntaxNode, to: string, weight: SmallChange["weight"]) => void;

/** Where texts stand: a sum of thousands is not gone through again for each of its parts. */
function textsOf(root: SyntaxNode): { isIn(node: SyntaxNode): boolean } {
  const starts = [...within(root)].filter(({ type }) => TEXTS.test(type)).map(({ start }) => start);
  return {
    isIn: ({ start, end }) => {
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? end) < start) low = middle + 1;
        else high = middle;
      }
      return (starts[low] ?? end) < end;
    },
  };
}

function swapped(node: SyntaxNode, add: Add, texts: ReturnType<typeof textsOf>): void {
  const operator = node.children.find((one) => !one.named && one.text in SWAPS);
  const swap = operator && SWAPS[operator.text];
  if (!operator || !swap) return;
  // Texts can only be joined.
  if (operator.text === "+" && texts.isIn(node)) return;
  if (operator.text === "%" && node.parts[0] && TEXTS.test(node.parts[0].type)) return;
  add(operator, swap[0], swap[1]);
}

function negated(node: SyntaxNode, language: Language, add: Add): void {
  const condition = node.child("condition");
  if (!condition || /^\(?(true|false)\)?$|^(typing\.|t\.)?TYPE_CHECKING$/.test(condition.text)) return;
  const family = familyOf(language);
  // An equality is turned round by its own swap.
  if ([condition, ...condition.parts].some((one) => one.children.some((sign) => /^[!=]==?$/.test(sign.text)))) return;
  const weight = isLatch(condition, node) ? "subtle" : "telling";
  if (family === "python") add(condition, `(not (${condition.text}))`, weight);
  else
    add(
      condition,
      condition.type === "parenthesized_expression" ? `(!${condition.text})` : `!(${condition.text})`,
      weight,
    );
}

/** `if (!warned) …; warned = true`: turned round it does the same once, one call later. */
function isLatch(condition: SyntaxNode, node: SyntaxNode): boolean {
  const name = /^\(?(?:!|not )([\w.]+)\)?$/.exec(condition.text)?.[1];
  if (name === undefined || !node.parent) return false;
  return [...within(node.parent)].some((one) => {
    const { left, right } = givenIn(one) ?? {};
    return left?.text === name && /^(true|True)$/.test(right?.text ?? "");
  });
}

function unwrapped(node: SyntaxNode, add: Add): void {
  const [argument, more] = node.child("arguments")?.parts ?? [];
  if (argument && !more && ROUNDING.test(node.child("function")?.text ?? ""))
    add(node, `(${argument.text})`, "dropped");
}

/** One property of several in an answer: `return { ...before, rest }`. */
function dropped(pair: SyntaxNode, found: SmallChange[]): void {
  const record = pair.parent;
  if (!record || record.parts.length < 2 || pair.text.includes("\n") || isMessage(pair)) return;
  const answer = [...above(record)].find(
    (one) => one.type === "return_statement" || /statement$|declaration$/.test(one.type),
  );
  if (answer?.type !== "return_statement") return;
  const after = record.children[record.children.indexOf(pair) + 1];
  const end = after?.text === "," ? after.end : pair.end;
  found.push({
    line: pair.line,
    from: pair.text,
    to: "",
    weight: isOnlyAddition(pair) ? "added" : "telling",
    start: pair.start,
    end,
    shortcut: false,
    expression: "",
  });
}

function isShorthand({ type }: SyntaxNode): boolean {
  return type === "shorthand_property_identifier";
}

/** `rest: …` of `{ ...before, rest: … }`: without it the answer is what it was given. */
function isOnlyAddition(pair: SyntaxNode): boolean {
  const others = pair.parent?.parts.filter((one) => one !== pair) ?? [];
  const value = pair.child("value") ?? pair;
  const isWorkedOut =
    isShorthand(pair) || /^(call|call_expression|binary_expression|binary_operator)$/.test(value.type);
  return isWorkedOut && others.length === 1 && /^(spread_element|dictionary_splat)$/.test(others[0]?.type ?? "");
}

/** A `try` that answers something, and whose handler asks nobody for its answer, whatever went wrong. */
function givenUp(node: SyntaxNode, language: Language, found: SmallChange[]): void {
  const body = node.child("body");
  const first = body?.parts[0];
  const handler = node.children.find((one) => /^(catch_clause|except_clause)$/.test(one.type));
  const block = handler?.child("body") ?? handler?.parts.find((one) => one.type === "block");
  if (!body || !first || !block || ![...within(body)].some((one) => one.type === "return_statement")) return;
  const answer = block.parts.at(-1);
  if (answer?.type !== "return_statement" || [...within(answer)].some((one) => /^(call|await)/.test(one.type))) return;
  const code = familyOf(language) === "python" ? "raise Exception(); " : "throw new Error(); ";
  // On the same line, so that what stands below keeps its place.
  if (familyOf(language) === "python" && /_statement$/.test(first.type) && /^(if|for|while|with|try)/.test(first.text))
    return;
  found.push({
    line: node.line,
    from: "try",
    to: code.trim(),
    weight: "fallback",
    start: first.start,
    end: first.start,
    shortcut: false,
    expression: "",
  });
}

/** What stands behind `defer func() { … recover() … }()` fails at once. */
function recovered(node: SyntaxNode, found: SmallChange[]): void {
  const next = node.parent?.parts[node.parent.parts.indexOf(node) + 1];
  if (!next || !/\brecover\(\)/.test(node.text)) return;
  const to = "if true { var coop map[int]int; coop[0] = 1 };";
  const place = { line: node.line, start: next.start, end: next.start };
  found.push({ ...place, from: "defer", to, weight: "fallback", shortcut: false, expression: "" });
}

/** Messages to a log, texts of errors: nobody tests them word by word. */
const isMessage = decidedAround((outer) => {
  if (/^(throw_statement|raise_statement)$/.test(outer.type)) return true;
  const called = /^call(_expression)?$/.test(outer.type) ? outer.child("function")?.text : undefined;
  if (called !== undefined && /^(console|log|logger|logging|fmt\.Errorf|errors\.\w+|panic)\b/.test(called)) return true;
  if (outer.type === "new_expression" && /Error$/.test(outer.child("constructor")?.text ?? "")) return true;
  return /statement$|_definition$|_declaration$/.test(outer.type) ? false : undefined;
}, false);
