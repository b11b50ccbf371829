import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { SABOTAGE, type SabotageName } from "./sabotage.ts";
import type { Told } from "./story.ts";
import { openTeller, type Teller } from "./tellers.ts";

/**
 * `npm run simulate -- --seeds 100` plays a hundred tickets with faults, deaths and people; `--from 7` begins at another seed,
 * `--seed 7` replays one and prints its story, `--sabotage NAME` takes a safeguard out and wants it to be found, `--seconds 60` begins
 * no seed after a minute, `--at-once 1` plays one at a time instead of one a core.
 * A seed that fails is told a second time: `failed` failed both times, `shaky` once. Ends with one JSON line; exit status 1 when a seed
 * failed (or, with sabotage, none did).
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    sabotage: { type: "string" },
    seconds: { type: "string" },
    "at-once": { type: "string", default: String(availableParallelism()) },
  },
});

/** A story depends a little on how the machine schedules: a seed that failed once is told again. */
const REPLAYS = 3;

const print = (line: string) => process.stdout.write(`${line}\n`);

function show({ seed, story, broken }: Told): void {
  print(`seed ${seed}`);
  for (const line of story) print(`  ${line}`);
  for (const line of broken) print(`  BROKEN ${line}`);
}

function sabotageOf(name: string | undefined): SabotageName | null {
  if (name === undefined) return null;
  if (!(name in SABOTAGE)) throw new Error(`--sabotage takes one of ${Object.keys(SABOTAGE).join(", ")}`);
  return name as SabotageName;
}

const sabotage = sabotageOf(values.sabotage);

async function replay(seed: number): Promise<void> {
  const teller = openTeller();
  let failed = 0;
  for (let turn = 0; turn < REPLAYS; turn++) {
    const told = await teller.tell({ seed, sabotage });
    show(told);
    failed += told.broken.length > 0 ? 1 : 0;
  }
  teller.close();
  print(JSON.stringify({ seed, replays: REPLAYS, failed }));
  process.exitCode = failed > 0 ? 1 : 0;
}

async function many(from: number, seeds: number, atOnce: number): Promise<void> {
  const began = performance.now();
  const endMs = values.seconds === undefined ? Infinity : Number(values.seconds) * 1_000;
  const failed: number[] = [];
  const shaky: number[] = [];
  let [next, told] = [from, 0];
  const isOver = () =>
    next >= from + seeds || performance.now() - began > endMs || (sabotage !== null && failed.length > 0);
  const judge = async (teller: Teller, seed: number) => {
    const one = await teller.tell({ seed, sabotage });
    told += 1;
    if (one.broken.length === 0) return;
    show(one);
    print(`  again: npm run simulate -- --seed ${seed}`);
    const isShaky = sabotage === null && (await teller.tell({ seed, sabotage })).broken.length === 0;
    (isShaky ? shaky : failed).push(seed);
  };
  const lanes = Array.from({ length: Math.min(atOnce, seeds) }, async () => {
    const teller = openTeller();
    while (!isOver()) await judge(teller, next++);
    teller.close();
  });
  await Promise.all(lanes);
  const seconds = Math.round((performance.now() - began) / 1_000);
  print(JSON.stringify({ seeds: told, from, failed, shaky, sabotage, seconds }));
  const isRight = sabotage === null ? failed.length === 0 : failed.length > 0;
  process.exitCode = isRight ? 0 : 1;
}

await (values.seed === undefined
  ? many(Number(values.from), Number(values.seeds), Number(values["at-once"]))
  : replay(Number(values.seed)));
