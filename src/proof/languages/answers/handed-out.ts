import type { FileDiff } from "../../../trees/diff.ts";
import { isLiteral, textOf } from "../tests/assertions.ts";
import { functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import type { Parsed } from "../syntax/parser.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

/** One alone may be any value that there is one of. */
const ANSWERS_MIN = 2;
const NEXT = /^(\w+)(\.(shift|pop)\(0?\)|\[\w+\+\+\])$|^next\((\w+)\)$/;

/**
 * Answers of the new tests that stand in a list and are handed out one after the other, to whoever asks, by a function that
 * never looks at what it is asked. Colours that are given out in turn are asked for without a question, and whoever asks the very same
 * thing again and wants something else wants turns.
 * @param expected texts and numbers that are new in the tests
 * @param asked by names of functions the calls in which the new tests give them something
 */
export function handedOut(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  asked: ReadonlyMap<string, readonly SyntaxNode[]>,
): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const functions = functionsOf(parsed.root, parsed.language).filter(
    (one) => lines.has(one.node.line) && isAsked(one, parsed.language, asked) && !usesWhatItIsGiven(one.node, one.body),
  );
  return functions.flatMap(({ node, body }) => {
    const taken = [...within(body)].flatMap((one) => {
      const [, list, , , iterated] = NEXT.exec(one.text.length < TAKEN_CHARS_MAX ? one.text : "") ?? [];
      return list ?? iterated ?? [];
    });
    const answers = [...new Set(taken)].flatMap((name) => listOf(name, parsed.root, node));
    return answers.length >= ANSWERS_MIN && answers.every((one) => expected.has(one)) ? answers : [];
  });
}

/** The call that takes the next of a list is short. */
const TAKEN_CHARS_MAX = 60;

/** Where a language counts what is given, a function that takes nothing is not the one that is asked: another has its name. */
function isAsked({ name, node }: NamedFunction, language: Language, asked: ReadonlyMap<string, readonly SyntaxNode[]>) {
  const calls = asked.get(name) ?? [];
  const taken = (node.child("parameters")?.parts ?? []).filter(({ text }) => !/^(self|cls)$/.test(text));
  if (familyOf(language) !== "js" && node.child("parameter") === null && taken.length === 0) return false;
  return calls.length > 0 && !isSameEachTime(calls);
}

/** `pick("GET /")`, three times. */
function isSameEachTime(calls: readonly SyntaxNode[]): boolean {
  const given = calls.map((one) => one.child("arguments")?.parts ?? []);
  const texts = new Set(given.map((parts) => parts.map(({ text }) => text).join("\0")));
  return calls.length > 1 && texts.size === 1 && given.every((parts) => parts.every(isLiteral));
}

function usesWhatItIsGiven(node: SyntaxNode, body: SyntaxNode): boolean {
  const given = node.child("parameters") ?? node.child("parameter");
  const names = new Set(["arguments"]);
  for (const one of given ? within(given) : []) if (/identifier/.test(one.type)) names.add(one.text);
  names.delete("self");
  return [...within(body)].some((one) => /identifier/.test(one.type) && names.has(one.text));
}

/** The texts and numbers of a list that is kept outside of the function; empty where it holds anything else, or has the name of a local. */
function listOf(name: string, root: SyntaxNode, asker: SyntaxNode): string[] {
  if ([...within(asker)].some((one) => givenIn(one)?.left.text === name)) return [];
  for (const one of within(root)) {
    const { left, right } = givenIn(one) ?? {};
    if (left?.text !== name || !right) continue;
    const list = [...within(right)].find(({ type }) => /^(array|list|tuple)$/.test(type));
    return list && list.parts.every(isLiteral) ? list.parts.map(textOf) : [];
  }
  return [];
}
