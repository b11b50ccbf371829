import { PHASES } from "../../src/core/ticket/phase.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import type { Database } from "../../src/store/database.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { App } from "../../src/app.ts";
import { type Stage, strike } from "../support/scenario.ts";
import {
  finish,
  fixed,
  fixes,
  ISSUE,
  loudStory,
  NAMED,
  NAMELESS,
  NAMELESS_ID,
  policy,
  raiseChecked,
  sees,
  write,
} from "../support/stories.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { anyEvent, PUSHED, type Scene } from "./events.ts";
import { brokenIn } from "./invariants.ts";
import { Crew, serverDatabase } from "./crew.ts";
import { type MortalDatabase, mortal } from "./mortal-database.ts";

/**
 * One ticket from its label to its end, with faults and people that a seed chooses. The people, the faults and their order are the
 * seed's; which request meets which fault depends on how the machine schedules, so a seed is replayed a few times.
 */
export type Told = { readonly seed: number; readonly broken: readonly string[]; readonly story: readonly string[] };
export type Sabotage = (stage: Pick<Stage, "app">) => void;

const EVENTS_MAX = 9;
/** Of every so many seeds one has several workers over one database. */
const SEVERAL_EVERY = 3;
const MATES_MAX = 2;
/** What the plan does not name is taken away again, such as the file that somebody pushed. */
const UNDOES: ScriptEntry = {
  role: "implementer",
  when: { task: "fix" },
  turns: [
    { call: [{ name: "delete_file", args: { path: PUSHED } }] },
    finish({ unplanned: [{ path: PUSHED, why: "Taken away again: the plan does not ask for it." }] }),
  ],
};
/** Waits of the queue that are sat out; later ones are ended by `wake`. */
const HORIZON_MS = 60;
/** Before a read is repeated; the growing waits between are the same program with another number. */
const READ_RETRY_MS = 1;
const MINUTE_MS = 61_000;
/** Passes at the end, in which nothing stands in the way: more than any ticket needs. */
const LAPS_MAX = 12;

export async function tell(seed: number, sabotage: Sabotage = () => undefined): Promise<Told> {
  // Each story begins today: after a hundred of them the clock would be a day ahead of what goes by the machine's.
  [offsetMs, skewMs] = [0, 0];
  const chance = chanceOf(seed);
  const story: string[] = [];
  const mates = seed % SEVERAL_EVERY === 0 ? chance.between(1, MATES_MAX) : 0;
  const real = mates > 0 ? await serverDatabase() : await alone();
  const told = async () => {
    const scene = await begin(chance, real, sabotage, story, mates);
    for (let left = chance.between(2, EVENTS_MAX); left > 0; left--) {
      const event = anyEvent(scene);
      story.push(event.name);
      await event.happen(scene);
      await goOn(scene, sabotage, story, chance.one(0.5) ? "a minute" : "at once");
    }
    await end(scene, sabotage, story);
    return brokenIn(scene.stage, scene.issue);
  };
  const broken = await told().catch(fell("the simulator fell"));
  // It also says where this program and GitHub's own description of a request or an answer differ.
  const struck = await strike().then(() => [], fell("the stage fell"));
  if (mates === 0) await real.close();
  return { seed, story, broken: [...broken, ...struck] };
}

function fell(what: string): (error: unknown) => readonly string[] {
  return (error) => [`${what}: ${error instanceof Error ? error.stack : String(error)}`];
}

async function alone(): Promise<Database> {
  const found = await openSqlite({ at: "memory" });
  if (found.outcome === "refused") throw new Error(found.sentence);
  return found.database;
}

let offsetMs = 0;
/** GitHub's clock. Each process has one of its own, which goes before or after it. */
const now = () => new Date(Date.now() + offsetMs);
let skewMs = 0;
const SKEWS_MS = [-20_000, 0, 20_000] as const;
const ownNow = () => new Date(now().getTime() + skewMs);

async function begin(
  chance: Chance,
  real: Database,
  sabotage: Sabotage,
  story: string[],
  mates: number,
): Promise<Scene> {
  const crew = mates > 0 ? new Crew(real) : null;
  const process: MortalDatabase = mortal(real, () => crew?.silent(process));
  const gate = chance.pick(["never", "always"]);
  const script = chance.one(0.4) ? "is fixed" : "adapts";
  const rounds =
    script === "adapts"
      ? []
      : [sees("reviewer", 1, { findings: [NAMELESS] }), fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED))];
  story.push(`the plan gate is ${gate}, ${rounds.length > 0 ? "a review finds something" : "all reviews pass"}`);
  const options = {
    database: process.database,
    horizonMs: HORIZON_MS,
    readRetryMs: READ_RETRY_MS,
    now: ownNow,
    forge: { now },
  };
  const stage = await raiseChecked(
    loudStory(...rounds, UNDOES),
    { files: policy(`planGate: ${gate}`), people: { max: "write" } },
    options,
  );
  sabotage(stage);
  for (let more = mates; more > 0; more--) await crew?.join(stage, (app) => sabotage({ app: () => app }));
  if (crew) story.push(`${mates + 1} workers`);
  const issue = stage.repo.openIssue("mona", ISSUE);
  const setClock = (byMs: number) => void (skewMs += byMs);
  const scene: Scene = { stage, issue, process, chance, script, setClock, crew };
  if (chance.one(0.5)) process.dieIn(chance.between(0, 400));
  const early = anyEvent(scene);
  story.push(early.name);
  await early.happen(scene);
  stage.repo.addLabel("mona", issue, "coop");
  await goOn(scene, sabotage, story, "at once");
  return scene;
}

