import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { isExcused } from "./planned.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = (...files: FileDiff[]) => weakenings(files, syntax);

const GO = (rows: string) =>
  `package a\n\nfunc TestA(t *testing.T) {\n\tfor _, tt := range []struct{ path string; want int }{\n${rows}\n\t} {\n\t\tif got := get(tt.path); got != tt.want {\n\t\t\tt.Errorf("got %d", got)\n\t\t}\n\t}\n}\n`;
const NUMBERS = GO('\t\t{"/a", 404},\n\t\t{"/b", 200},');
const ADDS = `package a\n\nfunc TestB(t *testing.T) {\n\tn, err := Add("x")\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif n != 4 {\n\t\tt.Error(n)\n\t}\n}\n`;
const MUST = `package a\n\nfunc TestB(t *testing.T) {\n\tif n := mustAdd(t, "x"); n != 4 {\n\t\tt.Error(n)\n\t}\n}\n`;
const HELPER = (body: string) =>
  `package a\n\nfunc mustAdd(t *testing.T, s string) int {\n\tn, err := Add(s)\n${body}\treturn n\n}\n`;
const GETS = (want: string) =>
  `package a\n\nfunc TestC(t *testing.T) {\n\tif got := GetAdmin(2); got != ${want} {\n\t\tt.Error(got)\n\t}\n}\n`;
const ASKS = (asked: string) => `test("b", () => { const r = get('/api/users'); assert.equal(r.n, 44); ${asked} });\n`;
const IS = (want: string) => `test("c", () => { expect(f("x"))${want} });\n`;
const JS = (want: string) => `test("a", () => { assert.throws(() => f("["), ${want}) });\n`;

describe("what is said by a name", () => {
  it.each<[what: string, ...files: FileDiff[]]>([
    ["statuses", file("a_test.go", NUMBERS, GO('\t\t{"/a", http.StatusNotFound},\n\t\t{"/b", http.StatusOK},'))],
    [
      "a kind of error",
      file("a.test.js", JS('{ name: "SyntaxError", message: "bad [" }'), JS('new SyntaxError("bad [")')),
    ],
    ["a helper in another file", file("a_test.go", ADDS, MUST), file("helpers_test.go", "", HELPER("\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n"))], // prettier-ignore
  ])("is as much: %s", async (_, ...files) => expect(await found(...files)).toEqual([]));

  it.each<[what: string, ...files: FileDiff[]]>([
    ["another status", file("a_test.go", NUMBERS, GO('\t\t{"/a", http.StatusGone},\n\t\t{"/b", http.StatusOK},'))],
    ["a name of one's own", file("a_test.go", NUMBERS, GO('\t\t{"/a", codes.NotFound},\n\t\t{"/b", codes.OK},'))],
    [
      "another kind of error",
      file("a.test.js", JS('{ name: "SyntaxError", message: "bad [" }'), JS('new TypeError("bad [")')),
    ],
    ["a function's name", file("a_test.go", GETS('"admin"'), GETS("other"))],
    [
      "an address in the same test",
      file("a.test.js", ASKS("assert.equal(r.kind, 'users')"), ASKS("assert.equal(r.kind, r.sort)")),
    ],
    ["a truth of a text", file("a.test.js", IS(`.toBe('{"ok":true,"id":12}')`), IS(".toEqual({ ok: false, id: 12 })"))],
    ["a helper that asks nothing", file("a_test.go", ADDS, MUST), file("helpers_test.go", "", HELPER("\t_ = err\n"))],
  ])("is less: %s", async (_, ...files) => expect(await found(...files)).not.toEqual([]));
});

describe("rows that a plan names", () => {
  const ROWS = GO('\t\t{"first one", 44},\n\t\t{"second", 55},');
  const plan = (...tests: string[]) =>
    tests.map((test) => ({ file: "a_test.go", test, change: "update" as const, to: null, why: "w" }));
  const isOpen = async (after: string, ...tests: string[]) =>
    (await found(file("a_test.go", ROWS, after))).some((one) => !isExcused(one, plan(...tests)));
  const other = GO('\t\t{"first one", 66},\n\t\t{"second", 55},');
  const both = GO('\t\t{"first one", 66},\n\t\t{"second", 77},');

  it("may change, and no others", async () => {
    expect(await isOpen(other, "TestA/first_one")).toBe(false);
    expect(await isOpen(other, "TestA/second")).toBe(true);
    expect(await isOpen(both, "TestA/first_one")).toBe(true);
    expect(await isOpen(both, "TestA/first_one", "TestA/second")).toBe(false);
  });
});
