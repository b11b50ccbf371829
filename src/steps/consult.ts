// Held by test/scenarios/providers.system.ts
import type { Consultation, ConsultOptions } from "../agent/consultation.ts";
import { consult } from "../agent/loop.ts";
import { consultProgram } from "../agent/program.ts";
import type { Overlay } from "../agent/files.ts";
import { DEFAULT_LIMITS } from "../agent/limits.ts";
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import type { Role } from "../core/ledger/ids.ts";
import { type HaltReason, NO_SPEND, type Spend } from "../core/ledger/entries.ts";
import type { Blobs, Snapshot } from "../trees/tree.ts";
import { journaled } from "../models/journaled.ts";
import type { Model } from "../models/model.ts";
import { dependence, type Played } from "../models/independence.ts";
import { waitMs } from "../models/patience.ts";
import type { Briefing } from "../roles/briefing.ts";
import type { AnswerFacts, RoleTask } from "../roles/task.ts";
import { openOverlay } from "../trees/overlay.ts";
import { NOTHING_PREPARED, type Prepared } from "../workspace/preparer.ts";
import type { Sandbox } from "../workspace/sandbox.ts";
import type { Denial } from "./spend-limits.ts";
import { preparedBase } from "./prepare-base.ts";
import { programOf } from "./program.ts";
import { baseSnapshot } from "./snapshots.ts";
import type { StepContext, StepResult } from "./step.ts";
import { unbooked } from "./unbooked.ts";
import { withinBudget } from "./within-budget.ts";

/** Asks the model that has a role, within the ticket's budget, through the journal. Every way this can end has its result. */
export type Answered<A> = {
  readonly outcome: "answered";
  readonly answer: A;
  /** The files as they were when the answer was checked. */
  readonly facts: AnswerFacts;
  readonly model: Seat;
  readonly spend: Spend;
  /** What a coding agent wrote and nobody could take, a sentence each. */
  readonly left?: readonly string[];
};

/** `served`: the model that says it answered, where the provider tells. */
type Seat = { readonly name: string; readonly vendor: string; readonly served?: string };

type Seating<A> = {
  readonly snapshot: Snapshot;
  /** Only for who may write; the others read a copy of their own. */
  readonly overlay?: Overlay;
  readonly gate?: (answer: A) => Promise<string[]>;
};

/** What was wrong with an answer: the first few show the kind. */
const PROBLEMS_SHOWN = 3;

export async function consultRole<A>(
  context: StepContext,
  role: Role,
  task: RoleTask<A>,
  briefing: Briefing,
  seating: Seating<A>,
): Promise<Answered<A> | StepResult> {
  const { ticket, world, signal } = context;
  const seat = ticket.assignment?.[role];
  const model = seat && world.models.get(seat.model);
  if (!seat || !model) {
    const because = why("model-not-in-pool", { model: seat?.model ?? role });
    return { outcome: "failed", reason: "model-unavailable", because, spend: NO_SPEND, inMs: 0 };
  }
  const scope = {
    ticket: ticket.key,
    step: `${role}.${task.task}.${briefing.round}`,
    attempt: ticket.tries,
    now: world.now,
    onCall: ({ hit }: { readonly hit: boolean }) => void (kept += hit ? 0 : 1),
  };
  let served: string | undefined;
  let kept = 0;
  const agent = role === "implementer" ? world.agents?.get(model.name) : undefined;
  // What a program asks is not ours to shorten.
  const purse = withinBudget(context, model, agent ? "as asked" : "as long as fits");
  const options: ConsultOptions<A> = {
    task,
    briefing,
    model: listening(journaled(purse.model, world.journal, scope), (name) => (served = name)),
    limits: DEFAULT_LIMITS[task.tools],
    files: task.tools === "none" ? null : (seating.overlay ?? openOverlay(seating.snapshot, world.blobs)),
    sandbox: deskSandbox(context),
    journaled: {
      journal: world.journal,
      scope: { ticket: scope.ticket, step: scope.step, attempt: scope.attempt },
      now: world.now,
    },
    mayAsk: purse.mayAsk,
    ...(seating.gate ? { gate: seating.gate } : {}),
    signal,
  };
  const hear = (name: string) => (served = name);
  const program = agent && programOf(context, agent, model, { scope, hear });
  const ask = (watch?: ConsultOptions<A>["watch"]) =>
    program ? consultProgram({ ...options, watch }, program) : consult({ ...options, watch });
  const what = { kind: "consultation", role, model: model.name } as const;
  const consulted = await (world.telemetry?.part(what, ask, ({ outcome }) => ({ outcome })) ?? ask());
  world.log.info(
    {
      ticket: ticket.key,
      role,
      model: model.name,
      outcome: consulted.outcome,
      ...consulted.transcript,
      ...consulted.spend,
    },
    "role consulted",
  );
  const spend = await unbooked(world.journal, ticket, consulted.spend);
  if (consulted.outcome !== "answered")
    return unanswered(context, { ...consulted, spend }, { denial: purse.denial(), kept });
  const sentence = doubts(role) ? dependence(role, { ...seatedAs(seat, model), served }, authorOf(context)) : null;
  if (sentence !== null) {
    const because = why("review-not-independent", { model: model.name, sentence });
    return { outcome: "failed", reason: "model-unusable", because, spend, inMs: 0 };
  }
  const answeredBy = { name: model.name, vendor: seat.vendor, ...(served === undefined ? {} : { served }) };
  return { ...consulted, spend, model: answeredBy };
}

