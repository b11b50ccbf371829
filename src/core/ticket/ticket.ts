import type { Named } from "../ledger/same-person.ts";
import type { Finding, FindingAnswer } from "./finding.ts";
import type { ForgeRef } from "../ledger/forge-ref.ts";
import type { Role, TaskType, TicketKey, TicketRef } from "../ledger/ids.ts";
import type { Assignment, EntryData, Handoff, HaltReason, Spend } from "../ledger/entries.ts";
import type { Epic } from "./epic.ts";
import type { Phase } from "./phase.ts";
import type { Word } from "./survivor.ts";
import { type Diagnosis, excusesTests } from "./plan.ts";
import type { TestRequests } from "./test-requests.ts";

export type StepFailedWork = NonNullable<EntryData<"step_failed">["work"]>;

/**
 * What we believe about a ticket. It is folded from the ledger's entries and stored nowhere else, so two servers with
 * the same entries believe the same.
 */
export type Ticket = {
  readonly key: TicketKey;
  /** The key, parsed. */
  readonly ref: TicketRef;
  /** Number of entries folded: what the next append expects. */
  readonly length: number;
  /** The hash of the last entry. */
  readonly head: string;
  readonly opened: EntryData<"opened">;
  readonly forge: ForgeRef;
  /** The text that counts: what plan and approvals are bound to. */
  readonly text: { readonly title: string; readonly hash: string };
  /** Hashes of later texts that a person has seen and set aside. */
  readonly textsSetAside: readonly string[];
  readonly textSeen: string;
  readonly route: EntryData<"routed"> | null;
  readonly assignment: Assignment | null;
  readonly questions: { readonly asked: readonly string[]; readonly state: "none" | "open" | "settled" };
  readonly answers: readonly { readonly by: string; readonly text: string }[];
  readonly diagnosis: Diagnosis | null;
  readonly plan:
    (EntryData<"planned"> & { readonly approvedBy: string | null; readonly approvedAt: string | null }) | null;
  /** Other tickets that write the same files, as noticed before the first line was written. */
  readonly overlaps: readonly Overlap[];
  /** Set from the moment that its plan is to be built part by part, in tickets of their own. */
  readonly epic: Epic | null;
  readonly change: Change | null;
  readonly pull: { readonly number: number; readonly branch: string; readonly baseBranch: string } | null;
  readonly reviews: { readonly reviewer: Review | null; readonly adversary: Review | null };
  readonly findings: ReadonlyMap<string, FindingState>;
  readonly rework: { readonly instructions: readonly Rework[]; readonly state: "pending" | "done" };
  /** Reviews of people without a verdict, as long as nobody asked for a rework. */
  readonly remarks: readonly EntryData<"remarked">[];
  readonly testRequests: TestRequests;
  readonly proof: (EntryData<"proof_collected"> & { readonly at: string }) | null;
  /** How often the pull request was given another base branch. */
  readonly retargets: number;
  /** Proofs collected for this head since a person last acted on it: one that has to be made anew again and again ends. */
  readonly proofs: number;
  /** How often it went on by itself because GitHub let it in again, since a person last had it go on. */
  readonly unlocks: number;
  readonly protectedAccepted: EntryData<"protected_accepted"> | null;
  /** Items that people let pass unproven, each for one head. */
  readonly accepted: readonly EntryData<"proof_accepted">[];
  readonly mergeApproval: MergeApproval | null;
  readonly halt: (EntryData<"halted"> & { readonly at: string }) | null;
  /** Failed tries of the step that is due. */
  readonly failures: number;
  readonly lastFailure: HaltReason | null;
  /** Models whose review of the step that is due did not count, because another model answered or because they wrote the change. */
  readonly dependent: readonly string[];
  /** Failed tries of the model that has the seat now. */
  readonly seatFailures: number;
  /**
   * How the step that is due waits for a model: so long it rested since it last got on, whether what it has paid is at stake, and
   * how many tries in a row paid for words that nobody can use.
   */
  readonly away: { readonly restedMs: number; readonly paid: "nothing" | "some"; readonly inVain: number };
  /** Grows with every answer that was nonsense: names the try in the journal, so that the question is asked anew. */
  readonly tries: number;
  /** What the last try of the Implementer had written when it ended; the next one begins with it. */
  readonly work: StepFailedWork | null;
  readonly handoffs: readonly Handoff[];
  readonly spend: Spend;
  readonly spendByRole: ReadonlyMap<Role, Spend>;
  readonly raisedMicroUsd: number;
  /** When its last entry was written (ISO 8601), how long it was at work until then, and how much of that its plans took. */
  readonly time: { readonly at: string; readonly workedMs: number; readonly planningMs: number };
  readonly sources: ReadonlySet<string>;
  /** Replies to commands that changed nothing, by login: strangers are not answered without end. */
  readonly answered: ReadonlyMap<string, number>;
  /** Comments of which it was told already that they were changed or forged, and by whom when it was a stranger. */
  readonly faults: readonly { readonly place: string; readonly by: string | null }[];
  /** Edits of the text that were noticed. */
  readonly textEdits: number;
  /** The first entry that a newer version wrote and this one does not understand. */
  readonly newer: { readonly seq: number; readonly kind: string } | null;
  readonly end: {
    readonly as: "merged" | "stopped";
    readonly by: string;
    readonly sha: string | null;
    /** Who opened its issue again after the merge. Absent: nobody did. */
    readonly reopenedBy?: string;
  } | null;
};

