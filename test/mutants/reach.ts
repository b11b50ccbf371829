import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Copy } from "./copy.ts";
import { ROOMS } from "./sample.ts";

/** Scenarios walk through nearly everything; so many are played against one mutant, those first that walk the least. */
const SCENARIOS_MAX = 5;

/** Which lines each scenario runs: by scenario, by source, the lines. */
export type Reach = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<number>>>;

/** Plays every scenario once and keeps which lines it ran. Minutes. */
export async function reachOfScenarios(copy: Copy, say: (line: string) => void): Promise<Reach> {
  const scenarios = globSync("test/scenarios/*.{test,system}.ts", { cwd: copy.root }).sort();
  const reach = new Map<string, Map<string, Set<number>>>();
  for (const [at, scenario] of scenarios.entries()) {
    say(`Looking at what ${scenario} runs (${at + 1} of ${scenarios.length})`);
    const folder = join(copy.root, ".coverage");
    mkdirSync(folder, { recursive: true });
    const from = `--collectCoverageFrom={${ROOMS.join(",")}}/**/*.ts`;
    const args = [
      "--coverage",
      "--coverageProvider=v8",
      "--coverageReporters=json",
      `--coverageDirectory=${folder}`,
      from,
    ];
    if ((await play(copy, scenario, args)) === "red")
      throw new Error(`${scenario} is red before anything is changed. Mend it first.`);
    reach.set(scenario, linesRun(copy.root, join(folder, "coverage-final.json")));
    rmSync(folder, { recursive: true, force: true });
  }
  return reach;
}

type Coverage = Record<
  string,
  { statementMap: Record<string, { start: { line: number } }>; s: Record<string, number> }
>;

function linesRun(root: string, report: string): Map<string, Set<number>> {
  const coverage = existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")) as Coverage) : {};
  return new Map(
    Object.entries(coverage).map(([file, { statementMap, s }]) => {
      const run = Object.entries(s).flatMap(([id, times]) => (times > 0 ? [statementMap[id]?.start.line ?? 0] : []));
      return [file.slice(root.length + 1), new Set(run)];
    }),
  );
}

/** The scenarios that run a line, the narrowest first. */
export function scenariosAt(reach: Reach, path: string, line: number): string[] {
  const breadth = (scenario: string) =>
    [...(reach.get(scenario)?.values() ?? [])].reduce((sum, one) => sum + one.size, 0);
  return [...reach.keys()]
    .filter((scenario) => reach.get(scenario)?.get(path)?.has(line))
    .sort((a, b) => breadth(a) - breadth(b))
    .slice(0, SCENARIOS_MAX);
}

/** The longest scenarios stand among the system tests. */
export function play(copy: Copy, scenario: string, args: readonly string[] = []): Promise<"green" | "red"> {
  const config = scenario.endsWith(".system.ts") ? "jest.system.config.js" : "jest.config.js";
  return copy.jest([...args, "--runTestsByPath", scenario], config);
}
