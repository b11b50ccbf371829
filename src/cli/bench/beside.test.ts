import { describe, expect, it } from "@jest/globals";
import type { Model, Question } from "../../models/model.ts";
import { besideModels } from "./beside.ts";
import { profileOf, simulatedMs } from "./profiles.ts";

const USAGE = { inputTokens: 5_000, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 60, costMicroUsd: 1 };
const MODEL = { name: "scripted-opus", vendor: "a", ask: async () => ({ outcome: "answered", usage: USAGE }) } as unknown as Model; // prettier-ignore
const CALL_MS = simulatedMs(USAGE, profileOf("scripted-opus"));
const ticket = "desk/a#1" as never;

async function played(machineMs: number, calls: number, end: "taken" | "dropped"): Promise<number> {
  const { ahead, model, ms } = besideModels();
  ahead.onEvent?.({ kind: "begun", ticket });
  const asked = Array.from({ length: calls }, () => model(MODEL).ask({} as Question));
  ahead.onEvent?.({ kind: "ended", ticket, ms: machineMs });
  await Promise.all(asked);
  ahead.onEvent?.({ kind: end, ticket });
  await model(MODEL).ask({} as Question);
  return ms();
}

describe("machine time beside the time of models", () => {
  it.each([
    ["all of it, where the reviews take longer", 900, 1, "taken", 900],
    ["no more than the reviews take", 90_000, 2, "taken", 2 * CALL_MS],
    ["nothing, where nobody was asked meanwhile", 900, 0, "taken", 0],
    ["all of it, where its head came to nothing", 90_000, 1, "dropped", 90_000],
  ] as const)("is %s", async (_, machineMs, calls, end, expected) => {
    expect(await played(machineMs, calls, end)).toBe(expected);
  });
});
