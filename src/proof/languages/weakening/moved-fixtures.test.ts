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

const READS = (read: string) => `${LIBRARY}test("is kept", () => assert.equal(f(2), ${read}));\n`;
const LIBRARY = 'import { kept } from "./helpers/kept.js";\n';
const BY_ADDRESS = READS('readFileSync(new URL("./kept/report.txt", import.meta.url), "utf8")');
const HELPER = (folder: string) =>
  `export function kept(name) {\n  return readFileSync(new URL(\`${folder}/\${name}.txt\`, import.meta.url), "utf8");\n}\n`;

describe("a file that a helper beside the tests reads", () => {
  const asked = (helper: string, call: string) =>
    found(file("test/a.test.js", BY_ADDRESS, READS(call)), file("test/helpers/kept.js", "", helper));

  it("is the same by its folder and its name", async () =>
    expect(await asked(HELPER("../kept"), 'kept("report")')).toEqual([]));

  it.each([
    ["with another name", HELPER("../kept"), 'kept("empty")'],
    ["in another folder", HELPER("./kept"), 'kept("report")'],
    [
      "that answers what was written for it",
      HELPER("../kept").replace(/return .*;/, 'return name + "utf8";'),
      'kept("report")',
    ],
  ])("is another one %s", async (_, helper, call) =>
    expect(await asked(helper, call)).toContainEqual(expect.stringContaining("report.txt")),
  );
});
