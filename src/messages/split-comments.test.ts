import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { aDraft, aTicketLedger, entriesOf, TEST_KEY } from "../../test/support/builders.ts";
import { readMarker, withMarker } from "./marker.ts";
import { MARKER_CHARACTERS_MAX, publications } from "./split-comments.ts";

describe("packing entries into comments", () => {
  const chain = aTicketLedger();

  it("loses none and keeps their order, in as few comments as fit", () => {
    const packed = publications(chain);
    expect(packed.flatMap((one) => one.entries)).toEqual(chain);
    expect(packed).toHaveLength(1);
  });

  it("begins a new comment when the entries do not fit one", () => {
    const text = fc.sample(fc.string({ minLength: 7_900, maxLength: 7_900 }), { numRuns: 12, seed: 1 });
    const drafts = text.map((instructions) => aDraft("rework_requested", { instructions }));
    const long = entriesOf([aDraft("opened"), ...drafts]);
    const packed = publications(long);
    expect(packed.length).toBeGreaterThan(1);
    expect(packed.flatMap((one) => one.entries)).toEqual(long);
    for (const { entries, visible } of packed) {
      const body = withMarker(visible, entries, TEST_KEY);
      expect(readMarker(body, TEST_KEY)).toEqual({ state: "genuine", entries });
      expect(body.slice(body.lastIndexOf("\n")).length).toBeLessThanOrEqual(MARKER_CHARACTERS_MAX);
    }
  });
});
