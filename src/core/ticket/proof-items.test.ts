import { describe, expect, it } from "@jest/globals";
import { type ProofItem, proofItemSchema, readiness } from "./proof-items.ts";

const item = (more: Partial<ProofItem>): ProofItem => ({
  ...{ id: "verification", state: "proven", required: true, evidence: "Seen.", details: [] },
  ...more,
});
const accepted = { by: "mona", why: "There is no test of documents here." };

describe("readiness", () => {
  it.each<[string, Partial<ProofItem>, "ready" | "not-ready"]>([
    ["proven", {}, "ready"],
    ["refuted", { state: "refuted" }, "not-ready"],
    ["unknown", { state: "unknown" }, "not-ready"],
    ["unknown, but not asked for", { state: "unknown", required: false }, "ready"],
    ["not applicable", { state: "not-applicable" }, "ready"],
    ["unknown and accepted by a person", { state: "unknown", accepted }, "ready"],
    ["refuted and accepted by a person", { state: "refuted", accepted }, "ready"],
    ["reviews that are accepted", { id: "reviews", state: "unknown", accepted }, "not-ready"],
    ["reviews that should not apply", { id: "reviews", state: "not-applicable" }, "not-ready"],
  ])("of an item that is %s", (_, more, outcome) => {
    expect(readiness([item({ id: "scope" }), item(more)]).outcome).toBe(outcome);
  });

  it("reads items of old ledgers, which know nothing of accepting", () => {
    const { accepted: none, ...old } = proofItemSchema.parse(item({ state: "unknown" }));
    expect(none).toBeUndefined();
    expect(proofItemSchema.parse(old)).toEqual(old);
  });
});
