import { dirname, normalize } from "node:path/posix";
import type { FileDiff } from "../../../trees/diff.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";

/** A file of old tests that only follows a module to its new place; `to` is its own path, or the one that it has now. */
export type Followed = { readonly from: string; readonly to: string };

/** As much of a module stays when it moves. */
const LIKENESS_MIN = 0.7;
/** Where a module's name stands in a test: what is imported and what is put in its place. */
const NAMES_MODULE = /\b(import|from|require|mock|patch|doMock|unmock|spyOn)\b/;

/**
 * Old tests whose modules got another place: nothing in them differs but the lines that name the module. The base's own
 * version could only fail to load.
 */
export function followedTests(files: readonly FileDiff[]): Followed[] {
  const text = files.filter(({ kind }) => kind === "text");
  const product = text.filter(({ path }) => isCode(path) && !isTestFile(path));
  const moves = product
    .filter(({ action }) => action === "delete")
    .flatMap((gone) => {
      const now = product.find((one) => one.action === "create" && likeness(gone.before, one.after) >= LIKENESS_MIN);
      return now ? [{ old: stemOf(gone.path), now: stemOf(now.path) }] : [];
    });
  if (moves.length === 0) return [];
  const tests = text.filter(({ path }) => isTestCode(path));
  const created = tests.filter(({ action }) => action === "create");
  return tests.flatMap((file): Followed[] => {
    if (file.action === "change") return isFollowing(file, file, moves) ? same(file.path) : [];
    const to = file.action === "delete" && created.find((one) => isFollowing(file, one, moves));
    return to ? [{ from: file.path, to: to.path }] : [];
  });
}

function same(path: string): Followed[] {
  return [{ from: path, to: path }];
}

type Move = { readonly old: string; readonly now: string };

function isFollowing(old: FileDiff, now: FileDiff, moves: readonly Move[]): boolean {
  const [was, is] = [linesOf(fromTop(old.before, old.path)), linesOf(fromTop(now.after, now.path))];
  const [gone, fresh] = [without(was, is), without(is, was)];
  if (gone.length === 0 || gone.length !== fresh.length) return false;
  const isNaming = (line: string, of: keyof Move) =>
    NAMES_MODULE.test(line) && moves.some((one) => line.includes(one[of]));
  return gone.every((line) => isNaming(line, "old")) && fresh.every((line) => isNaming(line, "now"));
}

/** `join(__dirname, "../data/a.json")` with the path of the file from the top of the repository. */
function fromTop(text: string, path: string): string {
  return text.replace(FROM_HERE, (_, here: string, sign: string, file: string) => {
    return `${here}, ${sign}${normalize(`${dirname(path)}/${file}`)}${sign}`;
  });
}

const FROM_HERE = /\b(__dirname|import\.meta\.dirname),\s*(["'`])([^"'`$\n]{1,200})\2/g;

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

function likeness(one: string, other: string): number {
  const [a, b] = [linesOf(one), linesOf(other)];
  return 1 - Math.max(without(a, b).length, without(b, a).length) / Math.max(1, a.length, b.length);
}

/** `src/price.js` and `shop/price.py` are imported as `price`. */
function stemOf(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.\w+$/, "");
}