function listening(model: Model, hear: (served: string) => void): Model {
  const ask: Model["ask"] = async (question, signal, watch) => {
    const reply = await model.ask(question, signal, watch);
    if ("served" in reply && reply.served !== undefined) hear(reply.served);
    return reply;
  };
  return { ...model, ask };
}

function doubts(role: Role): role is "reviewer" | "adversary" {
  return role === "reviewer" || role === "adversary";
}

function seatedAs({ vendor }: { readonly vendor: string }, { name, asks }: Model): Played {
  return { name, vendor, asks };
}

/** Who wrote the head; null for a person's. */
function authorOf({ ticket, world }: StepContext): Played | null {
  const last = ticket.change?.last;
  if (!last) return null;
  return { name: last.model, vendor: last.vendor, asks: world.models.get(last.model)?.asks, served: last.served };
}

/** What a role runs sees the packages of the base, like the runs of the proof. */
function deskSandbox(
  context: StepContext,
): { sandbox: Sandbox; blobs: Blobs; prepared: () => Promise<Prepared> } | null {
  const { sandbox, blobs } = context.world;
  if (sandbox.state !== "available") return null;
  let begun: Promise<Prepared> | null = null;
  const prepared = async () => {
    const base = await baseSnapshot(context);
    return base.outcome === "found" ? preparedBase(context, base.snapshot) : NOTHING_PREPARED;
  };
  return { sandbox: sandbox.sandbox, blobs, prepared: () => (begun ??= prepared()) };
}

function unanswered<A>(
  context: StepContext,
  end: Exclude<Consultation<A>, { outcome: "answered" }>,
  { denial, kept }: { readonly denial: Denial | null; readonly kept: number },
): StepResult {
  const { sentence } = end;
  const failed = (reason: HaltReason, spend: Spend, inMs: number, problems: readonly string[] = []) => ({
    outcome: "failed" as const,
    reason,
    because: why("model-failed-so", { sentence, problems }),
    spend,
    inMs,
  });
  switch (end.outcome) {
    case "unusable":
      return failed("model-unusable", end.spend, 0, end.problems.slice(0, PROBLEMS_SHOWN));
    case "refused":
      return failed("model-unusable", end.spend, 0);
    case "unavailable": {
      // Words that broke off were paid for, and yet nothing goes on from them.
      const failures = kept > 0 ? 0 : context.ticket.failures;
      const inMs = waitMs(failures, end.retryAfterMs, Math.random(), context.world.modelRetry);
      return { ...failed("model-unavailable", end.spend, inMs), kept };
    }
    case "rejected":
      return failed("model-unavailable", end.spend, 0);
    case "limit":
      if (!denial || end.limit !== "budget") return failed("model-unusable", end.spend, 0);
      return { outcome: "done", entries: [withSpend(halted("budget", "policy", denial.because), end.spend)] };
  }
}

type Halt = ReturnType<typeof halted>;

function withSpend(halt: Halt, spend: Spend): Halt {
  return spend.calls > 0 ? { ...halt, data: { ...halt.data, spend } } : halt;
}
