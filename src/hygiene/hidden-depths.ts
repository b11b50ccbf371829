/**
 * Elements that hide nothing once, and everything when they stand inside of each other: each makes its letters a little smaller, or
 * moves its text a little to the side, until nobody can read it.
 */
export type Nested = Readonly<Record<string, number>>;

/** Height of the letters in GitHub's style sheet, as a part of that around them. */
const HEIGHT: ReadonlyMap<string, number> = new Map([
  ["sub", 0.75],
  ["sup", 0.75],
  ["small", 0.75],
  ["rt", 0.5],
  ["code", 0.85],
  ["tt", 0.85],
  ["kbd", 0.85],
  ["samp", 0.85],
  ["pre", 0.85],
  ["h5", 0.875],
  ["h6", 0.85],
]);
/** Three of `sub` in each other can still be read, also with code in them. */
const HEIGHT_MIN = 0.35;

/** Each moves its text by two letters, and a table by the edge of its cells. A page has place for some thirty. */
const ASIDE: ReadonlySet<string> = new Set([
  "ul",
  "ol",
  "dl",
  "menu",
  "dir",
  "blockquote",
  "table",
  "fieldset",
  "figure",
]);
/** Each pushes its text further to the side, and a page has room for about so many. */
export const ASIDE_MAX = 20;

/** Folds in folds that somebody still opens. */
const FOLDS_MAX = 4;

export function withOpened(nested: Nested, name: string): Nested {
  return HEIGHT.has(name) || ASIDE.has(name) || name === "details"
    ? { ...nested, [name]: (nested[name] ?? 0) + 1 }
    : nested;
}

/** An end without a beginning ends nothing. */
export function withClosed(nested: Nested, name: string): Nested {
  const open = nested[name] ?? 0;
  return open > 0 ? { ...nested, [name]: open - 1 } : nested;
}

/** How many elements are open that push their text to the side. */
export function asideIn(nested: Nested): number {
  return Object.entries(nested).reduce((sum, [name, open]) => sum + (ASIDE.has(name) ? open : 0), 0);
}

export function tooDeep(nested: Nested): boolean {
  let height = 1;
  for (const [name, open] of Object.entries(nested)) height *= (HEIGHT.get(name) ?? 1) ** open;
  return height < HEIGHT_MIN || asideIn(nested) > ASIDE_MAX || (nested["details"] ?? 0) > FOLDS_MAX;
}
