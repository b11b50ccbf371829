import { mergeTrees } from "../../trees/merge.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { lastLines } from "../runners/suite.ts";

const ID = "merge-result";
/** A runner's last lines name what failed. */
const LINES_SHOWN = 6;

/**
 * What is merged is what was tested: when the base branch has moved since the change began, the tests run on the merge of
 * both. Two changes that are each proven can break each other.
 */
export async function mergeResult(facts: ProofFacts): Promise<Evidence> {
  const { base, head, today, execution, blobs } = facts;
  if (!today || today.commitSha === base.commitSha) return evidence(ID, "not-moved", {});
  const sha = today.commitSha;
  const merged = await mergeTrees(blobs, base.tree, head.tree, today.tree);
  if (merged.conflicts.length > 0) return evidence(ID, "conflicts", { sha, files: merged.conflicts });
  if (execution.state === "impossible") return evidence(ID, "cannot-run", { sha, because: execution.because });
  const run = await execution.tests.suite(merged.tree);
  if (!run) return evidence(ID, "no-runner", { sha });
  const lines = run.runs.flatMap((one) => [`${one.command}: ${one.verdict}`, ...shown(one.verdict, one.output)]);
  if (run.verdict === "passed") return evidence(ID, "passes", { sha }, lines);
  const before = await execution.tests.suite(today.tree);
  return evidence(ID, before?.verdict === "passed" ? "fails" : "base-red", { sha }, lines);
}

function shown(verdict: string, output: string): string[] {
  return verdict === "passed" ? [] : lastLines(output, LINES_SHOWN);
}
