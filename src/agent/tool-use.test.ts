import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Reply } from "../models/model.ts";
import { implementTask } from "../roles/implementer.ts";
import { reviewTask } from "../roles/reviewer.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { consult } from "./loop.ts";
import {
  briefing,
  call,
  EDIT,
  files,
  FINISH,
  lastText,
  modelThatSays,
  options,
  reset,
  sandbox,
  REVIEW,
  say,
  seen,
} from "./loop.fixture.ts";

beforeEach(reset);

describe("consult: tools", () => {
  it("runs calls in order and ends with finish, even when finish came first in the turn", async () => {
    const { overlay, blobs } = files();
    const model = modelThatSays([call(["finish", FINISH], EDIT)]);
    const end = await consult(options(implementTask, model, { files: overlay, sandbox: { sandbox, blobs } }));
    expect(end.outcome).toBe("answered");
    expect(await overlay.read("a.js")).toEqual({ kind: "text", text: "one\n2\n" });
  });

  it.each<[string, Reply, string]>([
    ["an unknown tool", call(["reboot", {}]), "There is no tool"],
    ["arguments that are not JSON", call(["read_file", null]), "not valid JSON"],
    ["arguments of another shape", call(["read_file", { name: 7 }]), "do not fit"],
    ["a missing file", call(["read_file", { path: "src/a.js", start_line: null, end_line: null }]), "Did you mean"],
    ["text that is not there", call(["edit_file", { path: "a.js", old_text: "nine", new_text: "" }]), "does not occur"],
    ["a diff's path to write to", call(["write_file", { path: "b/a.js", content: "" }]), "can mean two places"],
    ["a diff's path to delete", call(["delete_file", { path: "b/a.js" }]), "can mean two places"],
    ["a look-alike's path to write to", call(["write_file", { path: "α.js", content: "" }]), "only in its spelling"],
    ["a look-alike's path to delete", call(["delete_file", { path: "α.js" }]), "There is no file α.js"],
    ["a look-alike's path to edit", call(["edit_file", { path: "α.js", old_text: "one", new_text: "" }]), "There is no file α.js"], // prettier-ignore
    ["a path outside", call(["write_file", { path: "../x", content: "" }]), "path"],
  ])("answers %s with what to do next", async (_name, reply, words) => {
    const end = await consult(options(implementTask, modelThatSays([reply, call(EDIT, ["finish", FINISH])])));
    expect(end).toMatchObject({ outcome: "answered", transcript: { toolFailures: 1 } });
    expect(lastText(seen.asked[1])).toContain(words);
    expect(lastText(seen.asked[1])).toContain('"failed":true');
  });

  it("reads with line numbers, searches literally and lists by pattern", async () => {
    const reads: [string, unknown][] = [
      ["read_file", { path: "a.js", start_line: 2, end_line: null }],
      ["search", { pattern: "(o", path: null }],
      ["search", { pattern: "one", path: "*.js" }],
      ["list_files", { path: "test" }],
    ];
    await consult(options(reviewTask, modelThatSays([call(...reads), say(REVIEW)])));
    const turn = seen.asked[1]?.turns.at(-1);
    const texts = turn?.from === "tools" ? turn.results.map((result) => result.text) : [];
    expect(texts[0]).toContain("\n2\ttwo\n");
    expect(texts[1]).toContain("Nothing found");
    expect(texts[2]).toContain("\na.js:1: one\n");
    expect(texts[3]).toContain("\ntest/a.test.js\n");
  });

  it.each<[string, [string, unknown], string]>([
    ["no line numbers", ["read_file", { path: "a.js" }], "\\n2\\ttwo"],
    [
      "numbers as text and nulls as words",
      ["read_file", { path: "a.js", start_line: "2", end_line: "null" }],
      "2\\ttwo",
    ],
    ["arguments as JSON text", ["read_file", '{"path":"a.js"}'], "2\\ttwo"],
    ["a path in quotes", ["read_file", { path: "`./a.js`" }], "2\\ttwo"],
    ["a path of a diff with its line", ["read_file", { path: "b/a.js:2" }], "2\\ttwo"],
    ["a tool's foreign name and arguments", ["functions.readFile", { file_path: "/a.js" }], "2\\ttwo"],
    ["a search in a file by another spelling", ["search", { pattern: "two", path: "./A.js" }], "a.js:2: two"],
    ["nothing to list", ["list_files", {}], "test/a.test.js"],
  ])("understands %s", async (_name, made, words) => {
    const end = await consult(options(reviewTask, modelThatSays([call(made), say(REVIEW)])));
    expect(end).toMatchObject({ outcome: "answered", transcript: { toolFailures: 0 } });
    expect(lastText(seen.asked[1])).toContain(words);
  });

  it("shows a hit at the end of a long line with its surroundings, and reads that line by columns", async () => {
    const { overlay } = files({ "min.js": `${"x".repeat(60_000)}needle();` });
    const calls: [string, unknown][] = [
      ["search", { pattern: "needle" }],
      ["read_file", { path: "min.js" }],
      ["read_file", { path: "min.js", start_line: 1, end_line: 1, start_column: 59_990 }],
      ["read_file", { path: "min.js", start_column: 70_000 }],
    ];
    await consult(options(reviewTask, modelThatSays([call(...calls), say(REVIEW)]), { files: overlay }));
    const turn = seen.asked[1]?.turns.at(-1);
    const texts = turn?.from === "tools" ? turn.results.map((result) => result.text) : [];
    expect(texts[0]).toMatch(/min\.js:1: \(column 60001 of 60009\) …x+needle\(\);\n/);
    expect(texts[1]).toMatch(/Columns 1–\d+ of 60009; read on with start_column/);
    expect(texts[2]).toContain("\n1\txxxxxxxxxxxneedle();\n");
    expect(texts[3]).toContain("has 60009 characters");
  });

  it("searches 25,000 files to the last one", async () => {
    const many = Object.fromEntries(Array.from({ length: 25_000 }, (_, index) => [`f/${index}.js`, `n${index};\n`]));
    const { overlay } = files({ ...many, "z.js": "the needle\n" });
    const calls = call(["search", { pattern: "needle" }], ["search", { pattern: "no such" }]);
    await consult(options(reviewTask, modelThatSays([calls, say(REVIEW)]), { files: overlay }));
    expect(lastText(seen.asked[1])).toContain("z.js:1: the needle");
    expect(lastText(seen.asked[1])).toContain("Nothing found in 25001 files");
  });

  it("caps a result and says how to read on", async () => {
    const long = Array.from({ length: 50 }, (_line, index) => `line ${index + 1}`).join("\n");
    const { overlay } = files({ "a.js": long });
    const limits = { ...DEFAULT_LIMITS.read, toolResultBytesMax: 100 };
    const read = call(["read_file", { path: "a.js", start_line: null, end_line: null }]);
    await consult(options(reviewTask, modelThatSays([read, say(REVIEW)]), { files: overlay, limits }));
    expect(lastText(seen.asked[1])).toContain("read on with start_line 11");
  });

  it("offers readers no writing tool, and run only with a sandbox", async () => {
    await consult(options(reviewTask, modelThatSays([say(REVIEW)]), { sandbox: null }));
    expect(seen.asked[0]?.tools.map((tool) => tool.name)).toEqual(["list_files", "search", "read_file"]);
  });

  it("sends a finish back that leaves an open finding unanswered", async () => {
    const finding = {
      id: "F-00000000",
      by: "reviewer",
      severity: "blocker",
      kind: "test",
      title: "t",
      path: null,
      line: null,
      quote: null,
      problem: "p",
      instruction: "i",
      lowered: null,
    } as const;
    const answers = [{ findingId: finding.id, status: "fixed" as const, evidence: "e" }];
    const replies = [call(EDIT, ["finish", FINISH]), call(["finish", { ...FINISH, answers }])];
    const end = await consult(
      options(implementTask, modelThatSays(replies), { briefing: { ...briefing, openFindings: [finding] } }),
    );
    expect(end.outcome).toBe("answered");
    expect(lastText(seen.asked[1])).toContain("F-00000000 has no entry");
  });

  it("sends a finish back once when the gate objects, then lets it pass", async () => {
    let gates = 0;
    const gate = () => Promise.resolve([`the tests fail: ${++gates}`]);
    const end = await consult(
      options(implementTask, modelThatSays([call(EDIT, ["finish", FINISH]), call(["finish", FINISH])]), { gate }),
    );
    expect(end.outcome).toBe("answered");
    expect(gates).toBe(1);
    expect(lastText(seen.asked[1])).toContain("the tests fail: 1");
  });

  it("nudges a writer that only talks, once in a row", async () => {
    const end = await consult(options(implementTask, modelThatSays([say("thinking"), say("still thinking")])));
    expect(end).toMatchObject({ outcome: "unusable", sentence: expect.stringContaining("twice in a row") });
  });
});
