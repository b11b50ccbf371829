import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { Plan, TestChange } from "../../core/ticket/plan.ts";
import type { ProofFacts, ReviewFacts } from "../evidence.ts";
import { scope } from "./scope.ts";

const HEAD = "a".repeat(40);
const OTHER = "b".repeat(40);

function review(role: ReviewFacts["role"], outside: readonly string[] = [], headSha = HEAD): ReviewFacts {
  return { role, headSha, outside, openBlockers: [], brokenCitations: [], done: [], verificationSteps: "yes" };
}

function stateOf(
  why: string | null,
  reviews: readonly ReviewFacts[],
  changed: readonly string[] = ["src/a.js", "src/debug.js"],
  testChanges: readonly TestChange[] = [],
) {
  const plan = { chunks: [{ title: "t", files: [{ path: "src/a.js" }], tests: [] }], testChanges } as unknown as Plan;
  const facts = {
    ...{ plan, policy: DEFAULT_POLICY, reviews, head: { commitSha: HEAD } },
    files: changed.map((path) => ({ path })),
    unplanned: why === null ? [] : [{ path: "src/debug.js", why }],
  };
  return scope(facts as unknown as ProofFacts).state;
}

describe("a changed file outside the plan", () => {
  it.each([
    ["is refuted where nobody said why, whatever reviewers think", null, [review("reviewer", ["src/debug.js"])], "refuted"],
    ["is not proven by its author's own reason", "Helps to look at a buffer.", [review("reviewer"), review("adversary")], "unknown"],
    ["is proven once a reviewer accepts it", "It is needed.", [review("reviewer", ["src/debug.js"]), review("adversary")], "proven"],
    ["is not accepted by a review of another commit", "It is needed.", [review("reviewer", ["src/debug.js"], OTHER)], "unknown"],
  ] as const)("%s", (_what, why, reviews, state) => {
    expect(stateOf(why, reviews)).toBe(state);
  }); // prettier-ignore

  it.each([
    ["test/a.test.js", null, ["test/a.test.js"], "proven"],
    ["fixtures/a.txt", null, ["fixtures/a.txt"], "proven"],
    ["test/a.test.js", "test/b.test.js", ["test/a.test.js", "test/b.test.js"], "proven"],
    ["src/debug.js", null, ["src/debug.js"], "refuted"],
    ["test/a.test.js", "src/debug.js", ["src/debug.js"], "refuted"],
  ])("is a test's where the plan names %s and %s among them", (file, to, changed, state) => {
    const change = { file, test: null, change: to === null ? "update" : "rename", to, why: "planned" } as const;
    expect(stateOf(null, [], changed, [change])).toBe(state);
  });

  it("is no matter where there is none", () => {
    expect(stateOf(null, [], ["src/a.js"])).toBe("proven");
    expect(stateOf(null, [], [])).toBe("refuted");
  });
});
