import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { Plan } from "../../core/ticket/plan.ts";
import type { Tree, TreeFile } from "../../trees/tree.ts";
import { done } from "./done.ts";
import { evidence, type ProofFacts, type ReviewFacts } from "../evidence.ts";

const file: TreeFile = { mode: "100644", sha: "0".repeat(40), sizeBytes: 1 };
const tree: Tree = new Map(["README.md", "src/a.js", "test/a.test.js"].map((path) => [path, file]));
const snapshot = { commitSha: "a".repeat(40), treeSha: "b".repeat(40), tree };

function facts(reference: string, met: "yes" | "unknown"): ProofFacts {
  const review = (role: "reviewer" | "adversary") =>
    ({
      role,
      headSha: snapshot.commitSha,
      done: [{ id: "D1", met, evidence: "seen" }],
      openBlockers: [],
      misquoted: [],
    }) as unknown as ReviewFacts;
  const plan = {
    chunks: [{ title: "t", files: [], tests: [] }],
    definitionOfDone: [{ id: "D1", statement: "It is so.", evidence: { kind: "test", reference } }],
  } as unknown as Plan;
  return {
    ...{ plan, base: snapshot, head: snapshot, files: [], policy: DEFAULT_POLICY },
    commands: [{ name: "npm test", run: "npm test", proves: "tests", timeoutSeconds: 60 }],
    execution: { state: "impossible", because: "no-sandbox", why: "No sandbox." },
    reviews: [review("reviewer"), review("adversary")],
  } as unknown as ProofFacts;
}

const CHECKED = {
  verification: evidence("verification", "unknown", "No sandbox."),
  checks: evidence("checks", "proven", "1 check green."),
};

describe("an item that a test should show", () => {
  it.each([
    ["names the test's file", "test/a.test.js", "unknown", "proven"],
    ["names the command that runs the tests", "npm test", "unknown", "proven"],
    ["names a document, which both reviews confirm", "README.md", "yes", "proven"],
    ["names a document, which no review confirms", "README.md", "unknown", "unknown"],
    ["names a test that is not there, whatever reviews say", "test/b.test.js", "yes", "refuted"],
  ] as const)("and %s", async (_name, reference, met, state) => {
    expect((await done(facts(reference, met), CHECKED)).state).toBe(state);
  });
});
