import { expect, it } from "@jest/globals";
import { NO_SPEND } from "../core/ledger/entries.ts";
import type { Run } from "./consultation.ts";
import { type DeniedCall, mayCallOf } from "./program-spend.ts";

/** A token costs a micro-dollar here, and the ticket has a hundred. */
function asking(costMicroUsdMax: number | null, paidMicroUsd = 0) {
  const asked: number[] = [];
  const denials: DeniedCall[] = [];
  const state = { spend: { ...NO_SPEND } };
  const mayAsk = async ({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }) => {
    const costMicroUsd = inputTokens + outputTokens;
    asked.push(costMicroUsd);
    await Promise.resolve();
    return costMicroUsd <= 100
      ? { outcome: "granted" as const, costMicroUsd }
      : { outcome: "denied" as const, sentence: "The budget is used up." };
  };
  const run = { options: { mayAsk }, state } as unknown as Run<unknown>;
  const limits = { runMs: 1, costMicroUsdMax };
  return {
    mayCall: mayCallOf(run, { name: "codex", limits, paidMicroUsd }, (why) => denials.push(why)),
    asked,
    denials,
    state,
  };
}
const SIZE = { inputTokens: 10, outputTokens: 30 };

it("asks for each call together with those that are under way, however many come at once", async () => {
  const { mayCall, asked } = asking(null);
  const all = await Promise.all(Array.from({ length: 5 }, () => mayCall(SIZE)));
  expect(all.map(({ outcome }) => outcome)).toEqual(["granted", "granted", "denied", "denied", "denied"]);
  expect(asked).toEqual([40, 80, 120, 120, 120]);
  for (const one of all) if (one.outcome === "granted") one.release();
  expect(await mayCall(SIZE)).toMatchObject({ outcome: "granted" });
});

it("keeps an agent within its own limit, also by a call that only might cost more", async () => {
  const { mayCall, denials, state } = asking(50);
  expect(await mayCall(SIZE)).toMatchObject({ outcome: "granted" });
  expect(await mayCall(SIZE)).toEqual({ outcome: "denied" });
  expect(denials).toEqual([{ limit: "cost", sentence: expect.stringContaining("`runUsdMax`") }]);
  expect(await asking(50, 11).mayCall(SIZE)).toEqual({ outcome: "denied" });
  const later = asking(50);
  later.state.spend = { ...state.spend, costMicroUsd: 11 };
  expect(await later.mayCall(SIZE)).toEqual({ outcome: "denied" });
});
