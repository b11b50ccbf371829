import { beforeEach, describe, expect, it } from "@jest/globals";
import { reset } from "../../../src/agent/loop.fixture.ts";
import type { WireName } from "./encode.ts";
import type { Odd } from "./odd.ts";
import { CALLS } from "./odd-calls.ts";
import { ENDS } from "./odd-ends.ts";
import { FRESH } from "./odd-fresh.ts";
import { REPORTED } from "./odd-reported.ts";
import { SEEN } from "./odd-seen.ts";
import { SPELT } from "./odd-spelt.ts";
import { SPOKEN_BARE } from "./odd-spoken-bare.ts";
import { SPOKEN } from "./odd-spoken-calls.ts";
import { TEXTS } from "./odd-texts.ts";
import { became } from "./run.ts";

/**
 * One odd answer in the middle of a step. Whatever it is, the step comes to its end, what it means in one way only is
 * taken for that, nothing goes back that a provider refuses, and every answer that was paid for is counted.
 */
const ALL = [...TEXTS, ...CALLS, ...SPOKEN, ...ENDS];
/** What is read before it is known over which API it came is played over one. */
const WIRES: readonly (readonly [WireName, readonly Odd[]])[] = [
  ["openai-chat", [...ALL, ...SPOKEN_BARE, ...SPELT, ...REPORTED, ...FRESH, ...SEEN]],
  ["anthropic", ALL],
  ["openai-responses", ALL],
];

/** A provider's or a model's "no" ends the step with its sentence; another model is asked then. */
const ENDED = ["answered", "refused"];

beforeEach(reset);
describe.each(WIRES)("odd answers in the middle of a step over %s", (wire, all) => {
  it.each([...new Set(all.map(({ kind }) => kind))])("are survived: %s", async (kind) => {
    const failures: string[] = [];
    for (const [index, odd] of all.filter((one) => one.kind === kind).entries())
      failures.push(...(await failuresOf(odd, wire, index % 2 === 0 ? "streamed" : "whole")));
    expect(failures).toEqual([]);
  });
});

async function failuresOf(odd: Odd, wire: WireName, how: "whole" | "streamed"): Promise<string[]> {
  const { outcome, poison, paid, counted, free, accepted, sentences } = await became(odd, wire, how);
  const wrong = {
    [`ended ${outcome}: ${sentences.join(" ")}`]: !ENDED.includes(outcome),
    [`sent back what is refused: ${poison.join(" ")}`]: poison.length > 0,
    [`counted ${counted} of ${paid} answers`]: counted < paid,
    [`answers cost nothing`]: free.length > 0,
    ["asked again for what was said"]: odd.means === "accept" && !accepted,
    ["said nothing of why"]: sentences.some((sentence) => sentence.trim() === ""),
  };
  return Object.entries(wrong).flatMap(([what, is]) => (is ? [`${how} ${odd.name}: ${what}`] : []));
}
