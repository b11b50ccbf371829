import type { Entry } from "../core/ledger/chain.ts";
import { decide } from "../core/rules/decide.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { obey } from "../core/rules/obey.ts";
import { planDoubt } from "../core/rules/plan-doubt.ts";
import { DEFAULT_POLICY, FIX_ROUNDS_MAX, type Policy } from "../core/rules/policy.ts";
import type { PoolModel } from "../core/rules/rotate.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";
import { quietChildren, type QuietFacts, quietIssue, quietPull, whatWasSaid, whatWasShown } from "./origins.ts";

/**
 * What can have led to an entry, worked out from the entries before it. GitHub is not asked again: where an entry says
 * that GitHub showed something, the rules are asked what follows from GitHub showing just that.
 */

/** Facts of a world in which nothing moved since the last entry. */
export function quietFacts(ticket: Ticket, entries: readonly Entry[]): QuietFacts {
  return {
    now: new Date(entries.at(-1)?.at ?? 0),
    policy: DEFAULT_POLICY,
    pool: poolOf(entries),
    issue: quietIssue(ticket),
    pull: quietPull(ticket),
    overlaps: ticket.overlaps,
    base: ticket.proof?.basis?.today ?? null,
    checks: ticket.proof?.basis ? { hash: ticket.proof.basis.checks, state: "ended" } : null,
    children: quietChildren(ticket),
    neighbours: [],
    checksStirred: "no",
    pusher: null,
    editor: null,
  };
}

/** Every model that the ledger names; the pool itself is not in it. */
function poolOf(entries: readonly Entry[]): PoolModel[] {
  const seats = entries.flatMap((entry) => {
    if (entry.kind === "routed") return Object.values(entry.data.assignment);
    return entry.kind === "assignment_changed" ? [entry.data] : [];
  });
  const known = new Map(seats.map(({ model, vendor }) => [model, { name: model, vendor, roles: null }]));
  return [...known.values()];
}

/** The policy itself is an artifact, not an entry; of it only this number changes a decision. */
const FIX_ROUNDS = Array.from({ length: FIX_ROUNDS_MAX + 1 }, (_, fewer) => FIX_ROUNDS_MAX - fewer);

/** What `decide` makes of the ticket, for each world in which this entry could have come about. */
export function decisionsBefore(ticket: Ticket, entries: readonly Entry[], entry: Entry) {
  const quiet = quietFacts(ticket, entries);
  const shown = whatWasShown(entry, quiet);
  const policies: Policy[] = FIX_ROUNDS.map((fixRounds) => {
    return { ...DEFAULT_POLICY, limits: { ...DEFAULT_POLICY.limits, fixRounds } };
  });
  const seen = [quiet, ...(shown ? [{ ...quiet, ...shown }] : [])];
  // In ledgers from before the Architect came back, the round followed at once.
  const before = planDoubt(ticket) ? seen.map((facts) => ({ ...facts, trustsPlan: true as const })) : [];
  return [...seen, ...before].flatMap((facts) => policies.map((policy) => decide(ticket, { ...facts, policy })));
}

/** What the rules make of what a person must have said for this entry to be written; null when no person can have. */
export function obeyed(
  ticket: Ticket,
  entries: readonly Entry[],
  entry: Entry,
  next: Entry | undefined,
): readonly RuleDraft[] | { readonly refused: string } | null {
  const by = ("by" in entry.data ? entry.data.by : undefined) ?? "policy";
  const said = by === "policy" ? null : whatWasSaid(entry, next);
  if (!said) return null;
  const source = sourceOf(entry) ?? (next && sourceOf(next)) ?? "";
  const quiet = quietFacts(ticket, entries);
  const issue =
    entry.kind === "text_accepted"
      ? { ...quiet.issue, title: entry.data.title, textHash: entry.data.textHash }
      : quiet.issue;
  const pool =
    entry.kind === "assignment_changed"
      ? [{ name: entry.data.model, vendor: entry.data.vendor, roles: null }]
      : quiet.pool;
  // Whether the approver had pushed last was the policy's to forbid, and the policy is not in the ledger.
  const facts = { ...quiet, policy: null, issue, pool };
  const answer = obey(
    ticket,
    said.command,
    { by, byId: "byId" in entry.data ? entry.data.byId : undefined, source, inline: said.inline ?? [] },
    facts,
  );
  return answer.outcome === "accepted" ? answer.entries : { refused: sentenceFor(answer.why, ticket.forge.kind) };
}

function sourceOf(entry: Entry): string | null {
  return "source" in entry.data ? (entry.data.source ?? null) : null;
}
