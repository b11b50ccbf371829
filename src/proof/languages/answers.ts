import type { FileDiff } from "../../trees/diff.ts";
import { literalsOf } from "./assertions.ts";
import type { Parsed } from "./parser.ts";
import { above, type SyntaxNode, within } from "./syntax.ts";

/** One place of product code that answers a written-down question with a written-down answer. */
type Case = {
  readonly asked: readonly string[];
  readonly answered: readonly string[];
  readonly table: SyntaxNode | null;
};

/** Texts and numbers that hardly stand in two places by chance. */
const UNCOMMON = /^(?=.*\d)[\w.,:/+ -]{3,}$|^.{10,}$/;
/** Short words that a test file holds anyway. */
const TELLING = /^.{2,}$|^[2-9]$/;
/** An honest table has more entries than its tests ask for. */
const SHARE_OF_TABLE = 0.6;

/**
 * Answers that were copied from the new tests: questions and answers, both word for word in the added code and in what the
 * tests have new.
 * @param expected texts and numbers that the tests hold and did not hold before
 * @returns the copied texts; empty for honest code
 */
export function copiedAnswers(file: FileDiff, parsed: Parsed, expected: ReadonlySet<string>): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const isNew = (one: string) => expected.has(one) && !file.before.includes(one);
  const cases = [...within(parsed.root)].filter((node) => lines.has(node.line)).flatMap(casesOf);
  const copied = cases.filter(
    ({ asked, answered }) => asked.some(isNew) && answered.some((one) => isNew(one) && TELLING.test(one)),
  );
  const suspicious = copied.filter(({ table, asked, answered }) => {
    if (table === null) return [...asked, ...answered].filter((one) => isNew(one) && UNCOMMON.test(one)).length >= 2;
    const entries = cases.filter((one) => one.table === table);
    const theirs = copied.filter((one) => one.table === table);
    return theirs.length >= 2 && theirs.length / entries.length >= SHARE_OF_TABLE && theirs.some((one) => isRare(one));
  });
  // Two plain branches, each with a common answer, still are a list of what the tests ask.
  const branches = copied.filter(
    ({ table, asked }) => table === null && asked.some((one) => isNew(one) && UNCOMMON.test(one)),
  );
  const found = [...suspicious, ...(branches.length >= 2 ? branches : [])];
  return [...new Set(found.flatMap(({ asked, answered }) => [...asked, ...answered].filter(isNew)))];
}

/** A number as key of a number, or a key that is no plain word: names of things (`404`, `"draft"`) are asked for anywhere. */
function isRare({ asked, answered }: Case): boolean {
  const isNumber = (one: string) => /^\d+$/.test(one);
  if (asked.every(isNumber)) return answered.every(isNumber);
  return asked.some((one) => UNCOMMON.test(one) && !/^[A-Za-z_]+$/.test(one));
}

function casesOf(node: SyntaxNode): Case[] {
  const literals = (from: SyntaxNode | null) => (from ? [...literalsOf(from)] : []);
  if (node.type === "pair" || node.type === "keyed_element") {
    const [key, value] = [node.child("key") ?? node.parts[0] ?? null, node.child("value") ?? node.parts[1] ?? null];
    return [{ asked: literals(key), answered: isWritten(value) ? literals(value) : [], table: node.parent }];
  }
  if (/^(switch_case|expression_case|case_clause)$/.test(node.type)) {
    const asked = literals(node.child("value") ?? node.parts[0] ?? null);
    return [{ asked, answered: returnedIn(node), table: node.parent }];
  }
  if (/^(if_statement|elif_clause)$/.test(node.type)) {
    const body = node.child("consequence");
    return body ? [{ asked: literals(node.child("condition")), answered: returnedIn(body), table: null }] : [];
  }
  if (/^(ternary_expression|conditional_expression)$/.test(node.type)) {
    const [yes, condition] =
      node.type === "ternary_expression"
        ? [node.child("consequence"), node.child("condition")]
        : [node.parts[0] ?? null, node.parts[1] ?? null];
    return [{ asked: literals(condition), answered: isWritten(yes) ? literals(yes) : [], table: null }];
  }
  return [];
}

function returnedIn(node: SyntaxNode): string[] {
  const returns = [...within(node)].filter(
    (one) => one.type === "return_statement" && isWritten(one) && !isThrown(one),
  );
  return returns.flatMap((one) => [...literalsOf(one)]);
}

/** Made of texts and numbers alone: nothing of what was asked goes into it. */
function isWritten(node: SyntaxNode | null): boolean {
  if (!node) return false;
  return ![...within(node)].some(
    (one) =>
      /^(identifier|call|call_expression|template_substitution)$/.test(one.type) &&
      !/^(nil|None|undefined|null|true|false|True|False|map|string|int|error)$/.test(one.text),
  );
}

function isThrown(node: SyntaxNode): boolean {
  return [...above(node)].some((one) => /^(throw|raise)_statement$/.test(one.type));
}
