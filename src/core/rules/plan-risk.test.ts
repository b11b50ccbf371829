import { describe, expect, it } from "@jest/globals";
import { aPlan } from "../../../test/support/builders.ts";
import { planRisk } from "./plan-risk.ts";
import { DEFAULT_POLICY } from "./policy.ts";

const BY_POLICY = { planGate: "policy", type: "feature" } as const;
const PLAIN = { goal: "Names are longer.", risks: [] };
const [CHUNK] = aPlan().chunks;
const touching = (...paths: readonly string[]) =>
  aPlan({
    ...PLAIN,
    chunks: [{ ...CHUNK, title: "A part", tests: [], files: paths.map((path) => ({ path, action: "change" as const, intent: "Take a name." })) }], // prettier-ignore
  });

describe("the risk of a plan", () => {
  it.each([
    "src/auth/guard.ts",
    "src/docs/auth.ts",
    "src/refund-mail.ts",
    "app/LoginForm.tsx",
    "db/migrations/0003_names.sql",
    "internal/payments/charge.go",
    "schema.prisma",
    ".github/workflows/ci.yml",
    "deploy/Dockerfile",
  ])("is seen in %s", (path) => {
    expect(planRisk(touching("src/a.ts", path), BY_POLICY, DEFAULT_POLICY)).toEqual([path]);
  });

  it.each([
    "src/author.ts",
    "docs/auth/index.md",
    "test/auth/guard.test.ts",
    "src/tokenizer.ts",
    "src/deployable.ts",
    "src/session-list.css",
    "src/core/ledger/chain.ts",
  ])("is not seen in %s", (path) => {
    expect(planRisk(touching("src/a.ts", path), BY_POLICY, DEFAULT_POLICY)).toBeNull();
  });

  it("is seen in its goal, and in two dangers of what changes or may go wrong", () => {
    const told = (part: Parameters<typeof aPlan>[0]) =>
      planRisk({ ...touching("src/a.ts"), ...part }, BY_POLICY, DEFAULT_POLICY);
    expect(told({ goal: "Names that lead out of the folder are refused as path traversal." })).toEqual([
      'auth in the goal ("traversal")',
    ]);
    expect(told({ risks: ["Sessions end early."] })).toBeNull();
    expect(told({ risks: ["Sessions end early, and roles may get lost with a rollback."] })).toHaveLength(3);
    expect(told({ risks: ["None: this does not touch sessions, roles or payments."] })).toBeNull();
  });

  it("is nobody's business where a person sees the plan anyway, or the policy wants no gate", () => {
    const plan = touching("src/auth/guard.ts");
    expect(planRisk(plan, { ...BY_POLICY, planGate: "person" }, DEFAULT_POLICY)).toBeNull();
    expect(planRisk(plan, BY_POLICY, { ...DEFAULT_POLICY, planGate: "never" })).toBeNull();
    expect(planRisk(plan, null, DEFAULT_POLICY)).toBeNull();
  });
});
