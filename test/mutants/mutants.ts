import { parseArgs } from "node:util";
import { CHECKOUT, type Copy, copyOf } from "./copy.ts";
import { play, type Reach, reachOfScenarios, scenariosAt } from "./reach.ts";
import { ROOMS, sample, type Sampled } from "./sample.ts";

const HELP = `npm run mutants -- [--count 40] [--seed 1] [--in src/core]…

Breaks the sources on purpose, one place at a time, in a copy of this checkout, and looks whether a test notices: first the
unit tests that reach the file, then the types, then the scenarios that run the line. Lists what nobody noticed. A mutant
takes from seconds to minutes; playing the scenarios once beforehand takes ten.

  --count N   how many mutants (40)
  --seed N    another sample (1)
  --in PATH   only files whose path begins so; may be repeated
  --units     only unit tests and types: what the scenarios alone would notice is listed as well
`;

/** Who noticed a mutant; null: nobody. */
type Noticed = "unit tests" | "types" | "gate" | "scenarios" | null;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    units: { type: "boolean", default: false },
    in: { type: "string", multiple: true, default: [...ROOMS] },
    help: { type: "boolean", default: false },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
if (values.help) say(HELP);
else await main(number("count"), number("seed"), values.in, values.units);

function number(name: "count" | "seed"): number {
  const read = Number(values[name]);
  if (Number.isInteger(read) && read > 0) return read;
  process.stderr.write(`--${name} takes a whole number above 0, not "${values[name]}".\n`);
  process.exit(2);
}

async function main(count: number, seed: number, among: readonly string[], onlyUnits: boolean): Promise<void> {
  const sampled = await sample(CHECKOUT, seed, count, among);
  if (sampled.length === 0) {
    process.stderr.write(`No source begins with ${among.join(" or ")}; the rooms are ${ROOMS.join(", ")}.\n`);
    process.exit(2);
  }
  const copy = copyOf(CHECKOUT);
  process.once("SIGINT", () => process.exit(130));
  process.once("exit", () => copy.remove());
  const noticed: [Sampled, Noticed][] = [];
  const unseen: Sampled[] = [];
  for (const [at, one] of sampled.entries()) {
    const by = await noticedByUnits(copy, one);
    say(`${at + 1} of ${sampled.length}  ${inWords(one)}: ${by ?? "not by unit tests or types"}`);
    if (by) noticed.push([one, by]);
    else unseen.push(one);
  }
  const reach: Reach = unseen.length > 0 && !onlyUnits ? await reachOfScenarios(copy, say) : new Map();
  for (const one of unseen) {
    const by = onlyUnits ? null : await noticedByScenarios(copy, reach, one);
    say(`${inWords(one)}: ${by ?? "NOT NOTICED"}`);
    noticed.push([one, by]);
  }
  report(noticed, seed);
}

async function noticedByUnits(copy: Copy, { mutant, room }: Sampled): Promise<Noticed> {
  const units = (await copy.related(mutant.path)).filter((one) => isUnit(one, room));
  const near = units.filter((one) => one.replace(/\.test\.ts$/, ".ts") === mutant.path);
  return copy.changed(mutant.path, mutant.text(), async () => {
    for (const tests of [near, units.filter((one) => !near.includes(one))])
      if (tests.length > 0 && (await copy.jest(["--runTestsByPath", ...tests])) === "red") return "unit tests";
    return (await copy.types()) === "red" ? "types" : null;
  });
}

/**
 * The tests of the file's own room and of the command that shows the proof. Farther ones reach nearly everything and take
 * minutes; what reads all sources as text would notice that something was changed, not that it is wrong.
 */
function isUnit(test: string, room: string): boolean {
  return test.startsWith(`${room}/`) || (room === "src/proof" && test === "src/cli/proof.test.ts");
}

async function noticedByScenarios(copy: Copy, reach: Reach, { mutant, room }: Sampled): Promise<Noticed> {
  return copy.changed(mutant.path, mutant.text(), async () => {
    if (room === "src/proof" && (await copy.jest(["test/gate/read.gate.ts"], "jest.gate.config.js")) === "red")
      return "gate";
    for (const scenario of scenariosAt(reach, mutant.path, mutant.line))
      if ((await play(copy, scenario)) === "red") return "scenarios";
    return null;
  });
}

function inWords({ mutant }: Sampled): string {
  const short = (text: string) => text.replace(/\s+/g, " ").slice(0, 60);
  return `${mutant.path}:${mutant.line} ${mutant.kind} ${short(mutant.from)} → ${short(mutant.to)}`;
}

function report(all: readonly (readonly [Sampled, Noticed])[], seed: number): void {
  const missed = all.filter(([, by]) => by === null).map(([one]) => one);
  say(missed.length > 0 ? "\nNobody noticed:" : "\nEvery mutant was noticed.");
  for (const one of missed) say(`  ${inWords(one)}`);
  const rooms = ROOMS.flatMap((room) => {
    const those = all.filter(([one]) => one.room === room);
    return those.length > 0 ? [[room, { mutants: those.length, noticed: those.filter(([, by]) => by).length }]] : [];
  });
  say(JSON.stringify({ seed, mutants: all.length, noticed: all.length - missed.length, rooms: Object.fromEntries(rooms) as unknown })); // prettier-ignore
}
