import { setTimeout as delay } from "node:timers/promises";
import { environment } from "../config.ts";
import { sayLedger, sayProof } from "./demo/ledger.ts";
import { liveCast, scriptedCast } from "./demo/models.ts";
import { parseOptions } from "./demo/options.ts";
import { differences, resultOf, summary, verifyCopies } from "./demo/report.ts";
import { type Ending, follow, play } from "./demo/run.ts";
import { raiseSite, type Site } from "./demo/site.ts";
import { type Run, sayKept, sayModels, sayOpening, sayWhere, sayWrong } from "./demo/words.ts";
import { ExampleError, listExamples, loadExample } from "./example.ts";
import { EXIT } from "./exit.ts";
import { type Progress, progress } from "./progress.ts";
import { ask } from "./terminal.ts";
import { endWhenUnread } from "./unread.ts";
import { shortSha } from "../core/ledger/ids.ts";
import { stepWords } from "../messages/step-words.ts";

/**
 * `npm run demo`: one ticket from the label to the merge, on a GitHub of this machine. Only the models are stood in for,
 * unless `--live` is given.
 */
/** Far more than the twenty to forty seconds that a run takes: a busy machine is no fault of the example. */
const SCRIPTED_MS = 180_000;
/** Real models think for minutes; the ticket's budget ends the run long before this does. */
const LIVE_MS = 2 * 60 * 60_000;
/** An orderly end lets a running step finish; after this it is ended all the same. */
const STOP_MS = 5_000;
/** How often a kept demo looks for something new to tell. */
const KEEP_LOOK_MS = 500;

async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2));
  if (parsed.outcome === "told") return parsed.exitCode;
  if (parsed.outcome === "list") return list();
  const { options } = parsed;
  const example = await loadExample(options.example);
  const casting =
    options.models === "live"
      ? liveCast(environment())
      : { outcome: "cast" as const, cast: scriptedCast(example.script) };
  if (casting.outcome === "refused") return refuse(`--live needs real models. ${casting.sentence}`);
  const out = progress(options.output === "json" ? process.stderr : process.stdout);
  return run({ options, example, cast: casting.cast, out });
}

async function list(): Promise<number> {
  const all = await listExamples("demo");
  const width = Math.max(...all.map(({ name }) => name.length)) + 2;
  for (const { name, summary } of all) console.log(`${name.padEnd(width)}${summary}`);
  return 0;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return EXIT.config;
}

async function run(the: Run): Promise<number> {
  const { options, example, out } = the;
  sayOpening(the);
  out.running("starting");
  const raised = await raiseSite({
    ...{ example, cast: the.cast, options, searchPath: environment().PATH ?? "" },
    onStep: (step) => stepBegins(the, step),
    onCheck: (headSha, result) => out.happened("local CI", `${result}, on ${shortSha(headSha)}`),
  });
  out.running(null);
  if (raised.outcome === "refused") return refuse(raised.sentence);
  const { site } = raised;
  onInterrupt(site, out);
  sayWhere(the, site);
  const ending = await play({
    ...{ site, example, progress: out, ask: askHere },
    yes: options.models === "live" ? "always" : "as-scripted",
    limitMs: options.models === "live" ? LIVE_MS : SCRIPTED_MS,
  });
  out.running(null);
  const exitCode = await conclude(the, site, ending);
  if (options.afterwards === "keep") await keep(the, site, ending, exitCode);
  await site.stop();
  return exitCode;
}

function stepBegins({ options, out }: Run, step: string): void {
  out.running(stepWords(step));
  // A real model is silent for minutes; whoever reads a pipe should know what it is at.
  if (options.models === "live" && !process.stdout.isTTY) out.happened("coop", `begins: ${stepWords(step)}`);
}

/** Prints what came out. @returns the exit code that says whether it came out as it should */
async function conclude(the: Run, site: Site, ending: Ending): Promise<number> {
  const { options, example, out } = the;
  const heading = (text: string) => out.say(`\n${out.paint("bold", text)}\n`);
  const result = resultOf(ending, options, await verifyCopies(site, ending));
  heading(`Ledger of ${ending.key}`);
  sayLedger(ending.entries, out);
  if (ending.ticket?.proof) {
    heading(`Proof on ${shortSha(ending.ticket.proof.headSha)}`);
    sayProof(ending.ticket.proof.items, out);
  }
  heading("Result");
  const wrong = differences(result, ending, example, site);
  const [first = "", ...more] = summary(result, ending);
  out.say(wrong.length === 0 ? out.paint("green", `✓ ${first}`) : out.paint("red", `✗ ${first}`));
  for (const line of more) out.say(`  ${line}`);
  if (wrong.length > 0) sayWrong(the, site, ending, wrong);
  out.say();
  sayModels(the);
  if (options.output === "json") process.stdout.write(`${JSON.stringify(result)}\n`);
  return wrong.length === 0 ? 0 : EXIT.different;
}

async function keep(the: Run, site: Site, ending: Ending, exitCode: number): Promise<never> {
  sayKept(the, site, ending);
  kept = exitCode;
  const look = follow(site, ending.key, the.out, ending.entries.length);
  for (;;) {
    await look();
    await delay(KEEP_LOOK_MS);
  }
}

/** Whoever sits at a terminal may take part; to a pipe nobody answers. */
async function askHere(prompt: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  return (await ask(prompt, { output: process.stderr })) || null;
}

/** Set once the run is over and only its pages are kept: then Ctrl-C is the ordinary end. */
let kept: number | null = null;
/** Set by Ctrl-C: what still looks at the closed database then fails, and has nothing to say any more. */
let stopping = false;

function onInterrupt(site: Site, out: Progress): void {
  const end = async () => {
    const code = kept ?? EXIT.interrupted;
    if (stopping) process.exit(code);
    stopping = true;
    out.running(null);
    out.say("\nStopping …");
    // One that hangs must not keep us; its files are removed at exit.
    await Promise.race([site.stop(), delay(STOP_MS)]).catch(() => undefined);
    process.exit(code);
  };
  process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
  process.on("SIGINT", () => void end());
  process.on("SIGTERM", () => void end());
}

// Until everything is up, an interruption ends at once; the temporary directory goes with the process.
process.once("SIGINT", () => process.exit(EXIT.interrupted));
process.once("SIGTERM", () => process.exit(EXIT.interrupted));
endWhenUnread(EXIT.ok);

try {
  process.exitCode = await main();
} catch (error) {
  // The handler of Ctrl-C ends the process.
  if (stopping) await new Promise(() => undefined);
  if (!(error instanceof ExampleError)) throw error;
  console.error(error.message);
  process.exitCode = EXIT.usage;
}
