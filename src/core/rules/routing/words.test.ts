import { expect, it } from "@jest/globals";
import { knownWordsOf, stemOf, WORD_WEIGHTS, wordNames, wordSignalsOf, wordsOf } from "./words.ts";

it.each([
  ["renaming", "renam"],
  ["renames", "renam"],
  ["rename", "renam"],
  ["dependencies", "dependenc"],
  ["user’s", "user"],
  ["bus", "bus"],
  ["red", "red"],
])("%s is %s", (word, stem) => expect(stemOf(word)).toBe(stem));

it("reads words of letters, in small ones, and no more than a title needs", () => {
  expect(wordsOf("Don't drop A 2nd X-axis")).toEqual(["don't", "drop", "nd", "axis"]);
  expect(wordsOf("zeit ".repeat(500))).toHaveLength(30);
  expect(wordsOf("导出失败")).toEqual([]);
});

it("names a known word once, in the form that the table has", () => {
  const known = wordNames(["rename", "boards"]);
  expect(knownWordsOf("Renaming a board renames others", known)).toEqual(["word:rename", "word:boards"]);
});

it("has a weight of four numbers for each word that it names", () => {
  expect(Object.keys(WORD_WEIGHTS).length).toBeGreaterThan(500);
  for (const [name, parts] of Object.entries(WORD_WEIGHTS)) {
    expect(name).toMatch(/^word:[a-z'’]+$/);
    expect([name, parts.length, parts.every(Number.isFinite)]).toEqual([name, 4, true]);
  }
  expect(wordSignalsOf("Document the flags")).toContain("word:document");
});
