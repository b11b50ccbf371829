import { beforeEach, describe, expect, it } from "@jest/globals";
import { reset } from "../../../src/agent/loop.fixture.ts";
import type { OnTheWire } from "./on-the-wire.ts";
import { becameOnTheWire } from "./run.ts";
import { MESSAGES } from "./wire-anthropic.ts";
import { CALLS_IN_PIECES } from "./wire-chat-calls.ts";
import { COUNTS, FRAMES } from "./wire-chat-frames.ts";
import { GATEWAYS } from "./wire-gateways.ts";
import { WIRES_FRESH } from "./wire-fresh.ts";
import { WIRES_SEEN } from "./wire-seen.ts";
import { WIRES_REPORTED } from "./wire-reported.ts";
import { RESPONSES } from "./wire-responses.ts";

/** One odd answer in the middle of a step, byte by byte over a real connection. */
const TABLES = {
  CALLS_IN_PIECES,
  FRAMES,
  COUNTS,
  MESSAGES,
  RESPONSES,
  GATEWAYS,
  WIRES_REPORTED,
  WIRES_FRESH,
  WIRES_SEEN,
};

beforeEach(reset);
describe.each(Object.entries(TABLES))("odd bytes: %s", (_name, rows) => {
  it("bring every step to its end, and what means one thing is taken for it", async () => {
    const failures: string[] = [];
    for (const row of rows) failures.push(...(await failuresOf(row)));
    expect(failures).toEqual([]);
  });
});

async function failuresOf(row: OnTheWire): Promise<string[]> {
  reset();
  const { outcome, poison, free, accepted, sentences } = await becameOnTheWire(row);
  const wrong = {
    [`ended ${outcome}: ${sentences.join(" ")}`]: !["answered", "refused"].includes(outcome),
    [`sent back what is refused: ${poison.join(" ")}`]: poison.length > 0,
    ["answers cost nothing"]: free.length > 0,
    ["asked again for what was said"]: row.means === "accept" && !accepted,
  };
  return Object.entries(wrong).flatMap(([what, is]) => (is ? [`${row.name}: ${what}`] : []));
}
