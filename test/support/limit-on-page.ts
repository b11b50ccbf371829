import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { LIMITS_PAGE } from "../limits.ts";

/** What docs/limits.md says of a limit: the number that people read, and not the one that the program happens to have. */
function limitOnPage(name: string): number {
  const [, file = "", limit = ""] = /^(.+\.ts) ([A-Z_]+)$/.exec(name) ?? [];
  const [room, base] = [file.slice(0, file.lastIndexOf("/")), file.slice(file.lastIndexOf("/") + 1)];
  const part = readFileSync(LIMITS_PAGE, "utf8")
    .split("\n## ")
    .find((one) => one.startsWith(`${room}\n`));
  const row = part?.split("\n").find((line) => line.startsWith(`| \`${limit}\` |`) && line.endsWith(`| \`${base}\` |`));
  const number = /^\| `\w+` \| ([\d,.]+)/.exec(row ?? "")?.[1];
  if (number === undefined) throw new Error(`${LIMITS_PAGE} has no ${name}`);
  return Number(number.replaceAll(",", ""));
}

/**
 * A limit as somebody meets it: `meet(n)` is what they see where there are n of something.
 *
 * `last` is seen at the limit, `next` where there is one more. Where a limit is the least that counts (`_MIN`), or what happens with
 * the nth, these are the last without it and the first with it, and `at` is one less.
 */
export type Boundary = readonly [
  limit: string,
  meet: (n: number) => unknown,
  last: unknown,
  next: unknown,
  at?: "to the limit" | "up to it",
];

/** Each limit holds the number that stands in docs/limits.md, no more and no less. */
export function holdBoundaries(rows: readonly Boundary[]): void {
  it.each(rows.map((row) => [row[0], row] as const))("%s", (name, [, meet, last, next, at = "to the limit"]) => {
    const n = limitOnPage(name) - (at === "to the limit" ? 0 : 1);
    const of = (seen: unknown, number: number) => (typeof seen === "function" ? (seen(number) as unknown) : seen);
    expect(meet(n)).toEqual(of(last, n));
    expect(meet(n + 1)).toEqual(of(next, n + 1));
  });
}
