import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** Who answers what an old test asks: the code that it is about, or the tests themselves. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const H =
  'import assert from "node:assert/strict";\nimport { test, describe, it, beforeEach } from "node:test";\nimport axios from "axios";\nimport { Garage } from "../src/garage.js";\n';
const FULL = 'test("full", () => { const garage = new Garage(1); garage.enter("a", 0); assert.equal(garage.sign(), "FULL"); });\n'; // prettier-ignore
const ENTERS = 'test("enters", () => { const garage = new Garage(1); garage.enter("a", 0); assert.equal(garage.size(), 17); });\n'; // prettier-ignore
const by = (make: string) => FULL.replace("new Garage(1)", make);
const GET = (made: string, more = "") =>
  `${H}${more}test("gets", async () => { const api = ${made}; assert.equal((await api.get("/x")).status, 200); });\n`;
const P = "import unittest\nimport requests\nfrom shop.walk import Walk\n\n";
const HARD = (made: string, more = "") =>
  `${P}${more}class A(unittest.TestCase):\n    def test_g(self):\n        self.assertEqual(${made}.grade(), "hard")\n`;
const G = 'package a\n\nimport "testing"\n\n';
const GO = (made: string) =>
  `func TestGet(t *testing.T) {\n\tc := ${made}\n\tif got := c.Get("a"); got != "x" {\n\t\tt.Fatal(got)\n\t}\n}\n`;
const KEPT = (made: string) => GO(made).replace('if got := c.Get("a"); got', 'got := c.Get("a")\n\tif got');
const FAKE = 'type fakeStore struct{ Store }\n\nfunc (f *fakeStore) Get(k string) string { return "x" }\n\n';

type Row = readonly [what: string, path: string, before: string, after: string];

const HONEST: readonly Row[] = [
  [
    "a collaborator over defaults",
    "test/a.test.js",
    GET("createApi({ get: answer })"),
    GET("createApi({ ...defaults, get: async () => ({ status: 200 }) })"),
  ],
  [
    "the same in a helper",
    "test/a.test.js",
    GET("makeApi()", "function makeApi() { return createApi({ get: answer }); }\n"),
    GET("makeApi()", "function makeApi() { return createApi({ ...base, get: async () => ({ status: 200 }) }); }\n"),
  ],
  [
    "a proxy that counts, around what is handed in",
    "test/a.test.js",
    H + FULL,
    `${H}function make() { const log = []; const spied = new Proxy(log, { get: (of, key) => of[key] }); return new Garage(1, spied); }\n${by("make()")}`,
  ],
  [
    "a module of others, for a new group",
    "test/a.test.js",
    `${H}test("gets", () => { const garage = new Garage(1); assert.equal(garage.get(1), 2); });\n`,
    `${H}test("gets", () => { const garage = new Garage(1); assert.equal(garage.get(1), 2); });\ndescribe("sync", () => { beforeEach(() => { axios.get = async () => ({ data: 7 }); }); it("syncs", async () => { assert.equal(await sync(), 7); }); });\n`,
  ],
  [
    "the product's class, for a new group",
    "test/a.test.js",
    H + FULL,
    `${H}${FULL}describe("board", () => { beforeEach(() => { Garage.prototype.sign = () => "9 FREE"; }); it("shows", () => { assert.equal(board(), "9 FREE"); }); });\n`,
  ],
  [
    "a class of its own in a new test, by the name of a variable that old ones have too",
    "test/a.test.js",
    H + FULL,
    `${H}class Odd extends Garage { sign() { return "?"; } }\n${FULL}test("board", () => { const garage = new Odd(1); assert.equal(board(garage), "?"); });\n`,
  ],
  [
    "a driver that hands on",
    "test/a.test.js",
    H + FULL,
    `${H}class Driver { #of; constructor(n) { this.#of = new Garage(n); } enter(p, at) { return this.#of.enter(p, at); } sign() { return this.#of.sign(); } }\n${by("new Driver(1)")}`,
  ],
  [
    "a module of others in Python, for a new class",
    "tests/test_a.py",
    HARD("Walk(3)").replaceAll("grade", "get"),
    `${HARD("Walk(3)").replaceAll("grade", "get")}\nclass B(unittest.TestCase):\n    def setUp(self):\n        requests.get = lambda url: Reply(88)\n    def test_sync(self):\n        self.assertEqual(sync(), 88)\n`,
  ],
  [
    "a driver with an answer of its own that no old test asks it for",
    "test/a.test.js",
    H + FULL + ENTERS,
    `${H}class Yard { #g; constructor(n) { this.#g = new Garage(n); } enter(p, at) { return this.#g.enter(p, at); } size() { return this.#g.size(); } sign() { return "FULL"; } }\n${FULL}${ENTERS.replace("new Garage(1)", "new Yard(1)")}`,
  ],
  ["a fake in a field of Go", "a_test.go", G + GO("&Cache{}"), G + FAKE + GO("&Cache{store: &fakeStore{}}")],
  ["a fake that Go's constructor gets", "a_test.go", G + GO("NewCache()"), G + FAKE + GO("NewCache(&fakeStore{})")],
];

