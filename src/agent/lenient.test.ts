import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { strictSchema } from "../roles/answer-schema.ts";
import { finishSchema } from "../roles/implementer.ts";
import { readLeniently } from "./lenient.ts";
import { meantTool, withMeantNames } from "./tool-names.ts";

const SCHEMA = strictSchema(
  z.object({
    text: z.string(),
    count: z.number().int().default(1),
    line: z.number().int().nullable(),
    words: z.array(z.string()),
    items: z.array(z.object({ id: z.string() })),
    met: z.enum(["yes", "no", "nice-to-have"]),
  }),
);
const WHOLE = { text: "t", count: 2, line: 3, words: ["a"], items: [{ id: "i" }], met: "yes" };

describe("readLeniently", () => {
  it.each<[string, object, object]>([
    ["what fits as it is", {}, {}],
    ["an absent nullable", { line: undefined }, { line: null }],
    ["a word for nothing", { line: "null" }, { line: null }],
    ["an empty text for no number", { line: "" }, { line: null }],
    ["a number as text", { line: "12", count: " 4 " }, { line: 12, count: 4 }],
    ["nothing where a default stands", { count: null }, { count: undefined }],
    ["a list as JSON text", { words: '["a","b"]', items: '[{"id":"x"}]' }, { words: ["a", "b"], items: [{ id: "x" }] }],
    ["an empty list as text", { words: "[]", items: "" }, { words: [], items: [] }],
    ["no list", { words: null }, { words: [] }],
    ["a lone item", { words: "only one", items: { id: 7 } }, { words: ["only one"], items: [{ id: "7" }] }],
    ["items as JSON text", { items: ['{"id":"x"}'] }, { items: [{ id: "x" }] }],
    ["lines instead of a text", { text: ["a", "b"] }, { text: "a\nb" }],
    ["an object instead of JSON text", { text: { a: 1 } }, { text: '{\n  "a": 1\n}\n' }],
    ["a word in another spelling", { met: "Nice to have" }, { met: "nice-to-have" }],
    ["a truth value for yes", { met: true }, { met: "yes" }],
    ["text that looks like JSON, where text is due", { text: "[]" }, { text: "[]" }],
    ["what means nothing that fits", { line: "twelve", met: "perhaps" }, { line: "twelve", met: "perhaps" }],
  ])("reads %s", (_name, sent, read) => {
    expect(readLeniently({ ...WHOLE, ...sent }, SCHEMA)).toEqual({ ...WHOLE, ...read });
  });

  it.each<[string, unknown]>([
    ["JSON text", JSON.stringify(WHOLE)],
    ["JSON text in JSON text", JSON.stringify(JSON.stringify(WHOLE))],
    ["a list of one", [WHOLE]],
  ])("unwraps %s", (_name, sent) => expect(readLeniently(sent, SCHEMA)).toEqual(WHOLE));

  it("lets the evidence trail through with its lists as text", () => {
    const lists = { logic: "[]", assumptions: "none", verification: "npm test: passed", limitations: null };
    const sent = { summary: "s", ...lists, unplanned: "[]", answers: "[]" };
    const read = finishSchema.parse(readLeniently(sent, strictSchema(finishSchema)));
    expect(read).toMatchObject({ logic: [], assumptions: [], verification: ["npm test: passed"], limitations: [] });
  });
});

describe("a tool's name", () => {
  const names = ["read_file", "search", "edit_file", "finish"];
  it.each([
    ["read_file", "read_file"],
    ["functions.read_file", "read_file"],
    ["default_api:read_file", "read_file"],
    ["read_file<|channel|>commentary", "read_file"],
    ["readFile", "read_file"],
    ["Read-File ", "read_file"],
    ["FINISH", "finish"],
    ["str_replace", "edit_file"],
    ["bash", null],
    ["reboot", null],
    ["", null],
  ])("%j means %j", (said, meant) => expect(meantTool(said, names)).toBe(meant));

  it("is not needed to know its arguments by other names", () => {
    const own = ["path", "old_text", "new_text"];
    expect(withMeantNames({ file_path: "a", old_string: "b", new_string: "c" }, own)).toMatchObject({
      path: "a",
      old_text: "b",
      new_text: "c",
    });
    expect(withMeantNames({ path: "a", file: "z" }, own)).toMatchObject({ path: "a" });
  });
});
