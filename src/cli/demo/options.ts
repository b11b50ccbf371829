import { Command, CommanderError } from "commander";
import { EXIT } from "../exit.ts";

/** What the demo was asked for on its command line. */
export type DemoOptions = {
  readonly example: string;
  readonly models: "scripted" | "live";
  readonly afterwards: "end" | "keep";
  readonly output: "text" | "json";
};

export type Parsed =
  | { readonly outcome: "run"; readonly options: DemoOptions }
  | { readonly outcome: "list" }
  /** Help was asked for, or the usage was wrong; commander has said it. */
  | { readonly outcome: "told"; readonly exitCode: number };

const DEFAULT_EXAMPLE = "csv-quotes";

export function parseOptions(args: readonly string[]): Parsed {
  const command = new Command("demo")
    .usage("[options]     (npm run demo -- [options])")
    .description("Plays one ticket from the label to the merge, on a GitHub of this machine.")
    .option("--example <name>", "which example to play", DEFAULT_EXAMPLE)
    .option("--list", "list the examples")
    .option("--keep", "stay up afterwards and say where to look")
    .option("--live", "real models instead of scripted ones; needs ANTHROPIC_API_KEY, OPENAI_API_KEY or COOP_CONFIG")
    .option("--json", "the last line of the output is one JSON object; progress goes to the error stream")
    .helpOption("--help", "show this")
    .showHelpAfterError()
    .exitOverride();
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return { outcome: "told", exitCode: error.exitCode === 0 ? 0 : EXIT.usage };
    throw error;
  }
  const given = command.opts<{ example: string; list?: true; keep?: true; live?: true; json?: true }>();
  if (given.list) return { outcome: "list" };
  return {
    outcome: "run",
    options: {
      example: given.example,
      models: given.live ? "live" : "scripted",
      afterwards: given.keep ? "keep" : "end",
      output: given.json ? "json" : "text",
    },
  };
}
