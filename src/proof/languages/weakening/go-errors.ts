import type { Assertion } from "../tests/assertions.ts";
import { allLiterals, around, rowsIn } from "../tests/said.ts";
import { above, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";

/** An error of the same call of which it was asked which one it is, and now only whether there is one. */
export function forgetsWhich(before: SyntaxNode, after: SyntaxNode): boolean {
  const [old, now] = [whichErrors(before), whichErrors(after)];
  return [...old].some(([call, which]) => which && now.get(call) === false);
}

/** Per statement and the error that it gives: whether a condition behind it asks which one. */
function whichErrors(body: SyntaxNode): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const one of within(body)) {
    const condition = one.type === "if_statement" ? one.child("condition") : null;
    if (!condition) continue;
    for (const { name, which } of asksIn(condition)) {
      const given = assignedTo(name, condition);
      const key = `${name}: ${given?.text}`;
      if (given) found.set(key, (found.get(key) ?? false) || which);
    }
  }
  return found;
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
  const asked = new Set(each.filter((one) => one.any > 0).flatMap(({ place }) => callsAsked(place)));
  return { any: asked.size, which: each.reduce((sum, one) => sum + one.which, 0) };
}

/** Where the errors were assigned: whether there is one and which it is may be asked at once, or one after the other. */
function callsAsked(place: SyntaxNode): string[] {
  const names = [...new Set(asksIn(place).map(({ name }) => name))];
  const known = names.flatMap((name) => {
    const given = assignedTo(name, place);
    return given ? [`${name} ${given.start}`] : [];
  });
  if (known.length > 0 && known.length === names.length) return known;
  const asked = [...above(place)].find(({ type }) => /^(if_statement|expression_switch_statement)$/.test(type));
  return [String(((asked && (asked.child("initializer") ?? assignedBefore(asked))) ?? place).start)];
}

/** The statement that assigned a name last before a place, in the blocks around it. */
function assignedTo(name: string, place: SyntaxNode): SyntaxNode | null {
  for (let [from, outer] = [place, place.parent]; outer !== null; [from, outer] = [outer, outer.parent]) {
    const all = assignedIn(outer).get(name) ?? [];
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.start ?? 0) < from.start) low = middle + 1;
      else high = middle;
    }
    const last = all[low - 1];
    if (last) return last;
  }
  return null;
}

const ASSIGNS = /^(short_var_declaration|assignment_statement|receive_statement)$/;

/** Per name what assigns it among the parts of a block or of an `if`, in the order of the text. */
const assignedIn = oncePerNode((block): ReadonlyMap<string, readonly SyntaxNode[]> => {
  const found = new Map<string, SyntaxNode[]>();
  for (const one of block.parts.filter(({ type }) => ASSIGNS.test(type)))
    for (const { text } of one.child("left")?.parts ?? []) {
      const known = found.get(text);
      if (known) known.push(one);
      else found.set(text, [one]);
    }
  return found;
});

