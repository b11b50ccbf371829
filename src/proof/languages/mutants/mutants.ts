import { createHash } from "node:crypto";
import type { FileDiff } from "../../../trees/diff.ts";
import { alwaysFailing } from "./always-failing.ts";
import { changedFunctions, innermostOf } from "../syntax/changed-functions.ts";
import { answering, constantsFor, guessesFor } from "./constants.ts";
import { emptied, functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { isForTests } from "./for-tests.ts";
import type { Language } from "../syntax/grammar.ts";
import type { Parsed } from "../syntax/parser.ts";
import { type SmallChange, smallChanges } from "./small-changes.ts";
import { alwaysAnswers } from "./same-answer.ts";
import { oldRoundings } from "./old-roundings.ts";
import { hasNothingToClose } from "../unfinished/meant-empty.ts";
import { hollowIn } from "../unfinished/stubs.ts";
import { type SyntaxNode, within, SNIPPET_CHARS_MAX, plain } from "../syntax/syntax.ts";
import { newlySwallowed } from "./swallowed-before.ts";
import { tablesIn } from "./tables.ts";
import { isWrapper } from "./wrappers.ts";

/** One changed version of a changed file, to see whether a test notices. */
export type Mutant = {
  readonly path: string;
  readonly line: number;
  /**
   * `emptied`: a whole function does nothing; `wrapper`: the same of a private one that only calls another; `constant`: it
   * answers always the same; `data`: a table is empty. The others are small changes of one line.
   */
  readonly kind: "emptied" | "wrapper" | "constant" | "data" | SmallChange["weight"];
  /** The function in which it stands, by its line; null outside of all. */
  readonly within: number | null;
  readonly from: string;
  readonly to: string;
  /** See `SmallChange`. */
  readonly shortcut?: boolean;
  /** A constant of a kind that nobody knows: it only asks about a test under suspicion. */
  readonly guess?: true;
  /** The whole file after the change. Made when it is needed: a file can have thousands of mutants. */
  text(): string;
};

/**
 * @param before the functions that stood in any changed file of the base: one that only moved is not new
 * @param was the file before the change; absent for a new one
 * @param newSwallowed see `newlySwallowed`; by this file alone where absent
 */
export function mutantsOf(
  file: FileDiff,
  parsed: Parsed,
  before: ReadonlySet<string>,
  was?: Parsed,
  newSwallowed?: ReadonlySet<number>,
): Mutant[] {
  if (parsed.outcome === "cannot") return [];
  const { root, language } = parsed;
  const all = functionsOf(root, language);
  // Go only compiles a function of this name; nobody can call it.
  const uncallable = new Set(
    all.filter(({ name }) => name === "_" && language === "go").flatMap(({ node }) => span(node)),
  );
  const added = file.addedLines.map((one) => one.line).filter((line) => !uncallable.has(line));
  const lines = codeLines(root, new Set(added));
  const moved = new Set(all.filter((one) => before.has(plain(one.node))).flatMap(({ node }) => span(node)));
  const isNew = newSwallowed ?? newlySwallowed(was ? [was] : [], [parsed])(parsed);
  const fine = smallChanges(root, language, new Set([...lines].filter((line) => !moved.has(line)))).filter(
    (one) => one.weight !== "swallowed" || isNew.has(one.start),
  );
  const innermost = innermostOf(all);
  const hollow = hollowIn(root, language);
  const isOld = oldRoundings(was, parsed);
  return [
    ...changedFunctions(all, lines)
      .filter(
        (one) =>
          !before.has(plain(one.node)) &&
          !hollow.has(one.node) &&
          !isForTests(one, root, language) &&
          !hasNothingToClose(one.node),
      )
      .flatMap((one) => [
        ...wholeMutants(file, one, language, isWrapper(root, one, language)),
        ...failingMutant(file, one, language),
      ]),
    ...tablesIn(root, language)
      .filter(({ line, endLine }) => [...lines].some((one) => one >= line && one <= endLine))
      .map(({ name, line, emptied: [start, end, to] }): Mutant => {
        const text = () => file.after.slice(0, start) + to + file.after.slice(end);
        return { path: file.path, line, kind: "data", within: null, from: name, to, text };
      }),
    ...fine.map((one): Mutant => {
      const { line, from, to, start, end, shortcut } = one;
      const text = () => file.after.slice(0, start) + to + file.after.slice(end);
      const within = innermost(start)?.node.line ?? null;
      return {
        path: file.path,
        line,
        kind: isOld(one) ? "subtle" : one.weight,
        within,
        from: from.slice(0, SNIPPET_CHARS_MAX),
        to: to.slice(0, SNIPPET_CHARS_MAX),
        shortcut,
        text,
      };
    }),
  ];
}

function wholeMutants(file: FileDiff, one: NamedFunction, language: Language, wrapper: boolean): Mutant[] {
  const { line } = one.node;
  const place = { path: file.path, line, within: line, from: `${one.name}()` };
  if (emptied("", one, language) === null) return [];
  const nothing = () => emptied(file.after, one, language) ?? file.after;
  const others = constantsFor(one, language).filter((to) => !alwaysAnswers(one, to));
  const constants = others.map((to): Mutant => {
    return { ...place, kind: "constant", to, text: () => answering(file.after, one, language, to) ?? file.after };
  });
  const guesses = guessesFor(one, language).map((to): Mutant => {
    const text = () => answering(file.after, one, language, to) ?? file.after;
    return { ...place, kind: "constant", to, guess: true, text };
  });
  const whole: Mutant = { ...place, kind: wrapper ? "wrapper" : "emptied", to: "nothing", text: nothing };
  return wrapper ? [whole] : [whole, ...constants, ...guesses];
}

/** Only of a function that is new: how an old one answers may have been nobody's business before. */
function failingMutant(file: FileDiff, one: NamedFunction, language: Language): Mutant[] {
  if (isWordOf(file.before, one.name)) return [];
  const failing = alwaysFailing(file.after, one, language, /\brecover\(\)/.test(file.after));
  // `Unwrap` of an error that only answers this very error: nothing else could.
  if (
    !failing ||
    plain(one.body)
      .replace(/^\{|\}$/g, "")
      .trim() === failing.shown
  )
    return [];
  const { line } = one.node;
  const text = () => file.after.slice(0, failing.at) + failing.code + file.after.slice(failing.at);
  const to = failing.shown.slice(0, SNIPPET_CHARS_MAX);
  return [{ path: file.path, line, kind: "fallback", within: line, from: `${one.name}()`, to, text }];
}

function isWordOf(text: string, name: string): boolean {
  return text.split(/[^\p{L}\p{N}_$]+/u).includes(name);
}

/** The functions of a file as plain text, to recognise one that moved. */
export function functionTexts(parsed: Parsed): string[] {
  return parsed.outcome === "cannot" ? [] : functionsOf(parsed.root, parsed.language).map(({ node }) => plain(node));
}

function span(node: SyntaxNode): number[] {
  return Array.from({ length: node.endLine - node.line + 1 }, (_, at) => node.line + at);
}

/** Of the given lines, those on which something stands that is no comment and no lone bracket. */
function codeLines(root: SyntaxNode, lines: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  for (const node of within(root, (one) => one.type !== "comment"))
    if (node.children.length === 0 && /\w/.test(node.text) && node.type !== "comment" && lines.has(node.line))
      found.add(node.line);
  return found;
}

/**
 * At most `max` of them, the telling ones first: the files take turns, and within a file each line comes once before any
 * comes twice. The same change always gives the same choice, in an order that nobody can steer by where a line stands.
 */
export function choose(mutants: readonly Mutant[], max: number): Mutant[] {
  const seen = new Map<string, number>();
  const turn = (key: string) => {
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times;
  };
  const hash = ({ path, line, from, to }: Mutant) =>
    createHash("sha256")
      .update(JSON.stringify([path, line, from, to]))
      .digest("hex");
  return mutants
    .map((mutant) => ({ mutant, key: hash(mutant) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ mutant }) => ({ mutant, ofLine: turn(`${mutant.kind} ${mutant.path}:${mutant.line}`) }))
    .map((one) => ({ ...one, ofFile: turn(`${one.mutant.kind} ${one.mutant.path} ${one.ofLine}`) }))
    .sort((a, b) => rank(a.mutant) - rank(b.mutant) || a.ofLine - b.ofLine || a.ofFile - b.ofFile)
    .slice(0, max)
    .map(({ mutant }) => mutant);
}

function rank({ kind }: Mutant): number {
  return kind === "subtle" || kind === "data" || kind === "wrapper" ? 1 : 0;
}
