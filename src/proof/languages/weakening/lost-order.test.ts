import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const told = async (before: string, after: string) =>
  (await weakenings([file("a.test.js", before, after)], syntax)).map(({ what }) => what);
const js = (body: string, head = "") => `import { names, rights, union } from "../src/shop.js";\n${head}test("a", () => {\n  ${body}\n});\n`; // prettier-ignore

const NAMES = js('assert.deepEqual(names(), ["Ute", "Bo"]);');
const EXPECT = js('expect(names()).toEqual(["Ute", "Bo"]);');
const UNION = js("assert.deepEqual(union([19, 42], [42, 53]), [19, 42, 53]);");
const RIGHTS = js('assert.deepEqual(rights("ada"), { read: ["books", "toys"], write: ["books"] });');

describe("a list that is compared as a set", () => {
  it.each([
    ["around the call", NAMES, js('assert.deepEqual(new Set(names()), new Set(["Bo", "Ute"]));')],
    ["around its name", NAMES, js('const got = names();\n  assert.deepEqual(new Set(got), new Set(["Bo", "Ute"]));')],
    ["around a part of what a name stands for", NAMES, js('const { all } = names();\n  assert.deepEqual(new Set(all), new Set(["Bo", "Ute"]));')],
    ["around a name for a name", NAMES, js('const got = names();\n  const all = got.map((one) => one.trim());\n  assert.deepEqual(new Set(all), new Set(["Bo", "Ute"]));')],
    ["around what is awaited", NAMES, js('assert.deepEqual(new Set(await names()), new Set(["Bo", "Ute"]));')],
    ["the other way round", NAMES, js('assert.deepEqual(new Set(["Bo", "Ute"]), new Set(names()));')],
    ["of each once", NAMES, js('assert.deepEqual([...new Set(names())], ["Ute", "Bo"]);')],
    ["of each once, by a name", NAMES, js('assert.deepEqual([...new Set(names())].map((one) => one), ["Ute", "Bo"]);')],
    ["where it is looked at", EXPECT, js('expect(new Set(names())).toEqual(new Set(["Bo", "Ute"]));')],
    ["in a comparison that is asked for", NAMES, js('assert.ok(isDeepStrictEqual(new Set(names()), new Set(["Bo", "Ute"])));')],
    ["of code that is given sets", UNION, js("assert.deepEqual(new Set(union(new Set([19, 42]), new Set([42, 53]))), new Set([53, 42, 19]));")],
  ])("is seen %s", async (_, before, after) => expect(await told(before, after)).not.toEqual([])); // prettier-ignore

  it.each([
    ["sets that the code is given", UNION, js("assert.deepEqual(union(new Set([19, 42]), new Set([42, 53])), [19, 42, 53]);")],
    ["sets of names that the code is given", UNION, js("const [one, other] = [load(1), load(2)];\n  assert.deepEqual(union(new Set(one), new Set(other)), [19, 42, 53]);")],
    ["a set spread for the code", UNION, js("assert.deepEqual(union([...new Set([19, 42])], [42, 53]), [19, 42, 53]);")],
    ["sets that the code is given and answers", UNION, js("assert.deepEqual(union(new Set([19, 42]), new Set([42, 53])), new Set([19, 42, 53]));")],
    ["sets that the code answers", RIGHTS, js('assert.deepEqual(rights("ada"), { read: new Set(["books", "toys"]), write: new Set(["books"]) });')],
    ["sets of lists with names", RIGHTS, js('const all = ["books", "toys"];\n  assert.deepEqual(rights("ada"), { read: new Set(all), write: new Set(["books"]) });')],
    ["sets of constants", RIGHTS, js('assert.deepEqual(rights("ada"), { read: new Set(ALL), write: new Set(SOME) });', 'const [ALL, SOME] = [["books", "toys"], ["books"]];\n')],
    ["sets of a text in parts", RIGHTS, js('assert.deepEqual(rights("ada"), { read: new Set("books toys".split(" ")), write: new Set(["books"]) });')],
    ["an answer that is one", NAMES, js('assert.deepEqual(names(), new Set(["Ute", "Bo"]));')],
    ["sets where it is looked at", EXPECT, js('expect(union(new Set(["Ute"]), new Set(["Bo"]))).toEqual(["Ute", "Bo"]);')],
    ["one more question", NAMES, js('assert.deepEqual(names(), ["Ute", "Bo"]);\n  assert.equal(new Set([...names(), ...names(28)]).size, 3);')],
  ])("is not %s", async (_, before, after) => {
    expect((await told(before, after)).filter((one) => /only a part/.test(one))).toEqual([]);
  }); // prettier-ignore
});
