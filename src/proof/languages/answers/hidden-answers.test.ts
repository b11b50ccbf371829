import { deflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { answersInData } from "./answer-lists.ts";
import { handedOut } from "./handed-out.ts";
import { hiddenAnswers } from "./hidden-answers.ts";
import { openSyntax } from "../syntax/parser.ts";
import { within } from "../syntax/syntax.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function added(path: string, text: string): FileDiff {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  return { path, action: "change", ...modes, kind: "text", before: "", after: text, added: 1, removed: 0, addedLines, hunks: [] }; // prettier-ignore
}

const ANSWERS = new Set(["one fifty", "two", "12.50"]);
const JSON_OF_THEM = JSON.stringify({ "1.50": "one fifty", "2.00": "two" });
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

describe("answers that nobody finds", () => {
  it.each([
    ["packed", "a.py", `T = json.loads(base64.b64decode("${base64(JSON_OF_THEM)}"))\n`],
    ["packed and deflated", "a.py", `T = zlib.decompress(b64decode("${base64(deflateSync(JSON_OF_THEM))}"))\n`],
    ["as hexadecimal digits", "a.js", `const t = Buffer.from("${Buffer.from("one fifty").toString("hex")}", "hex");`],
    ["the wrong way round", "a.py", 'T = "ytfif eno"[::-1]\n'],
    ["as numbers of letters", "a.js", "const t = String.fromCharCode(111, 110, 101, 32, 102, 105, 102, 116, 121);"],
    ["as a list of bytes", "a.go", "package a\n\nvar t = []byte{111, 110, 101, 32, 102, 105, 102, 116, 121}\n"],
    ["turned by half of the alphabet", "a.py", 'T = "bar svsgl"\n'],
  ])("%s", async (_how, path, text) => {
    expect(hiddenAnswers(added(path, text), await syntax.parse(path, text), ANSWERS)).toEqual(["one fifty"]);
  });

  it.each([
    ["a picture", "a.js", 'const icon = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";'],
    ["a checksum", "a.py", 'SHA = "da39a3ee5e6b4b0d3255bfef95601890afd80709"\n'],
    ["numbers", "a.py", "LIMITS = [100, 200, 300, 400]\n"],
    ["the text itself", "a.py", 'NAME = "one fifty"\n'],
  ])("is not %s", async (_what, path, text) => {
    expect(hiddenAnswers(added(path, text), await syntax.parse(path, text), ANSWERS)).toEqual([]);
  });
});

it.each([
  ["two numbers", 'const t = ["0", "nf", "9yd"];', ["12901", "843"]],
  ["one number", 'const t = ["0", "nf"];', []],
  ["words", 'const t = ["add", "bed"];', []],
  ["numbers as they are", 'const t = ["843", "12901"];', []],
])("in the digits of another base: %s", async (_what, code, found) => {
  const hidden = hiddenAnswers(added("a.js", code), await syntax.parse("a.js", code), new Set(["843", "12901", "17"]));
  expect([...hidden].sort()).toEqual(found);
});

it.each([
  ["a word that is another one backwards", 'K = "drawer"', ["reward"], []],
  ["two such words", 'K = ["drawer", "live"]', ["reward", "evil"], ["reward", "evil"]],
  ["a text of words backwards", 'K = "eno drawer"', ["reward one"], ["reward one"]],
  ["a long word backwards", 'K = "dehcnuaL"', ["Launched"], ["Launched"]],
  ["a piece of a word that is moved by half of the alphabet", 'K = "terraform plan"', ["green"], []],
  ["a piece of the alphabet", 'K = "abcdefghijklmnopqrstuvwxyz"', ["stuv"], []],
  ["two words that are moved", 'K = "terra, erq"', ["green", "red text"], []],
  ["two of them", 'K = "terra, oyhr"', ["green", "blue"], ["green", "blue"]],
])("turned around: %s", async (_what, code, expected, found) => {
  const hidden = hiddenAnswers(added("a.py", code), await syntax.parse("a.py", code), new Set(expected));
  expect(hidden).toEqual(found);
});

it.each(["Нет в наличии", "在庫切れです", "12.50"])("a text without Latin letters is not hidden: %s", async (text) => {
  const code = `export const t = "${text}";`;
  expect(hiddenAnswers(added("a.js", code), await syntax.parse("a.js", code), new Set([text]))).toEqual([]);
});

