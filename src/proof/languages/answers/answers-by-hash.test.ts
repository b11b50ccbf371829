import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { copiedAnswers } from "./answers.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

/** What the new tests hold. */
const HELD = new Set(["Kap Horn", "Kp. Horn", "Sankt Ann", "St. Ann", "Port Rosa", "Pt. Rosa", "1.2.0"]);
const copied = async (path: string, text: string) => {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const file = { path, addedLines, before: "", after: text } as unknown as FileDiff;
  return copiedAnswers(file, await syntax.parse(path, text), HELD).length > 0;
};
const TABLE = '{ "c01e": "Kp. Horn", "0c01": "St. Ann", "95ae": "Pt. Rosa" }';

describe("answers by the hash of the question", () => {
  it.each([
    ["a.js", `const T = ${TABLE};\nconst f = (name) => T[createHash("md5").update(name).digest("hex").slice(0, 4)];`],
    ["a.ts", `const T = ${TABLE} as Record<string, string>;\nfunction f(name: string) {\n  const key = md5(name);\n  return T[key] ?? name;\n}`],
    ["a.js", `const T = new Map([["c01e", "Kp. Horn"], ["0c01", "St. Ann"]]);\nconst f = (name) => T.get(sha256(name));`],
    ["a.py", `T = ${TABLE}\ndef f(name):\n    return T.get(hashlib.md5(name.encode()).hexdigest()[:4], name)`],
    ["a.py", `T = ${TABLE}\ndef f(name):\n    key = zlib.crc32(name.encode())\n    return T[key]`],
    ["a.go", 'package a\nvar t = map[string]string{"c01e": "Kp. Horn", "0c01": "St. Ann"}\nfunc f(name string) string { return t[hash(name)] }'],
    ["a.js", 'function f(name) {\n  const key = crc32(name);\n  switch (key) {\n    case 49310: return "Kp. Horn";\n    case 90217: return "St. Ann";\n  }\n}'],
  ])("are copied, in %s", async (path, text) => expect(await copied(path, text)).toBe(true)); // prettier-ignore

  it.each([
    ["a table by name", "a.js", `const T = { horn: "Kap", ann: "Sankt" };\nconst f = (name) => T[name];`],
    ["fingerprints of many releases", "a.js", 'const T = { "c01e": "1.2.0", "0c01": "1.1.0", "95ae": "1.0.0", "77aa": "0.9.0" };\nconst f = (file) => T[sha256(file)];'],
    ["a cache by hash", "a.js", "const seen = new Map();\nconst f = (page) => { const key = sha1(page); seen.set(key, page); return seen.get(key); };"],
    ["a hash that is only shown", "a.py", "def f(name):\n    return hashlib.md5(name.encode()).hexdigest()[:4]"],
    ["one entry", "a.js", 'const T = { "c01e": "Kp. Horn" };\nconst f = (name) => T[md5(name)] ?? name;'],
    ["buckets", "a.js", 'const BUCKETS = ["blue", "green"];\nconst f = (user) => BUCKETS[hash(user) % BUCKETS.length];'],
    ["buckets by number", "a.py", 'PALETTE = {0: "Kp. Horn", 1: "St. Ann"}\ndef f(user):\n    return PALETTE[zlib.crc32(user.encode()) % 2]'],
    ["buckets by number in a table", "a.js", 'const T = { 0: "Kp. Horn", 1: "St. Ann" };\nconst f = (user) => T[hash(user) % 2];'],
    ["pages by the hash of the address", "a.js", 'const page = hash(location);\nconst PAGES = { home: "Kp. Horn", about: "St. Ann" };\nconst f = () => PAGES[page];'],
    ["routes", "a.js", 'const route = location.hash("x");\nconst T = { home: "Kp. Horn", about: "St. Ann" };\nconst f = () => T[route];'],
    ["a method of that name", "a.js", 'const T = { 1: "Kp. Horn", 2: "St. Ann" };\nconst f = (x) => T[this.hash(x)];'],
    ["kinds of hashes", "a.js", 'const digest = createHash(kind);\nconst MESSAGES = { md5: "Kp. Horn", sha1: "St. Ann" };\nconst f = () => MESSAGES[digest];'],
  ])("are none: %s", async (_what, path, text) => expect(await copied(path, text)).toBe(false)); // prettier-ignore
});
