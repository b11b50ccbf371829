import { z } from "zod";
import { NOT_AWAY } from "../../ticket/progress.ts";
import type { Part } from "../../ticket/epic.ts";
import type { Ticket } from "../../ticket/ticket.ts";
import type { EntryData } from "../entries.ts";
import { sha256Schema } from "../ids.ts";
import { addSpend, haltReasonSchema, sentence, short, spendSchema, stepNameSchema } from "../records.ts";
import { because, login, loginOrPolicy, source } from "./fields.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";
import { DETAILS_MAX, NEXT_MAX, SHORT_NAME_CHARS_MAX, STATEMENT_CHARS_MAX } from "../limits.ts";

/** Edits of a try that came to no end, kept as an artifact for the next one. */
const work = z.object({ sha256: sha256Schema, files: z.number().int().min(1) }).optional();

/** Work that failed, was interrupted, stands still, or goes on. */
export const haltedData = z.object({
  as: z.enum(["parked", "blocked"]),
  reason: haltReasonSchema,
  by: loginOrPolicy,
  sentence,
  details: z.array(z.string().max(STATEMENT_CHARS_MAX)).max(DETAILS_MAX),
  next: z.array(short).min(1).max(NEXT_MAX),
  because,
  /** What the step that ended here had paid. */
  spend: spendSchema.optional(),
});

export const halted: Kind<"halted"> = {
  fold: (ticket, data, at) => ({
    ...ticket,
    halt: { ...data, at },
    mergeApproval: null,
    spend: data.spend ? addSpend(ticket.spend, data.spend) : ticket.spend,
  }),
  isAwaited: atOnce,
  role: null,
};

export const resumedData = z.object({ by: login, source, how: z.enum(["resume", "retry"]) });

export const resumed: Kind<"resumed"> = {
  fold: (ticket, data) => ({
    ...ticket,
    proofs: data.by === "policy" ? ticket.proofs : 0,
    unlocks: data.by === "policy" ? ticket.unlocks + (isLocked(ticket) ? 1 : 0) : 0,
    halt: null,
    epic: data.by === "policy" ? ticket.epic : withoutLeftOut(ticket),
    ...{ failures: 0, seatFailures: 0, away: NOT_AWAY, dependent: [] },
    tries: ticket.halt?.reason === "model-unusable" ? ticket.tries + 1 : ticket.tries,
    proof: ticket.halt?.reason === "unproven" ? null : ticket.proof,
  }),
  isAwaited: withTheNext,
  role: null,
};

function isLocked({ halt }: Ticket): boolean {
  return halt?.because?.code === "conversation-locked";
}

/** A person who goes on although parts were left out wants the others without those that the halt named, and no more. */
function withoutLeftOut({ epic, halt }: Ticket): Ticket["epic"] {
  if (!epic || halt?.reason !== "part-left-out") return epic;
  const missing = halt.because?.code === "part-left-out" ? halt.because.facts["missing"] : null;
  const named = Array.isArray(missing) ? missing.map(String) : null;
  const isNamed = ({ issue }: Part) => named === null || named.includes(String(issue));
  const parts = epic.parts.map((part) =>
    part.state === "left-out" && isNamed(part) ? { ...part, waived: true } : part,
  );
  return { ...epic, parts };
}

export const stepFailedData = z.object({
  step: stepNameSchema,
  attempt: z.number().int().min(1),
  reason: haltReasonSchema,
  sentence,
  spend: spendSchema,
  /** So long the step rests before its next try. Absent: not at all. */
  againInMs: z.number().int().min(0).optional(),
  because,
  work,
});

export const stepFailed: Kind<"step_failed"> = { fold: failed, isAwaited: withTheNext, role: null };

/** A step that ended before its time, because of what was written while it ran. Its result was dropped. */
export const stepInterruptedData = z.object({
  step: stepNameSchema,
  /** The entry that ended it. */
  endedBy: z.object({ seq: z.number().int().min(1), kind: z.string().max(SHORT_NAME_CHARS_MAX) }),
  spend: spendSchema,
  work,
});

export const stepInterrupted: Kind<"step_interrupted"> = {
  fold: (ticket, data) => ({
    ...ticket,
    work: data.work ?? ticket.work,
    spend: addSpend(ticket.spend, data.spend),
  }),
  isAwaited: withTheNext,
  role: null,
};

/** Another failure between two of them says nothing about those that were asked before. */
function dependentAfter({ dependent }: Ticket, { because: reason }: EntryData<"step_failed">): readonly string[] {
  if (reason?.code !== "review-not-independent") return dependent;
  const { model } = reason.facts;
  return typeof model === "string" ? [...dependent, model] : dependent;
}

/**
 * A provider that was away leaves the question as it was, so that the journal still answers the turns already paid for.
 * Nonsense counts as a try of its own: the same question has to be asked anew.
 */
function failed(ticket: Ticket, data: EntryData<"step_failed">): Ticket {
  const tries = data.reason === "model-unusable" ? ticket.tries + 1 : ticket.tries;
  const rests = data.reason === "model-unavailable" ? (data.againInMs ?? 0) : 0;
  // A try that paid for new answers got on: the journal keeps them, so what failed before is no reason to give up.
  const gotOn = rests > 0 && data.spend.calls > 0;
  return {
    ...ticket,
    failures: gotOn ? 1 : ticket.failures + 1,
    seatFailures: gotOn ? 1 : ticket.seatFailures + 1,
    away: {
      restedMs: rests === 0 ? 0 : rests + (gotOn ? 0 : ticket.away.restedMs),
      paid: gotOn ? "some" : ticket.away.paid,
    },
    lastFailure: data.reason,
    dependent: dependentAfter(ticket, data),
    tries,
    work: data.work ?? ticket.work,
    spend: addSpend(ticket.spend, data.spend),
  };
}
