import { describe, expect, it } from "@jest/globals";
import { type Figures, figuresOf, median, type Run, summaryOf } from "./figures.ts";
import { profileOf, simulatedMs } from "./profiles.ts";

const NOTHING: Figures = { calls: 0, tokensByRole: {}, inputTokens: 0, cachedTokens: 0, outputTokens: 0, costMicroUsd: 0, modelMs: 0 }; // prettier-ignore

function aRun(given: Partial<Run>): Run {
  return {
    ...{
      ...NOTHING,
      task: "a",
      mode: "team",
      ending: "merged",
      why: "",
      outcome: "passed",
      rounds: 0,
      machineMs: 0,
      besideMs: 0,
    },
    ...{ routedAs: "bug", audit: { complete: true, replayed: true }, wrong: [] },
    ...given,
  };
}

describe("the figures of a benchmark", () => {
  it("compare tasks that ran in both modes, and count what escaped", () => {
    const runs = [
      aRun({ task: "a", mode: "solo", modelMs: 1_000, costMicroUsd: 10, outcome: "failed", audit: null }),
      aRun({ task: "a", mode: "team", modelMs: 2_500, machineMs: 900, besideMs: 400, costMicroUsd: 15 }),
      aRun({ task: "b", mode: "team", modelMs: 9_000, costMicroUsd: 100, outcome: "nothing" }),
    ];
    expect(summaryOf(runs, { right: 3, n: 4 }, 1, "scripted")).toEqual({
      tasks: { total: 3, passed: 2, skipped: 1 },
      routing: { accuracy: 0.75, n: 4 },
      time: { soloMedianMs: 1_000, teamMedianMs: 6_000, ratio: 3 },
      cost: { ratio: 1.5 },
      escaped: { solo: 1, team: 0 },
      simulated: true,
      audit: { complete: 2, replayed: 2 },
    });
  });

  it("say null where nothing was measured", () => {
    const summary = summaryOf([aRun({})], { right: 0, n: 0 }, 0, "live");
    expect(summary).toMatchObject({
      routing: { accuracy: null },
      time: { soloMedianMs: null, ratio: null },
      cost: { ratio: null },
      escaped: { solo: null, team: 0 },
      simulated: false,
    });
  });

  it("do not pass a task of which one run ended otherwise", () => {
    const runs = [aRun({ mode: "solo" }), aRun({ wrong: ["status: blocked instead of merged"] })];
    expect(summaryOf(runs, { right: 1, n: 1 }, 0, "scripted").tasks.passed).toBe(0);
  });

  it.each([
    [[], null],
    [[3], 3],
    [[1, 9, 2], 2],
    [[1, 2, 3, 10], 3],
  ])("median of %j is %j", (values, expected) => expect(median(values)).toBe(expected));

  it("add up calls that were answered, by role, and take time from the profile", () => {
    const usage = { inputTokens: 900, cachedInputTokens: 100, cacheWriteTokens: 0, outputTokens: 60, costMicroUsd: 7 };
    const record = { hash: "h", ticket: "t", attempt: 1, question: null, at: "", model: "scripted-opus", latencyMs: 3 };
    const call = {
      ...record,
      step: "adversary.attack.0",
      kind: "model" as const,
      reply: { outcome: "answered", usage },
    };
    const tool = { ...record, step: "adversary.attack.0", kind: "tool" as const, reply: { text: "x" } };
    const away = { ...call, reply: { outcome: "unavailable" } };
    const expected = { calls: 1, tokensByRole: { adversary: 1_060 }, inputTokens: 1_000, cachedTokens: 100, outputTokens: 60, costMicroUsd: 7 }; // prettier-ignore
    const simulated = simulatedMs(usage, profileOf("scripted-opus"));
    expect(figuresOf([call, tool, away], "scripted")).toEqual({ ...expected, modelMs: simulated });
    expect(figuresOf([call, tool, away], "live")).toEqual({ ...expected, modelMs: 3 });
  });
});
