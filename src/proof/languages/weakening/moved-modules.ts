import { basename, dirname, normalize } from "node:path/posix";
import type { FileDiff } from "../../../trees/diff.ts";
import type { Tree } from "../../../trees/tree.ts";
import { oncePer } from "../syntax/syntax.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";

/** A file of old tests that only follows a module to its new place; `to` is its own path, or the one that it has now. */
export type Followed = { readonly from: string; readonly to: string };

/** As much of a module stays when it moves. */
const SHARE_MIN = 0.7;
/** Where a module's name stands in a test: what is imported and what is put in its place. */
const NAMES_MODULE = /\b(import|from|require|mock|patch|doMock|unmock|spyOn)\b/;

/**
 * Old tests whose modules got another place: nothing in them differs but the lines that name the module. The base's own
 * version could only fail to load.
 */
export function followedTests(files: readonly FileDiff[], sides: Sides = NOWHERE): Followed[] {
  const text = files.filter(({ kind }) => kind === "text");
  const product = text.filter(({ path }) => isCode(path) && !isTestFile(path));
  const likestOf = likest(product.filter(({ action }) => action === "create"));
  const moves = product
    .filter(({ action }) => action === "delete")
    .flatMap((gone) => {
      const now = likestOf(gone);
      return now && share(gone, now) >= SHARE_MIN ? [{ old: stemOf(gone.path), now: stemOf(now.path) }] : [];
    });
  if (moves.length === 0) return [];
  const tests = text.filter(({ path }) => isTestCode(path));
  const created = tests.filter(({ action }) => action === "create");
  return tests.flatMap((file): Followed[] => {
    if (file.action === "change") return isFollowing(file, file, moves, sides) ? same(file.path) : [];
    const to = file.action === "delete" && created.find((one) => isFollowing(file, one, moves, sides));
    return to ? [{ from: file.path, to: to.path }] : [];
  });
}

/** Nobody knows what lies where. */
const NOWHERE: Sides = { base: { tree: new Map() }, head: { tree: new Map() } };

function same(path: string): Followed[] {
  return [{ from: path, to: path }];
}

type Move = { readonly old: string; readonly now: string };

function isFollowing(old: FileDiff, now: FileDiff, moves: readonly Move[], sides: Sides): boolean {
  const named: string[] = [];
  const was = linesOf(fromTop(old.before, old.path, (one) => (named.push(one), one)));
  const oldOf = (one: string) => {
    if (named.includes(one)) return one;
    const moved = named.filter((other) => isMoved(other, one, now.after, sides));
    return moved.find((other) => basename(other) === basename(one)) ?? moved[0] ?? one;
  };
  const is = linesOf(fromTop(now.after, now.path, oldOf));
  const [gone, fresh] = [without(was, is), without(is, was)];
  if (gone.length === 0 || gone.length !== fresh.length) return false;
  const isNaming = (line: string, of: keyof Move) =>
    NAMES_MODULE.test(line) && moves.some((one) => line.includes(one[of]));
  return gone.every((line) => isNaming(line, "old")) && fresh.every((line) => isNaming(line, "now"));
}

/** `join(__dirname, "..", "data/a.json")` with the path of the file from the top of the repository. */
function fromTop(text: string, path: string, toOld: (file: string) => string): string {
  return text.replace(FROM_HERE, (_, here: string, parts: string) => {
    const file = [...parts.matchAll(QUOTED)].map(([, , part]) => part).join("/");
    return `${here}, ${JSON.stringify(toOld(normalize(`${dirname(path)}/${file}`)))}`;
  });
}

const FROM_HERE = /\b(__dirname|import\.meta\.dirname)((?:,\s*(["'`])[^"'`$\n]{1,200}\3)+)/g;
const QUOTED = /(["'`])([^"'`$\n]{1,200})\1/g;

type Sides = { readonly base: { readonly tree: Tree }; readonly head: { readonly tree: Tree } };

/**
 * Whether what lay there lies here now, every byte of it: a file, the files of a folder that the test names, or all of
 * them where it names none. Where nothing lay and nothing lies, a test writes there or wants nothing to be there.
 */
function isMoved(from: string, to: string, test: string, { base, head }: Sides): boolean {
  if (base === NOWHERE.base) return false;
  const old = under(base.tree).get(from) ?? [];
  const named = old.filter((path) => test.includes(basename(path)));
  const wanted = named.length > 0 ? named : old;
  if (wanted.length === 0) return !under(head.tree).has(to) && basename(from) === basename(to);
  return wanted.every((path) => {
    return base.tree.get(path)?.sha === head.tree.get(`${to}${path.slice(from.length)}`)?.sha;
  });
}

/** What lies at each place of a tree, be it a file or a folder. Asked for each pair of paths that tests name. */
const under = oncePer((tree: Tree): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const path of tree.keys())
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const top = path.slice(0, end);
      (found.get(top) ?? found.set(top, []).get(top))?.push(path);
    }
  return found;
});

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

/** How much of a module is in another file; what that has besides, the module may have got when it moved. */
function share(one: FileDiff, other: FileDiff): number {
  const own = wordsIn(one.before);
  return own.length > 0 ? 1 - without(own, wordsIn(other.after)).length / own.length : 0;
}

function wordsIn(text: string): string[] {
  return linesOf(text).filter((line) => /\w/.test(line));
}

/** A line that so many files have says nothing of where one of them came from. */
const COMMON_MIN = 20;

/** For a module that is gone the new file that has most of its lines, or else its name. */
function likest(created: readonly FileDiff[]): (gone: FileDiff) => FileDiff | undefined {
  const byLine = new Map<string, FileDiff[]>();
  for (const one of created)
    for (const line of new Set(wordsIn(one.after))) (byLine.get(line) ?? byLine.set(line, []).get(line))?.push(one);
  return (gone) => {
    const shared = new Map<FileDiff, number>();
    for (const line of new Set(wordsIn(gone.before))) {
      const theirs = byLine.get(line) ?? [];
      for (const one of theirs.length < COMMON_MIN ? theirs : []) shared.set(one, (shared.get(one) ?? 0) + 1);
    }
    const [most] = [...shared].toSorted(([, one], [, other]) => other - one);
    return most?.[0] ?? created.find(({ path }) => basename(path) === basename(gone.path));
  };
}

/** `src/price.js` and `shop/price.py` are imported as `price`. */
function stemOf(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.\w+$/, "");
}
