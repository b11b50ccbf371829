import type { TestChange } from "../../../core/ticket/plan.ts";
import { type TestText, TITLE_HOLE } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";
import { IS_GONE, IS_KEPT_FROM_RUNNING, LOST_ROW, type Weakening } from "./found-weakening.ts";
import { isNamed, isRunOf, lastPart, title } from "./ran-names.ts";

/**
 * What a plan's person agreed to, and nothing else: a test that may say something else is still there and still runs, one that
 * may go is gone, and one that gets another name says under it what it said before.
 */
export function isExcused(one: Weakening, changes: readonly TestChange[]): boolean {
  const own = changes.filter((change) => change.file === one.path && lets(change, one));
  const isSaid = ({ test }: TestChange) => test === null || isNamed(one.test, test) || isMade(one, test);
  return own.some(isSaid) || areNamedRows(one, changes);
}

function lets({ change }: TestChange, { what }: Weakening): boolean {
  const isRow = what.startsWith(LOST_ROW);
  if (change === "delete") return what === IS_GONE || isRow;
  // Another name is no other content: what stands under it is compared as if it still had the old one.
  if (change === "rename") return false;
  return what !== IS_GONE && (!what.startsWith(IS_KEPT_FROM_RUNNING) || UNDER_CONDITION.test(what));
}

/** Whether it still runs somewhere, and here, is for the runs to show. */
const UNDER_CONDITION = /\b(skip_?(if|unless)\b|under `|skip["']?: (?!true|["'`]))/i;

/** Where a plan lets an old test go by another name: the file, and whether a test there has that name. */
export type Renaming = { readonly path: string; readonly isTarget: (name: string) => boolean };

export function renamings(path: string, name: string, changes: readonly TestChange[]): Renaming[] {
  return changes.flatMap(({ file, test, change, to }): Renaming[] => {
    if (change !== "rename" || to === null || file !== path || (test !== null && !isNamed(name, test))) return [];
    if (test === null) return [{ path: to, isTarget: (one) => lastPart(one) === lastPart(name) }];
    const said = nameIn(to);
    return [{ path: FILE_AND_TEST.exec(to)?.[1] ?? file, isTarget: (one) => isRunOf(said, one) }];
  });
}

/** The new test that has an old one's place, as the plan says. */
export function renamedTo(
  { name }: TestText,
  path: string,
  changes: readonly TestChange[],
  fresh: readonly TestText[],
  after: readonly TestSide[],
): { readonly side: TestSide; readonly test: TestText } | null {
  for (const { path: other, isTarget } of renamings(path, name, changes))
    for (const side of after.filter((one) => one.path === other)) {
      const test = side.tests.find((one) => isTarget(one.name) && fresh.includes(one));
      if (test) return { side, test };
    }
  return null;
}

/** `test/a.test.js::adds` names the file too. */
const FILE_AND_TEST = /^([^\s:]+\.\w+)::(.+)$/s;

/** Where a changed test stands, and where it will. */
export function filesIn({ file, test, to }: TestChange): string[] {
  const other = to === null || test === null ? to : (FILE_AND_TEST.exec(to)?.[1] ?? null);
  return other === null ? [file] : [file, other];
}

/** The new name of a test, without its file. */
export function nameIn(to: string): string {
  return FILE_AND_TEST.exec(to)?.[2] ?? to;
}

/** `TestA/empty`, `test_a[2-two]`: all that is missing stood in rows that the plan names, as their runner names them. */
function areNamedRows({ path, test, lost = [] }: Weakening, changes: readonly TestChange[]): boolean {
  const rows = changes.flatMap(({ file, test: said, change }) => {
    if (change === "rename") return [];
    const [, name, row] = /^(.+?)(?:\/(.+)|\[(.+)\])$/.exec(said ?? "") ?? [];
    const own = row ?? /\[(.+)\]$/.exec(said ?? "")?.[1];
    return file === path && name !== undefined && own !== undefined && isNamed(test, name) ? [own] : [];
  });
  const isOf = (group: ReadonlySet<string>, row: string) =>
    [...group].some((text) => text.replaceAll(" ", "_") === row.replaceAll(" ", "_")) ||
    (group.size > 1 && [...group].every((text) => row.includes(text)));
  const planned = lost.filter((group) => rows.some((row) => isOf(group, row)));
  const texts = new Set(planned.flatMap((group) => [...group]));
  return planned.length > 0 && lost.every((group) => [...group].every((text) => texts.has(text)));
}

/** A row of a table is named by the title that is made of it: what fills the title's holes stands in that very row. */
function isMade({ test, what, lost = [] }: Weakening, said: string): boolean {
  if (test === null || !TITLE_HOLE.test(test)) return false;
  const filled = filledIn(test, said);
  if (filled === null || filled.some((one) => one === "")) return false;
  if (lost.length > 0) return lost.every((group) => [...group].every((text) => filled.includes(text)));
  const words = wordsOfRow(what.slice(LOST_ROW.length));
  return what.startsWith(LOST_ROW) && filled.every((one) => words.has(one));
}

/** What stands in the holes of a title where it is this one; null where it is none of its. */
function filledIn(test: string, said: string): string[] | null {
  const texts = title(test).split(new RegExp(TITLE_HOLE, "g"));
  let [rest, at] = [title(said), 0];
  const filled: string[] = [];
  for (const text of texts) {
    const found = text === "" && at === texts.length - 1 ? rest.length : rest.indexOf(text);
    if (found < 0 || (at === 0 && found > 0)) return null;
    if (at > 0) filled.push(rest.slice(0, found));
    rest = rest.slice(found + text.length);
    at++;
  }
  return rest === "" ? filled : null;
}

function wordsOfRow(row: string): Set<string> {
  return new Set(row.split(/[[\](){},:]|["'`]/).map((one) => one.trim()));
}
