import type { FileDiff } from "../../trees/diff.ts";
import type { SyntaxReader } from "./parser.ts";
import { isTestCode } from "./test-files.ts";
import { isKept } from "./kept-tests.ts";
import { freshTests, type TestSide, testSide } from "./test-differences.ts";

/** What is known of the names of old tests in changed files, to recognise those that only go by another name now. */
export type OldNames = {
  /** Tests that have another name, or stand in another test, and say as much as before. */
  readonly renamed: readonly { readonly path: string; readonly name: string }[];
  /** Tests that one statement makes many of: their names are found by this pattern. */
  readonly patterns: readonly {
    readonly path: string;
    readonly pattern: RegExp;
    readonly kept: boolean;
    readonly same: boolean;
  }[];
  /** All tests of a file before the change. */
  readonly of: ReadonlyMap<string, readonly string[]>;
};

export async function oldNames(files: readonly FileDiff[], syntax: SyntaxReader): Promise<OldNames> {
  const changed = files.filter((file) => isTestCode(file.path) && file.kind === "text");
  const side = async (file: FileDiff, which: "before" | "after"): Promise<TestSide | null> => {
    const parsed = await syntax.parse(file.path, file[which]);
    return parsed.outcome === "cannot" ? null : testSide(file.path, parsed);
  };
  const of = async (which: "before" | "after") =>
    (await Promise.all(changed.map((file) => side(file, which)))).filter((one) => one !== null);
  const [before, after] = [await of("before"), await of("after")];
  const now = new Set(after.flatMap(({ tests }) => tests.map(({ name }) => name)));
  const old = before.flatMap(({ tests }) => tests);
  const fresh = freshTests(old, after);
  const all = before.flatMap((one) => one.tests.map((test) => ({ side: one, test })));
  const kept = ({ side: one, test }: (typeof all)[number]) => now.has(test.name) || isKept(one, test, fresh, after);
  return {
    renamed: all
      .filter((one) => !now.has(one.test.name) && kept(one))
      .map(({ side: { path }, test: { name } }) => ({ path, name })),
    patterns: all
      .filter(({ test }) => DYNAMIC.test(test.name))
      .map((one) => ({
        path: one.side.path,
        pattern: patternOf(one.test.name),
        kept: kept(one),
        same: now.has(one.test.name),
      })),
    of: new Map(before.map(({ path, tests }) => [path, tests.map(({ name }) => name)])),
  };
}

/** `${row}`, `%s`, or a title that is a name: filled in when tests are made. */
const DYNAMIC = /\$\{|%[sdifjop#]|\$\w|(^| > )\w+$/;
/** Longer titles are texts of their own. */
const TITLE_CHARS_MAX = 200;

function patternOf(name: string): RegExp {
  const title = (name.split(" > ").at(-1) ?? name).slice(0, TITLE_CHARS_MAX);
  if (/^\w+$/.test(title)) return /(?:)/;
  const parts = title
    .split(/\$\{[^}]*\}|%[sdifjop#]|\$\w+(?:\.\w+)*/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`${parts.join(".{0,200}")}$`);
}
