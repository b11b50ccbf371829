import type { Assertion } from "../tests/assertions.ts";
import { allLiterals, around, rowsIn } from "../tests/said.ts";
import { above, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";

/** An error of the same call of which it was asked which one it is, and now only whether there is one. */
export function forgetsWhich(before: SyntaxNode, after: SyntaxNode): boolean {
  const [old, now] = [whichErrors(before), whichErrors(after)];
  return [...old].some(([call, which]) => which && now.get(call) === false);
}

/** Per statement that gives an error: whether a condition behind it asks which one. */
function whichErrors(body: SyntaxNode): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const one of within(body)) {
    const condition = one.type === "if_statement" ? one.child("condition") : null;
    const words = condition !== null && [...within(condition)].some(comparesWords);
    if (!condition || (!words && !/\berr\w*\b/i.test(condition.text))) continue;
    const own = one.child("initializer") ?? assignedBefore(one);
    const given = words && own ? beforeWords(own, one) : own;
    if (given) found.set(given.text, (found.get(given.text) ?? false) || errorsIn([condition]).which > 0);
  }
  return found;
}

/** `got, want := err.Error(), "empty"` says what an error said; the error itself was assigned before. */
function beforeWords(given: SyntaxNode, asked: SyntaxNode): SyntaxNode | null {
  if (!/\.Error\(\)/.test(given.text)) return given;
  return assignedBefore(given.parent === asked ? asked : given);
}

/** What was assigned last before a statement. */
export function assignedBefore(node: SyntaxNode): SyntaxNode | null {
  return (node.parent && assignments(node.parent).get(node)) ?? null;
}

/** Per statement of a block what was assigned last before it. */
const assignments = oncePerNode((block): ReadonlyMap<SyntaxNode, SyntaxNode | null> => {
  const found = new Map<SyntaxNode, SyntaxNode | null>();
  let last: SyntaxNode | null = null;
  for (const one of block.parts) {
    found.set(one, last);
    if (/^(short_var_declaration|assignment_statement)$/.test(one.type)) last = one;
  }
  return found;
});

/** How often a Go test asks whether there is an error, and how often which one. */
export function errorsAsked(all: readonly Assertion[]): { any: number; which: number } {
  return errorsIn([...new Set(all.map(({ node }) => around(node, "go")))].filter((one) => !isOfPreparation(one)));
}

