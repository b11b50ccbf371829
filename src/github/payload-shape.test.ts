import { expect, it } from "@jest/globals";
import { isParseable } from "./payload-shape.ts";

/** Which long JSON is too slow to parse: what is counted, where it is not, and each limit to the last one. */
const [ANY_SHAPE, SLICE] = [512 * 1024, 1024 * 1024];
/** So long that its shape counts. */
const LONG = `"${"x".repeat(ANY_SHAPE)}"`;
const deep = (levels: number) => "[".repeat(levels);

it.each<[string, string, boolean]>([
  ["nothing but a long text", "", true],
  ["64 levels of lists", deep(64), true],
  ["65 levels of lists", deep(65), false],
  ["64 levels of records", "{".repeat(64), true],
  ["65 levels of records", "{".repeat(65), false],
  ["levels that end", "[[]{}]".repeat(100), true],
  ["levels that end, and one too many", `${"[]{}".repeat(100)}${deep(65)}`, false],
  ["200,000 lists and records", `${"[]".repeat(100_000)}${"{}".repeat(100_000)}`, true],
  ["one more", "[]".repeat(200_001), false],
  ["100,000 fields", ":".repeat(100_000), true],
  ["a field more", ":".repeat(100_001), false],
  ["a million commas", ",".repeat(1_000_000), true],
  ["a comma more", ",".repeat(1_000_001), false],
  ["brackets in a text", `"${deep(65)}"`, true],
  ["brackets behind an escaped quote", `"\\"${deep(65)}"`, true],
  ["brackets behind an escaped backslash, which ends the text", `"\\\\"${deep(65)}`, false],
  ["fields and commas in a text", `"${":,".repeat(1_000_001)}"`, true],
])("%s", async (_what, text, isFine) => {
  expect(await isParseable(Buffer.from(`${LONG}${text}`))).toBe(isFine);
});

it.each<[string, Buffer, boolean]>([
  ["half a megabyte of any shape", Buffer.alloc(ANY_SHAPE, "["), true],
  ["a byte more", Buffer.alloc(ANY_SHAPE + 1, "["), false],
  ["a text from slice to slice", Buffer.from(`"${"x".repeat(SLICE)}${deep(65)}"`), true],
  ["a text that ends in the second slice", Buffer.from(`"${"x".repeat(SLICE)}"${deep(65)}`), false],
  ["an escape at the end of a slice", Buffer.from(`"${"x".repeat(SLICE - 2)}\\"${deep(65)}"`), true],
  ["levels of two slices", Buffer.from(`${deep(40)}${" ".repeat(SLICE)}${deep(24)}`), true],
  ["levels of two slices, one too many", Buffer.from(`${deep(40)}${" ".repeat(SLICE)}${deep(25)}`), false],
  ["fields of two slices", Buffer.from(`${":".repeat(60_000)}${" ".repeat(SLICE)}${":".repeat(40_001)}`), false],
  ["lists of two slices", Buffer.from(`${"[]".repeat(99_000)}${" ".repeat(SLICE)}${"[]".repeat(101_001)}`), false],
  ["commas of two slices", Buffer.from(`${",".repeat(SLICE / 2)}${" ".repeat(SLICE)}${",".repeat(SLICE / 2)}`), false],
  ["the first byte of a slice", Buffer.from(`${deep(64)}${" ".repeat(SLICE - 64)}[`), false],
])("%s", async (_what, json, isFine) => expect(await isParseable(json)).toBe(isFine));
