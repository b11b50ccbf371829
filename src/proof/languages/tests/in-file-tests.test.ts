import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { memoryTree } from "../../../trees/memory-tree.ts";
import { scratchBlobs } from "../../../trees/scratch-blobs.ts";
import { inFileTests } from "./in-file-tests.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const mod = (test: string) =>
  `/// Tests.\n#[cfg(test)]\nmod tests {\n    use super::*;\n    #[test]\n    fn ${test}() {}\n}`;
const OLD = `fn old() {}\n\n${mod("zero")}\n\nfn last() {}\n`;

/** An empty text is a file that is not there. */
async function laid(before: string, after: string, path = "src/a.rs") {
  const blobs = scratchBlobs(memoryTree([]).blobs);
  const file = changedFile(path, before, after);
  const files = [after === "" ? { ...file, action: "delete" as const } : file];
  const found = await inFileTests({ files, syntax, blobs });
  const text = async (of: (typeof found)["oldTestsOnNewCode"]) => {
    const file = of.files.get(path);
    return file ? ((await blobs.get(file.sha))?.toString() ?? null) : of.not;
  };
  return [await text(found.newTestsOnOldCode), await text(found.oldTestsOnNewCode)];
}

describe("tests in the file of the code", () => {
  it.each<[string, string, string, unknown, unknown]>([
    ["stand in the other version's code", OLD, `fn new() {}\n${mod("adds")}\n`, OLD.replace("zero", "adds"), `fn new() {}\n${mod("zero")}\n`], // prettier-ignore
    ["are appended where there were none", "fn old() {}\n", `fn new() {}\n${mod("adds")}\n`, `fn old() {}\n\n${mod("adds")}\n`, "fn new() {}\n\n"], // prettier-ignore
    ["may stand in several places", OLD, `${mod("one")}\nfn new() {}\n#[cfg(all(test, unix))]\nfn help() {}\n#[tokio::test]\nasync fn runs() {}\n`, OLD.replace(mod("zero"), `${mod("one")}\n\n#[cfg(all(test, unix))]\nfn help() {}\n\n#[tokio::test]\nasync fn runs() {}`), `${mod("zero")}\nfn new() {}\n\n\n`], // prettier-ignore
    ["need nothing done where they are the same", OLD, OLD.replace("fn old", "fn new"), [], []],
    ["cannot be run without a file that is new", "", OLD, ["src/a.rs"], []],
    ["have no new code where the file is gone", OLD, "", [], ["src/a.rs"]],
    ["cannot be told from code that is not understood", OLD, `fn new( {\n${mod("adds")}\n}}}\n`, ["src/a.rs"], ["src/a.rs"]], // prettier-ignore
    ["are not looked for in code without tests", "fn old() {}\n", "fn new() {}\n", [], []],
  ])("%s", async (_, before, after, newOnOld, oldOnNew) => {
    expect(await laid(before, after)).toEqual([newOnOld, oldOnNew]);
  });

  it("are not looked for in files of tests and in other languages", async () => {
    expect(await laid(OLD, OLD.replace("zero", "one"), "tests/a.rs")).toEqual([[], []]);
    expect(await laid(OLD, OLD.replace("zero", "one"), "src/a.py")).toEqual([[], []]);
  });
});