/** What follows has happened; a process that died meanwhile is begun anew. */
async function goOn(
  { stage, issue, process, chance, crew }: Scene,
  sabotage: Sabotage,
  story: string[],
  when: "at once" | "a minute",
) {
  if (when === "a minute") offsetMs += MINUTE_MS;
  const ifAlive = (error: unknown) => {
    if (!process.isDead()) throw error;
  };
  try {
    await (when === "a minute" ? stage.wake(issue) : stage.settle());
  } catch (error) {
    ifAlive(error);
  }
  const others = (app: App) => sabotage({ app: () => app });
  if (!process.isDead()) {
    // What a worker does that wakes up late may have others die or freeze, each of them once.
    while (!process.isDead() && (await crew?.goOn(stage, others, story))) await stage.settle().catch(ifAlive);
    if (!process.isDead()) return;
  }
  skewMs = chance.pick(SKEWS_MS);
  story.push(`  it died; the clock of the next one is ${skewMs / 1_000} s off`);
  await crew?.bury();
  await stage.restart(undefined, () => process.revive());
  sabotage(stage);
  await crew?.goOn(stage, others, story);
  await stage.settle();
}

/** Nothing stands in the way any more, and mona says what she is asked for. */
async function end(scene: Scene, sabotage: Sabotage, story: string[]): Promise<void> {
  const { stage, issue, process, crew } = scene;
  process.revive();
  crew?.last();
  await crew?.goOn(stage, (app) => sabotage({ app: () => app }), story);
  stage.forge.clearFailures();
  stage.forge.release();
  await stage.restart(undefined, () => process.revive());
  sabotage(stage);
  for (let lap = 0; lap < LAPS_MAX; lap++) {
    await goOn(scene, sabotage, story, "a minute");
    const hasBegun = (await stage.entries(issue)).length > 0;
    if (!hasBegun && isAskedAgain(scene)) {
      story.push("in the end: the label once more");
      stage.repo.removeLabel("mona", issue, "coop");
      stage.repo.addLabel("mona", issue, "coop");
      continue;
    }
    const phase = hasBegun ? await stage.phase(issue) : null;
    if (phase && PHASES[phase].turn === "nobody") break;
    const asked = await wordsFor(stage, issue);
    if (asked === null) continue;
    // Whoever pushed last may not say yes alone.
    const who = lap % 2 === 0 ? "mona" : "max";
    story.push(`in the end: ${asked}, says ${who}`);
    stage.repo.comment(who, issue, asked);
  }
}

/** GitHub could not be asked about mona when she put the label on, and the bot told her to do it again. */
function isAskedAgain({ stage, issue }: Scene): boolean {
  const { comments, labels } = stage.repo.thread(issue);
  return labels.includes("coop") && comments.some(({ body }) => body.includes("remove it and add it again"));
}

async function wordsFor(stage: Stage, issue: number): Promise<string | null> {
  const entries = await stage.entries(issue);
  if (entries.length === 0) return null;
  const ticket = await stage.ticket(issue);
  const phase = await stage.phase(issue);
  if (phase === "plan-approval" || phase === "ready") return "/coop approve";
  if (PHASES[phase].turn !== "person") return null;
  return ticket.halt ? outOf(stage, ticket.halt) : "/coop retry";
}

/** What mona says to a halt: what its comment tells her. */
function outOf(stage: Stage, { reason, as, details }: NonNullable<Ticket["halt"]>): string {
  const pull = stage.repo.numbers("pull").at(-1);
  if (reason === "pull-request-closed" && pull !== undefined && stage.repo.thread(pull).state === "closed")
    stage.repo.reopen("mona", pull);
  if (reason === "text-changed" || reason === "protected-paths") return "/coop approve";
  if (reason === "merge-conflict") return "/coop rework Take in the base branch.";
  const item = reason === "unproven" && /^([a-z-]+): /.exec(details[0] ?? "")?.[1];
  if (item) return `/coop accept ${item} It cannot be shown in a simulation.`;
  return as === "parked" ? "/coop resume" : "/coop retry";
}
