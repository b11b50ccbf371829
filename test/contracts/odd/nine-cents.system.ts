import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, type Stage, strike } from "../../support/scenario.ts";
import { says, words } from "../../support/stories.ts";
import type { WireName } from "./encode.ts";
import { offered } from "./offers.check.ts";
import { type Money, type Walked, walked } from "./ticket.ts";

/** Whole tickets with a budget of nine cents, over real adapters at the prices of a usual model. */
const WIRES: readonly WireName[] = ["openai-chat", "anthropic", "openai-responses"];
const CAP = 90_000;
const PRICES = { input: 3_000_000, cachedInput: null, cacheWrite: null, output: 15_000_000 };

const counted = (tokensIn: number, tokensOut: number) => ({
  ...{ prompt_tokens: tokensIn, completion_tokens: tokensOut },
  ...{ input_tokens: tokensIn, output_tokens: tokensOut },
});
const money = (tokensIn: number, tokensOut: number, ...more: string[]): Money => ({
  prices: PRICES,
  usage: counted(tokensIn, tokensOut),
  costMicroUsd: 3 * tokensIn + 15 * tokensOut,
  policy: ["limits:", "  usdPerTicket: 0.09", ...more],
});

afterEach(strike);
afterAll(closeShared);

const spentOn = async ({ stage, issue }: Walked) => (await stage.ticket(issue)).spend.costMicroUsd;
const told = (stage: Stage, issue: number) =>
  [issue, ...stage.repo.numbers("pull")].map((one) => words(stage, one)).join("\n\n");

/** Says what the halt offers for the budget until the ticket stands still for another reason. @returns how often */
async function raisedToTheEnd(there: Walked): Promise<number> {
  const { stage, issue, pass } = there;
  for (let raises = 0; ; raises += 1) {
    const { halt } = await stage.ticket(issue);
    if (halt?.reason !== "budget") return raises;
    const [raise = ""] = offered(halt.next);
    expect(raise).toMatch(/^\/coop budget \+\d/);
    await says(stage, "mona", issue, raise);
    await pass();
  }
}

describe.each(WIRES)("nine cents over %s", (wire) => {
  it("are enough for a ticket that costs three, although one longest answer would cost 24", async () => {
    const there = await walked([], wire, "streamed", money(700, 60));
    expect(await there.stage.phase(there.issue)).toBe("ready");
    expect(await spentOn(there)).toBe(there.provider.seen.billed);
    expect(await spentOn(there)).toBeLessThanOrEqual(CAP);
    expect(Math.max(...there.provider.seen.longest)).toBeLessThan(6_000);
    expect(Math.min(...there.provider.seen.longest)).toBeGreaterThanOrEqual(2_000);
  });

  it("halt a dearer one before the call that does not fit, and one or two raises bring it to its end", async () => {
    const there = await walked([], wire, "whole", money(3_000, 600));
    const { stage, issue, provider } = there;
    expect((await stage.ticket(issue)).halt).toMatchObject({ as: "parked", reason: "budget" });
    expect(await spentOn(there)).toBe(provider.seen.billed);
    expect(await spentOn(there)).toBeLessThanOrEqual(CAP);
    expect(told(stage, issue)).toMatch(
      /The next call of `\w+` may cost up to .{0,2}\$0\.\d+\. This ticket has .{0,2}\$0\.\d+ left/,
    );
    expect(await raisedToTheEnd(there)).toBeLessThanOrEqual(2);
    expect(await stage.phase(issue)).toBe("ready");
    expect(provider.seen.repeated).toEqual([]);
    expect(await spentOn(there)).toBe(provider.seen.billed);
  });

  it("are passed by one call at most where a server heeds no limit of an answer", async () => {
    const there = await walked([], wire, "streamed", money(3_000, 16_000));
    expect((await there.stage.ticket(there.issue)).halt).toMatchObject({ reason: "budget" });
    expect(there.provider.seen.asked).toBe(1);
    await raisedToTheEnd(there);
    expect(await there.stage.phase(there.issue)).toBe("ready");
    expect(there.provider.seen.repeated).toEqual([]);
  });

  it.each([null, {}, counted(0, 0)])("hold where a server counts nothing: %j", async (usage) => {
    const there = await walked([], wire, "streamed", { ...money(0, 0), usage });
    expect((await there.stage.ticket(there.issue)).halt).toMatchObject({ reason: "budget" });
    expect(await spentOn(there)).toBeLessThanOrEqual(CAP);
    expect(await raisedToTheEnd(there)).toBeLessThanOrEqual(2);
    expect(await there.stage.phase(there.issue)).toBe("ready");
  });

  it("buy no second half answer: what was cut off for want of money is asked again once there is more", async () => {
    const half = { text: "I edit", end: "length", usage: counted(700, 60) };
    const cut = { name: "cut off", to: "writer", answers: [half] } as const;
    const there = await walked([cut], wire, "whole", money(700, 60));
    expect((await there.stage.ticket(there.issue)).halt).toMatchObject({ reason: "budget" });
    // The plan, the Implementer's first call, and the one that was cut off.
    expect(there.provider.seen.asked).toBe(3);
    expect(await raisedToTheEnd(there)).toBe(1);
    expect(await there.stage.phase(there.issue)).toBe("ready");
    expect(there.provider.seen.repeated).toEqual([]);
  });

  it("are given up by /coop stop, and a resume without a raise is refused with the word that helps", async () => {
    const { stage, issue, pass } = await walked([], wire, "whole", money(3_000, 600));
    await says(stage, "mona", issue, "/coop resume");
    expect(told(stage, issue)).toMatch(/`\/coop resume` alone does not help\. First: `?\/coop budget \+/);
    await says(stage, "mona", issue, "/coop stop");
    await pass();
    expect(await stage.phase(issue)).toBe("stopped");
  });

  it("are spoken of once when four fifths are gone, with a raise that can be said as it stands", async () => {
    const { stage, issue } = await walked([], wire, "streamed", {
      ...money(4_000, 800),
      ...{ prices: { ...PRICES, input: 1_000_000, output: 5_000_000 }, costMicroUsd: 8_000 },
    });
    const warned = [...told(stage, issue).matchAll(/\d+ % of it is used\. `(\/coop budget \+[\d.]+)` raises it/g)];
    expect(warned).toHaveLength(1);
    await says(stage, "mona", issue, warned[0]?.[1] ?? "");
    expect((await stage.ticket(issue)).raisedMicroUsd).toBeGreaterThanOrEqual(CAP);
  });
});
