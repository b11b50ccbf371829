import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { oldNames } from "./test-names.ts";

/** By which names old tests are found among those that ran, once their file changed. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const PATH = "test/a.test.js";
const namesOf = (before: string, after: string) => oldNames([changedFile(PATH, before, after)], syntax);
const test = (title: string, body = "assert.equal(total([3, 4]), 77);") => `test(${title}, () => { ${body} });\n`;
const many = (title: string) => `for (const n of [3, 4]) ${test(title, "assert.equal(square(n), 77);")}`;

describe("an old test", () => {
  it.each<[string, string, string, readonly string[] | null]>([
    ["by the same name was not renamed", test('"adds"'), test('"adds"'), null],
    ["by another name has that one", test('"adds"'), test('"sums"'), ["sums"]],
    ["that is gone has none", test('"adds"'), test('"other"', "assert.ok(open());"), []],
  ])("%s", async (_what, before, after, names) => {
    const { renamed, of } = await namesOf(before, after);
    expect(renamed.map(({ by }) => by.map(({ name }) => name))).toEqual(names ? [names] : []);
    expect(of).toEqual(new Map([[PATH, ["adds"]]]));
  });

  it("that becomes one of many is found by a pattern", async () => {
    const [one] = (await namesOf(test('"adds"'), `for (const n of [3]) ${test("`adds ${n}`")}`)).renamed;
    const [by] = one?.by ?? [];
    expect([by?.open, by?.pattern?.test("adds 3"), by?.pattern?.test("takes 3")]).toEqual([false, true, false]);
  });

  it("that becomes one of which the title is all code may go by any name", async () => {
    const [one] = (await namesOf(test('"adds"'), test("title(3)"))).renamed;
    expect(one?.by.map(({ open }) => open)).toEqual([true]);
  });
});

describe("a statement that makes many tests", () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ["with a hole", "`square of ${n}`", ["square of 3", "g > square of 3"], ["square of 3 and more is not", "cube of 3"].slice(1)],
    ["with holes on both sides", "`${n} by ${n}`", ["3 by 3"], ["3 times 3"]],
    ["with text behind the hole", "`${n} squared`", ["3 squared"], ["3 squared twice"]],
    ["with signs of patterns", "`(${n})? yes`", ["(3)? yes"], ["3 yes"]],
    ["put together", '"square of " + n', ["square of 3"], ["cube of 3"]],
    ["put together of three", '"square of " + n + "!"', ["square of 3!"], ["square of 3"]],
    ["put together of a template", "`square ${n} ` + 'of ' + n", ["square 3 of 3"], ["square 3"]],
    ["of holes side by side", `\`${"${n}".repeat(20)} is ${"${n}".repeat(20)}x\``, ["33 is 3x"], [`${"3".repeat(150)} is ${"3".repeat(99)}`, "3 of 3x"]],
    ["of code alone", "title(n)", ["whatever"], []],
  ])("%s is known by it: %s", async (_what, title, its, others) => {
    const { patterns } = await namesOf(many(title), many(title));
    expect(patterns.map(({ path, kept, same }) => [path, kept, same])).toEqual([[PATH, true, true]]);
    const is = (name: string) => patterns.every(({ pattern }) => pattern.test(name));
    expect([its.filter(is), others.filter(is)]).toEqual([its, []]);
  }); // prettier-ignore

  it.each<[string, string, boolean, boolean]>([
    ["is kept under another title", many("`the square of ${n}`"), true, false],
    ["is gone where nothing says as much", test('"other"', "assert.ok(open());"), false, false],
  ])("%s", async (_what, after, kept, same) => {
    const { patterns } = await namesOf(many("`square of ${n}`"), after);
    expect(patterns.map((one) => [one.kept, one.same])).toEqual([[kept, same]]);
  });

  it("is none with a title in so many words", async () => {
    expect((await namesOf(test('"adds"'), test('"adds"'))).patterns).toEqual([]);
  });
});
