import { parseArgs } from "node:util";
import { SABOTAGE, type SabotageName } from "./sabotage.ts";
import { tell, type Told } from "./story.ts";

/**
 * `npm run simulate -- --seeds 100` plays a hundred tickets with faults, deaths and people; `--from 7` begins at another seed,
 * `--seed 7` replays one and prints its story, `--sabotage NAME` takes a safeguard out and wants it to be found.
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

function sabotageOf(name: string | undefined): (typeof SABOTAGE)[SabotageName] | undefined {
  if (name === undefined) return undefined;
  if (!(name in SABOTAGE)) throw new Error(`--sabotage takes one of ${Object.keys(SABOTAGE).join(", ")}`);
  return SABOTAGE[name as SabotageName];
}

async function replay(seed: number): Promise<void> {
  let failed = 0;
  for (let turn = 0; turn < REPLAYS; turn++) {
    const told = await tell(seed, sabotageOf(values.sabotage));
    show(told);
    failed += told.broken.length > 0 ? 1 : 0;
  }
  print(JSON.stringify({ seed, replays: REPLAYS, failed }));
  process.exitCode = failed > 0 ? 1 : 0;
}

async function many(from: number, seeds: number): Promise<void> {
  const began = performance.now();
  const endMs = values.seconds === undefined ? Infinity : Number(values.seconds) * 1_000;
  const failed: number[] = [];
  const shaky: number[] = [];
  let told = 0;
  for (let seed = from; seed < from + seeds && performance.now() - began < endMs; seed++) {
    const one = await tell(seed, sabotageOf(values.sabotage));
    told++;
    if (one.broken.length === 0) continue;
    show(one);
    print(`  again: npm run simulate -- --seed ${seed}`);
    if (values.sabotage === undefined && (await tell(seed)).broken.length === 0) {
      shaky.push(seed);
      continue;
    }
    failed.push(seed);
    if (values.sabotage !== undefined) break;
  }
  const seconds = Math.round((performance.now() - began) / 1_000);
  print(JSON.stringify({ seeds: told, from, failed, shaky, sabotage: values.sabotage ?? null, seconds }));
  const isRight = values.sabotage === undefined ? failed.length === 0 : failed.length > 0;
  process.exitCode = isRight ? 0 : 1;
}

await (values.seed === undefined ? many(Number(values.from), Number(values.seeds)) : replay(Number(values.seed)));
