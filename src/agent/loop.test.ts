import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Doing } from "../core/ticket/doing.ts";
import type { Reply } from "../models/model.ts";
import { implementTask } from "../roles/implementer.ts";
import { askTask } from "../roles/navigator.ts";
import { reviewTask } from "../roles/reviewer.ts";
import { consult } from "./loop.ts";
import {
  call,
  CLEAR,
  EDIT,
  FINISH,
  journal,
  lastText,
  modelThatSays,
  options,
  reset,
  REVIEW,
  say,
  seen,
  USAGE,
} from "./loop.fixture.ts";

beforeEach(reset);

describe("consult: an answer", () => {
  it("takes a good answer and counts what it cost", async () => {
    const end = await consult(options(askTask, modelThatSays([say(CLEAR)])));
    expect(end).toMatchObject({ outcome: "answered", answer: CLEAR });
    expect(end.spend).toEqual({ calls: 1, inputTokens: 13, outputTokens: 5, costMicroUsd: 7, unpricedTokens: 0 });
    expect(seen.asked[0]?.answer?.name).toBe("clarity");
    expect(seen.asked[0]?.tools).toEqual([]);
  });

  it("finds JSON inside a code fence, and cuts prose that is a little too long instead of paying twice", async () => {
    const long = { ...REVIEW, summary: "x".repeat(1600) };
    const end = await consult(
      options(reviewTask, modelThatSays([say(`Here:\n\`\`\`json\n${JSON.stringify(long)}\n\`\`\``)])),
    );
    expect(end.outcome === "answered" && end.answer.summary).toBe(`${"x".repeat(1499)}…`);
  });

  it("repairs once, telling the model exactly what did not fit", async () => {
    const end = await consult(options(askTask, modelThatSays([say({ clear: "maybe", questions: [] }), say(CLEAR)])));
    expect(end).toMatchObject({ outcome: "answered", transcript: { turns: 2, repairs: 1 } });
    expect(lastText(seen.asked[1])).toContain("clear: Invalid option");
    expect(end.spend.calls).toBe(2);
  });

  it("also sends back what is well-formed and makes no sense", async () => {
    const end = await consult(options(askTask, modelThatSays([say({ clear: "no", questions: [] }), say(CLEAR)])));
    expect(end.outcome).toBe("answered");
    expect(lastText(seen.asked[1])).toContain("is empty");
  });

  it("gives up after a second nonsense, with what was paid", async () => {
    const end = await consult(options(askTask, modelThatSays([say("hm"), say("hm")])));
    expect(end).toMatchObject({ outcome: "unusable", problems: [expect.stringContaining("not JSON")] });
    expect(end.spend.calls).toBe(2);
  });

  it("accepts a misquoting review the second time and hands the doubt to the code", async () => {
    const remark = {
      severity: "blocker",
      kind: "implementation",
      title: "t",
      path: "a.js",
      line: 9,
      quote: "x",
      problem: "p",
      instruction: "i",
    };
    const end = await consult(options(reviewTask, modelThatSays([say({ ...REVIEW, findings: [remark] })])));
    expect(end).toMatchObject({
      outcome: "answered",
      transcript: { repairs: 1 },
      doubts: [expect.stringContaining("2 lines, not 9")],
    });
  });
});

describe("consult: what a provider can do", () => {
  const cut: Reply = { outcome: "cut-off", text: "{", usage: USAGE };
  it.each<[string, Reply[], object]>([
    ["cut off, then fine", [cut, say(CLEAR)], { outcome: "answered", transcript: { cutOffs: 1 } }],
    ["cut off twice", [cut, cut], { outcome: "unusable", sentence: expect.stringContaining("cut off twice") }],
    ["refused", [{ outcome: "refused", reason: "no", usage: USAGE }], { outcome: "refused", spend: { calls: 1 } }],
    ["away", [{ outcome: "unavailable", reason: "529", retryAfterMs: 9 }], { outcome: "unavailable", retryAfterMs: 9 }],
    ["rejected", [{ outcome: "rejected", reason: "bad key", status: 401 }], { outcome: "rejected", status: 401 }],
  ])("%s", async (_name, replies, expected) => {
    expect(await consult(options(askTask, modelThatSays(replies)))).toMatchObject(expected);
  });

  it("shows a turn of its own after a cut-off, so that a second try differs from the first", async () => {
    await consult(options(askTask, modelThatSays([{ ...cut, text: "" } as Reply, say(CLEAR)])));
    expect(seen.asked[1]?.turns.map((turn) => turn.from)).toEqual(["model", "user"]);
  });
});

describe("consult: a crash", () => {
  const replies = [
    call(["run", { command: "npm test" }]),
    call(EDIT, ["run", { command: "npm test" }]),
    call(["finish", FINISH]),
    call(["finish", FINISH]),
  ];
  const gate = () => Promise.resolve([`failed ${seen.runs.push("gate")}`]);

  it("asks exactly the same questions again and runs nothing twice", async () => {
    await consult(options(implementTask, modelThatSays(replies), { gate }));
    const first = seen.asked;
    seen.asked = [];
    const again = await consult(options(implementTask, modelThatSays(replies), { gate }));
    expect(seen.asked).toEqual(first);
    expect(seen.runs).toEqual(["npm test", "npm test", "gate"]);
    expect(again.spend.calls).toBe(4);
  });

  it("does run again in another attempt", async () => {
    const model = () => modelThatSays([call(["run", { command: "ls" }], EDIT, ["finish", FINISH])]);
    const scope = { ticket: "o/r#1", step: "implement", attempt: 2 };
    await consult(options(implementTask, model()));
    seen.asked = [];
    await consult(
      options(implementTask, model(), { journaled: { journal, scope, now: () => new Date(0), steady: () => 0 } }),
    );
    expect(seen.runs).toEqual(["ls", "ls"]);
  });
});

describe("consult: how far it is", () => {
  it("tells each turn, each tool by our name for it, and what is being written meanwhile", async () => {
    const told: (string | number | null)[][] = [];
    const model = modelThatSays([call(["readFile", { path: "a.js" }]), call(EDIT, ["finish", FINISH])]);
    const writing = {
      ...model,
      ask: ((question, signal, watch) => {
        watch?.({ outputTokens: 40, elapsedMs: 9 });
        return model.ask(question, signal);
      }) satisfies typeof model.ask,
    };
    const watch = ({ turn, tool, inputTokens, outputTokens }: Doing) =>
      void told.push([turn, tool, inputTokens, outputTokens]);
    await consult(options(implementTask, writing, { watch }));
    expect(told).toEqual([
      [1, null, 0, 0],
      [1, null, 0, 40],
      [1, "read_file", 13, 5],
      [2, null, 13, 5],
      [2, null, 13, 45],
      [2, "edit_file", 26, 10],
      [2, "finish", 26, 10],
    ]);
  });
});
