import type { JournalRecord } from "../../models/journal.ts";
import type { Usage } from "../../models/model.ts";
import type { TaskOutcome } from "../example.ts";
import { profileOf, simulatedMs } from "./profiles.ts";

/** What is counted of one run, and how runs add up. Pure. */
export type Mode = "solo" | "team";

export type Figures = {
  /** Calls that had to wait for each other. One ticket's calls all do. */
  readonly calls: number;
  readonly tokensByRole: Readonly<Record<string, number>>;
  readonly inputTokens: number;
  /** Of these a provider would have served so many from its cache. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly costMicroUsd: number;
  /** Of the models: by their profiles, or as they really took. */
  readonly modelMs: number;
};

export type Run = Figures & {
  readonly task: string;
  readonly mode: Mode;
  /** Where it ended: a ticket's phase, or `delivered` and `gave up` of a lone model. */
  readonly ending: string;
  readonly why: string;
  readonly outcome: TaskOutcome;
  readonly rounds: number;
  /** Of this machine: tests, proof and the program itself. */
  readonly machineMs: number;
  /** Of the machine's time: so much fell beside calls of models, and takes nobody longer. */
  readonly besideMs: number;
  readonly routedAs: string | null;
  readonly audit: { readonly complete: boolean; readonly replayed: boolean } | null;
  /** What did not come out as the task says. */
  readonly wrong: readonly string[];
};

export function figuresOf(records: readonly JournalRecord[], models: "scripted" | "live"): Figures {
  const tokensByRole: Record<string, number> = {};
  const sum = { calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, costMicroUsd: 0, modelMs: 0 };
  for (const record of records) {
    const usage = usageOf(record);
    if (!usage) continue;
    const role = record.step.split(".")[0] ?? "";
    const input = usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens;
    tokensByRole[role] = (tokensByRole[role] ?? 0) + input + usage.outputTokens;
    sum.calls += 1;
    sum.inputTokens += input;
    sum.cachedTokens += usage.cachedInputTokens;
    sum.outputTokens += usage.outputTokens;
    sum.costMicroUsd += usage.costMicroUsd ?? 0;
    sum.modelMs += models === "live" ? record.latencyMs : simulatedMs(usage, profileOf(record.model ?? ""));
  }
  return { ...sum, tokensByRole };
}

function usageOf({ kind, reply }: JournalRecord): Usage | null {
  if (kind !== "model" || typeof reply !== "object" || reply === null || !("usage" in reply)) return null;
  return reply.usage as Usage;
}

/** The last line of `coop bench --json`; the keys are its contract. A figure that nothing was measured for is null. */
export type Summary = {
  readonly tasks: { readonly total: number; readonly passed: number; readonly skipped: number };
  readonly routing: { readonly accuracy: number | null; readonly n: number };
  readonly time: {
    readonly soloMedianMs: number | null;
    readonly teamMedianMs: number | null;
    readonly ratio: number | null;
  };
  readonly cost: { readonly ratio: number | null };
  readonly escaped: { readonly solo: number | null; readonly team: number | null };
  readonly simulated: boolean;
  readonly audit: { readonly complete: number; readonly replayed: number };
};

/** Runs of one task in both modes are compared with each other; a task that ran in one mode only is left out of ratios. */
export function summaryOf(
  runs: readonly Run[],
  routing: { readonly right: number; readonly n: number },
  skipped: number,
  models: "scripted" | "live",
): Summary {
  const tasks = [...new Set(runs.map((run) => run.task))];
  const of = (mode: Mode) => runs.filter((run) => run.mode === mode);
  const passed = tasks.filter((task) => runs.every((run) => run.task !== task || run.wrong.length === 0));
  const both = tasks.filter(
    (task) => of("solo").some((one) => one.task === task) && of("team").some((one) => one.task === task),
  );
  const inBoth = (mode: Mode) => of(mode).filter((run) => both.includes(run.task));
  const [solo, team] = [median(of("solo").map(timeMs)), median(of("team").map(timeMs))];
  const cost = (all: readonly Run[]) => all.reduce((sum, run) => sum + run.costMicroUsd, 0);
  const escaped = (mode: Mode) =>
    of(mode).length === 0 ? null : of(mode).filter((run) => run.outcome === "failed").length;
  const audits = runs.flatMap((run) => run.audit ?? []);
  return {
    tasks: { total: tasks.length + skipped, passed: passed.length, skipped },
    routing: { accuracy: ratio(routing.right, routing.n), n: routing.n },
    time: {
      soloMedianMs: solo,
      teamMedianMs: team,
      ratio: ratio(median(inBoth("team").map(timeMs)), median(inBoth("solo").map(timeMs))),
    },
    cost: { ratio: ratio(cost(inBoth("team")), cost(inBoth("solo"))) },
    escaped: { solo: escaped("solo"), team: escaped("team") },
    simulated: models === "scripted",
    audit: {
      complete: audits.filter((one) => one.complete).length,
      replayed: audits.filter((one) => one.replayed).length,
    },
  };
}

/** From the ticket to its end. */
export function timeMs({ modelMs, machineMs, besideMs }: Run): number {
  return modelMs + machineMs - besideMs;
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? upper) + upper) / 2);
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : Math.round((part / whole) * 100) / 100;
}
