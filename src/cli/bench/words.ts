import { count, number } from "../../messages/format.ts";
import type { Paint } from "../progress.ts";
import { columns } from "../table.ts";
import { plain } from "../terminal.ts";
import { median, type Mode, type Run, type Summary, timeMs } from "./figures.ts";

/** What a benchmark says at a terminal. */
export function runLine(run: Run, paint: Paint): string {
  const { task, mode, ending, outcome, rounds, calls, wrong } = run;
  const sign = wrong.length === 0 ? paint("green", "✓") : paint("red", "✗");
  const accepted = { passed: "accepted", failed: "NOT accepted", nothing: "nothing delivered" }[outcome];
  const line = `${sign} ${task}, ${mode}: ${ending}, ${accepted}; ${count(rounds, "fix round")}, ${count(calls, "call")}`;
  return [line, ...wrong.map((one) => paint("red", `    ${plain(one)}`))].join("\n");
}

const HEAD = [
  "",
  "Runs",
  "Accepted",
  "Escaped",
  "Nothing",
  "Fix rounds",
  "Calls",
  "Tokens",
  "From cache",
  "Models",
  "Machine",
  "Cost",
];

export function reportLines(runs: readonly Run[], summary: Summary, skipped: ReadonlyMap<string, string>): string[] {
  const { tasks, routing, time, cost, escaped, simulated, audit } = summary;
  const modes = (["solo", "team"] as const).filter((mode) => runs.some((run) => run.mode === mode));
  const mark = simulated ? " (simulated)" : "";
  const teams = runs.filter((run) => run.mode === "team").length;
  return [
    ...columns(
      HEAD,
      modes.map((mode) =>
        rowOf(
          mode,
          runs.filter((run) => run.mode === mode),
        ),
      ),
    ),
    "Models, Machine: median of the time that models took and that this machine took for tests and proof.",
    ...besideLines(runs),
    "",
    `Tasks    ${tasks.passed} of ${tasks.total} ended as they say, ${tasks.skipped} skipped`,
    `Routing  ${routing.accuracy ?? "none"} right of ${routing.n}, by the rules alone, labels hidden`,
    `Time     team ${seconds(time.teamMedianMs)}, solo ${seconds(time.soloMedianMs)}, ratio ${time.ratio ?? "none"}${mark}`,
    `Cost     ratio ${cost.ratio ?? "none"} of team to solo${mark}`,
    `Escaped  ${escaped.team ?? "none"} of a team, ${escaped.solo ?? "none"} of one model alone${mark}`,
    `Audit    ${audit.complete} of ${teams} logs complete, ${audit.replayed} replayed`,
    ...modes.map((mode) => `Spread   ${mode}: ${spreadOf(runs.filter((run) => run.mode === mode))}${mark}`),
    ...tokensOf(runs),
    ...[...skipped].map(([task, why]) => `Skipped  ${task}: ${plain(why)}`),
    ...(simulated ? ["", SIMULATED] : []),
  ];
}

const SIMULATED =
  "The models were scripted. Time and cost of models are simulated from one declared profile a model, the same for both; what " +
  "escapes follows from the scripts. Real are: calls, tokens, the share from cache, tests, proof, routing and audit.";

function besideLines(runs: readonly Run[]): string[] {
  const saved = median(runs.filter(({ mode }) => mode === "team").map(({ besideMs }) => besideMs));
  if (saved === null || runs.every(({ besideMs }) => besideMs === 0)) return [];
  return [`Of a team's machine time ${seconds(saved)} (median) are runs of the proof that fell beside simulated reviews. They are counted once.`]; // prettier-ignore
}

function rowOf(mode: Mode, runs: readonly Run[]): string[] {
  const sum = (of: (run: Run) => number) => runs.reduce((all, run) => all + of(run), 0);
  const having = (outcome: Run["outcome"]) => number(runs.filter((run) => run.outcome === outcome).length);
  const input = sum((run) => run.inputTokens);
  return [
    ...[mode, number(runs.length), having("passed"), having("failed"), having("nothing")],
    ...[sum((run) => run.rounds), sum((run) => run.calls), input + sum((run) => run.outputTokens)].map(number),
    input === 0 ? "none" : `${Math.round((sum((run) => run.cachedTokens) / input) * 100)} %`,
    seconds(median(runs.map((run) => run.modelMs))),
    seconds(median(runs.map((run) => run.machineMs))),
    `$${(sum((run) => run.costMicroUsd) / 1_000_000).toFixed(2)}`,
  ];
}

function tokensOf(runs: readonly Run[]): string[] {
  return (["solo", "team"] as const).flatMap((mode) => {
    const all = new Map<string, number>();
    for (const run of runs)
      if (run.mode === mode)
        for (const [role, tokens] of Object.entries(run.tokensByRole)) all.set(role, (all.get(role) ?? 0) + tokens);
    return all.size === 0
      ? []
      : [`Tokens   ${mode}: ${[...all].map(([role, tokens]) => `${role} ${number(tokens)}`).join(", ")}`];
  });
}

function seconds(ms: number | null): string {
  return ms === null ? "none" : `${(ms / 1000).toFixed(1)} s`;
}

/** Spread of what was measured: with few runs a median alone says too much. */
function spreadOf(runs: readonly Run[]): string {
  const times = runs.map(timeMs).sort((a, b) => a - b);
  return `${seconds(times[0] ?? null)} to ${seconds(times.at(-1) ?? null)}, n = ${times.length}`;
}
