import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, strike } from "../../support/scenario.ts";
import { words } from "../../support/stories.ts";
import type { WireName } from "./encode.ts";
import { EDIT, type Odd } from "./odd.ts";
import { begun, NOBODY } from "./ticket.ts";

/** A provider that is away for twenty minutes in the middle of a step, in every way in which it can be away. */
const WIRES: readonly WireName[] = ["openai-chat", "anthropic", "openai-responses"];
const MINUTE_MS = 60_000;
const json = "application/json";
const AWAY: Readonly<Record<string, Odd["said"]>> = {
  "does not listen": { status: NOBODY, type: json, http: "" },
  "is overloaded": { status: 529, type: json, http: '{"error":{"type":"overloaded_error","message":"Overloaded"}}' },
  "asks for a second each time": {
    ...{ status: 429, type: json, headers: { "retry-after": "1" } },
    http: '{"error":{"code":"rate_limit_exceeded","message":"Slow down"}}',
  },
  "has a gateway's page before it": { status: 503, type: "text/html", http: "<html>Service Unavailable</html>" },
  "breaks off in the middle": { text: "I edit.", calls: [{ name: "edit_file", args: EDIT }], cutAt: 0.5 },
};

afterEach(strike);
afterAll(closeShared);

const AWAITED = /provider did not answer the last try\. It will be asked again automatically/g;
const HOW = ["streamed", "whole"] as const;
/** Each wire in both ways, and each way of being away at least once. */
const ROWS = WIRES.flatMap((wire, nth) =>
  HOW.map((how, other) => [wire, how, ...(Object.entries(AWAY)[(2 * nth + other) % 5] ?? [])] as const),
) as readonly (readonly [WireName, (typeof HOW)[number], string, Odd["said"]])[];

describe("a provider that is away for twenty minutes in the middle of a step", () => {
  it.each(ROWS)(
    "over %s, %s: when it %s, the step waits longer each time, goes on by itself, and pays nothing twice",
    async (wire, how, what, said) => {
      const away = { name: what, to: "writer", answers: [said], forMs: 20 * MINUTE_MS } as const;
      const { stage, issue, provider, later } = await begun([away], wire, how);
      const comments = stage.said(issue).length;
      for (let minutes = 0; minutes < 10; minutes++) await later(MINUTE_MS);
      const waiting = stage.said(issue).join("\n");
      expect(waiting.match(AWAITED)).toHaveLength(1);
      expect(stage.said(issue)).toHaveLength(comments);
      for (let minutes = 0; minutes < 60 && (await stage.phase(issue)) !== "ready"; minutes++) await later(MINUTE_MS);
      expect(await stage.phase(issue)).toBe("ready");
      const entries = await stage.entries(issue);
      expect(entries.map(({ kind }) => kind)).not.toContain("halted");
      expect(provider.seen.repeated).toEqual([]);
      expect(provider.seen.poison).toEqual([]);

      const waits = entries.flatMap((one) => (one.kind === "step_failed" ? [one.data.againInMs ?? 0] : []));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(10_000);
      // Each is twice as long as the one before, give or take their jitter, up to ten minutes and theirs.
      expect(waits.at(-1)).toBeGreaterThan(8 * (waits[0] ?? 0));
      expect(waits.length).toBeLessThan(10);

      const { spend, key } = await stage.ticket(issue);
      expect(spend).toEqual(await stage.app().world.journal.paidOn(key));
      expect(spend.costMicroUsd).toBeGreaterThanOrEqual(provider.seen.billed);
      // Told once for all tries, with what came of them.
      const threads = [issue, ...stage.repo.numbers("pull")].map((one) => words(stage, one));
      expect(threads.join("\n").match(/\*\*Attempt 1 at writing the change failed\*\*/g)).toHaveLength(1);
      expect(threads.join("\n")).not.toMatch(AWAITED);
    },
  );
});
