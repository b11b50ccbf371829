import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY, policySchema, requiredProof } from "./policy.ts";

const asked = (proof: object) => requiredProof(policySchema.parse({ proof }), "docs");
const usual = requiredProof(DEFAULT_POLICY, "docs");

describe("what a policy says of the proof", () => {
  it("adds, and switches nothing off in passing", () => {
    expect(asked({ required: ["reviews"] })).toEqual(usual);
    expect(asked({ required: ["fail-to-pass"] })).toEqual([...usual, "fail-to-pass"]);
    expect(asked({ also: ["fail-to-pass"] })).toEqual([...usual, "fail-to-pass"]);
  });

  it("waives by name and with a reason, but never the reviews", () => {
    expect(asked({ waive: [{ item: "done", why: "w" }] })).toEqual(usual.filter((id) => id !== "done"));
    expect(policySchema.safeParse({ proof: { waive: [{ item: "done" }] } }).success).toBe(false);
    expect(policySchema.safeParse({ proof: { waive: [{ item: "reviews", why: "w" }] } }).success).toBe(false);
  });
});
