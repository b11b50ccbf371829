import { beforeEach, describe, expect, it } from "@jest/globals";
import { reviewTask } from "../roles/reviewer.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { consult } from "./loop.ts";
import { call, files, lastText, modelThatSays, options, reset, REVIEW, say, seen } from "./loop.fixture.ts";

beforeEach(reset);

describe("consult: limits", () => {
  const looking = call(["list_files", { path: null }]);
  it.each<[string, Partial<typeof DEFAULT_LIMITS.read>, number]>([
    ["turns", { turnsMax: 2 }, 2],
    ["tokens", { tokensMax: 20 }, 2],
    ["cost", { costMicroUsdMax: 14 }, 2],
    ["time", { wallMs: 0 }, 0],
    ["tool-output", { toolBytesMax: 10 }, 1],
  ])("stops at %s before the next call", async (limit, over, calls) => {
    const limits = { ...DEFAULT_LIMITS.read, ...over };
    const end = await consult(options(reviewTask, modelThatSays([looking]), { limits }));
    expect(end).toMatchObject({ outcome: "limit", limit, spend: { calls } });
  });

  it("asks for money before each call with the worst case, and stops at a no", async () => {
    const worst: number[] = [];
    const end = await consult(
      options(reviewTask, modelThatSays([looking]), {
        mayAsk: ({ inputTokens, outputTokens }, spent) => {
          worst.push(inputTokens);
          expect(outputTokens).toBe(DEFAULT_LIMITS.read.outputTokensMax);
          return spent.calls < 2 ? { outcome: "granted" } : { outcome: "denied", sentence: "The budget is used up." };
        },
      }),
    );
    expect(end).toMatchObject({ outcome: "limit", limit: "budget", sentence: "The budget is used up." });
    expect(worst).toHaveLength(3);
    expect(worst[1]).toBeGreaterThan(worst[0] ?? 0);
  });

  it("drops old results rather than overflow the window, and says so when even that is too much", async () => {
    const { overlay } = files({ "a.js": "x".repeat(70).concat("\n").repeat(200) });
    const read = call(["read_file", { path: "a.js", start_line: null, end_line: null }]);
    const replies = [...Array.from({ length: 9 }, () => read), say(REVIEW)];
    const end = await consult(options(reviewTask, modelThatSays(replies, 40_000), { files: overlay }));
    expect(end.outcome).toBe("answered");
    expect(JSON.stringify(seen.asked.at(-1))).toContain("was dropped to save room");
    expect(await consult(options(reviewTask, modelThatSays(replies, 900)))).toMatchObject({ limit: "context" });
  });

  it("tells a model when it is about to run out of turns", async () => {
    const limits = { ...DEFAULT_LIMITS.read, turnsMax: 4 };
    await consult(options(reviewTask, modelThatSays([looking]), { limits }));
    expect(lastText(seen.asked[1])).toContain("(3 turns left");
    expect(lastText(seen.asked[3])).toContain("(1 turn left");
  });
});
