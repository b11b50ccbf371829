import { availableParallelism } from "node:os";
import { Option } from "commander";
import { npmCommand, wholeNumber, wholeNumberFrom } from "../../src/cli/npm-command.ts";
import { SABOTAGE, type SabotageName } from "./sabotage.ts";
import type { Told } from "./story.ts";
import { openTeller, type Teller } from "./tellers.ts";

type Options = {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
  readonly sabotage?: SabotageName;
  readonly seconds?: number;
  readonly atOnce: number;
};

const asked = npmCommand(
  "simulate",
  "Plays whole tickets with faults, deaths and people, each drawn from a seed, and checks what became of them. " +
    "A seed that fails is played a second time: one that failed twice is listed as failed, one that failed once as shaky. " +
    "The last line is one JSON object. Exit code 1: a seed failed, or --sabotage was not noticed.",
  (command) =>
    command
      .option("--seeds <n>", "how many", wholeNumber, 20)
      .option("--from <seed>", "the first one", wholeNumberFrom(0), 1)
      .option("--seed <seed>", "play this one three times and print its story", wholeNumberFrom(0))
      .addOption(
        new Option("--sabotage <name>", "take this safeguard away, and end at the first seed that notices").choices(
          Object.keys(SABOTAGE),
        ),
      ) // prettier-ignore
      .option("--seconds <n>", "begin no seed after so long", wholeNumber)
      .option("--at-once <n>", "so many side by side", wholeNumber, availableParallelism()),
)
  .parse()
  .opts<Options>();

/** Taken out of the program on purpose; null: nothing. */
const safeguard = asked.sabotage ?? null;
/** How often somebody who waits hears how far it is. */
const PROGRESS_MS = 15_000;
/** A story depends a little on how the machine schedules: a seed that failed once is told again. */
const REPLAYS = 3;

const print = (line: string) => process.stdout.write(`${line}\n`);

function show({ seed, story, broken }: Told): void {
  print(`seed ${seed}`);
  for (const line of story) print(`  ${line}`);
  for (const line of broken) print(`  BROKEN ${line}`);
}

async function replay(seed: number): Promise<void> {
  const teller = openTeller();
  let failed = 0;
  for (let turn = 0; turn < REPLAYS; turn++) {
    const told = await teller.tell({ seed, sabotage: safeguard });
    show(told);
    failed += told.broken.length > 0 ? 1 : 0;
  }
  teller.close();
  print(JSON.stringify({ seed, replays: REPLAYS, failed }));
  process.exitCode = failed > 0 ? 1 : 0;
}

async function many(from: number, seeds: number, atOnce: number): Promise<void> {
  const began = performance.now();
  const endMs = (asked.seconds ?? Infinity) * 1_000;
  const failed: number[] = [];
  const shaky: number[] = [];
  let [next, told, saidAt] = [from, 0, began];
  const progress = () => {
    if (performance.now() - saidAt < PROGRESS_MS) return;
    saidAt = performance.now();
    print(`${told} of ${seeds} seeds, ${failed.length} failed, ${shaky.length} shaky`);
  };
  const isOver = () =>
    next >= from + seeds || performance.now() - began > endMs || (safeguard !== null && failed.length > 0);
  const judge = async (teller: Teller, seed: number) => {
    const one = await teller.tell({ seed, sabotage: safeguard });
    told += 1;
    if (one.broken.length === 0) return progress();
    show(one);
    print(`  again: npm run simulate -- --seed ${seed}`);
    const isShaky = safeguard === null && (await teller.tell({ seed, sabotage: safeguard })).broken.length === 0;
    (isShaky ? shaky : failed).push(seed);
  };
  const lanes = Array.from({ length: Math.min(atOnce, seeds) }, async () => {
    const teller = openTeller();
    while (!isOver()) await judge(teller, next++);
    teller.close();
  });
  await Promise.all(lanes);
  const seconds = Math.round((performance.now() - began) / 1_000);
  print(JSON.stringify({ seeds: told, from, failed, shaky, sabotage: safeguard, seconds }));
  const isRight = safeguard === null ? failed.length === 0 : failed.length > 0;
  process.exitCode = isRight ? 0 : 1;
}

await (asked.seed === undefined ? many(asked.from, asked.seeds, asked.atOnce) : replay(asked.seed));
