import type { FileDiff } from "../../trees/diff.ts";
import type { Line } from "../../core/ticket/proof-facts.ts";
import type { ProofFacts } from "../evidence.ts";
import { answersInData, answersInLists, plainAnswersInData } from "../languages/answers/answer-lists.ts";
import { copiedAnswers } from "../languages/answers/answers.ts";
import { assertingHelpers, assertionsIn, isLiteral, literalsOf, textOf } from "../languages/tests/assertions.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { handedOut } from "../languages/answers/handed-out.ts";
import { hiddenAnswers } from "../languages/answers/hidden-answers.ts";
import { type Asked, type Copy, isOnlyAsked, plainAnswers, withoutPlaces } from "../languages/answers/plain-answers.ts";
import { around, rowsIn } from "../languages/tests/said.ts";
import { specialCases } from "../languages/answers/special-case.ts";
import { SNIPPET_CHARS_MAX, type SyntaxNode, within } from "../languages/syntax/syntax.ts";
import { wordsOf } from "../languages/tests/test-cases.ts";
import { isCode, isTestCode, isTestFile } from "../languages/tests/test-files.ts";

export function productOf(facts: ProofFacts): FileDiff[] {
  return facts.files.filter((file) => isCode(file.path) && !isTestFile(file.path) && file.added > 0);
}

const DATA = /\.(jsonc?|ya?ml|toml|csv|tsv|ini|properties|txt|tab|dat)$/i;

/** Data of the product: what only tests read may hold what they expect. */
function isData({ path, kind, added }: FileDiff): boolean {
  return DATA.test(path) && kind === "text" && added > 0 && !isTestFile(path) && decidingFile(path) === null;
}

/** A question and its answer, both word for word in the new code and in the new tests. */
export async function copiedFromTests(facts: ProofFacts): Promise<Line[]> {
  const { expected, held, repeated, asked, called } = await saidByTests(facts);
  const found: Line[] = [];
  const say = (path: string, copies: readonly string[]) => {
    const texts = copies.map((one) => one.slice(0, SNIPPET_CHARS_MAX));
    if (texts.length > 0) found.push({ code: "copied", facts: { path, texts } });
  };
  for (const file of productOf(facts)) {
    const parsed = await facts.syntax.parse(file.path, file.after);
    const before = await facts.syntax.parse(file.path, file.before);
    say(file.path, [
      ...copiedAnswers(file, parsed, expected, held, repeated),
      ...answersInLists(file, parsed, expected, held),
      ...hiddenAnswers(file, parsed, expected),
      ...specialCases(file, parsed, expected, held, before),
      ...handedOut(file, parsed, expected, called),
      ...(await onlyAsked(facts, file, plainAnswers(file, parsed, asked))),
    ]);
  }
  for (const file of facts.files.filter(isData))
    say(file.path, [
      ...answersInData(file, expected, held),
      ...(await onlyAsked(facts, file, plainAnswersInData(file, asked))),
    ]);
  return found;
}

type Said = {
  readonly expected: Set<string>;
  readonly held: Set<string>;
  readonly repeated: Set<string>;
  readonly asked: Asked[];
  /** Names of what is called with something in the brackets, and what stands in them each time. */
  readonly called: Map<string, SyntaxNode[]>;
};

/** Texts and numbers of the tests: the new ones, all, and what new ones stand together with. */
async function saidByTests(facts: ProofFacts): Promise<Said> {
  const said: Said = { expected: new Set(), held: new Set(), repeated: new Set(), asked: [], called: new Map() };
  for (const { path, before, after } of await askingFiles(facts)) {
    const [now, was] = [await facts.syntax.parse(path, after), await facts.syntax.parse(path, before)];
    if (now.outcome === "cannot") continue;
    const { root, language } = now;
    const old = was.outcome === "parsed" ? literalsOf(was.root) : new Set<string>();
    const all = literalsOf(root);
    for (const one of all) said.held.add(one);
    for (const one of repeatedIn(root)) said.repeated.add(one);
    for (const one of [...within(root)].filter(isAsked)) {
      const name = wordsOf(one.child("function")).at(-1) ?? "";
      const known = said.called.get(name);
      if (known) known.push(one);
      else said.called.set(name, [one]);
    }
    for (const one of all) if (!old.has(one)) said.expected.add(one);
    const asserted = assertionsIn(root, language, assertingHelpers(root, language)).map(({ node }) => node);
    const places = [...asserted.map((node) => around(node, language)), ...rowsIn(root, 1).map(({ row }) => row)];
    for (const together of places.map((one) => literalsOf(one)))
      if (together.size > 1 && [...together].some((one) => !old.has(one))) said.asked.push({ path, together });
  }
  return said;
}

