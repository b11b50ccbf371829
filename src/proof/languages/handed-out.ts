import type { FileDiff } from "../../trees/diff.ts";
import { isLiteral, textOf } from "./assertions.ts";
import { functionsOf } from "./functions.ts";
import type { Parsed } from "./parser.ts";
import { givenIn, type SyntaxNode, within } from "./syntax.ts";

/** One alone may be any value that there is one of. */
const ANSWERS_MIN = 2;
const NEXT = /^(\w+)(\.(shift|pop)\(0?\)|\[\w+\+\+\])$|^next\((\w+)\)$/;

/**
 * Answers of the new tests that stand in a list and are handed out one after the other, to whoever asks, by a function that
 * never looks at what it is asked. Colours that are given out in turn are asked for without a question.
 * @param expected texts and numbers that are new in the tests
 * @param asked names of functions to which the new tests give something
 */
export function handedOut(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  asked: ReadonlySet<string>,
): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const functions = functionsOf(parsed.root, parsed.language).filter(
    ({ name, node, body }) => lines.has(node.line) && asked.has(name) && !usesWhatItIsGiven(node, body),
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

const TAKEN_CHARS_MAX = 60;

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
