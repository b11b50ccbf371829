import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../src/core/rules/policy.ts";
import { planSchema } from "../../src/core/ticket/plan.ts";
import { readiness } from "../../src/core/ticket/proof-items.ts";
import { edit, SEEN_BY_READING, SEEN_BY_RUNNING } from "./sandbox-proof-cheats.ts";
import { BASE, HONEST, PLAN, prove, reviewOf } from "./sandbox-proof-fixture.ts";
import { sandboxHere } from "./sandbox-fixture.ts";

const here = await sandboxHere();
const withSandbox = here ? describe : describe.skip;

withSandbox("proof of a small change", () => {
  const sandbox = here!;

  it("is complete for an honest one", async () => {
    const proof = await prove(sandbox, HONEST);
    const open = Object.values(proof).filter((item) => item.state !== "proven");
    expect(open.map((item) => [item.id, item.state, item.evidence])).toEqual([
      [
        "checks",
        "unknown",
        "There are no check runs of the repository on this commit: a CI check would show it, or a person accepts it as it is.",
      ],
      ["merge-result", "not-applicable", "The base branch has not moved since this change began."],
    ]);
    expect(readiness(Object.values(proof))).toEqual({ outcome: "ready" });
    expect(proof.verification.evidence).toBe("`npm test` passes: 6 tests ran.");
    expect(proof["fail-to-pass"].evidence).toMatch(/test\/clock\.test\.js.*before the change.*2 new tests pass/);
    expect(proof["pass-to-pass"].evidence).toBe("All 4 tests that passed before the change still pass.");
    expect(proof.mutation.evidence).toMatch(/made a test fail, each emptied function among them/);
  });

  it.each(SEEN_BY_RUNNING)("is refused for one that %s", async (_, change, item, why) => {
    const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, mutationsMax: item === "mutation" ? 8 : 0 } };
    const proof = await prove(sandbox, { ...HONEST, ...change }, { policy });
    expect(proof[item]).toMatchObject({ state: "refuted", evidence: expect.stringMatching(why) });
    if (item !== "mutation") expect(readiness(Object.values(proof)).outcome).toBe("not-ready");
  });

  it("never takes a run of no tests for a proof", async () => {
    const baseFiles = { "package.json": BASE["package.json"] ?? "", "src/a.js": "export const a = 1;\n" };
    const proof = await prove(sandbox, { "src/a.js": "export const a = 2;\n" }, { baseFiles });
    expect(proof.verification).toMatchObject({
      state: "refuted",
      evidence: "`npm test` ends without an error, but ran no test at all.",
    });
    const silent = { ...baseFiles, "package.json": '{"scripts":{"test":"exit 0"}}' };
    const quiet = await prove(sandbox, { "src/a.js": "export const a = 2;\n" }, { baseFiles: silent });
    expect(quiet.verification).toMatchObject({ state: "unknown", required: true });
  });

  it("lets an existing test change where the plan said so, and names it", async () => {
    const [chunk] = PLAN.chunks;
    const files = [
      ...(chunk?.files ?? []),
      { path: "src/pad.js", action: "change" as const, intent: "Pads to three digits." },
      { path: "test/pad.test.js", action: "change" as const, intent: "Update the expected widths." },
    ];
    const change = {
      ...edit("src/pad.js", "2,", "3,"),
      "test/pad.test.js": (BASE["test/pad.test.js"] ?? "")
        .replace('"07"', '"007"')
        .replace('"12"', '"012"')
        .replace('"99"', '"099"'),
    };
    const mutationsMax = 0;
    const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, mutationsMax } };
    const file = "test/pad.test.js";
    const testChanges = ["pads one digit", "leaves two digits"].map((test) => {
      return { file, test, change: "update" as const, to: null, why: "Times get three digits." };
    });
    const plan = planSchema.parse({ ...PLAN, chunks: [{ ...chunk, files }], testChanges });
    const announced = await prove(sandbox, change, { plan, policy });
    expect(announced["pass-to-pass"]).toMatchObject({
      state: "proven",
      evidence: expect.stringMatching(/test\/pad\.test\.js/),
    });
    const silent = await prove(sandbox, change, { policy });
    expect(silent["pass-to-pass"].state).toBe("refuted");
  });

  it("asks the repository's checks when packages are missing in the sandbox", async () => {
    const baseFiles = { ...BASE, "package.json": '{"type":"module","scripts":{"test":"jest"}}' };
    const checks = [{ name: "ci", ours: false, status: "green" as const, summary: "" }];
    const named = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, checks: ["ci"] } };
    const proof = await prove(sandbox, HONEST, { baseFiles, checks, policy: named });
    expect(proof.verification).toMatchObject({
      state: "unknown",
      required: false,
      evidence: expect.stringMatching(/jest: not found/),
    });
    expect(proof.checks).toMatchObject({ state: "proven", required: true });
    expect(readiness(Object.values(proof))).toEqual({ outcome: "ready" });
    const alone = await prove(sandbox, HONEST, { baseFiles });
    expect(alone.verification.required).toBe(true);
    expect(readiness(Object.values(alone)).outcome).toBe("not-ready");
  });

  it("asks for a command or a check where there is neither", async () => {
    const proof = await prove(
      sandbox,
      { "src/a.js": "export const a = 2;\n" },
      { baseFiles: { "src/a.js": "export const a = 1;\n" } },
    );
    expect(proof.verification).toMatchObject({
      state: "unknown",
      required: true,
      evidence: expect.stringMatching(/add a `verify` command to \.github\/coop\.yml, or a CI check/),
    });
  });
});