type Texts = Pick<FileDiff, "path" | "before" | "after">;

/** The changed tests; where the change has none, old tests may have waited for it (`oldTestsThatShow`). */
async function askingFiles(facts: ProofFacts): Promise<readonly Texts[]> {
  const { files, type, base, blobs } = facts;
  const isOfTests = ({ path }: FileDiff) => isTestFile(path) || decidingFile(path) !== null;
  if (files.some(isOfTests) || productOf(facts).length === 0 || !/^(bug|feature)$/.test(type))
    return files.filter((one) => isTestCode(one.path) && one.added > 0);
  const waiting = [...base.tree].filter(([path, { sizeBytes }]) => isTestCode(path) && sizeBytes <= WAITING_BYTES_MAX);
  return await Promise.all(
    waiting.slice(0, WAITING_FILES_MAX).map(async ([path, { sha }]) => {
      return { path, before: "", after: (await blobs.get(sha))?.toString("utf8") ?? "" };
    }),
  );
}

/** Old tests that are read where a change has none of its own: parsing more would take longer than running them. */
const WAITING_FILES_MAX = 100;
/** A longer file of tests was generated. */
const WAITING_BYTES_MAX = 100_000;

/** `clock.tick(80)` moves a clock of the tests, and asks nobody. */
const MOVES_TIME = /(^|\.)(\w*[cC]locks?|\w*[tT]imers?|jest|vi|sinon|freezer|frozen\w*|time_machine|traveller)\.\w+$/;

function isAsked(one: SyntaxNode): boolean {
  if (!/^call(_expression)?$/.test(one.type) || (one.child("arguments")?.parts.length ?? 0) === 0) return false;
  return !MOVES_TIME.test(one.child("function")?.text ?? "");
}

/** Texts that stand in a file more than once. */
function repeatedIn(root: SyntaxNode): string[] {
  const counts = new Map<string, number>();
  for (const one of within(root)) if (isLiteral(one)) counts.set(textOf(one), (counts.get(textOf(one)) ?? 0) + 1);
  return [...counts].flatMap(([text, count]) => (count > 1 ? [text] : []));
}

/** More text than this is not searched; then nothing is said about plain words. */
const PRODUCT_BYTES_MAX = 20_000_000;
const SPEAKS_OF_THINGS = /\.(mdx?|rst|txt|sql|graphql|proto)$/i;

/** The texts of copies whose words the product has nowhere else. */
async function onlyAsked(facts: ProofFacts, file: FileDiff, copies: readonly Copy[]): Promise<string[]> {
  if (copies.length === 0) return [];
  const changed = productOf(facts).filter((one) => one !== file);
  const paths = new Set([file, ...changed].map(({ path }) => path));
  const others = [...facts.base.tree].filter(
    ([path]) => !paths.has(path) && !isTestFile(path) && (isCode(path) || SPEAKS_OF_THINGS.test(path)),
  );
  if (others.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0) > PRODUCT_BYTES_MAX) return [];
  const texts = await Promise.all(
    others.map(async ([, { sha }]) => (await facts.blobs.get(sha))?.toString("utf8") ?? ""),
  );
  const theirs = [...texts, ...changed.flatMap(({ before, after }) => [before, after]), file.before];
  return copies
    .filter((one) => isOnlyAsked(one, [...theirs, one.places.length > 0 ? withoutPlaces(file.after, one.places) : ""]))
    .flatMap((one) => one.texts);
}
