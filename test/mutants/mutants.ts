import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { npmCommand, wholeNumber } from "../../src/cli/npm-command.ts";
import { CHECKOUT, type Copy, copyOf, filesOf } from "./copy.ts";
import { type Reach, reachOf, testsAt } from "./reach.ts";
import { ROOMS, sample, type Sampled } from "./sample.ts";
import { typesOf } from "./types.ts";

/** Ends a run whose time was up: not a fault, but not a result either (EX_TEMPFAIL). */
const TIME_UP = 75;
type Noticed = "types" | "tests" | "hung" | "nobody";
type Outcome = { readonly id: string; readonly noticed: Noticed; readonly by: string };

const asked = npmCommand(
  "mutants",
  "Breaks the sources on purpose, one place at a time, in a copy of this checkout, and looks whether the types or a test notice: " +
    "as many places in the core, the flow, the forge (with GitHub) and the proof. Of the tests only those are played that run " +
    "the place, the narrowest and cheapest first, until one is red. Lists what nobody noticed. The first run plays every test file " +
    "once to see what it runs (minutes) and keeps that; a mutant takes seconds, one that nobody notices up to a minute or two.",
  (command) =>
    command
      .option("--count <n>", "how many mutants, of all rooms together", wholeNumber, 120)
      .option("--seed <n>", "another sample", wholeNumber, 1)
      .option("--in <paths...>", "only files whose path begins so", ["src/"])
      .option("--minutes <n>", `stop after so long and end with ${TIME_UP}; the same command goes on there, as long as no file has changed`, wholeNumber, 600), // prettier-ignore
)
  .parse()
  .opts<{ count: number; seed: number; minutes: number; in: readonly string[] }>();
const say = (line: string) => process.stdout.write(`${line}\n`);
await main(asked.count, asked.seed, asked.minutes, asked.in);

async function main(count: number, seed: number, minutes: number, among: readonly string[]): Promise<void> {
  const until = Date.now() + minutes * 60_000;
  const sampled = await sample(CHECKOUT, seed, count, among);
  if (sampled.length === 0) {
    process.stderr.write(
      `No source begins with ${among.join(" or ")}; the rooms are ${Object.values(ROOMS).flat().join(", ")}.\n`,
    );
    process.exit(2);
  }
  const { done, keep } = keptOutcomes();
  const left = sampled.filter(({ id }) => !done.has(id));
  if (left.length > 0) await notice(left, until, keep);
  report(sampled, done, seed);
}

async function notice(left: readonly Sampled[], until: number, keep: (one: Outcome) => void): Promise<void> {
  const types = typesOf(CHECKOUT);
  const copy = copyOf(CHECKOUT);
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  process.once("exit", () => copy.remove());
  const reach = await reachOf(copy, CHECKOUT, { until, timeUp, say });
  for (const [at, one] of left.entries()) {
    if (Date.now() > until) timeUp(`${left.length - at} mutants`);
    const begun = Date.now();
    const refused = types.refuse(one.mutant.path, one.mutant.text());
    const outcome = refused ? { id: one.id, noticed: "types" as const, by: "" } : await played(copy, reach, one);
    keep(outcome);
    const who = outcome.noticed === "nobody" ? "NOT NOTICED" : outcome.noticed;
    say(
      `${at + 1} of ${left.length}  ${inWords(one)}: ${who}${outcome.by && ` (${short(outcome.by, 200)})`}, ${seconds(begun)}`,
    );
  }
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

function timeUp(left: string): never {
  say(`Time is up, ${left} are left. The same command goes on here.`);
  process.exit(TIME_UP);
}

async function played(copy: Copy, reach: Reach, one: Sampled): Promise<Outcome> {
  const { path } = one.mutant;
  const { chosen, of } = testsAt(reach, one, readFileSync(join(CHECKOUT, path), "utf8"));
  if (of === 0) return { id: one.id, noticed: "nobody", by: "no test runs it" };
  return copy.changed(path, one.mutant.text(), async () => {
    const result = await copy.play(chosen, (test) => reach.get(test)?.ms ?? null);
    if (result.outcome === "green")
      return { id: one.id, noticed: "nobody", by: `${chosen.length} of ${of} test files that run it` };
    return { id: one.id, noticed: result.outcome === "red" ? "tests" : "hung", by: result.by };
  });
}

/** What earlier runs found out about the very same sources and tests. */
function keptOutcomes(): { done: Map<string, Outcome>; keep(one: Outcome): void } {
  const state = createHash("sha256");
  for (const path of filesOf(CHECKOUT)
    .filter((one) => /^(src|test(?!\/mutants\/)|migrations|package)/.test(one))
    .sort())
    state.update(path).update(readFileSync(join(CHECKOUT, path)));
  const file = join(CHECKOUT, `node_modules/.cache/mutants/found-${state.digest("hex").slice(0, 16)}.jsonl`);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const done = new Map(lines.map((line) => JSON.parse(line) as Outcome).map((one) => [one.id, one]));
  mkdirSync(dirname(file), { recursive: true });
  const keep = (one: Outcome) => {
    done.set(one.id, one);
    appendFileSync(file, `${JSON.stringify(one)}\n`);
  };
  return { done, keep };
}

function inWords({ mutant }: Sampled): string {
  return `${mutant.path}:${mutant.line} ${mutant.kind} ${short(mutant.from, 60)} → ${short(mutant.to, 60)}`;
}

/** Names of tests and pieces of code can have many lines. */
function short(text: string, charsMax: number): string {
  return text.replace(/\s+/g, " ").slice(0, charsMax);
}

/** As the proof weighs them: the others change what ordinary input leads to, of these often nobody could see a difference. */
function isSubtle({ mutant: { kind } }: Sampled): boolean {
  return kind === "subtle" || kind === "data" || kind === "wrapper";
}

function report(sampled: readonly Sampled[], done: ReadonlyMap<string, Outcome>, seed: number): void {
  const byOf = ({ id }: Sampled) => done.get(id)?.noticed ?? "nobody";
  const missed = sampled.filter((one) => byOf(one) === "nobody");
  say(missed.length > 0 ? "\nNobody noticed:" : "\nEvery mutant was noticed.");
  for (const one of missed) say(`  ${inWords(one)} (${done.get(one.id)?.by ?? ""})`);
  const share = (those: readonly Sampled[]) => {
    return { mutants: those.length, noticed: those.filter((one) => byOf(one) !== "nobody").length };
  };
  const all = share(sampled);
  const by = Object.fromEntries(["types", "tests", "hung"].map((who) => [who, sampled.filter((one) => byOf(one) === who).length])); // prettier-ignore
  const weights = { telling: share(sampled.filter((one) => !isSubtle(one))), subtle: share(sampled.filter(isSubtle)) };
  const rooms = Object.keys(ROOMS).map((room) => [room, share(sampled.filter((one) => one.room === room))] as const);
  say(JSON.stringify({ seed, ...all, by, ...weights, rooms: Object.fromEntries(rooms) }));
}