/** `until`: so long it is waited for at most. ISO 8601. */
export type Overlap = {
  readonly with: number;
  readonly files: readonly string[];
  readonly until: string;
  readonly state: "waiting" | "over";
};

export type MergeApproval = Named & {
  readonly headSha: string;
  /** A second person's yes, where one is needed: nobody told who pushed the head. */
  readonly second: "not-needed" | "needed" | { readonly by: string };
  /** Since when the base branch's merge queue has it. ISO 8601. */
  readonly queuedAt?: string;
};

export type Change = {
  readonly branch: string;
  readonly baseSha: string;
  readonly headSha: string;
  /** Rounds written so far: 0 is the first implementation, 1 the first fix. */
  readonly round: number;
  /** Everybody whose work the head holds; none of them may review it. People are spelled `@login`. */
  readonly authors: readonly string[];
  /** The last person whose work the head holds, also below what a model wrote since; null while only models did. */
  readonly person: Named | null;
  readonly vendor: string;
  readonly last: EntryData<"implemented"> | null;
  /** When the head was written or noticed. ISO 8601. */
  readonly since: string;
  /** Heads in order, so that a reviewer can be shown what changed since it looked. */
  readonly heads: readonly string[];
};

export type Review = EntryData<"reviewed">;

export type FindingState = {
  readonly finding: Finding;
  readonly state: "open" | "answered" | "disputed" | "resolved" | "withdrawn" | "upheld";
  readonly answer: FindingAnswer | null;
  /** Fix rounds that were meant to fix it and did not. */
  readonly survived: number;
  /** Of a change that no test noticed: what the reviewing roles say of it, each on one head. */
  readonly words?: Partial<
    Record<"reviewer" | "adversary", Word & { readonly headSha: string; readonly model: string }>
  >;
  /** Who set it aside for good, and why. It then counts as withdrawn. */
  readonly dismissed?: { readonly by: string; readonly why: string };
};

export type Rework = EntryData<"rework_requested">;

/** Still to be dealt with by an implementer: neither resolved nor set aside. */
export function isOpen(state: FindingState): boolean {
  return state.state === "open" || state.state === "upheld";
}

export function openBlockers(ticket: Ticket): FindingState[] {
  return [...ticket.findings.values()].filter((one) => one.finding.severity === "blocker" && isOpen(one));
}