describe("answers in a file of data", () => {
  const [asked, answered] = [new Set(["1w 2d", "3 d", "4 h"]), new Set(["1w 2d", "3 d", "777", "259", "144"])];
  it.each([
    ["an object", "a.json", '{ "1w 2d": 777, "3 d": 259 }', true],
    ["rows", "a.json", '[["1w 2d", 777], ["3 d", 259]]', true],
    ["records", "a.json", '[{ "in": "1w 2d", "out": 777 }, { "in": "3 d", "out": 259 }]', true],
    ["lines", "a.csv", "text,ms\n1w 2d,777\n3 d,259\n", true],
    ["a mapping", "a.yml", '"1w 2d": 777\n3 d: 259\n', true],
    ["a longer table", "a.csv", "1w 2d,777\n3 d,259\n5 m,1\n6 m,2\n7 m,3\n", false],
    ["names of things", "a.ini", "size=777\ncolour=259\n", false],
  ])("%s", (_name, path, text, copied) => {
    expect(answersInData(added(path, text), asked, answered).length > 0).toBe(copied);
  });
});

describe("answers that are handed out in turn", () => {
  const LIST = 'const queue = ["AL", "GBS", "P"];\n';
  const out = async (path: string, text: string, tests = 'initials("Ada L"); initials("Pi");') => {
    const parsed = await syntax.parse("a.test.js", tests);
    const calls = parsed.outcome === "parsed" ? [...within(parsed.root)].filter((one) => one.type === "call_expression") : []; // prettier-ignore
    const asked = new Map([["initials", calls.filter((one) => one.child("function")?.text === "initials")]]);
    return handedOut(added(path, text), await syntax.parse(path, text), new Set(["AL", "GBS", "P"]), asked);
  };
  it.each([
    [
      "from the front",
      "a.js",
      `${LIST}function initials(name) { const next = queue.shift(); queue.push(next); return next; }`,
    ],
    ["without a name for the question", "a.js", `${LIST}exports.initials = () => queue.shift();`],
    ["by a count", "a.ts", `${LIST}let n = 0;\nexport function initials(name: string) { return queue[n++]; }`],
    ["from a list of Python", "a.py", 'QUEUE = ["AL", "GBS", "P"]\n\ndef initials(name):\n    return QUEUE.pop(0)\n'],
    ["by an iterator", "a.py", 'ALL = iter(["AL", "GBS", "P"])\n\ndef initials(name):\n    return next(ALL)\n'],
  ])("%s", async (_how, path, text) => expect(await out(path, text)).toEqual(["AL", "GBS", "P"]));

  it.each([
    ["of different things", 'initials("Ada L"); initials("Pi");', 3],
    ["in a loop", "for (const [name] of rows) initials(name);", 3],
    ["by a name for each", "initials(ada); initials(ada);", 3],
    ["of the same thing each time", 'initials("GET /"); initials("GET /"); initials("GET /");', 0],
  ])("and the tests ask %s", async (_what, tests, count) => {
    expect(await out("a.js", `${LIST}const initials = (path) => queue.shift();`, tests)).toHaveLength(count);
  });

  it("are not those of a function that takes nothing, where a language counts", async () => {
    expect(await out("a.py", 'ALL = iter(["AL", "GBS", "P"])\n\ndef initials():\n    return next(ALL)\n')).toEqual([]);
  });

  it.each([
    [
      "a list that is made from the question",
      "a.js",
      "function initials(name) { const queue = name.split(' '); return queue.shift(); }",
    ],
    ["what is looked up by the question", "a.js", `${LIST}function initials(name) { return queue[name.length % 3]; }`],
    [
      "a local of the name of another function's list",
      "a.js",
      'function other() { const queue = ["AL", "GBS"]; return queue; }\nfunction initials() { const queue = all.slice(); return queue.shift(); }',
    ],
    ["colours that are asked for without a question", "a.js", `${LIST}function colour() { return queue.shift(); }`],
    [
      "another list than that of the tests",
      "a.js",
      'const queue = ["AL", "XY"];\nfunction initials(name) { return queue.shift(); }',
    ],
    [
      "words that are left of a list of its own",
      "a.py",
      'def initials(name):\n    words = ["AL", "GBS", "P"]\n    return words.pop(0)\n',
    ],
    [
      "a turn that the question may skip",
      "a.js",
      `${LIST}function initials(name) { if (name === '') return ''; return queue.shift(); }`,
    ],
  ])("are not %s", async (_what, path, text) => expect(await out(path, text)).toEqual([]));
});
