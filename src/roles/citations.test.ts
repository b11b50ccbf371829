import { describe, expect, it } from "@jest/globals";
import type { Remark } from "../core/ticket/finding.ts";
import { emptyBriefing } from "./briefing.ts";
import { misquoted, placeProblem, settledPlaces } from "./citations.ts";
import { REMARK } from "../../test/support/remark.ts";
import type { AnswerFacts } from "./task.ts";

const facts: AnswerFacts = {
  briefing: { ...emptyBriefing("o/r#1", "feature", "T", "B"), changed: ["src/a.js", "lib/index.js", "src/gone.js"] },
  paths: new Set(["src/a.js", "test/a.test.js", "logo.png", "lib/index.js", "docs/index.js"]),
  texts: new Map([["src/a.js", "const a = 1;\n  return  a;\r\nend\n"]]),
  touched: new Set(["src/a.js"]),
};

describe("a citation", () => {
  it.each<[string, Partial<Remark>, string | null]>([
    ["stands there, white space folded", {}, null],
    ["runs over a line's end", { quote: "return a;\nend" }, null],
    ["cites no line but a text of the file", { line: null }, null],
    ["cites nothing", { path: null, line: null, quote: null }, null],
    ["names no file", { path: "src/z.js" }, "there is no file"],
    ["is past the end", { line: 4, quote: null }, "3 lines, not 4"],
    ["stands on another line", { line: 1 }, "stands on line 2"],
    ["stands nowhere", { quote: "return b;" }, "stands nowhere"],
    ["stands nowhere and has no line", { line: null, quote: "zzz" }, "does not stand in"],
    ["is of a binary file", { path: "logo.png" }, "not a text file"],
    ["has a line but no path", { path: null }, "no path"],
  ])("that %s", (_name, over, words) => {
    const problem = placeProblem({ ...REMARK, ...over }, facts);
    if (words === null) expect(problem).toBeNull();
    else expect(problem).toContain(words);
  });

  it.each<[string, Partial<Remark>]>([
    ["a diff's plus", { quote: "+  return a;" }],
    ["the number of read_file", { quote: "2\treturn a;" }],
    ["a number with a colon", { quote: "2: return a;" }],
    ["backticks", { quote: "`return a;`" }],
    ["a code fence", { quote: "```js\nreturn a;\n```" }],
    ["an ellipsis around it", { quote: "…return a;…" }],
    ["the path of a diff", { path: "b/src/a.js" }],
    ["a path from here", { path: "./src/a.js" }],
    ["a path with its line", { path: "src/a.js:2", line: null }],
    ["the file's name alone", { path: "a.js" }],
    ["the path of a container", { path: "/workspace/src/a.js" }],
    ["the path of Windows", { path: "src\\a.js" }],
    ["a wrong line", { line: 1 }],
    ["no line at all", { line: null }],
  ])("with %s stands where it is meant", (_name, over) => {
    const { placed, wrong } = settledPlaces([{ ...REMARK, ...over }], facts);
    expect(wrong.size).toBe(0);
    expect(placed[0]).toMatchObject({ path: "src/a.js", line: 2 });
  });

  it.each([
    ["it's “so” – & <b>", 'it’s "so" - &amp; &lt;b&gt;'],
    ["caf\u00e9 \u00a0x", "cafe\u0301 x"],
    ["say('…')", "say('...')"],
    ["if (a && b) {", "if (a &amp;&amp; b) {"],
    ["'quoted'", "&#39;quoted&#39;"],
  ])("quotes %j also as %j", (line, quote) => {
    const texts = new Map([["src/a.js", `x\n${line}\n`]]);
    expect(placeProblem({ path: "src/a.js", line: 2, quote }, { ...facts, texts })).toBeNull();
  });

  it("on a file that is there keeps its weight without a line; on none it points at nothing", () => {
    const remarks = [
      { ...REMARK, quote: "invented" },
      { ...REMARK, line: 99 },
      { ...REMARK, path: "zzz" },
    ];
    const { placed, wrong } = settledPlaces(remarks, facts);
    expect(placed.map(({ path, line }) => [path, line])).toEqual([
      ["src/a.js", null],
      ["src/a.js", 2],
      [null, null],
    ]);
    expect(wrong).toEqual(new Set([2]));
  });

  it.each<[string, Partial<Remark>, string | null]>([
    ["that the change deletes", { path: "src/gone.js", line: 3, quote: "export const kept = 1;" }, "src/gone.js"],
    ["that the change deletes, by its name alone", { path: "gone.js", line: 3, quote: "-export" }, "src/gone.js"],
    ["that the change deletes, as a diff names it", { path: "a/src/gone.js", line: null, quote: null }, "src/gone.js"],
    ["that is missing", { path: "src/missing.js", line: null, quote: null, problem: "No line: it is missing." }, null],
    ["of two with its name, that was changed", { path: "index.js", line: null, quote: null }, "lib/index.js"],
  ])("of a file %s keeps its weight, and has a place that can be published", (_name, over, path) => {
    const { placed, wrong } = settledPlaces([{ ...REMARK, ...over }], facts);
    expect([placed[0]?.path, placed[0]?.line, placed[0]?.quote, wrong.size]).toEqual([path, null, null, 0]);
  });

  it("of a file that neither stands there nor was deleted points at nothing, also where another has its name", () => {
    const remarks = ["other/gone.js", "src/b.js", "lib/src/a.js"].map((path) => ({ ...REMARK, path }));
    expect(settledPlaces(remarks, facts).wrong).toEqual(new Set([0, 1, 2]));
  });

  it("with a line of no file keeps its weight", () => {
    const { placed, wrong } = settledPlaces([{ ...REMARK, path: null, quote: null }], facts);
    expect([placed[0]?.path, placed[0]?.line, wrong.size]).toEqual([null, null, 0]);
  });

  it("is judged by index, for code that lowers what cannot block", () => {
    expect(misquoted([REMARK, { ...REMARK, line: 9 }, { ...REMARK, path: "zzz" }], facts)).toEqual(new Set([2]));
  });
});
