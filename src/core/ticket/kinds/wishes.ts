import { NOT_AWAY } from "../progress.ts";
import { refuseRequests } from "../test-requests.ts";
import type { Rework, Ticket } from "../ticket.ts";
import type { EntryData } from "../../ledger/entries.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const reworkRequested: Kind<"rework_requested"> = { fold: rework, isAwaited: withTheNext, role: null };

function rework(ticket: Ticket, data: Rework): Ticket {
  const instructions = [...ticket.rework.instructions, data];
  // Who says what to do has answered what was asked.
  const questions =
    ticket.questions.state === "open" ? { ...ticket.questions, state: "settled" as const } : ticket.questions;
  // Of a plan that nobody has accepted yet, another one is wished for.
  const plan = ticket.change && ticket.plan?.approvedBy ? ticket.plan : null;
  return {
    ...ticket,
    plan,
    questions,
    halt: null,
    failures: 0,
    seatFailures: 0,
    away: NOT_AWAY,
    rework: { instructions, state: "pending" },
    testRequests: refuseRequests(ticket, data.by, data.instructions),
    remarks: [],
    proof: null,
    mergeApproval: null,
  };
}

/** Somebody who may write reviewed the change without a verdict. Whether it is to be worked in is theirs to say. */
export const remarked: Kind<"remarked"> = {
  fold: (ticket, data) => ({ ...ticket, remarks: [...ticket.remarks, data] }),
  isAwaited: atOnce,
  role: null,
};

export const commanded: Kind<"commanded"> = {
  fold: (ticket, { by, outcome }) => (outcome === "accepted" ? ticket : answeredOnce(ticket, by)),
  isAwaited: ({ outcome }) => outcome !== "accepted",
  role: null,
};

function answeredOnce(ticket: Ticket, login: string): Ticket {
  return { ...ticket, answered: new Map(ticket.answered).set(login, (ticket.answered.get(login) ?? 0) + 1) };
}

export const assignmentChanged: Kind<"assignment_changed"> = { fold: reassigned, isAwaited: withTheNext, role: null };

function reassigned(ticket: Ticket, data: EntryData<"assignment_changed">): Ticket {
  if (!ticket.assignment) return ticket;
  return {
    ...ticket,
    seatFailures: 0,
    assignment: { ...ticket.assignment, [data.role]: { model: data.model, vendor: data.vendor } },
  };
}

export const budgetRaised: Kind<"budget_raised"> = {
  fold: (ticket, data) => ({ ...ticket, raisedMicroUsd: ticket.raisedMicroUsd + data.addMicroUsd }),
  isAwaited: withTheNext,
  role: null,
};
