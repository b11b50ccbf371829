import type { FileDiff } from "../../../trees/diff.ts";
import type { SyntaxReader } from "../syntax/parser.ts";
import { isTestCode } from "../tests/test-files.ts";
import { keptBy } from "./kept-tests.ts";
import type { SyntaxNode } from "../syntax/syntax.ts";
import { lent } from "../tests/lent-tests.ts";
import { type TestText, TITLE_HOLE, unescaped } from "../tests/test-cases.ts";
import { freshTests } from "./test-differences.ts";
import { type TestSide, testSide } from "../tests/test-side.ts";

/** What is known of the names of old tests in changed files, to recognise those that only go by another name now. */
export type OldNames = {
  /** Tests that have another name, or stand in another test, and say as much as before. */
  readonly renamed: readonly { readonly name: string; readonly by: readonly StandIn[] }[];
  /** Tests that one statement makes many of: their names are found by this pattern. */
  readonly patterns: readonly {
    readonly path: string;
    readonly pattern: TitlePattern;
    readonly kept: boolean;
    readonly same: boolean;
  }[];
  /** All tests of a file before the change. */
  readonly of: ReadonlyMap<string, readonly string[]>;
};

/** A test that stands for an old one; its pattern where its title is filled in when it is made, open where any title may be. */
export type StandIn = { readonly name: string; readonly pattern: TitlePattern | null; readonly open: boolean };

/** What is said in so many words in a title with holes. `source`: the same for the same words. */
export type TitlePattern = { readonly source: string; test(title: string): boolean };

export async function oldNames(files: readonly FileDiff[], syntax: SyntaxReader): Promise<OldNames> {
  const changed = files.filter((file) => isTestCode(file.path) && file.kind === "text");
  const side = async (file: FileDiff, which: "before" | "after"): Promise<TestSide | null> => {
    const parsed = await syntax.parse(file.path, file[which]);
    return parsed.outcome === "cannot" ? null : testSide(file.path, parsed);
  };
  const of = async (which: "before" | "after") =>
    lent((await Promise.all(changed.map((file) => side(file, which)))).filter((one) => one !== null));
  const [before, after] = [await of("before"), await of("after")];
  const now = new Set(after.flatMap(({ tests }) => tests.map(({ name }) => name)));
  const old = before.flatMap(({ tests }) => tests);
  const fresh = freshTests(old, after);
  const all = before.flatMap((one) => one.tests.map((test) => ({ side: one, test })));
  const by = ({ side: one, test }: (typeof all)[number]) =>
    now.has(test.name) ? [test] : keptBy(one, test, fresh, after);
  return {
    renamed: all
      .filter((one) => !now.has(one.test.name))
      .map((one) => ({ name: one.test.name, by: by(one).map(standIn) })),
    patterns: all
      .filter(({ test }) => isMade(test))
      .map((one) => ({
        path: one.side.path,
        pattern: patternOf(one.test),
        kept: by(one).length > 0,
        same: now.has(one.test.name),
      })),
    of: new Map(before.map(({ path, tests }) => [path, tests.map(({ name }) => name)])),
  };
}

function standIn(test: TestText): StandIn {
  const pattern = isMade(test) ? patternOf(test) : null;
  return { name: test.name, pattern, open: pattern?.source === OPEN.source };
}

/** `${row}`, `%s`: filled in when tests are made. */
const DYNAMIC = /\$\{|%[sdifjop#]|\$\w/;

/** Whether one statement makes many tests: by holes in its title, or by code in the title's place. */
function isMade({ name, node }: TestText): boolean {
  return DYNAMIC.test(name) || !/^(string|template_string)?$/.test(titleNode(node)?.type ?? "");
}

function titleNode(node: SyntaxNode): SyntaxNode | null {
  return node.child("arguments")?.parts[0] ?? null;
}

/** Longer titles are texts of their own. */
const TITLE_CHARS_MAX = 200;
const OPEN: TitlePattern = { source: "", test: () => true };

/** What is said in so many words has to be there: the texts between holes, those that are put together by `+`. */
function patternOf({ name, node }: TestText): TitlePattern {
  const title = titleNode(node);
  const isText = title === null || /^(string|template_string)$/.test(title.type);
  const texts = isText
    ? (name.split(" > ").at(-1) ?? name).slice(0, TITLE_CHARS_MAX).split(TITLE_HOLE)
    : textsIn(title);
  if (texts.join("") === "") return OPEN;
  return { source: texts.join("\0"), test: (said) => holdsInOrder(said, texts) };
}

/** Whether a title ends with these texts, one after the other: the first place of each counts, so that nothing goes back and forth. */
function holdsInOrder(said: string, texts: readonly string[]): boolean {
  const last = texts.at(-1) ?? "";
  let from = 0;
  for (const text of texts.slice(0, -1)) {
    const at = said.indexOf(text, from);
    if (at < 0) return false;
    from = at + text.length;
  }
  return said.endsWith(last) && said.length - last.length >= from;
}

/** `"square of " + n` → "square of ", "". What is no text is a hole. */
function textsIn(title: SyntaxNode): string[] {
  if (title.type === "string") return [unescaped(title.text.slice(1, -1))];
  if (title.type === "template_string") return unescaped(title.text.slice(1, -1)).split(TITLE_HOLE);
  const isSum = title.type === "binary_expression" && title.children.some(({ text }) => text === "+");
  const [left, right] = [title.child("left"), title.child("right")];
  if (!isSum || !left || !right) return ["", ""];
  const [before, after] = [textsIn(left), textsIn(right)];
  return [...before.slice(0, -1), `${before.at(-1) ?? ""}${after[0] ?? ""}`, ...after.slice(1)];
}
