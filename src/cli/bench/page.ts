import type { Run, Summary } from "./figures.ts";
import { reportLines } from "./words.ts";
import { timeMs } from "./figures.ts";

/** The report as one page without scripts: a bar for each run, and the lines that the terminal shows. */
const BAR_WIDTH = 520;
const ROW_HEIGHT = 18;
const LABEL_WIDTH = 220;

export function benchPage(runs: readonly Run[], summary: Summary, skipped: ReadonlyMap<string, string>): string {
  const title = summary.simulated ? "Benchmark, simulated time" : "Benchmark";
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    "<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}text{font:12px system-ui,sans-serif}pre{overflow-x:auto}</style>",
    `</head><body><h1>${title}</h1>`,
    bars(runs),
    `<pre>${escaped(reportLines(runs, summary, skipped).join("\n"))}</pre>`,
    "</body></html>",
  ].join("\n");
}

function bars(runs: readonly Run[]): string {
  const longest = Math.max(1, ...runs.map(timeMs));
  const rows = runs.map((run, at) => {
    const y = at * ROW_HEIGHT;
    const width = Math.max(1, Math.round((timeMs(run) / longest) * BAR_WIDTH));
    const colour = run.outcome === "failed" ? "#c0392b" : run.mode === "team" ? "#2c7fb8" : "#7f8c8d";
    const words = `${run.task}, ${run.mode}: ${(timeMs(run) / 1000).toFixed(1)} s, ${run.outcome}`;
    return `<g><title>${escaped(words)}</title><text x="0" y="${y + 13}">${escaped(`${run.task}, ${run.mode}`)}</text><rect x="${LABEL_WIDTH}" y="${y + 3}" width="${width}" height="${ROW_HEIGHT - 6}" fill="${colour}"/></g>`;
  });
  const height = runs.length * ROW_HEIGHT;
  return `<svg role="img" aria-label="Time of each run; red: the acceptance test fails" viewBox="0 0 ${LABEL_WIDTH + BAR_WIDTH} ${height}" width="100%">${rows.join("")}</svg>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
