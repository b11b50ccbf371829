import type { ProofState } from "../../core/ticket/proof-items.ts";
import { stateOf } from "../../core/ticket/proof-codes.ts";
import type { CommandFacts, Of } from "../../core/ticket/proof-fact-parts.ts";
import type { Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { onlyWithCi } from "./without-ci.ts";
import { newlyRed, settle, type Settled } from "../runners/settle.ts";
import type { CommandRun } from "../runners/command-run.ts";
import { lastLines, type Tests } from "../runners/suite.ts";

/** A runner's last lines name what failed; a build's need some more. */
const OUTPUT_LINES = 8;

/**
 * The repository's own commands pass at the head, and those that test something really ran tests. What was red before the
 * change is named and is not the change's fault.
 */
export async function verification(facts: ProofFacts): Promise<Evidence<"verification">> {
  if (facts.execution.state === "impossible")
    return evidence("verification", "cannot-run", { because: facts.execution.because });
  const { tests } = facts.execution;
  // Needed where all is well, which is as a rule; it goes beside the run that is waited for.
  const beside = tests.suite(facts.head.tree, { variant: "without-ci" }).catch(() => null);
  const runs = await Promise.all(tests.commands.map((command) => tests.run(facts.head.tree, command)));
  const failed = runs.some((run, index) => run.verdict === "failed" && tests.commands[index]?.proves === "tests");
  const compared = failed ? await compare(facts, tests) : null;
  const told = tests.commands.map((command, index) => tell(runs[index] as CommandRun, command.proves, compared));
  const stateIs =
    (state: ProofState) =>
    ({ said }: Told) =>
      stateOf("verification", said.code) === state;
  const apart = told.every(stateIs("proven")) ? await onlyWithCi(facts, tests) : null;
  // No run outlives its proof.
  await beside;
  if (apart) return apart;
  const worst = (["refuted", "unknown"] as const).map((state) => told.find(stateIs(state))).find(Boolean);
  const details = told.flatMap((one) => one.details);
  const commands = told.map(({ said }) => said).filter(isPassed);
  if (worst && !isPassed(worst.said)) return evidence("verification", worst.said.code, worst.said.facts, details);
  const code = commands.find((one) => one.code !== "passes")?.code ?? "passes";
  return evidence("verification", code, { commands }, details);
}

type Said = Of<CommandFacts>;
type Told = { readonly said: Said; readonly details: readonly Line[] };
type Passed = Extract<Said, { code: "passes" | "red-before-too" }>;

function isPassed(said: Said): said is Passed {
  return said.code === "passes" || said.code === "red-before-too";
}

type Compared = { readonly before: Settled; readonly after: Settled };

async function compare(facts: ProofFacts, tests: Tests): Promise<Compared | null> {
  const [before, after] = await Promise.all([settle(tests, facts.base.tree, "before"), settle(tests, facts.head.tree)]);
  return before && after ? { before, after } : null;
}

function tell(run: CommandRun, proves: "tests" | "command", compared: Compared | null): Told {
  const { command, durationMs: ms, count } = run;
  const tail = [`${command}:`, ...lastLines(run.output, OUTPUT_LINES)];
  if (run.verdict === "no-answer") return { said: { code: "no-answer", facts: { command } }, details: tail };
  if (run.verdict === "stopped") return { said: { code: "timed-out", facts: { command, ms } }, details: tail };
  if (run.verdict === "failed") return { said: red(run, proves === "tests" ? compared : null), details: tail };
  const passed = (tests: number | null): Told => {
    const detail = { command, ms, passed: tests && (count?.passed ?? 0), skipped: count?.skipped ?? 0 };
    return {
      said: { code: "passes", facts: { command, tests } },
      details: [{ code: "command-passed", facts: detail }],
    };
  };
  if (proves === "command") return passed(null);
  if (count === null) return { said: { code: "no-count", facts: { command } }, details: tail };
  if (count.run === 0) return { said: { code: "no-test-ran", facts: { command } }, details: tail };
  return passed(count.run);
}

function red(run: CommandRun, compared: Compared | null): Said {
  const { command, exitCode } = run;
  const how = { command, exitCode, failed: run.count?.failed ?? 0 };
  const fails = (fresh: readonly string[]): Said => ({ code: "fails", facts: { ...how, fresh } });
  if (!compared || compared.before.run.verdict === "no-answer") return fails([]);
  const { before, after } = compared;
  const lost = after.run.notLoaded.filter((one) => !before.run.notLoaded.includes(one));
  const fresh = newlyRed(before, after);
  // A run that fails with all its tests green fails for another reason, as too little coverage.
  const explained = how.failed > 0 || run.notLoaded.length > 0;
  if (fresh && explained && lost.length === 0) {
    if (fresh.length > 0) return fails(fresh);
    const passed = after.green?.size ?? 0;
    if (passed === 0) return { code: "nothing-green-before", facts: how };
    const { flaky, run: of } = after;
    const known = { command, passed, red: [...(after.red ?? [])], notLoaded: of.notLoaded, flaky };
    return { code: "red-before-too", facts: known };
  }
  return before.run.verdict === "failed" ? { code: "red-before-unnamed", facts: how } : fails([]);
}
