import type { Entry, KnownEntry } from "../ledger/entry.ts";
import type { EntryData, EntryKind } from "../ledger/entries.ts";
import { forgeRefOf } from "../ledger/forge-ref.ts";
import { type TicketKey, ticketRef } from "../ledger/ids.ts";
import { KINDS } from "./kinds.ts";
import type { Kind } from "./kinds/kind.ts";
import { NO_SPEND } from "../ledger/records.ts";
import { NOT_AWAY } from "./progress.ts";
import { NO_TEST_REQUESTS } from "./test-requests.ts";
import type { Ticket } from "./ticket.ts";
import { timeAfter } from "./work-time.ts";

/** What is believed after an entry that stands behind certain others: behind other ones another record takes its place. */
type Folded = { readonly before: Folded | null; readonly ticket: Ticket | null };

/** By identity and not by hash: entries that were never checked are folded as well, and such a one can claim any hash. */
const folded = new WeakMap<Entry, Folded>();

/**
 * Only what was not folded before is: an entry more costs one step, and a part of a ledger that was folded whole costs none.
 * @returns null for an empty ledger: no ticket yet.
 */
export function fold(entries: readonly Entry[]): Ticket | null {
  let last: Folded | null = null;
  for (const entry of entries) {
    const known = folded.get(entry);
    if (known && known.before === last) {
      last = known;
      continue;
    }
    last = { before: last, ticket: after(last?.ticket ?? null, entry) };
    folded.set(entry, last);
  }
  return last?.ticket ?? null;
}

function after(ticket: Ticket | null, entry: Entry): Ticket | null {
  if (ticket)
    return entry.kind === "newer"
      ? { ...beyond(ticket, entry), ...endAt(entry) }
      : { ...apply(ticket, entry), ...endAt(entry), time: timeAfter(ticket, entry) };
  if (entry.kind !== "opened") return null;
  return { ...open(entry.ticket, entry.data, entry.at), ...endAt(entry) };
}

function endAt({ seq, hash }: Entry): Pick<Ticket, "length" | "head"> {
  return { length: seq, head: hash };
}

function open(key: TicketKey, opened: EntryData<"opened">, at: string): Ticket {
  const forge = forgeRefOf(opened);
  if (!forge) throw new Error(`${key} names no forge`);
  const base = {
    key,
    ref: ticketRef(key),
    length: 0,
    head: "",
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
    epic: null,
    overlaps: [],
    reviews: { reviewer: null, adversary: null },
    findings: new Map(),
    rework: { instructions: [], state: "done" as const },
    remarks: [],
    testRequests: NO_TEST_REQUESTS,
    proof: null,
    retargets: 0,
    proofs: 0,
    unlocks: 0,
    protectedAccepted: null,
    accepted: [],
    mergeApproval: null,
    halt: null,
    failures: 0,
    lastFailure: null,
    dependent: [],
    seatFailures: 0,
    away: NOT_AWAY,
    tries: 0,
    work: null,
    handoffs: [],
    spend: NO_SPEND,
    spendByRole: new Map(),
    raisedMicroUsd: 0,
    time: { at, workedMs: 0, planningMs: 0 },
    sources: new Set([opened.source]),
    answered: new Map<string, number>(),
    newer: null,
    faults: [],
    textEdits: 0,
    end: null,
  };
  if (!opened.pull) return { ...base, change: null, pull: null };
  const { number, headSha, branch, baseSha, baseBranch = opened.defaultBranch } = opened.pull;
  const change = {
    branch,
    baseSha,
    headSha,
    round: 0,
    authors: [`@${opened.author}`],
    person: { by: opened.author, byId: opened.authorId || undefined },
    vendor: "person",
    last: null,
    since: at,
    heads: [headSha],
  };
  return { ...base, change, pull: { number, branch, baseBranch } };
}

/** What this version does not understand changes nothing that it believes, but it acts no more on the ticket. */
function beyond(ticket: Ticket, entry: Extract<Entry, { kind: "newer" }>): Ticket {
  return { ...ticket, newer: ticket.newer ?? { seq: entry.seq, kind: entry.data.kind } };
}

function apply(ticket: Ticket, entry: KnownEntry): Ticket {
  const { fold: effect } = KINDS[entry.kind] as Kind<EntryKind>;
  return effect(withSource(ticket, entry), entry.data, entry.at);
}

function withSource(ticket: Ticket, entry: KnownEntry): Ticket {
  if (!("source" in entry.data) || entry.data.source === undefined) return ticket;
  return { ...ticket, sources: new Set([...ticket.sources, entry.data.source]) };
}
