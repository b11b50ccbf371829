import type { ProofState } from "../../core/ticket/proof-items.ts";
import { type ProofCode, stateOf } from "../../core/ticket/proof-codes.ts";
import { type Evidence, evidence, names, plural, type ProofFacts } from "../evidence.ts";
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
export async function verification(facts: ProofFacts): Promise<Evidence> {
  if (facts.execution.state === "impossible") return evidence("verification", "cannot-run", facts.execution.why);
  const { tests } = facts.execution;
  // Needed where all is well, which is as a rule; it goes beside the run that is waited for.
  const beside = tests.suite(facts.head.tree, { variant: "without-ci" }).catch(() => null);
  const runs = await Promise.all(tests.commands.map((command) => tests.run(facts.head.tree, command)));
  const failed = runs.some((run, index) => run.verdict === "failed" && tests.commands[index]?.proves === "tests");
  const compared = failed ? await compare(facts, tests) : null;
  const told = tests.commands.map((command, index) => tell(runs[index] as CommandRun, command.proves, compared));
  const stateIs = (state: ProofState) => (one: Told) => stateOf("verification", one.code) === state;
  const apart = told.every(stateIs("proven")) ? await onlyWithCi(facts, tests) : null;
  // No run outlives its proof.
  await beside;
  if (apart) return apart;
  const worst = (["refuted", "unknown"] as const).map((state) => told.find(stateIs(state))).find(Boolean);
  const sentence = worst?.sentence ?? told.map((one) => one.sentence).join(" ");
  return evidence(
    "verification",
    (worst ?? told.find(({ code }) => code !== "passes"))?.code ?? "passes",
    sentence,
    told.flatMap((one) => one.details),
  );
}

type Told = { code: ProofCode<"verification">; sentence: string; details: string[] };

type Compared = { readonly before: Settled; readonly after: Settled };

async function compare(facts: ProofFacts, tests: Tests): Promise<Compared | null> {
  const [before, after] = await Promise.all([settle(tests, facts.base.tree, "before"), settle(tests, facts.head.tree)]);
  return before && after ? { before, after } : null;
}

function tell(run: CommandRun, proves: "tests" | "command", compared: Compared | null): Told {
  const name = `\`${run.command}\``;
  const tail = [`${run.command}:`, ...lastLines(run.output, OUTPUT_LINES)];
  const seconds = `${(run.durationMs / 1000).toFixed(1)} s`;
  if (run.verdict === "no-answer")
    return { code: "no-answer", sentence: `${name} could not be run in the sandbox.`, details: tail };
  if (run.verdict === "stopped")
    return { code: "timed-out", sentence: `${name} did not finish: it was stopped after ${seconds}.`, details: tail };
  if (run.verdict === "failed") return red(run, proves === "tests" ? compared : null, tail);
  if (proves === "command")
    return { code: "passes", sentence: `${name} passes.`, details: [`${run.command}: passed in ${seconds}`] };
  if (run.count === null) {
    const hint = "use a runner that prints its count, or set `proves: command` for it in .github/coop.yml";
    const sentence = `${name} ends without an error, but its output does not say how many tests ran; ${hint}.`;
    return { code: "no-count", sentence, details: tail };
  }
  if (run.count.run === 0)
    return { code: "no-test-ran", sentence: `${name} ends without an error, but ran no test at all.`, details: tail };
  const skipped = run.count.skipped > 0 ? `, ${run.count.skipped} skipped` : "";
  const detail = `${run.command}: ${run.count.passed} passed${skipped}, in ${seconds}`;
  return { code: "passes", sentence: `${name} passes: ${plural(run.count.run, "test")} ran.`, details: [detail] };
}

function red(run: CommandRun, compared: Compared | null, tail: string[]): Told {
  const name = `\`${run.command}\``;
  const failed = run.count?.failed ?? 0;
  const number = failed > 0 ? `: ${plural(failed, "test")} failed` : "";
  const how =
    run.exitCode === 0 ? `${name} ends without an error although its tests fail${number}.` : `${name} ends with exit status ${run.exitCode}${number}.`; // prettier-ignore
  const refuted: Told = { code: "fails", sentence: how, details: tail };
  if (!compared || compared.before.run.verdict === "no-answer") return refuted;
  const { before, after } = compared;
  const lost = after.run.notLoaded.filter((one) => !before.run.notLoaded.includes(one));
  const fresh = newlyRed(before, after);
  // A run that fails with all its tests green fails for another reason, as too little coverage.
  const explained = failed > 0 || run.notLoaded.length > 0;
  if (fresh && explained && lost.length === 0) {
    if (fresh.length > 0) return { ...refuted, sentence: `${how} New: ${names(fresh)}.` };
    const passed = after.green?.size ?? 0;
    if (passed === 0)
      return { ...refuted, code: "nothing-green-before", sentence: `${how} No test passed before the change either.` };
    return { code: "red-before-too", sentence: known(name, passed, after), details: tail };
  }
  if (before.run.verdict !== "failed") return refuted;
  const sentence = `${how} It failed before the change too, and its tests cannot be told apart by name.`;
  return { ...refuted, code: "red-before-unnamed", sentence };
}

function known(name: string, passed: number, { run, red: still, flaky }: Settled): string {
  const before = still && still.size > 0 ? ` Red before the change too: ${names([...still])}.` : "";
  const unsure = flaky.length > 0 ? ` Flaky, failed once and passed once: ${names(flaky)}.` : "";
  const unread =
    run.notLoaded.length > 0 ? ` Could not be loaded before the change either: ${names(run.notLoaded)}.` : "";
  return `${name}: ${plural(passed, "test")} passed.${before}${unread}${unsure}`;
}