/** Of what a test prepares for itself: `t.TempDir()` asks for the error of `os.MkdirTemp()` in its place. */
const PREPARES =
  /= (os\.(MkdirTemp|CreateTemp|MkdirAll|Mkdir|WriteFile|ReadFile|Chdir|Setenv|Unsetenv|Getwd)|io\.ReadAll|http\.(Get|Head|Post|PostForm|DefaultClient\.Do)|ioutil\.(TempDir|TempFile|WriteFile)|filepath\.Abs|net\.Listen|http\.NewRequest\w*)\(/;

function isOfPreparation(condition: SyntaxNode): boolean {
  const asked = condition.parent?.type === "if_statement" ? condition.parent : null;
  return asked !== null && PREPARES.test((asked.child("initializer") ?? assignedBefore(asked))?.text ?? "");
}

/** @returns of how many calls, and how often which one */
function errorsIn(places: readonly SyntaxNode[]): { any: number; which: number } {
  const each = places.map((place) => ({ place, ...errorsAt(place) }));
  const asked = new Set(each.filter((one) => one.any > 0).map(({ place }) => givenTo(place)));
  return { any: asked.size, which: each.reduce((sum, one) => sum + one.which, 0) };
}

/** Where the error was assigned: whether there is one and which it is may be asked at once, or one after the other. */
function givenTo(place: SyntaxNode): number {
  const asked = [...above(place)].find(({ type }) => /^(if_statement|expression_switch_statement)$/.test(type));
  const given = asked && (asked.child("initializer") ?? assignedBefore(asked));
  return (given ?? place).start;
}

/** Names that hold the words of an error: `got := err.Error()`. */
const wordsOfErrors = oncePerNode((body): ReadonlySet<string> => {
  const found = [...within(body)].flatMap((one) => {
    if (!/^(short_var_declaration|assignment_statement)$/.test(one.type)) return [];
    const [names, values] = [one.child("left")?.parts ?? [], one.child("right")?.parts ?? []];
    return names.filter((_, at) => /^\w+\.Error\(\)$/.test(values[at]?.text ?? ""));
  });
  return new Set(found.map(({ text }) => text));
});

function comparesWords(one: SyntaxNode): boolean {
  if (one.type !== "binary_expression" || !one.children.some(({ text }) => /^[!=]=$/.test(text))) return false;
  const body = [...above(one)].find(({ type }) => /^(function_declaration|func_literal)$/.test(type));
  return body !== undefined && one.parts.some(({ text }) => wordsOfErrors(body).has(text));
}

function errorsAt(place: SyntaxNode): { any: number; which: number } {
  const parts = [...within(place)];
  const which = parts.filter(
    (one) =>
      asksRow(one) ||
      (one.type === "call_expression" &&
        /^errors\.(Is|As)$|\.(Error|ErrorIs|ErrorAs|EqualError|ErrorContains)$/.test(
          one.child("function")?.text ?? "",
        ) &&
        !/^(t|tb|b|assert|require|s|suite)\.Error$/.test(one.child("function")?.text ?? "") &&
        !asksItself(one)),
  );
  const compared = parts.filter(
    (one) => one.type === "binary_expression" && one.parts.some(({ text }) => /^err\w*$/i.test(text)),
  );
  const withNil = compared.filter((one) => one.parts.some(({ text }) => text === "nil"));
  const words = parts.filter(comparesWords).length;
  const asserted = parts.filter(
    (one) =>
      one.type === "call_expression" &&
      /^(require|assert)\.(NoErrorf?|Errorf?)$/.test(one.child("function")?.text ?? ""),
  );
  return {
    any: withNil.length + asserted.length + which.length + words,
    which: words + which.length + compared.length - withNil.length,
  };
}

/** `c.is(err)`, where each row of a table has a function that asks which error it is. */
function asksRow(call: SyntaxNode): boolean {
  if (call.type !== "call_expression") return false;
  const [, field = ""] = /^[a-z]\w*\.([a-z]\w*)$/.exec(call.child("function")?.text ?? "") ?? [];
  if (field === "" || !call.child("arguments")?.parts.some(({ text }) => /^err\w*$/.test(text))) return false;
  const test = [...above(call)].findLast(({ type }) => type === "function_declaration");
  const functions = (test && functionsOfRows(test).get(field)) ?? [];
  return functions.length > 0 && functions.every(({ text }) => /\berrors\.(Is|As)\(/.test(text));
}

/** How many assertions ask so. */
export function askedByRows(all: readonly Assertion[]): number {
  return all.filter((one) => one.strength === "loose" && [...within(around(one.node, "go"))].some(asksRow)).length;
}

const functionsOfRows = oncePerNode((test): ReadonlyMap<string, readonly SyntaxNode[]> => {
  const found = new Map<string, SyntaxNode[]>();
  for (const one of within(test)) {
    const [key, value] = one.type === "keyed_element" ? one.parts : [];
    if (key && value?.text.startsWith("func("))
      (found.get(key.text) ?? found.set(key.text, []).get(key.text))?.push(value);
  }
  return found;
});

/** `errors.Is(err, err)` is so of every error. */
function asksItself(call: SyntaxNode): boolean {
  const [given, wanted] = (call.child("arguments")?.parts ?? []).slice(-2);
  return wanted !== undefined && given?.text === wanted.text;
}

const OF_A_ROW =
  /\berr\w*\.Error\(\) [!=]= [a-z]\w*\.\w+|\berrors\.Is\(err\w*, [a-z]\w*\.\w+\)|\(err\w* [!=]= nil\) [!=]= \w+\.\w+/;

/** How many rows a table has whose rows say which error is wanted. */
export function rowsWithError(body: SyntaxNode): number {
  const asks = [...within(body)].some((one) => one.type === "if_statement" && OF_A_ROW.test(one.child("condition")?.text ?? "")); // prettier-ignore
  return asks ? rowsIn(body).length : 0;
}

/** The texts of messages by which errors were told apart, where they are told apart by `errors.Is` and `errors.As` now. */
export function messagesBecomeKinds(before: SyntaxNode, after: SyntaxNode): ReadonlySet<string> {
  const kinds = (body: SyntaxNode) =>
    [...within(body)].filter(
      (one) => one.type === "call_expression" && /^errors\.(Is|As)$/.test(one.child("function")?.text ?? ""),
    ).length;
  const more = kinds(after) - kinds(before);
  const compared = [...within(before)].filter(
    (one) => one.type === "binary_expression" && /^\w+\.Error\(\)$/.test(one.child("left")?.text ?? ""),
  );
  return new Set(compared.length <= more ? compared.flatMap((one) => [...allLiterals(one)]) : []);
}
