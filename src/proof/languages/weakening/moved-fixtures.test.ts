import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (...files: FileDiff[]) => (await weakenings(files, syntax)).map(({ what }) => what);

const WAS = 'it("rejects", async () => assert.rejects(load(join(__dirname, "data/none.json")), { code: "ENOENT" }));';
const LONGER = WAS.replace('"data/none', '"../data/none');
const BY_HELPER = `const data = (name) => join(__dirname, "data", name);\n${WAS.replace('join(__dirname, "data/none.json")', 'data("none.json")')}`;

describe("a file that a test names", () => {
  it("is the same by a longer way, where the test moved", async () =>
    expect(await found(file("test/a.test.js", WAS, ""), file("test/b/a.test.js", "", LONGER))).toEqual([]));

  it("is the same by a helper that puts the folder before it", async () =>
    expect(await found(file("test/a.test.js", WAS, BY_HELPER))).toEqual([]));

  it.each([
    ["by a longer way from where it stood", LONGER],
    ["by a helper with another folder", BY_HELPER.replace('"data", name', '"empty", name')],
    ["by a helper that answers no path", BY_HELPER.replace('join(__dirname, "data", name)', '"data" + name')],
  ])("is another %s", async (_, after) =>
    expect(await found(file("test/a.test.js", WAS, after))).toContainEqual(expect.stringContaining("none.json")),
  );
});
