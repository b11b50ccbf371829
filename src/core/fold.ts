import type { Entry } from "./chain.ts";
import { answered, judged, settled } from "./findings.ts";
import type { TicketKey, Role } from "./ids.ts";
import { addSpend, type EntryData, type Handoff, NO_SPEND, type Spend } from "./ledger.ts";
import { type Change, type Rework, type Ticket } from "./ticket.ts";

/** @returns null for an empty ledger: no ticket yet. */
export function fold(entries: readonly Entry[]): Ticket | null {
  let ticket: Ticket | null = null;
  for (const entry of entries) {
    if (ticket) ticket = { ...apply(ticket, entry), length: entry.seq };
    else if (entry.kind === "opened") ticket = { ...open(entry.ticket, entry.data, entry.at), length: entry.seq };
  }
  return ticket;
}

function open(key: TicketKey, opened: EntryData<"opened">, at: string): Ticket {
  const base = {
    key,
    length: 0,
    opened,
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
    protectedAccepted: null,
    mergeApproval: null,
    halt: null,
    failures: 0,
    lastFailure: null,
    seatFailures: 0,
    tries: 0,
    handoffs: [],
    spend: NO_SPEND,
    spendByRole: new Map(),
    raisedMicroUsd: 0,
    sources: new Set([opened.source]),
    faults: new Set<string>(),
    end: null,
  };
  if (!opened.pull) return { ...base, change: null, pull: null };
  const { number, headSha, branch } = opened.pull;
  const change = {
    branch,
    baseSha: headSha,
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

/** One entry's effect on what we believe. */
function apply(ticket: Ticket, entry: Entry): Ticket {
  const known = withSource(ticket, entry);
  switch (entry.kind) {
    case "opened":
      return known;
    case "routed":
      return progress({ ...known, route: entry.data, assignment: entry.data.assignment });
    case "question_asked":
      return paid(
        { ...known, questions: { asked: entry.data.questions, state: "open" } },
        "navigator",
        entry.data.spend,
      );
    case "question_skipped":
      return paid({ ...known, questions: { asked: [], state: "settled" } }, "navigator", entry.data.spend);
    case "question_answered":
      return {
        ...known,
        questions: { ...known.questions, state: "settled" },
        answers: [...known.answers, { by: entry.data.by, text: entry.data.text }],
      };
    case "diagnosed":
      return handed(
        paid({ ...known, diagnosis: entry.data.diagnosis }, "reviewer", entry.data.spend),
        entry.data.handoff,
      );
    case "planned":
      return handed(
        paid({ ...known, plan: { ...entry.data, approvedBy: null } }, "architect", entry.data.spend),
        entry.data.handoff,
      );
    case "plan_approved":
      return { ...known, plan: known.plan && { ...known.plan, approvedBy: entry.data.by } };
    case "implemented":
      return implemented(known, entry.data, entry.at);
    case "pull_request_opened":
      return progress({
        ...known,
        pull: { number: entry.data.number, branch: entry.data.branch, baseBranch: entry.data.baseBranch },
      });
    case "reviewed":
      return reviewed(known, entry.data);
    case "dispute_settled":
      return paid(
        { ...known, findings: settled(known.findings, entry.data), proof: null },
        entry.data.by,
        entry.data.spend,
      );
    case "proof_collected":
      return progress({ ...known, proof: entry.data });
    case "merge_approved":
      return { ...known, mergeApproval: { by: entry.data.by, headSha: entry.data.headSha } };
    case "protected_accepted":
      return { ...known, protectedAccepted: entry.data, proof: null };
    case "rework_requested":
      return rework(known, entry.data);
    case "commanded":
      return known;
    case "assignment_changed":
      return reassigned(known, entry.data);
    case "budget_raised":
      return { ...known, raisedMicroUsd: known.raisedMicroUsd + entry.data.addMicroUsd };
    case "halted":
      return { ...known, halt: { ...entry.data, at: entry.at }, mergeApproval: null };
    case "resumed":
      return {
        ...known,
        halt: null,
        failures: 0,
        seatFailures: 0,
        tries: known.halt?.reason === "model-unusable" ? known.tries + 1 : known.tries,
        proof: known.halt?.reason === "unproven" ? null : known.proof,
      };
    case "step_failed":
      return failed(known, entry.data);
    case "text_changed":
      return { ...known, textSeen: entry.data.textHash, mergeApproval: null };
    case "text_accepted":
      return textAccepted(known, entry.data);
    case "head_moved":
      return headMoved(known, entry.data, entry.at);
    case "base_moved":
      return { ...known, proof: null, mergeApproval: null };
    case "ledger_fault":
      return { ...known, faults: new Set([...known.faults, entry.data.contentHash]) };
    case "ledger_rebuilt":
      return known;
    case "merged":
      return { ...known, halt: null, end: { as: "merged", by: entry.data.by, sha: entry.data.mergedSha } };
    case "stopped":
      return { ...known, halt: null, end: { as: "stopped", by: entry.data.by, sha: null } };
  }
}

/**
 * A provider that was away leaves the question as it was, so that the journal still answers the turns already paid for.
 * Nonsense counts as a try of its own: the same question has to be asked anew.
 */
function failed(ticket: Ticket, data: EntryData<"step_failed">): Ticket {
  const tries = data.reason === "model-unusable" ? ticket.tries + 1 : ticket.tries;
  return {
    ...ticket,
    failures: ticket.failures + 1,
    seatFailures: ticket.seatFailures + 1,
    lastFailure: data.reason,
    tries,
    spend: addSpend(ticket.spend, data.spend),
  };
}

function withSource(ticket: Ticket, entry: Entry): Ticket {
  if (!("source" in entry.data)) return ticket;
  return { ...ticket, sources: new Set([...ticket.sources, entry.data.source]) };
}

/** A step came through: its failed tries are forgotten. */
function progress(ticket: Ticket): Ticket {
  return { ...ticket, failures: 0, seatFailures: 0 };
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
    mergeApproval: null,
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
  const plan = ticket.change ? ticket.plan : null;
  return {
    ...ticket,
    plan,
    halt: null,
    failures: 0,
    seatFailures: 0,
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
    change: { ...change, headSha: data.to, since: at, authors, heads: [...change.heads, data.to] },
    proof: null,
    mergeApproval: null,
  };
}

/** Authors in the order of their last work, so that the last one is who wrote the head. */
function lastBy(authors: readonly string[], who: string): string[] {
  return [...authors.filter((one) => one !== who), who];
}
