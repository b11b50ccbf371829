import { type Command, InvalidArgumentError, Option } from "commander";
import { environment } from "../config.ts";
import { DEFAULT_SERVER } from "../server-file.ts";
import { type Mode, type Run, summaryOf } from "./bench/figures.ts";
import { benchPage } from "./bench/page.ts";
import { openPlace } from "./bench/place.ts";
import { isRoutedRight, play } from "./bench/play.ts";
import { reportLines, runLine } from "./bench/words.ts";
import { castHere } from "./desk/cast.ts";
import { several } from "./desk/options.ts";
import { interrupted } from "./interruption.ts";
import { type Example, ExampleError, listExamples, loadExample } from "./example.ts";
import { Ended, EXIT } from "./exit.ts";
import { progress } from "./progress.ts";
import { print } from "./terminal.ts";

/** `coop bench`: the tasks of `examples/`, by a team and by one model alone, side by side. */
export type BenchOptions = {
  readonly mode: Mode | "both";
  readonly models: "scripted" | "live";
  readonly only?: readonly string[];
  readonly atOnce: number;
  readonly json?: true;
  readonly html?: true;
};

/** Each task runs its tests besides; more of them only wait for each other. */
const AT_ONCE_MAX = 8;

const MORE = `
Examples:
  coop bench --only csv-quotes --at-once 2
  coop bench --mode team --json | tail -n 1

Each task has a hidden acceptance test that decides whether what was delivered does what the ticket asks for.
With scripted models time and cost are simulated from one declared profile a model, and said to be.
--models live plays the same tasks with real models. It needs keys, and it costs money.
Exit code: 0 every task ended as it says, 1 one did not, 2 wrong usage, 78 no model can be asked.`;

export function benchCommand(program: Command): void {
  program
    .command("bench")
    .description("play the example tasks with a team and with one model alone, and compare the results")
    .addOption(new Option("--mode <mode>", "who works on them").choices(["solo", "team", "both"]).default("both"))
    .addOption(new Option("--models <models>", "who answers").choices(["scripted", "live"]).default("scripted"))
    .option("--only <task>", "this task alone; repeat it for more", several)
    .addOption(
      new Option(
        "--at-once <n>",
        `so many tasks side by side, 1 to ${AT_ONCE_MAX}; the machine's times then count the others too`,
      )
        .argParser(atOnceOf)
        .default(1),
    )
    .option("--json", "one JSON object a run, and one with the figures at the end; progress goes to the error stream")
    .option("--html", "print the report as a page instead")
    .addHelpText("after", MORE)
    .action(run);
}

async function run(options: BenchOptions): Promise<void> {
  const env = environment();
  const examples = await chosen(options.only ?? []);
  const live = options.models === "live" ? castHere(env, []) : null;
  const out = progress(options.json || options.html ? process.stderr : process.stdout);
  const place = await openPlace((live ?? DEFAULT_SERVER).sandbox, env.PATH ?? "/usr/bin:/bin");
  const { signal, stop } = interrupted();
  const modes: readonly Mode[] = options.mode === "both" ? ["solo", "team"] : [options.mode];
  const bench = { place, live, progress: out, signal };
  const played: Run[] = [];
  const skipped = new Map<string, string>();
  const underWay = new Set<string>();
  const show = () => out.running(underWay.size > 0 ? [...underWay].join("; ") : null);
  const playBoth = async (example: Example): Promise<void> => {
    for (const mode of modes) {
      if (signal.aborted || skipped.has(example.name)) return;
      const name = `${example.name}, ${mode}`;
      underWay.add(name);
      show();
      const end = await play(bench, example, mode);
      underWay.delete(name);
      show();
      if (end.outcome === "skipped") {
        skipped.set(example.name, end.why);
        out.say(`- ${example.name}: skipped. ${end.why}`);
      } else {
        played.push(end.run);
        out.say(runLine(end.run, out.paint));
        if (options.json) print(JSON.stringify({ event: "run", ...end.run }));
      }
    }
  };
  try {
    const left = [...examples];
    const lane = async () => {
      for (let next = left.shift(); next; next = left.shift()) await playBoth(next);
    };
    // A lane that failed must not take the folder away from under the others.
    const lanes = await Promise.allSettled(Array.from({ length: options.atOnce }, lane));
    for (const one of lanes) if (one.status === "rejected") throw one.reason;
  } finally {
    stop();
    await place.remove();
  }
  const runs = examples.flatMap(({ name }) => played.filter(({ task }) => task === name));
  const right = examples.filter(isRoutedRight).length;
  const summary = summaryOf(runs, { right, n: examples.length }, skipped.size, options.models);
  if (options.json) print(JSON.stringify(summary));
  else if (options.html) print(benchPage(runs, summary, skipped));
  else print("", ...reportLines(runs, summary, skipped));
  if (signal.aborted) process.exitCode = EXIT.interrupted;
  else if (runs.some((one) => one.wrong.length > 0)) process.exitCode = EXIT.different;
}

function atOnceOf(given: string): number {
  const n = Number(given);
  if (!Number.isInteger(n) || n < 1 || n > AT_ONCE_MAX)
    throw new InvalidArgumentError(`Give a whole number from 1 to ${AT_ONCE_MAX}.`);
  return n;
}

async function chosen(only: readonly string[]): Promise<Example[]> {
  try {
    const names = only.length > 0 ? only : (await listExamples("all")).map(({ name }) => name);
    return await Promise.all([...new Set(names)].map((name) => loadExample(name)));
  } catch (error) {
    if (error instanceof ExampleError) throw new Ended(EXIT.usage, error.message);
    throw error;
  }
}