/** Blockers that stand against a merge: open ones, and those whose fix or dispute nobody has judged yet. */
export function standingBlockers(ticket: Ticket): FindingState[] {
  return [...ticket.findings.values()].filter(
    (one) => one.finding.severity === "blocker" && one.state !== "resolved" && one.state !== "withdrawn",
  );
}

export function typeOf(ticket: Ticket): TaskType {
  return ticket.route?.type ?? ticket.opened.forcedType ?? "feature";
}

/** Fix rounds that are allowed: the policy's, and one for every time a person asked for more. */
export function roundsAllowed(ticket: Ticket, fixRounds: number): number {
  return fixRounds + ticket.rework.instructions.filter((one) => one.round !== null).length;
}

export type BudgetLeft = { readonly microUsd: number; readonly tokens: number };

/**
 * @param paid what the journal says was paid for this ticket; the ledger lags behind it while a step runs, and is all there
 *   is when the journal was lost
 */
export function budgetLeft(
  ticket: Ticket,
  paid: Pick<Spend, "costMicroUsd" | "unpricedTokens"> = ticket.spend,
): BudgetLeft {
  const route = ticket.route;
  return {
    microUsd:
      (route?.budgetMicroUsd ?? 0) + ticket.raisedMicroUsd - Math.max(paid.costMicroUsd, ticket.spend.costMicroUsd),
    tokens:
      (route?.budgetTokens ?? 0) + raisedTokens(ticket) - Math.max(paid.unpricedTokens, ticket.spend.unpricedTokens),
  };
}

/** A budget is raised in dollars. Models without a price get tokens in the proportion that the policy set. */
function raisedTokens({ route, raisedMicroUsd }: Ticket): number {
  const { budgetMicroUsd = 0, budgetTokens = 0 } = route ?? {};
  return Math.round(raisedMicroUsd * (budgetMicroUsd > 0 ? budgetTokens / budgetMicroUsd : 1));
}

/** Whole dollars to raise the budget by, so that this many more tokens fit. */
export function usdForTokens({ route }: Ticket, tokens: number): number {
  const { budgetMicroUsd = 0, budgetTokens = 0 } = route ?? {};
  const perMicroUsd = budgetMicroUsd > 0 && budgetTokens > 0 ? budgetTokens / budgetMicroUsd : 1;
  return Math.ceil(tokens / perMicroUsd / 1_000_000);
}

/** Is there a commit whose reviews and proof are all in and good? */
export function isReady(ticket: Ticket): boolean {
  const { change, proof } = ticket;
  return Boolean(change && proof && proof.headSha === change.headSha && proof.outcome === "ready");
}

export function phaseOf(ticket: Ticket): Phase {
  if (ticket.end) return ticket.end.as;
  if (ticket.halt) return ticket.halt.as;
  if (ticket.questions.state === "open") return "question";
  // An older version that shared the work may have proven a commit whose request it could not read.
  const asks = ticket.testRequests.open.length > 0;
  if (isReady(ticket) && ticket.rework.state === "done" && !asks) return "ready";
  if (!ticket.opened.pull) {
    if (!ticket.plan || ticket.plan.textHash !== ticket.text.hash) return "planning";
    if (!ticket.plan.approvedBy && planNeedsPerson(ticket)) return "plan-approval";
    if (ticket.epic) return "epic";
    if (!ticket.pull || ticket.rework.state === "pending") return "implementing";
    if (asks) return "test-approval";
    if (openBlockers(ticket).length > 0) return "implementing";
  }
  return "reviewing";
}

/** Whether somebody has to say yes to the plan, as far as its ledger tells. */
function planNeedsPerson({ route, plan }: Pick<Ticket, "route" | "plan">): boolean {
  if (!plan) return false;
  return route?.planGate === "person" || Boolean(plan.dangers) || excusesTests(plan.plan) || plan.epics?.mode === "ask";
}

/** Halts that end by themselves when the reason goes away need no person. */
export function isTransient(reason: HaltReason): boolean {
  return reason === "model-unavailable";
}
