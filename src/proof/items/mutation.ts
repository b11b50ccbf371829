import type { Tree, TreeFile } from "../../trees/tree.ts";
import { type Evidence, evidence, plural, type ProofFacts } from "../evidence.ts";
import { choose, type Mutant, mutantsOf } from "../languages/mutants.ts";
import type { Tests } from "../runners/suite.ts";
import { isCode, isTestFile } from "../languages/test-files.ts";

/** Some small changes alter nothing that anybody could see (`<` for `<=` where both are right); a quarter is room for them. */
const NOTICED_SHARE_MIN = 0.75;
/** A mutant that makes a loop endless need not be waited for as long as a slow host. */
const PATIENCE = { factor: 3, plusMs: 5_000 };

/** Small changes of the changed lines make a test fail; where none does, no test looks at that line. */
export async function mutation(facts: ProofFacts): Promise<Evidence> {
  const say = (state: Evidence["state"], sentence: string, details: readonly string[] = []) =>
    evidence("mutation", state, sentence, details);
  if (facts.execution.state === "impossible") return say("unknown", facts.execution.why);
  const code = facts.files.filter((file) => isCode(file.path) && !isTestFile(file.path));
  if (code.every((file) => file.added === 0)) return say("proven", "No line of code was added that a test could miss.");
  const max = facts.policy.proof.mutationsMax;
  if (max === 0) return say("unknown", "The policy switches this off (`mutationsMax: 0`).");
  const chosen = choose(code.flatMap(mutantsOf), max);
  if (chosen.length === 0)
    return say("unknown", "The changed lines contain nothing that a small change could turn round.");
  const head = await facts.execution.tests.suite(facts.head.tree);
  if (!head) return say("unknown", "No command of this repository is known to run its tests.");
  if (head.verdict !== "passed" || !head.count?.run)
    return say("unknown", "The tests do not run and pass on this commit, so a change that breaks them shows nothing.");
  const slowestMs = Math.max(...head.runs.map((run) => run.durationMs));
  const timeoutMs = slowestMs * PATIENCE.factor + PATIENCE.plusMs;
  const { tests } = facts.execution;
  const fates = await Promise.all(chosen.map((mutant) => fateOf(facts, tests, mutant, timeoutMs)));
  return judged(chosen, fates);
}

type Fate = "noticed" | "survived" | "no-answer";

function judged(chosen: readonly Mutant[], fates: readonly Fate[]): Evidence {
  const survivors = chosen.filter((_, index) => fates[index] === "survived").map(describe);
  const answered = fates.filter((fate) => fate !== "no-answer").length;
  if (answered === 0) return evidence("mutation", "unknown", "None of the changed versions could be run.");
  const noticed = answered - survivors.length;
  const sentence = `${noticed} of ${plural(answered, "small change")} to the new lines made a test fail.`;
  const unseen = survivors.length > 0 ? ` Nobody noticed: ${survivors.slice(0, 4).join("; ")}.` : "";
  const state = noticed / answered >= NOTICED_SHARE_MIN ? "proven" : "refuted";
  return evidence(
    "mutation",
    state,
    sentence + unseen,
    survivors.map((one) => `not noticed: ${one}`),
  );
}

function describe(mutant: Mutant): string {
  return `${mutant.path}:${mutant.line} \`${mutant.from}\` → \`${mutant.to}\``;
}

async function fateOf(facts: ProofFacts, tests: Tests, mutant: Mutant, timeoutMs: number): Promise<Fate> {
  const run = await tests.suite(await mutated(facts, mutant), timeoutMs);
  if (!run || run.verdict === "no-answer") return "no-answer";
  return run.verdict === "passed" ? "survived" : "noticed";
}

async function mutated(facts: ProofFacts, mutant: Mutant): Promise<Tree> {
  const file = facts.files.find((one) => one.path === mutant.path);
  const before = facts.head.tree.get(mutant.path);
  if (!file || !before) throw new Error(`No changed file ${mutant.path} to mutate`);
  const lines = file.after.split("\n");
  const end = lines[mutant.line - 1]?.endsWith("\r") ? "\r" : "";
  lines[mutant.line - 1] = mutant.text + end;
  const content = Buffer.from(lines.join("\n"));
  const changed: TreeFile = { mode: before.mode, sha: await facts.blobs.put(content), sizeBytes: content.length };
  return new Map(facts.head.tree).set(mutant.path, changed);
}
