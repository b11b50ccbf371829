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

describe("how far each setting goes", () => {
  const text = (length: number) => "x".repeat(length);
  const list = <T>(length: number, item: T) => Array.from({ length }, () => item);
  const command = { name: "n", run: "r" };
  const waived = { item: "done", why: "w" };

  it.each<[string, (n: number) => object, least: number, most: number]>([
    ["verify", (n) => ({ verify: list(n, command) }), 0, 8],
    ["verify.name", (n) => ({ verify: [{ ...command, name: text(n) }] }), 1, 60],
    ["verify.run", (n) => ({ verify: [{ ...command, run: text(n) }] }), 1, 1000],
    ["verify.timeoutSeconds", (n) => ({ verify: [{ ...command, timeoutSeconds: n }] }), 1, 1800],
    ["verify.report", (n) => ({ verify: [{ ...command, report: text(n) }] }), 1, 300],
    ["setup", (n) => ({ setup: list(n, command) }), 0, 8],
    ["setup.run", (n) => ({ setup: [{ ...command, run: text(n) }] }), 1, 2000],
    ["setup.timeoutSeconds", (n) => ({ setup: [{ ...command, timeoutSeconds: n }] }), 1, 1800],
    ["prefer.small", (n) => ({ prefer: { small: list(n, "m") } }), 0, 10],
    ["prefer.large", (n) => ({ prefer: { large: [text(n)] } }), 1, 100],
    ["pin", (n) => ({ pin: { reviewer: text(n) } }), 1, 100],
    ["proof.waive", (n) => ({ proof: { waive: list(n, waived) } }), 0, 20],
    ["proof.waive.why", (n) => ({ proof: { waive: [{ ...waived, why: text(n) }] } }), 1, 300],
    ["proof.neverAccept", (n) => ({ proof: { neverAccept: list(n, "done") } }), 0, 20],
    ["proof.checks", (n) => ({ proof: { checks: list(n, "c") } }), 0, 50],
    ["proof.mutationsMax", (n) => ({ proof: { mutationsMax: n } }), 0, 40],
    ["proof.checksTimeoutMinutes", (n) => ({ proof: { checksTimeoutMinutes: n } }), 0, 1440],
    ["limits.usdPerTicket", (n) => ({ limits: { usdPerTicket: n } }), 0, 10_000],
    ["limits.usdPerDay", (n) => ({ limits: { usdPerDay: n } }), 0, 10_000],
    ["limits.fixRounds", (n) => ({ limits: { fixRounds: n } }), 0, 2],
    ["limits.changedFiles", (n) => ({ limits: { changedFiles: n } }), 1, 300],
    ["limits.ticketsPerDay", (n) => ({ limits: { ticketsPerDay: n } }), 1, 500],
    ["protected", (n) => ({ protected: list(n, "p") }), 0, 100],
    ["notes", (n) => ({ notes: list(n, "p") }), 0, 10],
    ["notes' paths", (n) => ({ notes: [text(n)] }), 1, 200],
  ])("%s", (_name, policyWith, least, most) => {
    // There is no list or text of fewer than none.
    const takes = (n: number) => policySchema.safeParse(policyWith(Math.max(0, n))).success;
    expect([takes(least), takes(most), takes(most + 1)]).toEqual([true, true, false]);
    if (least > 0) expect(takes(least - 1)).toBe(false);
  });
});
