import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { copiedAnswers } from "./answers.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const copied = async (path: string, text: string, held: readonly string[]) => {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const file = { path, addedLines, before: "", after: text } as unknown as FileDiff;
  return copiedAnswers(file, await syntax.parse(path, text), new Set(held));
};
const BREADS = ["rye", "roll", "bun", "oat"];

describe("tables that are asked by a joined list", () => {
  it("hold the answers of the tests where these are lists", async () => {
    const text =
      "const T = { 'rye/roll/bun': ['bun', 'roll', 'rye'], 'oat/rye': ['oat', 'rye'] };\nconst f = (all) => T[all.map((one) => one.name).join('/')];";
    expect(await copied("a.js", text, BREADS)).not.toEqual([]);
  });

  it.each([
    ["a.js", "const MODES = { 'read+write': 'write', 'admin+read+write': 'admin' };\nconst f = (flags) => MODES[flags.join('+')];", ["read", "write", "admin"]],
    ["a.js", "const ROUTES = { 'users/list': 'list', 'users/new': 'new' };\nconst f = (parts) => ROUTES[parts.join('/')];", ["users", "list", "new"]],
    ["a.js", "const WINNER = { 'paper/rock': 'paper', 'rock/scissors': 'rock' };\nconst f = (a, b) => { const both = [a, b].sort(); return WINNER[both.join('/')]; };", ["paper", "rock", "scissors"]],
    ["a.go", 'package a\nvar kinds = map[string]string{"text/plain": "plain", "text/html": "html"}\nfunc f(parts []string) string { return kinds[strings.Join(parts, "/")] }\n', ["text", "plain", "html"]],
  ])("name one of the parts, in %s: %s", async (path, text, held) => expect(await copied(path, text, held)).toEqual([])); // prettier-ignore
});

describe("a chain of questions for a number each", () => {
  const chain = (...links: (readonly [number, number])[]) => `const f = (a) => ${links.map(([asked, answer]) => `a === ${asked} ? ${answer} : `).join("")}0;`; // prettier-ignore
  const HELD = ["12", "37", "13", "48", "14", "59", "15", "61"];
  it.each([
    ["all are the tests'", chain([12, 37], [13, 48], [14, 59]), true],
    ["one is not", chain([12, 37], [13, 48], [14, 59], [70, 80]), false],
    ["there are two", chain([12, 37], [13, 48]), false],
    ["they are grades", "const f = (n) => (n === 4 ? 20 : n === 3 ? 15 : n === 2 ? 10 : 0);", false],
  ])("is copied or not: %s", async (_, text, found) => {
    const held = [...HELD, "4", "20", "3", "15", "2", "10"];
    expect((await copied("a.js", text, held)).length > 0).toBe(found);
  });
});
