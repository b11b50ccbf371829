import type { Entry, KnownEntry } from "../ledger/entry.ts";
import { forgeRefOf } from "../ledger/forge-ref.ts";
import { answered, judged, settled } from "./findings.ts";
import type { TicketKey, Role } from "../ledger/ids.ts";
import { addSpend, type EntryData, type EntryKind, type Handoff, NO_SPEND, type Spend } from "../ledger/entries.ts";
import { type Change, type Rework, type Ticket } from "./ticket.ts";

/** @returns null for an empty ledger: no ticket yet. */
export function fold(entries: readonly Entry[]): Ticket | null {
  let ticket: Ticket | null = null;
  for (const entry of entries) {
    if (ticket)
      ticket = { ...(entry.kind === "newer" ? beyond(ticket, entry) : apply(ticket, entry)), length: entry.seq };
    else if (entry.kind === "opened") ticket = { ...open(entry.ticket, entry.data, entry.at), length: entry.seq };
  }
  return ticket;
}

function open(key: TicketKey, opened: EntryData<"opened">, at: string): Ticket {
  const forge = forgeRefOf(opened);
  if (!forge) throw new Error(`${key} names no forge`);
  const base = {
    key,
    length: 0,
    opened,
    forge,
    text: { title: opened.title, hash: opened.textHash },
    textsSetAside: [],
    textSeen: opened.textHash,
    route: null,
    assignment: null,
    questions: { asked: [], state: "none" as const },
    answers: [],
    diagnosis: null,
    plan: null,
    reviews: { reviewer: null, adversary: null },
    findings: new Map(),
    rework: { instructions: [], state: "done" as const },
    proof: null,
    proofs: 0,
    protectedAccepted: null,
    mergeApproval: null,
    halt: null,
    failures: 0,
    lastFailure: null,
    seatFailures: 0,
    away: NOT_AWAY,
    tries: 0,
    work: null,
    handoffs: [],
    spend: NO_SPEND,
    spendByRole: new Map(),
    raisedMicroUsd: 0,
    sources: new Set([opened.source]),
    answered: new Map<string, number>(),
    newer: null,
    faults: [],
    textEdits: 0,
    end: null,
  };
  if (!opened.pull) return { ...base, change: null, pull: null };
  const { number, headSha, branch, baseSha } = opened.pull;
  const change = {
    branch,
    baseSha,
    headSha,
    round: 0,
    authors: [`@${opened.author}`],
    vendor: "person",
    last: null,
    since: at,
    heads: [headSha],
  };
  return { ...base, change, pull: { number, branch, baseBranch: opened.defaultBranch } };
}

type Effect<K extends EntryKind> = (ticket: Ticket, data: EntryData<K>, at: string) => Ticket;

/** What each kind of entry changes in what we believe. */
const EFFECTS: { readonly [K in EntryKind]: Effect<K> } = {
  opened: (ticket) => ticket,
  routed: (ticket, data) => progress({ ...ticket, route: data, assignment: data.assignment }),
  question_asked: (ticket, data) =>
    paid({ ...ticket, questions: { asked: data.questions, state: "open" } }, "navigator", data.spend),
  question_skipped: (ticket, data) =>
    paid({ ...ticket, questions: { asked: [], state: "settled" } }, "navigator", data.spend),
  question_answered: (ticket, data) => ({
    ...ticket,
    questions: { ...ticket.questions, state: "settled" },
    answers: [...ticket.answers, { by: data.by, text: data.text }],
  }),
  diagnosed: (ticket, data) =>
    handed(paid({ ...ticket, diagnosis: data.diagnosis }, "reviewer", data.spend), data.handoff),
  planned: (ticket, data) =>
    handed(paid({ ...ticket, plan: { ...data, approvedBy: null } }, "architect", data.spend), data.handoff),
  plan_approved: (ticket, data) => ({ ...ticket, plan: ticket.plan && { ...ticket.plan, approvedBy: data.by } }),
  implemented: (ticket, data, at) => implemented(ticket, data, at),
  pull_request_opened: (ticket, data) =>
    progress({
      ...ticket,
      pull: { number: data.number, branch: data.branch, baseBranch: data.baseBranch },
    }),
  reviewed: (ticket, data) => reviewed(ticket, data),
  dispute_settled: (ticket, data) =>
    paid({ ...ticket, findings: settled(ticket.findings, data), proof: null }, data.by, data.spend),
  proof_collected: (ticket, data, at) => progress({ ...ticket, proof: { ...data, at }, proofs: ticket.proofs + 1 }),
  merge_approved: (ticket, data) => ({ ...ticket, mergeApproval: { by: data.by, headSha: data.headSha } }),
  protected_accepted: (ticket, data) => ({ ...ticket, protectedAccepted: data, proof: null }),
  rework_requested: (ticket, data) => rework(ticket, data),
  commanded: (ticket, { by, outcome }) => (outcome === "accepted" ? ticket : answeredOnce(ticket, by)),
  assignment_changed: (ticket, data) => reassigned(ticket, data),
  budget_raised: (ticket, data) => ({ ...ticket, raisedMicroUsd: ticket.raisedMicroUsd + data.addMicroUsd }),
  halted: (ticket, data, at) => ({
    ...ticket,
    halt: { ...data, at },
    mergeApproval: null,
    spend: data.spend ? addSpend(ticket.spend, data.spend) : ticket.spend,
  }),
  resumed: (ticket, data) => ({
    ...ticket,
    proofs: data.by === "policy" ? ticket.proofs : 0,
    halt: null,
    failures: 0,
    seatFailures: 0,
    away: NOT_AWAY,
    tries: ticket.halt?.reason === "model-unusable" ? ticket.tries + 1 : ticket.tries,
    proof: ticket.halt?.reason === "unproven" ? null : ticket.proof,
  }),
  step_failed: (ticket, data) => failed(ticket, data),
  text_changed: (ticket, data) => ({
    ...ticket,
    textSeen: data.textHash,
    textEdits: ticket.textEdits + 1,
    mergeApproval: null,
  }),
  text_accepted: (ticket, data) => textAccepted(ticket, data),
  head_moved: (ticket, data, at) => headMoved(ticket, data, at),
  ledger_fault: (ticket, data) =>
    ticket.faults.some((one) => one.place === data.place)
      ? ticket
      : { ...ticket, faults: [...ticket.faults, { place: data.place, by: data.stranger ?? null }] },
  ledger_rebuilt: (ticket) => ticket,
  merged: (ticket, data) => ({ ...ticket, halt: null, end: { as: "merged", by: data.by, sha: data.mergedSha } }),
  stopped: (ticket, data) => ({ ...ticket, halt: null, end: { as: "stopped", by: data.by, sha: null } }),
};

