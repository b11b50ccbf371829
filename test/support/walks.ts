import { type Entry, link } from "../../src/core/ledger/chain.ts";
import { LEDGER_FORMAT } from "../../src/core/ledger/entry.ts";
import { quietChildren } from "../../src/audit/origins.ts";
import { decide } from "../../src/core/rules/decide.ts";
import type { RuleDraft } from "../../src/core/rules/draft.ts";
import type { Decision, Facts } from "../../src/core/rules/facts.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import type { EntryDraft, StepName } from "../../src/core/ledger/entries.ts";
import { isOpen, standingBlockers, type Ticket } from "../../src/core/ticket/ticket.ts";
import { worded } from "../../src/messages/worded.ts";
import { TEST_KEY, TEST_START, TEST_TICKET } from "./builders.ts";
import { draft, factsAs, issueAs, pullAs, sha } from "./ledgers.ts";

/** A world of plain data for `decide`: every step answers from a script, or as an honest step would. */
export type StepAnswer = (ticket: Ticket) => EntryDraft[];
export type Script = Partial<Record<StepName, readonly StepAnswer[]>>;
/** What GitHub shows at this moment; by default exactly what the ledger says. */
export type Seen = (ticket: Ticket) => Pick<Facts, "issue" | "pull" | "pusher">;

export type Walk = {
  readonly entries: Entry[];
  readonly ticket: Ticket;
  readonly end: Extract<Decision, { do: "wait" }>;
  readonly kinds: string[];
};

/** More decisions in one go than any script here needs: beyond it nothing would ever wait. */
const DECISIONS_MAX = 80;

export type WalkOptions = {
  readonly script?: Script;
  readonly seen?: Seen;
  readonly facts?: Partial<Facts>;
  /** Without hashes, signatures and schemas, which take nearly all of the time and decide nothing. */
  readonly isLight?: boolean;
  /** Called before each decision is carried out. */
  readonly watch?: (ticket: Ticket, decision: Decision) => void;
};

/** Decides until there is something to wait for. @throws when that never comes */
export function walk(start: readonly RuleDraft[], options: WalkOptions = {}, before: readonly Entry[] = []): Walk {
  const chained = options.isLight ? counted : linked;
  const entries = [...before, ...chained(before, start)];
  const asked = new Map<StepName, number>();
  let seen: Partial<Facts> = {};
  for (let turn = 0; turn < DECISIONS_MAX; turn++) {
    const ticket = foldOf(entries);
    const decision = decide(ticket, factsAs({ ...options.facts, ...seen }));
    options.watch?.(ticket, decision);
    if (decision.do === "wait") return { entries, ticket, end: decision, kinds: entries.map((entry) => entry.kind) };
    if (decision.do === "look") {
      seen = { children: quietChildren(ticket), ...(options.seen ?? asBelieved)(ticket) };
      continue;
    }
    if (decision.do === "record") {
      entries.push(...chained(entries, decision.entries));
      continue;
    }
    const nth = asked.get(decision.step) ?? 0;
    asked.set(decision.step, nth + 1);
    const answer = options.script?.[decision.step]?.[nth] ?? HONEST[decision.step];
    entries.push(...chained(entries, answer(ticket)));
    seen = {};
  }
  throw new Error(`No wait after ${DECISIONS_MAX} decisions: ${entries.map((entry) => entry.kind).join(" ")}`);
}

/** The same ledger in a world that nobody has looked at: nothing is decided. */
export function unlooked(start: readonly RuleDraft[]): Pick<Walk, "entries" | "ticket"> {
  const entries = linked([], start);
  return { entries, ticket: foldOf(entries) };
}

function linked(entries: readonly Entry[], drafts: readonly RuleDraft[]): Entry[] {
  const ticket = fold(entries);
  const said = drafts.map((one) => worded(one, ticket));
  return link(TEST_KEY, TEST_TICKET, entries, said, TEST_START);
}