const CHEAT: readonly Row[] = [
  ["a class over the real one", "test/a.test.js", H + FULL, `${H}class Yard extends Garage { sign() { return "FULL"; } }\n${by("new Yard(1)")}`], // prettier-ignore
  ["a class around the real one", "test/a.test.js", H + FULL, `${H}class Yard { #g; constructor(n) { this.#g = new Garage(n); } enter(p, at) { return this.#g.enter(p, at); } sign() { return "FULL"; } }\n${by("new Yard(1)")}`], // prettier-ignore
  ["an object beside the real one", "test/a.test.js", H + FULL, `${H}const yard = (n) => { const g = new Garage(n); return { enter: (p, at) => g.enter(p, at), sign: () => "FULL" }; };\n${by("yard(1)")}`], // prettier-ignore
  ["what is spread and laid over", "test/a.test.js", H + FULL, `${H}const yard = (n) => { const g = new Garage(n); return { ...g, sign: () => "FULL" }; };\n${by("yard(1)")}`], // prettier-ignore
  ["a proxy before the real one", "test/a.test.js", H + FULL, `${H}const yard = () => new Proxy(new Garage(1), { get: () => () => "FULL" });\n${by("yard()")}`], // prettier-ignore
  ["a method set in the test itself", "test/a.test.js", H + FULL, H + FULL.replace("garage.enter", 'garage.sign = () => "FULL"; garage.enter')], // prettier-ignore
  ["a prototype's method", "test/a.test.js", H + FULL, `${H}Garage.prototype.sign = () => "FULL";\n${FULL}`],
  ["a prototype's method in brackets", "test/a.test.js", H + FULL, `${H}Garage.prototype["sign"] = () => "FULL";\n${FULL}`], // prettier-ignore
  ["a prototype by another name", "test/a.test.js", H + FULL, `${H}const { prototype } = Garage;\nprototype.sign = () => "FULL";\n${FULL}`], // prettier-ignore
  ["a new group that does it while it is loaded", "test/a.test.js", H + FULL, `${H}describe("new", () => { Garage.prototype.sign = () => "FULL"; it("is new", () => { assert.equal(board(), "FULL"); }); });\n${FULL}`], // prettier-ignore
  ["a class around the real one in Python", "tests/test_a.py", HARD("Walk(3)"), HARD("Hike(3)", 'class Hike:\n    def __init__(self, n):\n        self.walk = Walk(n)\n    def grade(self):\n        return "hard"\n\n')], // prettier-ignore
  ["another name of the class in Python", "tests/test_a.py", HARD("Walk(3)"), HARD("Walk(3)", 'v = Walk\nv.grade = lambda self: "hard"\n\n')], // prettier-ignore
  ["a type of Go that embeds the real one", "a_test.go", G + GO("NewCache()"), G + FAKE.replace("Store }", "Cache }") + GO("&fakeStore{NewCache()}")], // prettier-ignore
  ["a type of Go whose answer is kept first", "a_test.go", G + KEPT("NewCache()"), G + FAKE.replace("Store }", "Cache }") + KEPT("&fakeStore{NewCache()}")], // prettier-ignore
];

describe("old tests ask", () => {
  const told = async ([, path, before, after]: Row) =>
    (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);
  it.each(HONEST)("the real thing: %s", async (...row) => expect(await told(row)).toEqual([]));
  it.each(CHEAT)("the tests themselves: %s", async (...row) =>
    expect(await told(row)).toContainEqual(expect.stringContaining("from the tests' own code")),
  );
});
