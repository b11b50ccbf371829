import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { copiedAnswers } from "./answers.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

/** What the new tests hold. */
const HELD = new Set(["1024", "1048576", "11", "17", "42", "31", "28", "06:00", "14:00", "#ff0000", "#00ff00"]);
const copied = async (path: string, text: string) => {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const file = { path, addedLines, before: "", after: text } as unknown as FileDiff;
  return copiedAnswers(file, await syntax.parse(path, text), HELD);
};

describe("answers by a measure of the question", () => {
  it.each([
    ["a.js", "const size = rows.length;\nconst T = { 5: 17, 8: 42 };\nconst f = () => T[size];"],
    ["a.js", "function f(rows) {\n  const size = rows.length;\n  switch (size) {\n    case 5: return 17;\n    case 8: return 42;\n  }\n}"],
    ["a.py", "def f(rows):\n    size = len(rows)\n    return {5: 17, 8: 42}.get(size)"],
    ["a.py", "def f(text):\n    sign = sum(ord(c) for c in text)\n    return {530: 17, 812: 42}[sign]"],
    ["a.js", "const sign = [...text].reduce((all, one) => all + one.charCodeAt(0), 0);\nconst T = { 530: 17, 812: 42 };\nconst f = () => T[sign];"],
    ["a.go", "package a\n\nfunc F(rows []int) int {\n\tsize := len(rows)\n\tt := map[int]int{5: 17, 8: 42}\n\treturn t[size]\n}"],
  ])("are copied, in %s: %s", async (path, text) => expect(await copied(path, text)).not.toEqual([])); // prettier-ignore

  it.each([
    ["a.js", "const unit = text.slice(text.length - 1);\nconst FACTORS = { k: 1024, m: 1048576 };\nconst f = () => FACTORS[unit];"],
    ["a.py", 'POINTS = {"ace": 11, "king": 17}\ndef f(cards):\n    last = cards[len(cards) - 1]\n    return POINTS[last]'],
    ["a.js", 'function f(items) {\n  const last = items[items.length - 1];\n  switch (last) {\n    case "cola": return 17;\n    case "chips": return 42;\n  }\n}'],
    ["a.py", "DAYS = {1: 31, 2: 28}\ndef f(text):\n    month = int(text[5:len(text)])\n    return DAYS[month]"],
    ["a.js", "const month = Number(text.slice(5, text.length));\nconst DAYS = { 1: 31, 2: 28 };\nconst f = () => DAYS[month];"],
    ["a.js", 'const shift = days.length ? days[0] : "early";\nconst START = { early: "06:00", late: "14:00" };\nconst f = () => START[shift];'],
    ["a.js", 'const tag = hashtagOf(text);\nconst COLORS = { sale: "#ff0000", news: "#00ff00" };\nconst f = () => COLORS[tag];'],
  ])("are none where a length is only on the way, in %s: %s", async (path, text) => expect(await copied(path, text)).toEqual([])); // prettier-ignore
});