/** What this version does not understand changes nothing that it believes, but it acts no more on the ticket. */
function beyond(ticket: Ticket, entry: Extract<Entry, { kind: "newer" }>): Ticket {
  return { ...ticket, newer: ticket.newer ?? { seq: entry.seq, kind: entry.data.kind } };
}

function apply(ticket: Ticket, entry: KnownEntry): Ticket {
  const effect = EFFECTS[entry.kind] as Effect<EntryKind>;
  return effect(withSource(ticket, entry), entry.data, entry.at);
}

const NOT_AWAY: Ticket["away"] = { restedMs: 0, paid: "nothing" };

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
    tries,
    work: data.work ?? ticket.work,
    spend: addSpend(ticket.spend, data.spend),
  };
}

function answeredOnce(ticket: Ticket, login: string): Ticket {
  return { ...ticket, answered: new Map(ticket.answered).set(login, (ticket.answered.get(login) ?? 0) + 1) };
}

function withSource(ticket: Ticket, entry: KnownEntry): Ticket {
  if (!("source" in entry.data)) return ticket;
  return { ...ticket, sources: new Set([...ticket.sources, entry.data.source]) };
}

/** A step came through: its failed tries are forgotten. */
function progress(ticket: Ticket): Ticket {
  return { ...ticket, failures: 0, seatFailures: 0, away: NOT_AWAY };
}

function paid(ticket: Ticket, role: Role, spend: Spend): Ticket {
  const spendByRole = new Map(ticket.spendByRole).set(role, addSpend(ticket.spendByRole.get(role) ?? NO_SPEND, spend));
  return progress({ ...ticket, spend: addSpend(ticket.spend, spend), spendByRole });
}

function handed(ticket: Ticket, handoff: Handoff): Ticket {
  return { ...ticket, handoffs: [...ticket.handoffs, handoff] };
}

function implemented(ticket: Ticket, data: EntryData<"implemented">, at: string): Ticket {
  const before = ticket.change;
  const change: Change = {
    branch: data.branch,
    baseSha: data.baseSha,
    headSha: data.headSha,
    round: data.round,
    authors: lastBy(before?.authors ?? [], data.model),
    vendor: data.vendor,
    last: data,
    since: at,
    heads: [...(before?.heads ?? []), data.headSha],
  };
  const next = {
    ...ticket,
    change,
    findings: answered(ticket.findings, data.answers),
    rework: { ...ticket.rework, state: "done" as const },
    proof: null,
    proofs: 0,
    mergeApproval: null,
    work: null,
  };
  return handed(paid(next, "implementer", data.spend), data.handoff);
}

function reviewed(ticket: Ticket, data: EntryData<"reviewed">): Ticket {
  const findings = judged(ticket.findings, data);
  const reviews = { ...ticket.reviews, [data.role]: data };
  return handed(paid({ ...ticket, findings, reviews, proof: null }, data.role, data.spend), data.handoff);
}

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
    proof: null,
    mergeApproval: null,
  };
}

function reassigned(ticket: Ticket, data: EntryData<"assignment_changed">): Ticket {
  if (!ticket.assignment) return ticket;
  return {
    ...ticket,
    seatFailures: 0,
    assignment: { ...ticket.assignment, [data.role]: { model: data.model, vendor: data.vendor } },
  };
}

function textAccepted(ticket: Ticket, data: EntryData<"text_accepted">): Ticket {
  const halt = ticket.halt?.reason === "text-changed" ? null : ticket.halt;
  if (data.taken === "old") return { ...ticket, halt, textsSetAside: [...ticket.textsSetAside, data.textHash] };
  const restart = ticket.change ? {} : { plan: null, diagnosis: null };
  return { ...ticket, ...restart, halt, text: { title: data.title, hash: data.textHash }, textSeen: data.textHash };
}

function headMoved(ticket: Ticket, data: EntryData<"head_moved">, at: string): Ticket {
  const change = ticket.change;
  if (!change) return ticket;
  const authors = lastBy(change.authors, `@${data.by}`);
  return {
    ...ticket,
    proofs: 0,
    change: {
      ...change,
      headSha: data.to,
      baseSha: data.baseSha ?? change.baseSha,
      since: at,
      authors,
      heads: [...change.heads, data.to],
    },
    proof: null,
    mergeApproval: null,
  };
}

/** Authors in the order of their last work, so that the last one is who wrote the head. */
function lastBy(authors: readonly string[], who: string): string[] {
  return [...authors.filter((one) => one !== who), who];
}
