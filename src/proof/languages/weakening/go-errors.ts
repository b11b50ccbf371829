import type { Assertion } from "../tests/assertions.ts";
import { allLiterals, around, rowsIn } from "../tests/said.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";

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
    if (!condition || !/\berr\w*\b/i.test(condition.text)) continue;
    const given = one.child("initializer") ?? assignedBefore(one);
    if (given) found.set(given.text, (found.get(given.text) ?? false) || errorsIn([condition]).which > 0);
  }
  return found;
}

/** What was assigned last before a statement. */
export function assignedBefore(node: SyntaxNode): SyntaxNode | null {
  const all = node.parent?.parts ?? [];
  return (
    all
      .slice(0, all.indexOf(node))
      .findLast((one) => /^(short_var_declaration|assignment_statement)$/.test(one.type)) ?? null
  );
}

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

/** @returns at how many places, and how often which one */
function errorsIn(places: readonly SyntaxNode[]): { any: number; which: number } {
  const each = places.map(errorsAt);
  return { any: each.filter((one) => one.any > 0).length, which: each.reduce((sum, one) => sum + one.which, 0) };
}

function errorsAt(place: SyntaxNode): { any: number; which: number } {
  const parts = [...within(place)];
  const which = parts.filter(
    (one) =>
      one.type === "call_expression" &&
      /^errors\.(Is|As)$|\.(Error|ErrorIs|ErrorAs|EqualError|ErrorContains)$/.test(one.child("function")?.text ?? "") &&
      !/^(t|tb|b)\.Error$/.test(one.child("function")?.text ?? "") &&
      !asksItself(one),
  );
  const compared = parts.filter(
    (one) => one.type === "binary_expression" && one.parts.some(({ text }) => /^err\w*$/i.test(text)),
  );
  const withNil = compared.filter((one) => one.parts.some(({ text }) => text === "nil"));
  const asserted = parts.filter(
    (one) => one.type === "call_expression" && /^(require|assert)\.NoErrorf?$/.test(one.child("function")?.text ?? ""),
  );
  return {
    any: withNil.length + asserted.length + which.length,
    which: which.length + compared.length - withNil.length,
  };
}

/** `errors.Is(err, err)` is so of every error. */
function asksItself(call: SyntaxNode): boolean {
  const [given, wanted] = (call.child("arguments")?.parts ?? []).slice(-2);
  return wanted !== undefined && given?.text === wanted.text;
}

const OF_A_ROW = /\berrors\.Is\(err\w*, [a-z]\w*\.\w+\)|\(err\w* [!=]= nil\) [!=]= \w+\.\w+/;

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