/** What the core reads of entries: what they say, and where they stand. */
function counted(entries: readonly Entry[], drafts: readonly RuleDraft[]): Entry[] {
  const ticket = fold(entries);
  const at = TEST_START.toISOString();
  return drafts.map((one, nth) => {
    const seq = entries.length + nth + 1;
    return {
      v: LEDGER_FORMAT,
      ticket: TEST_TICKET,
      seq,
      at,
      prev: "",
      hash: `${seq}`,
      ...worded(one, ticket),
    } as Entry;
  });
}

function foldOf(entries: readonly Entry[]): Ticket {
  const ticket = fold(entries);
  if (!ticket) throw new Error("A walk begins with `opened`");
  return ticket;
}

export const asBelieved: Seen = (ticket) => ({
  issue: issueAs({ textHash: ticket.textSeen }),
  pull: pullAs({ headSha: headOf(ticket) }),
  base: ticket.proof?.basis?.today ?? null,
  checks: ticket.proof?.basis ? { hash: ticket.proof.basis.checks, state: "ended" as const } : null,
  pusher: null,
});

export function headOf(ticket: Ticket): string {
  return ticket.change?.headSha ?? sha(0);
}

/** Every round is a new commit: its number is the ledger's length. */
export function implemented(ticket: Ticket, status: "fixed" | "disputed" | "silent" = "fixed"): EntryDraft {
  const open = [...ticket.findings.values()].filter((one) => isOpen(one));
  const seat = ticket.assignment?.implementer;
  return draft("implemented", {
    round: ticket.change ? ticket.change.round + 1 : 0,
    headSha: sha(100 + ticket.length),
    ...(seat && { model: seat.model, vendor: seat.vendor }),
    answers:
      status === "silent"
        ? []
        : open.map(({ finding }) => ({ findingId: finding.id, status, evidence: "See the diff." })),
  });
}

export function looked(
  ticket: Ticket,
  role: "reviewer" | "adversary",
  status: "resolved" | "open" | "silent" = "resolved",
  findings: Parameters<typeof draft<"reviewed">>[1] = {},
): EntryDraft {
  const known = [...ticket.findings.values()].filter((one) => one.state === "answered" || isOpen(one));
  const seat = ticket.assignment?.[role];
  return draft("reviewed", {
    role,
    headSha: headOf(ticket),
    ...(seat && { model: seat.model, vendor: seat.vendor }),
    followUps:
      status === "silent" ? [] : known.map(({ finding }) => ({ findingId: finding.id, status, evidence: "Looked." })),
    ...findings,
  });
}

/** Ready only as proof really is: both reviews on this head, and no blocker stands. */
export function proven(ticket: Ticket): EntryDraft {
  const head = headOf(ticket);
  const { reviewer, adversary } = ticket.reviews;
  const both = reviewer?.headSha === head && adversary?.headSha === head;
  const state = both && standingBlockers(ticket).length === 0 ? ("proven" as const) : ("refuted" as const);
  return draft("proof_collected", {
    headSha: head,
    items: [{ id: "reviews", state, required: true, evidence: "Both reviews, and what they left open.", details: [] }],
    outcome: state === "proven" ? "ready" : "not-ready",
  });
}

export function settledAs(outcome: "upheld" | "withdrawn"): StepAnswer {
  return (ticket) => {
    const disputed = [...ticket.findings.values()].find((one) => one.state === "disputed");
    return [draft("dispute_settled", { findingId: disputed?.finding.id ?? "none", outcome })];
  };
}

const HONEST: Readonly<Record<StepName, StepAnswer>> = {
  route: () => [draft("routed")],
  ask: () => [draft("question_asked")],
  diagnose: () => [draft("diagnosed")],
  plan: (ticket) => [draft("planned", { textHash: ticket.text.hash })],
  implement: (ticket) => [implemented(ticket)],
  "open-pull-request": (ticket) => [draft("pull_request_opened", { headSha: headOf(ticket) })],
  review: (ticket) => [looked(ticket, "reviewer")],
  attack: (ticket) => [looked(ticket, "adversary")],
  settle: settledAs("upheld"),
  prove: (ticket) => [proven(ticket)],
  split: () => [draft("epic_split")],
  finish: () => [draft("epic_ended")],
  merge: (ticket) => [draft("merged", { headSha: headOf(ticket), by: ticket.mergeApproval?.by ?? "nobody" })],
};
