import { type Evidence, evidence, plural, type ProofFacts } from "../evidence.ts";
import { type CommandRun, lastLines } from "../runners/suite.ts";

const OUTPUT_LINES = 8;

/** The repository's own commands pass at the head, and those that test something really ran tests. */
export async function verification(facts: ProofFacts): Promise<Evidence> {
  if (facts.execution.state === "impossible") return evidence("verification", "unknown", facts.execution.why);
  const { tests } = facts.execution;
  const runs = await Promise.all(tests.commands.map((command) => tests.run(facts.head.tree, command)));
  const told = tests.commands.map((command, index) => tell(runs[index] as CommandRun, command.proves));
  const worst = (["refuted", "unknown"] as const).map((state) => told.find((one) => one.state === state)).find(Boolean);
  const sentence = worst?.sentence ?? told.map((one) => one.sentence).join(" ");
  return evidence(
    "verification",
    worst?.state ?? "proven",
    sentence,
    told.flatMap((one) => one.details),
  );
}

type Told = { state: Evidence["state"]; sentence: string; details: string[] };

function tell(run: CommandRun, proves: "tests" | "command"): Told {
  const name = `\`${run.command}\``;
  const tail = [`${run.command}:`, ...lastLines(run.output, OUTPUT_LINES)];
  const seconds = `${(run.durationMs / 1000).toFixed(1)} s`;
  if (run.verdict === "no-answer")
    return { state: "unknown", sentence: `${name} could not be run in the sandbox.`, details: tail };
  if (run.verdict === "stopped")
    return { state: "refuted", sentence: `${name} did not finish: it was stopped after ${seconds}.`, details: tail };
  if (run.verdict === "failed") {
    const failed = run.count && run.count.failed > 0 ? `: ${plural(run.count.failed, "test")} failed` : "";
    return { state: "refuted", sentence: `${name} ends with exit status ${run.exitCode}${failed}.`, details: tail };
  }
  if (proves === "command")
    return { state: "proven", sentence: `${name} passes.`, details: [`${run.command}: passed in ${seconds}`] };
  if (run.count === null) {
    const hint = "use a runner that prints its count, or set `proves: command` for it in .github/coop.yml";
    const sentence = `${name} ends without an error, but its output does not say how many tests ran; ${hint}.`;
    return { state: "unknown", sentence, details: tail };
  }
  if (run.count.run === 0)
    return { state: "refuted", sentence: `${name} ends without an error, but ran no test at all.`, details: tail };
  const skipped = run.count.skipped > 0 ? `, ${run.count.skipped} skipped` : "";
  const detail = `${run.command}: ${run.count.passed} passed${skipped}, in ${seconds}`;
  return { state: "proven", sentence: `${name} passes: ${plural(run.count.run, "test")} ran.`, details: [detail] };
}
