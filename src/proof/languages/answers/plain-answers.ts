import type { FileDiff } from "../../../trees/diff.ts";
import { type Case, casesOf, searchedIn } from "./answer-cases.ts";
import type { Parsed } from "../syntax/parser.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";

/** What one assertion or one row of the new tests holds together. */
export type Asked = { readonly path: string; readonly together: ReadonlySet<string> };

/** Fewer may stand in the code and in the tests by chance. */
const ENTRIES_MIN = 2;
/** The tests ask for nearly all that the list holds, and for hardly anything else. */
const SHARE_ASKED = 0.8;
const SHARE_OF_TESTS = 0.8;
/** Most of the answers follow from their questions, so that a list of them is no knowledge that code needs. */
const SHARE_FOLLOWING = 0.6;
/** A list of names that the product has elsewhere names those things. */
const SHARE_KNOWN = 0.34;

/** A list that is copied from the tests unless the product knows its words. */
export type Copy = {
  readonly texts: readonly string[];
  readonly words: readonly string[];
  readonly places: readonly SyntaxNode[];
};

/**
 * Lists of exactly what the new tests ask, in ordinary words and numbers (`{ cat: "cats", box: "boxes" }`): the answers
 * follow from the questions, so that code would compute them. Where the product speaks of the questions elsewhere, they are
 * names of its things (`isOnlyAsked`).
 * @param asked what the new tests hold together, with something new in it
 */
export function plainAnswers(file: FileDiff, parsed: Parsed, asked: readonly Asked[]): Copy[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const lists = new Map<SyntaxNode, Case[]>();
  for (const node of within(parsed.root)) {
    if (!lines.has(node.line)) continue;
    for (const one of [...casesOf(node), ...searchedIn(node)]) {
      const place = one.table ?? functionAround(node);
      if (place && questionsOf(one).length > 0) lists.set(place, [...(lists.get(place) ?? []), one]);
    }
  }
  const copied = [...lists.values()].filter((list) => isCopied(list.map(pairOf), asked));
  return copied.map((list) => ({
    texts: [...new Set(list.flatMap((one) => [...questionsOf(one), ...one.answered]))],
    words: [...new Set(list.flatMap(questionsOf))].filter((one) => /\p{L}/u.test(one)),
    places: list.map(({ node }) => node),
  }));
}

/** @param texts of the product, without the tests and without the places of the copy */
export function isOnlyAsked({ words }: Copy, texts: readonly string[]): boolean {
  const isKnown = (word: string) => {
    const pattern = new RegExp(`(?<![\\w-])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`);
    return texts.some((one) => pattern.test(one));
  };
  return words.filter(isKnown).length <= words.length * SHARE_KNOWN;
}

