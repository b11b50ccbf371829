import { z } from "zod";
import { NOT_AWAY } from "../../ticket/progress.ts";
import type { Rework, Ticket } from "../../ticket/ticket.ts";
import type { EntryData } from "../entries.ts";
import { roleSchema } from "../ids.ts";
import { modelName, short } from "../records.ts";
import { because, login, loginOrPolicy, path, source, vendor } from "./fields.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";
import {
  ACCOUNT_CHARS_MAX,
  COMMENTS_MAX,
  ID_CHARS_MAX,
  PERSON_TEXT_CHARS_MAX,
  REPLY_CHARS_MAX,
  WHY_CHARS_MAX,
} from "../limits.ts";

/** What people want of a ticket, and what they were answered. */

/** Inline comments of a review. */
const remarks = z
  .array(
    z.object({
      id: z.number().int(),
      path,
      line: z.number().int().nullable(),
      text: z.string().max(ACCOUNT_CHARS_MAX),
    }),
  )
  .max(COMMENTS_MAX);

export const reworkRequestedData = z.object({
  by: login,
  source,
  instructions: z.string().max(PERSON_TEXT_CHARS_MAX),
  /** The round it comes after, or null when nothing was written yet and the plan is made anew. */
  round: z.number().int().min(0).nullable(),
  comments: remarks,
});

export const reworkRequested: Kind<"rework_requested"> = { fold: rework, isAwaited: withTheNext, role: null };

function rework(ticket: Ticket, data: Rework): Ticket {
  const instructions = [...ticket.rework.instructions, data];
  // Who says what to do has answered what was asked.
  const questions =
    ticket.questions.state === "open" ? { ...ticket.questions, state: "settled" as const } : ticket.questions;
  const plan = ticket.change ? ticket.plan : null;
  return {
    ...ticket,
    plan,
    questions,
    halt: null,
    failures: 0,
    seatFailures: 0,
    away: NOT_AWAY,
    rework: { instructions, state: "pending" },
    remarks: [],
    proof: null,
    mergeApproval: null,
  };
}

export const remarkedData = z.object({
  by: login,
  source,
  text: z.string().max(PERSON_TEXT_CHARS_MAX),
  comments: remarks,
});

/** Somebody who may write reviewed the change without a verdict. Whether it is to be worked in is theirs to say. */
export const remarked: Kind<"remarked"> = {
  fold: (ticket, data) => ({ ...ticket, remarks: [...ticket.remarks, data] }),
  isAwaited: atOnce,
  role: null,
};

export const commandedData = z.object({
  by: login,
  source,
  verb: z.string().max(ID_CHARS_MAX),
  args: z.string().max(WHY_CHARS_MAX),
  outcome: z.enum(["accepted", "refused", "informed"]),
  reply: z.string().max(REPLY_CHARS_MAX),
  because,
});

export const commanded: Kind<"commanded"> = {
  fold: (ticket, { by, outcome }) => (outcome === "accepted" ? ticket : answeredOnce(ticket, by)),
  isAwaited: ({ outcome }) => outcome !== "accepted",
  role: null,
};

function answeredOnce(ticket: Ticket, login: string): Ticket {
  return { ...ticket, answered: new Map(ticket.answered).set(login, (ticket.answered.get(login) ?? 0) + 1) };
}

export const assignmentChangedData = z.object({
  role: roleSchema,
  model: modelName,
  vendor,
  by: loginOrPolicy,
  why: short,
  because,
});

export const assignmentChanged: Kind<"assignment_changed"> = { fold: reassigned, isAwaited: withTheNext, role: null };

function reassigned(ticket: Ticket, data: EntryData<"assignment_changed">): Ticket {
  if (!ticket.assignment) return ticket;
  return {
    ...ticket,
    seatFailures: 0,
    assignment: { ...ticket.assignment, [data.role]: { model: data.model, vendor: data.vendor } },
  };
}

export const budgetRaisedData = z.object({ by: login, source, addMicroUsd: z.number().int().min(1) });

export const budgetRaised: Kind<"budget_raised"> = {
  fold: (ticket, data) => ({ ...ticket, raisedMicroUsd: ticket.raisedMicroUsd + data.addMicroUsd }),
  isAwaited: withTheNext,
  role: null,
};
