import { mergeTrees } from "../../trees/merge.ts";
import { type Evidence, evidence, names, type ProofFacts } from "../evidence.ts";
import { lastLines } from "../runners/suite.ts";

const ID = "merge-result";
/** As git and GitHub shorten it. */
const SHA_SHOWN = 7;
/** A runner's last lines name what failed. */
const LINES_SHOWN = 6;

/**
 * What is merged is what was tested: when the base branch has moved since the change began, the tests run on the merge of
 * both. Two changes that are each proven can break each other.
 */
export async function mergeResult(facts: ProofFacts): Promise<Evidence> {
  const { base, head, today, execution, blobs } = facts;
  if (!today || today.commitSha === base.commitSha)
    return evidence(ID, "not-moved", "The base branch has not moved since this change began.");
  const at = `\`${today.commitSha.slice(0, SHA_SHOWN)}\``;
  const merged = await mergeTrees(blobs, base.tree, head.tree, today.tree);
  if (merged.conflicts.length > 0)
    return evidence(
      ID,
      "conflicts",
      `The change conflicts with the base branch at ${at} in ${names(merged.conflicts)}.`,
    );
  if (execution.state === "impossible")
    return evidence(
      ID,
      "cannot-run",
      `The base branch moved to ${at} and nobody has run the tests on the merge of both. ${execution.why} ` +
        "Update the branch, so that its checks run on the merge.",
    );
  const run = await execution.tests.suite(merged.tree);
  if (!run) return evidence(ID, "no-runner", `The base branch moved to ${at} and no command tests the merge of both.`);
  const lines = run.runs.flatMap((one) => [`${one.command}: ${one.verdict}`, ...shown(one.verdict, one.output)]);
  if (run.verdict === "passed")
    return evidence(ID, "passes", `The tests pass on the merge with the base branch at ${at}.`, lines);
  const before = await execution.tests.suite(today.tree);
  if (before?.verdict !== "passed")
    return evidence(ID, "base-red", `The base branch at ${at} does not pass its own tests, alone or merged.`, lines);
  return evidence(
    ID,
    "fails",
    `The tests fail on the merge with the base branch at ${at}, and pass on each alone.`,
    lines,
  );
}

function shown(verdict: string, output: string): string[] {
  return verdict === "passed" ? [] : lastLines(output, LINES_SHOWN);
}