describe("proof without a sandbox", () => {
  const none = { state: "none", why: "bubblewrap is not installed." } as const;
  const check = (status: "green" | "red" | "pending") => [{ name: "ci", ours: false, status, summary: "" }];

  it("comes from the repository's own checks", async () => {
    const unknown = await prove(none, HONEST, { checks: check("green") });
    expect(unknown.verification).toMatchObject({
      required: true,
      evidence: expect.stringMatching(/Nobody has run the tests/),
    });
    expect(readiness(Object.values(unknown)).outcome).toBe("not-ready");
    const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, checks: ["ci"] } };
    const proof = await prove(none, HONEST, { checks: check("green"), policy });
    expect(readiness(Object.values(proof))).toEqual({ outcome: "ready" });
    expect(proof.checks.required).toBe(true);
    for (const id of ["verification", "fail-to-pass", "pass-to-pass", "mutation"] as const)
      expect(proof[id]).toMatchObject({ state: "unknown", required: false });
  });

  it.each(SEEN_BY_READING)("is refused for one that %s", async (_, change, item, why) => {
    const proof = await prove(none, { ...HONEST, ...change }, { checks: check("green") });
    expect(proof[item]).toMatchObject({ state: "refuted", required: true, evidence: expect.stringMatching(why) });
  });

  it.each([
    ["red", "refuted", /Red on this commit: `ci`/],
    ["pending", "unknown", /Still running on this commit: `ci`/],
  ] as const)("is missing while a check is %s", async (status, state, evidence) => {
    const proof = await prove(none, HONEST, { checks: check(status) });
    expect(proof.checks).toMatchObject({ state, required: true, evidence: expect.stringMatching(evidence) });
  });

  it("does not count checks of our own, nor none at all", async () => {
    const ours = [{ name: "coop/proof", ours: true, status: "green" as const, summary: "" }];
    for (const checks of [ours, []])
      expect((await prove(none, HONEST, { checks })).checks).toMatchObject({ state: "unknown", required: true });
  });

  it("still sees a deleted test", async () => {
    const proof = await prove(none, { ...HONEST, "test/pad.test.js": null }, { checks: check("green") });
    expect(proof["pass-to-pass"]).toMatchObject({ state: "refuted", required: true });
  });

  it("asks for what the policy names, sandbox or not", async () => {
    const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, required: ["verification" as const] } };
    expect((await prove(none, HONEST, { policy })).verification.required).toBe(true);
    const named = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, checks: ["build"] } };
    const proof = await prove(none, HONEST, { policy: named, checks: check("green") });
    expect(proof.checks).toMatchObject({ state: "unknown", evidence: expect.stringMatching(/Not reported.*build/) });
  });

  it.each([
    ["an open blocker", { openBlockers: ["F-0a1b2c3d"] }, "refuted", /F-0a1b2c3d/],
    ["a cited place that does not exist", { brokenCitations: ["src/x.js:9"] }, "refuted", /src\/x\.js:9/],
    [
      "a review of an earlier commit",
      { headSha: "c".repeat(40) },
      "unknown",
      /no review by the adversary of commit bbbbbbb/,
    ],
  ] as const)("counts %s against the reviews", async (_, more, state, evidence) => {
    const proof = await prove(none, HONEST, { reviews: [reviewOf("reviewer"), reviewOf("adversary", more)] });
    expect(proof.reviews).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });

  it.each([
    [{ kind: "test", reference: "test/nowhere.test.js" }, "refuted"],
    [{ kind: "file", reference: "docs/clock.md" }, "refuted"],
    [{ kind: "file", reference: "`src/clock.js`, new" }, "proven"],
    [{ kind: "test", reference: "writes hours and minutes" }, "proven"],
    [{ kind: "review", reference: "names" }, "proven"],
  ] as const)("resolves %j of the Definition of Done to %s", async (kind, state) => {
    const plan = planSchema.parse({ ...PLAN, definitionOfDone: [{ id: "D1", statement: "It is so", evidence: kind }] });
    const checks = check("green");
    const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, checks: ["ci"] } };
    expect((await prove(none, HONEST, { plan, checks, policy })).done.state).toBe(state);
    const no = { done: [{ id: "D1", met: "no" as const, evidence: "It is not." }] };
    const denied = await prove(none, HONEST, {
      plan,
      checks,
      reviews: [reviewOf("reviewer"), reviewOf("adversary", no)],
    });
    expect(denied.done.state).toBe("refuted");
  });

  it("lets protected files through for a person's yes to exactly these", async () => {
    const change = { ...HONEST, ".github/coop.yml": "planGate: never\n", "Package-Lock.json": "{}" };
    const proof = await prove(none, change);
    expect(proof.tamper).toMatchObject({ state: "refuted", details: [".github/coop.yml", "Package-Lock.json"] });
    const half = await prove(none, change, { protectedAccepted: [".github/coop.yml"] });
    expect(half.tamper).toMatchObject({ state: "refuted", details: ["Package-Lock.json"] });
    const whole = await prove(none, change, { protectedAccepted: [".github/coop.yml", "Package-Lock.json"] });
    expect(whole.tamper.state).toBe("proven");
  });

  it("takes a file outside the plan with a reason that a reviewer accepts", async () => {
    const change = { ...HONEST, "src/other.js": "export const other = 1;\n" };
    const unplanned = [{ path: "src/other.js", why: "clock() needs it." }];
    expect((await prove(none, change, { unplanned })).scope.state).toBe("unknown");
    const outside = ["src/other.js"];
    const review = { openBlockers: [], brokenCitations: [], done: [], verificationSteps: "yes" as const, outside };
    const reviews = [{ role: "reviewer" as const, headSha: "b".repeat(40), ...review }];
    const proof = await prove(none, change, { unplanned, reviews });
    expect(proof.scope).toMatchObject({
      state: "proven",
      evidence: expect.stringMatching(/src\/other\.js.*clock\(\) needs it/),
    });
  });
});