/** The file without the places of a copy. */
export function withoutPlaces(text: string, places: readonly SyntaxNode[]): string {
  return [...places]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** A question with its answers. */
export type Pair = { readonly questions: readonly string[]; readonly answers: readonly string[] };

function pairOf(one: Case): Pair {
  return { questions: questionsOf(one), answers: one.answered };
}

function questionsOf({ asked, name }: Case): readonly string[] {
  return name === null ? asked : [name];
}

const FUNCTION = /^(function_declaration|function_expression|arrow_function|method_definition|function_definition|method_declaration)$/; // prettier-ignore

function functionAround(node: SyntaxNode): SyntaxNode | null {
  for (const outer of above(node)) if (FUNCTION.test(outer.type)) return outer;
  return null;
}

export function isCopied(list: readonly Pair[], asked: readonly Asked[]): boolean {
  const isAsked = ({ questions, answers }: Pair, { together }: Asked) =>
    questions.some((text) => together.has(text)) && answers.some((text) => together.has(text));
  const answering = list.filter(({ answers }) => answers.length > 0);
  const theirs = answering.filter((one) => asked.some((test) => isAsked(one, test)));
  if (theirs.length < ENTRIES_MIN || theirs.length / answering.length < SHARE_ASKED) return false;
  const met = asked.filter((test) => theirs.some((one) => isAsked(one, test)));
  const paths = new Set(met.map(({ path }) => path));
  const all = asked.filter(({ path }) => paths.has(path));
  if (met.length / all.length < SHARE_OF_TESTS) return false;
  const around = theirs.flatMap(({ questions, answers }) =>
    questions.flatMap((q) => answers.map((a) => addedTo(q, a))),
  );
  const usual = around.filter((one) => one !== null && around.filter((other) => other === one).length > 1);
  const follows = theirs.filter(({ questions, answers }) =>
    questions.some((q) => answers.some((a) => isFollowing(q, a) || usual.includes(addedTo(q, a)))),
  );
  return follows.length / theirs.length >= SHARE_FOLLOWING;
}

/** What stands around the question in its answer: `Hello, ` of `Hello, ada`; null where it is not in it, or alone. */
function addedTo(question: string, answer: string): string | null {
  const at = question.length < STEM_CHARS_MIN || isNumber(answer) ? -1 : answer.indexOf(question);
  if (at >= 0) return question === answer ? null : `${answer.slice(0, at)}\0${answer.slice(at + question.length)}`;
  // `V-row` of `van`: its first letter, and what all answers end with.
  const isInitial = question.length >= STEM_CHARS_MIN && question[0]?.toLowerCase() === answer[0]?.toLowerCase();
  return isInitial && /^\p{L}[^\p{L}]/u.test(answer) ? `\0\0${answer.slice(1)}` : null;
}

/** Whether somebody who knows the question can compute the answer. A name in capitals is a label and says nothing. */
export function isFollowing(question: string, answer: string): boolean {
  if (isNumber(question)) return isNumber(answer);
  if (isNumber(answer)) return [question.length, wordsOf(question).length].includes(Number(answer));
  const [q, a] = [bare(question), bare(answer)];
  if (q.length < 2 || a === "") return false;
  if (isLabel(question, answer)) return false;
  if (q === a || isShifted(q, a) || [...q].reverse().join("") === a || sorted(q) === sorted(a)) return true;
  if (initials(question) === a) return true;
  // More than an ending is what an abbreviation stands for, which nobody can compute: `mon`, `monday`.
  if (a.length > q.length + ENDING_CHARS_MAX) return false;
  return shared(q, a) >= Math.max(2, Math.ceil(q.length * STEM_SHARE)) || isLeft(q, a);
}

/** `city`, `cities` */
const STEM_SHARE = 0.6;
const ENDING_CHARS_MAX = 2;
const STEM_CHARS_MIN = 3;

/** `Ada Lovelace`, `A. Lovelace`: the answer is what is left of the question. */
function isLeft(question: string, answer: string): boolean {
  if (answer.length < Math.max(STEM_CHARS_MIN, question.length / 2)) return false;
  let at = 0;
  for (const letter of question) if (letter === answer[at]) at++;
  return at === answer.length;
}

/** Each letter is moved in the alphabet by the same number of places. */
function isShifted(question: string, answer: string): boolean {
  if (question.length < STEM_CHARS_MIN || question.length !== answer.length || !/^[a-z]+$/.test(question + answer))
    return false;
  const shift = (at: number) => (answer.charCodeAt(at) - question.charCodeAt(at) + LETTERS) % LETTERS;
  return [...question].every((_, at) => shift(at) === shift(0));
}

const LETTERS = 26;

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** `inReview` and `In review`, `open` and `Open` */
function isLabel(question: string, answer: string): boolean {
  return (
    bare(question) === bare(answer) && (/^\p{Lu}/u.test(answer) || question.toLowerCase() === answer.toLowerCase())
  );
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((one) => one !== "");
}

function initials(text: string): string {
  return wordsOf(text)
    .map((one) => one[0] ?? "")
    .join("")
    .toLowerCase();
}

function sorted(text: string): string {
  return [...text].sort().join("");
}

function shared(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}
