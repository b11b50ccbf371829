import { html } from "../../web/html.ts";
import { barChart, standalonePage } from "../bars.ts";
import { type Run, type Summary, timeMs } from "./figures.ts";
import { reportLines } from "./words.ts";

const SAID: Readonly<Record<Run["outcome"], string>> = {
  passed: "accepted",
  failed: "not accepted",
  nothing: "nothing",
};

/** The report as one page: a bar for each run, and the lines that the terminal shows. */
export function benchPage(runs: readonly Run[], summary: Summary, skipped: ReadonlyMap<string, string>): string {
  const bars = runs.map((run) => ({
    label: `${run.task}, ${run.mode}`,
    value: timeMs(run),
    words: `${(timeMs(run) / 1000).toFixed(1)} s, ${SAID[run.outcome]}`,
    tone: run.outcome === "failed" ? ("bad" as const) : run.mode === "team" ? ("one" as const) : ("other" as const),
  }));
  return standalonePage(summary.simulated ? "Benchmark, simulated time" : "Benchmark", [
    barChart(
      "Time of each run. Blue: a team; grey: one model alone; red: delivered, and the hidden acceptance test fails",
      bars,
    ),
    html`<pre>${reportLines(runs, summary, skipped).join("\n")}</pre>`,
  ]);
}