/** Errors of the code: names that get what a call answers, which makes no error by itself, or what a function is handed. */
const errorsOf = oncePerNode((body): ReadonlySet<string> => {
  const found = [...within(body)].flatMap((one) => {
    if (one.type === "parameter_declaration") return one.parts.filter(({ type }) => type === "identifier");
    if (one.type === "range_clause") return one.child("left")?.parts ?? [];
    const value = ASSIGNS.test(one.type) ? (one.child("right")?.text ?? "") : "";
    return /\(|<-/.test(value.replace(MAKES_ERROR, "")) ? (one.child("left")?.parts ?? []) : [];
  });
  return new Set(found.map(({ text }) => text));
});

const MAKES_ERROR = /^(errors\.New|errors\.Join|fmt\.Errorf)\(.*\)$|\b\w+\.Error\(\)/gs;

/** `ErrEmpty.Error()` and `errors.Is(ErrEmpty, ErrRing)` say nothing of what the code gave. */
function isOfCode(given: SyntaxNode | undefined): boolean {
  if (given?.type === "selector_expression") return !/^Err[A-Z]/.test(given.child("field")?.text ?? "");
  if (given?.type !== "identifier") return given !== undefined;
  const body = [...above(given)].findLast(({ type }) => /^(function_declaration|method_declaration|func_literal)$/.test(type)); // prettier-ignore
  return body === undefined || errorsOf(body).has(given.text);
}

/** Names that hold the words of an error: `got := err.Error()`. */
const wordsOfErrors = oncePerNode((body): ReadonlyMap<string, string> => {
  const found = [...within(body)].flatMap((one) => {
    if (!/^(short_var_declaration|assignment_statement)$/.test(one.type)) return [];
    const [names, values] = [one.child("left")?.parts ?? [], one.child("right")?.parts ?? []];
    return names.flatMap(({ text }, at) => {
      const error = /^\w+\.Error\(\)$/.test(values[at]?.text ?? "") ? values[at]?.child("function")?.child("operand") : null; // prettier-ignore
      return error && isOfCode(error) ? [[text, error.text] as const] : [];
    });
  });
  return new Map(found);
});

/** The error whose words are compared. */
function wordsCompared(one: SyntaxNode): string | null {
  if (one.type !== "binary_expression" || !one.children.some(({ text }) => /^[!=]=$/.test(text))) return null;
  const body = [...above(one)].find(({ type }) => /^(function_declaration|func_literal)$/.test(type));
  const words = body && wordsOfErrors(body);
  return words ? (one.parts.flatMap(({ text }) => words.get(text) ?? [])[0] ?? null) : null;
}

/** The errors for which a place asks, by their names. */
function asksIn(place: SyntaxNode): { readonly name: string; readonly which: boolean }[] {
  return [...within(place)].flatMap((one) => {
    const words = wordsCompared(one);
    if (words !== null) return [{ name: words, which: true }];
    if (one.type === "binary_expression") {
      const name = one.parts.find(({ text }) => /^(err\w*|e\d+)$/i.test(text))?.text;
      return name === undefined ? [] : [{ name, which: !one.parts.some(({ text }) => text === "nil") }];
    }
    if (asksRow(one)) return [{ name: one.child("arguments")?.parts.find(({ text }) => /^err\w*$/.test(text))?.text ?? "", which: true }]; // prettier-ignore
    if (asksWhich(one)) return [{ name: errorOf(one)?.text ?? "", which: true }];
    const isAsserted = one.type === "call_expression" && NO_ERROR.test(one.child("function")?.text ?? "");
    return isAsserted ? [{ name: one.child("arguments")?.parts[1]?.text ?? "", which: false }] : [];
  });
}

const NO_ERROR = /^(require|assert)\.(NoErrorf?|Errorf?)$/;

function asksWhich(one: SyntaxNode): boolean {
  const callee = one.type === "call_expression" ? (one.child("function")?.text ?? "") : "";
  return (
    /^errors\.(Is|As)$|\.(Error|ErrorIs|ErrorAs|EqualError|ErrorContains)$/.test(callee) &&
    !/^(t|tb|b|assert|require|s|suite)\.Error$/.test(callee) &&
    !asksItself(one) &&
    isOfCode(errorOf(one))
  );
}

/** `err` in `err.Error()`, `errors.Is(err, ErrEmpty)` and `assert.EqualError(t, err, "empty")`. */
function errorOf(call: SyntaxNode): SyntaxNode | undefined {
  const given = call.child("arguments")?.parts ?? [];
  if (given.length === 0) return call.child("function")?.child("operand") ?? undefined;
  return /^errors\./.test(call.child("function")?.text ?? "") ? given[0] : (given[1] ?? given[0]);
}

function errorsAt(place: SyntaxNode): { any: number; which: number } {
  const asked = asksIn(place);
  return { any: asked.length, which: asked.filter(({ which }) => which).length };
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
