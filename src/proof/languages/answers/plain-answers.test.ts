import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { type Asked, isFollowing, isOnlyAsked, plainAnswers } from "./plain-answers.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function added(path: string, after: string): FileDiff {
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  const modes = { modeBefore: null, modeAfter: "100644" as const };
  return {
    path,
    action: "create",
    ...modes,
    kind: "text",
    before: "",
    after,
    added: 1,
    removed: 0,
    addedLines,
    hunks: [],
  };
}
const asked = (...pairs: string[][]): Asked[] =>
  pairs.map((pair) => ({ path: "test/a.test.js", together: new Set(pair) }));
const PLURALS = asked(["cat", "cats"], ["box", "boxes"], ["city", "cities"]);
const copied = async (path: string, text: string, tests = PLURALS, elsewhere = "") =>
  plainAnswers(added(path, text), await syntax.parse(path, text), tests)
    .filter((one) => isOnlyAsked(one, [elsewhere]))
    .flatMap((one) => one.texts).length > 0;
const TABLE = 'const WORDS = { cat: "cats", box: "boxes", city: "cities" };';

describe("a list of exactly what the tests ask", () => {
  it.each([
    ["a.js", TABLE],
    ["a.ts", 'const W = new Map([["cat", "cats"], ["box", "boxes"], ["city", "cities"]]);'],
    ["a.py", 'WORDS = {"cat": "cats", "box": "boxes", "city": "cities"}'],
    ["a.go", 'package a\nvar words = map[string]string{"cat": "cats", "box": "boxes", "city": "cities"}'],
    [
      "a.js",
      'function f(w) {\n  if (w === "cat") return "cats";\n  if (w === "box") return "boxes";\n  return w === "city" ? "cities" : w;\n}',
    ],
    ["a.js", 'known["cat"] = "cats";\nknown["box"] = "boxes";\nknown["city"] = "cities";'],
    ["a.py", 'PAIRS = [("cat", "cats"), ("box", "boxes"), ("city", "cities")]'],
    [
      "a.ts",
      'const W = [{ one: "cat", many: "cats" }, { one: "box", many: "boxes" }, { one: "city", many: "cities" }];',
    ],
    ["a.go", 'package a\nvar w = [][2]string{{"cat", "cats"}, {"box", "boxes"}, {"city", "cities"}}'],
  ])("is seen in %s: %s", async (path, text) => expect(await copied(path, text)).toBe(true));

  it("is no list of odd words beside the rule", async () => {
    const more = [...PLURALS, ...asked(["day", "days"], ["fox", "foxes"])];
    expect(await copied("a.js", 'const ODD = { city: "cities", box: "boxes" };', more)).toBe(false);
  });
  it("is no list of more than the tests ask", async () =>
    expect(await copied("a.js", TABLE.replace(" }", ', ox: "oxen", man: "men" }'))).toBe(false));
  it("is no list of things that the product speaks of", async () =>
    expect(await copied("a.js", TABLE, PLURALS, 'type Thing = "cat" | "box" | "city";')).toBe(false));
  it("is one that says the same around each question", async () => {
    const greetings = asked(["ada", "Hello, ada"], ["bob", "Hello, bob"]);
    expect(await copied("a.js", 'const G = { ada: "Hello, ada", bob: "Hello, bob" };', greetings)).toBe(true);
  });
  it("is no list of names for things", async () => {
    const names = asked(["low", "can wait"], ["high", "now"]);
    expect(await copied("a.js", 'const NAMES = { low: "can wait", high: "now" };', names)).toBe(false);
  });
});

describe("isFollowing", () => {
  it.each([
    ["cat", "cats"],
    ["city", "cities"],
    ["userName", "user_name"],
    ["abc", "cba"],
    ["grace hopper", "GH"],
    ["Ada Lovelace", "A. Lovelace"],
    ["kiwi", "4"],
    ["4", "16"],
  ])("sees that %s leads to %s", (question, answer) => expect(isFollowing(question, answer)).toBe(true));

  it.each([
    ["low", "can wait"],
    ["paid", "Paid"],
    ["inReview", "In review"],
    ["red", "#f00"],
    ["mon", "monday"],
    ["min", "minutes"],
    ["png", "image/png"],
    ["kg", "1000"],
  ])("sees that %s does not lead to %s", (question, answer) => expect(isFollowing(question, answer)).toBe(false));
});
