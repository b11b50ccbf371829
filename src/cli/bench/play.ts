import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { rotate } from "../../core/rules/rotate.ts";
import { route } from "../../core/rules/routing/route.ts";
import type { Script } from "../../models/script.ts";
import type { DeskCast } from "../desk/cast.ts";
import { scriptedCast } from "../demo/models.ts";
import type { Example } from "../example.ts";
import type { Progress } from "../progress.ts";
import { besideModels } from "./beside.ts";
import { accept } from "./acceptance.ts";
import { figuresOf, type Mode, type Run } from "./figures.ts";
import { fitFor, type Place } from "./place.ts";
import { withCache } from "./profiles.ts";
import { playSolo } from "./solo.ts";
import { playTeam } from "./team.ts";

/** Plays one task in one mode and holds what came out against what the task says. */
export type Bench = {
  readonly place: Place;
  /** Null: scripted models, which each task brings along. */
  readonly live: DeskCast | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};

export type Played =
  { readonly outcome: "played"; readonly run: Run } | { readonly outcome: "skipped"; readonly why: string };

export async function play(bench: Bench, example: Example, mode: Mode): Promise<Played> {
  const { place } = bench;
  const fitted = await fitFor(place, example);
  if (fitted.outcome === "skipped") return fitted;
  if (place.sandbox.state !== "available") return { outcome: "skipped", why: "There is no sandbox." };
  const { sandbox } = place.sandbox;
  const { prepared } = fitted;
  const began = performance.now();
  const end = mode === "team" ? await teamEnd(bench, example) : await soloEnd(bench, example, { sandbox, prepared });
  const machineMs = Math.round(performance.now() - began);
  const { delivered, records, ...rest } = end;
  const figures = figuresOf(records, bench.live ? "live" : "scripted");
  const outcome = await accept(example, delivered, sandbox, prepared);
  const run = {
    ...{ ...figures, ...rest, task: example.name, mode, outcome },
    // Real models answer while the clock of the machine runs.
    machineMs: bench.live ? Math.max(0, machineMs - figures.modelMs) : machineMs,
  };
  return { outcome: "played", run: { ...run, wrong: differences(run, example, bench) } };
}

/** The same models for both: a team turns them by the ticket's number, and the lone model is the one that writes there. */
function castFor({ live }: Bench, script: Script): DeskCast {
  if (live) return live;
  const { pool, models, sandbox } = scriptedCast(script);
  const seats = pool.map(({ name, vendor, roles }) => ({ name, vendor, roles }));
  return { models: models.map(withCache), pool: seats, modelRetry: undefined, secrets: [], sandbox };
}

async function teamEnd(bench: Bench, example: Example) {
  const { place, progress, signal } = bench;
  const cast = castFor(bench, example.script);
  const beside = bench.live ? null : besideModels();
  const models = cast.models.map((one) => beside?.model(one) ?? one);
  const team = { ...{ place, progress, signal }, cast: { ...cast, models }, ahead: beside?.ahead };
  const { status, type, audit, ...end } = await playTeam(example, team);
  const whole = { complete: audit.gaps.length === 0, replayed: audit.unexplained.length === 0 };
  return { ...end, ending: status, routedAs: type, audit: whole, besideMs: beside?.ms() ?? 0 };
}

async function soloEnd(
  bench: Bench,
  example: Example,
  run: Pick<Parameters<typeof playSolo>[1], "sandbox" | "prepared">,
) {
  const cast = castFor(bench, [...example.bench.solo, ...example.script]);
  const key = `desk/${example.name}#1`;
  const rotation = rotate(key, cast.pool, {});
  const writer = rotation.outcome === "assigned" ? rotation.assignment.implementer.model : null;
  const model = cast.models.find((one) => one.name === writer) ?? cast.models[0];
  if (!model) throw new Error("A pool has models");
  const { delivered, ...end } = await playSolo(example, { ...run, key, model });
  const ending = delivered ? "delivered" : "gave up";
  return { ...end, delivered, ending, routedAs: null, audit: null, besideMs: 0 };
}

function differences(run: Omit<Run, "wrong">, { expect, bench: due }: Example, { live }: Bench): string[] {
  const found: string[] = [];
  const compare = (what: string, is: unknown, wanted: unknown) => {
    if (is !== wanted) found.push(`${what}: ${String(is)} instead of ${String(wanted)}`);
  };
  // What real models do is measured, not expected; only what a team lets through is held against it.
  if (live) {
    if (run.outcome === "failed") found.push("the acceptance test fails");
    return found;
  }
  compare("acceptance", run.outcome, due.expect[run.mode]);
  if (run.mode === "solo") return found;
  compare("status", run.ending, expect.status);
  compare("type", run.routedAs, expect.type);
  compare("fix rounds", run.rounds, expect.rounds);
  if (run.audit?.complete !== true) found.push("its audit log is not complete");
  if (run.audit?.replayed !== true) found.push("its audit log does not replay");
  return found;
}

/** Whether the rules alone take the ticket for what it is, with its labels hidden. */
export function isRoutedRight({ ticket, expect, repository }: Example): boolean {
  const { title, body } = ticket;
  const facts = { labels: [], forcedType: null, repositoryFiles: repository.size, namedPaths: [] };
  return route({ title, body, ...facts }, DEFAULT_POLICY).type === expect.type;
}
