import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Reply } from "../models/model.ts";
import { implementTask } from "../roles/implementer.ts";
import { reviewTask } from "../roles/reviewer.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { consult } from "./loop.ts";
import {
  call,
  EDIT,
  files,
  FINISH,
  lastText,
  modelThatSays,
  options,
  reset,
  REVIEW,
  sandbox,
  say,
  seen,
  USAGE,
} from "./loop.fixture.ts";

beforeEach(reset);
const cut: Reply = { outcome: "cut-off", text: "", usage: USAGE };
const looking = call(["list_files", {}]);

describe("consult: nothing paid is lost", () => {
  it("counts cut-offs in a row, not in a loop", async () => {
    const replies = [cut, call(EDIT), cut, looking, cut, call(["finish", FINISH])];
    const end = await consult(options(implementTask, modelThatSays(replies)));
    expect(end).toMatchObject({ outcome: "answered", transcript: { cutOffs: 3 } });
  });

  it("explains a bad finish and asks again, with the edits as they are", async () => {
    const { overlay } = files();
    const bad = (args: unknown) => call(["finish", args]);
    const replies = [call(EDIT), bad({ summary: "" }), bad(null), bad("no"), call(["finish", FINISH])];
    const end = await consult(options(implementTask, modelThatSays(replies), { files: overlay }));
    expect(end).toMatchObject({ outcome: "answered", transcript: { repairs: 3 } });
    expect([...overlay.changes().keys()]).toEqual(["a.js"]);
  });

  it.each<[string, Reply]>([
    ["lists as text", call(EDIT, ["finish", { ...FINISH, logic: "[]", assumptions: "none", answers: null }])],
    ["another spelling of its name", call(EDIT, ["functions.Finish", FINISH])],
    ["JSON text", call(EDIT, ["finish", JSON.stringify(FINISH)])],
  ])("takes a finish with %s at once", async (_name, reply) => {
    expect(await consult(options(implementTask, modelThatSays([reply])))).toMatchObject({ outcome: "answered" });
  });

  it("asks which one is meant of two that differ in one turn, and takes the same one twice", async () => {
    const other = { ...FINISH, summary: "A draft." };
    const replies = [call(EDIT, ["finish", other], ["finish", FINISH]), call(["finish", FINISH], ["finish", FINISH])];
    const end = await consult(options(implementTask, modelThatSays(replies)));
    expect(end).toMatchObject({ outcome: "answered", answer: FINISH, transcript: { turns: 2, repairs: 1 } });
  });

  it("takes a finish that is said and not called", async () => {
    const end = await consult(options(implementTask, modelThatSays([call(EDIT), say(FINISH)])));
    expect(end).toMatchObject({ outcome: "answered", transcript: { turns: 2 } });
  });

  it("goes on with less history when the provider finds the question too large", async () => {
    const { overlay } = files({ "a.js": "x".repeat(70).concat("\n").repeat(200) });
    const read = call(["read_file", { path: "a.js" }]);
    const tooLarge: Reply = { outcome: "rejected", status: 400, reason: "prompt is too long: 210000 tokens > 200000" };
    const replies = [...Array.from({ length: 8 }, () => read), tooLarge, say(REVIEW)];
    const end = await consult(options(reviewTask, modelThatSays(replies), { files: overlay }));
    expect(end.outcome).toBe("answered");
    expect(JSON.stringify(seen.asked.at(-1)).length).toBeLessThan(JSON.stringify(seen.asked.at(-2)).length);
    const other: Reply = { outcome: "rejected", status: 400, reason: "unknown field" };
    expect(await consult(options(reviewTask, modelThatSays([read, other])))).toMatchObject({ outcome: "rejected" });
  });
});

describe("consult: limits within a turn", () => {
  it("looks at the clock between the calls of one turn", async () => {
    let now = 0;
    const { overlay, blobs } = files();
    const slow = {
      ...sandbox,
      run: (...args: Parameters<typeof sandbox.run>) => ((now += 300_000), sandbox.run(...args)),
    };
    const runs = call(...Array.from({ length: 40 }, (_, at): [string, unknown] => ["run", { command: `t${at}` }]));
    const base = options(reviewTask, modelThatSays([runs]), { files: overlay, sandbox: { sandbox: slow, blobs } });
    const end = await consult({ ...base, journaled: { ...base.journaled, steady: () => now } });
    expect(end).toMatchObject({ outcome: "limit", limit: "time" });
    expect(seen.runs.length).toBeLessThanOrEqual(DEFAULT_LIMITS.read.wallMs / 300_000);
  });

  it("looks at the bytes between the calls of one turn", async () => {
    const { overlay } = files({ "a.js": "x".repeat(70).concat("\n").repeat(400) });
    const reads = call(...Array.from({ length: 300 }, (): [string, unknown] => ["read_file", { path: "a.js" }]));
    const limits = { ...DEFAULT_LIMITS.read, toolBytesMax: 100_000 };
    const model = modelThatSays([reads], 10_000_000);
    const end = await consult(options(reviewTask, model, { files: overlay, limits }));
    expect(end).toMatchObject({ outcome: "limit", limit: "tool-output" });
  });

  it.each([8_000, 32_000, 128_000])("fits results into a window of %d tokens", async (window) => {
    const { overlay } = files({ "a.js": "x".repeat(70).concat("\n").repeat(540) });
    const many = call(...Array.from({ length: 12 }, (): [string, unknown] => ["read_file", { path: "a.js" }]));
    const replies = [many, many, looking, say(REVIEW)];
    const end = await consult(options(reviewTask, modelThatSays(replies, window), { files: overlay }));
    expect(end.outcome).toBe("answered");
  });

  it("lets the model's own long arguments give way, so that ten large files can be written", async () => {
    const { overlay } = files();
    const write = (at: number) =>
      call(["write_file", { path: `f${at}.js`, content: `${"y".repeat(70)}\n`.repeat(540) }]);
    const replies = [...Array.from({ length: 10 }, (_, at) => write(at)), call(["finish", FINISH])];
    const end = await consult(options(implementTask, modelThatSays(replies, 64_000), { files: overlay }));
    expect(end.outcome).toBe("answered");
    expect(overlay.changes().size).toBe(10);
  });

  it("stops between calls when it is told to, and before the next question", async () => {
    const stop = new AbortController();
    const { overlay, blobs } = files();
    const stopping = {
      ...sandbox,
      run: (...args: Parameters<typeof sandbox.run>) => (stop.abort(), sandbox.run(...args)),
    };
    const runs = call(["run", { command: "a" }], ["run", { command: "b" }]);
    const over = { files: overlay, sandbox: { sandbox: stopping, blobs }, signal: stop.signal };
    const end = await consult(options(reviewTask, modelThatSays([runs]), over));
    expect(end).toMatchObject({ outcome: "unavailable", sentence: expect.stringContaining("stopped") });
    expect(seen.runs).toEqual(["a"]);
  });

  it("tells a model at the third same failure, and ends the loop at the eighth", async () => {
    const failing = call(["edit_file", { path: "a.js", old_text: "nine", new_text: "" }]);
    const end = await consult(options(implementTask, modelThatSays([failing])));
    expect(end).toMatchObject({ outcome: "limit", limit: "repetition", transcript: { turns: 8 } });
    expect(lastText(seen.asked[2])).not.toContain("has now failed");
    expect(lastText(seen.asked[3])).toContain("has now failed 3 times");
  });
});
