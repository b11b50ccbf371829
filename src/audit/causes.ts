import type { Entry } from "../core/ledger/chain.ts";
import type { Command } from "../core/rules/command.ts";
import { decide } from "../core/rules/decide.ts";
import { type Facts, START_LABELS } from "../core/rules/facts.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { obey } from "../core/rules/obey.ts";
import { DEFAULT_POLICY, type Policy } from "../core/rules/policy.ts";
import type { PoolModel } from "../core/rules/rotate.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { InlineComment } from "../core/rules/trigger.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";

/**
 * What can have led to an entry, worked out from the entries before it. GitHub is not asked again: where an entry says
 * that GitHub showed something, the rules are asked what follows from GitHub showing just that.
 */
type Issue = Exclude<Facts["issue"], "gone" | null>;
type Pull = Exclude<Facts["pull"], "gone" | null>;

/** Facts of a world in which nothing moved since the last entry. */
export function quietFacts(ticket: Ticket, entries: readonly Entry[]): Facts {
  return {
    now: new Date(entries.at(-1)?.at ?? 0),
    policy: DEFAULT_POLICY,
    pool: poolOf(entries),
    issue: issueOf(ticket),
    pull: pullOf(ticket),
    base: ticket.proof?.basis?.today ?? null,
    checks: ticket.proof?.basis ? { hash: ticket.proof.basis.checks, state: "ended" } : null,
    checksStirred: "no",
    pusher: null,
  };
}

function issueOf(ticket: Ticket): Issue {
  return {
    number: 0,
    state: "open",
    title: ticket.text.title,
    body: "",
    author: { login: ticket.opened.author, id: 0, type: "User" },
    labels: [START_LABELS[0] ?? ""],
    isPullRequest: ticket.opened.pull !== null,
    textHash: ticket.textSeen,
  };
}

function pullOf(ticket: Ticket): Pull | null {
  if (!ticket.change || !ticket.pull) return null;
  const { headSha } = ticket.change;
  return { state: "open", merged: false, mergedSha: null, mergedBy: null, headSha, mergeBase: null, mergeable: true };
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

/** What `decide` makes of the ticket, for each world in which this entry could have come about. */
export function decisionsBefore(ticket: Ticket, entries: readonly Entry[], entry: Entry) {
  const quiet = quietFacts(ticket, entries);
  const shown = shownBy(entry, quiet);
  // The policy itself is an artifact, not an entry; of it only this number changes a decision.
  const policies: Policy[] = [2, 1, 0].map((fixRounds) => {
    return { ...DEFAULT_POLICY, limits: { ...DEFAULT_POLICY.limits, fixRounds } };
  });
  return [quiet, ...(shown ? [shown] : [])].flatMap((facts) =>
    policies.map((policy) => decide(ticket, { ...facts, policy })),
  );
}

/** What GitHub must have shown for this entry to be written, or null for entries that do not come from there. */
function shownBy(entry: Entry, quiet: Facts): Facts | null {
  const issue = quiet.issue as Issue;
  const pull = quiet.pull as Pull | null;
  switch (entry.kind) {
    case "head_moved": {
      const { to, by, baseSha } = entry.data;
      return pull && { ...quiet, pull: { ...pull, headSha: to, mergeBase: baseSha ?? null }, pusher: by };
    }
    case "proof_collected":
      // Collected anew for the same head: the base branch or the checks had moved. Either leads to the same step.
      return { ...quiet, base: "gone" };
    case "resumed":
      return { ...quiet, checks: { hash: entry.data.source.replace(/^checks:/, ""), state: "ended" } };
    case "merged": {
      const { headSha, mergedSha, by } = entry.data;
      return pull && { ...quiet, pull: { ...pull, state: "closed", merged: true, mergedSha, mergedBy: by, headSha } };
    }
    case "text_changed":
      return { ...quiet, issue: { ...issue, textHash: entry.data.textHash } };
    case "stopped":
      return { ...quiet, issue: "gone" };
    case "halted":
      if (entry.data.reason === "pull-request-closed") return pull && { ...quiet, pull: { ...pull, state: "closed" } };
      if (entry.data.reason === "issue-closed") return { ...quiet, issue: { ...issue, state: "closed" } };
      return entry.data.reason === "label-removed" ? { ...quiet, issue: { ...issue, labels: [] } } : null;
    default:
      return null;
  }
}

/** What the rules make of what a person must have said for this entry to be written; null when no person can have. */
export function obeyed(
  ticket: Ticket,
  entries: readonly Entry[],
  entry: Entry,
  next: Entry | undefined,
): readonly RuleDraft[] | { readonly refused: string } | null {
  const said = saidFor(entry, next);
  if (!said) return null;
  const quiet = quietFacts(ticket, entries);
  const issue =
    entry.kind === "text_accepted"
      ? { ...(quiet.issue as Issue), title: entry.data.title, textHash: entry.data.textHash }
      : quiet.issue;
  const pool =
    entry.kind === "assignment_changed"
      ? [{ name: entry.data.model, vendor: entry.data.vendor, roles: null }]
      : quiet.pool;
  // Whether the approver had pushed last was the policy's to forbid, and the policy is not in the ledger.
  const answer = obey(ticket, said.command, said, { ...quiet, policy: null, issue, pool });
  return answer.outcome === "accepted" ? answer.entries : { refused: sentenceFor(answer.why) };
}

type Said = {
  readonly command: Command;
  readonly by: string;
  readonly source: string;
  readonly inline: readonly InlineComment[];
};

function saidFor(entry: Entry, next: Entry | undefined): Said | null {
  const by = "by" in entry.data ? entry.data.by : "policy";
  if (by === "policy") return null;
  const source = sourceOf(entry) ?? (next && sourceOf(next)) ?? "";
  const said = (command: Command, inline: readonly InlineComment[] = []): Said => ({ command, by, source, inline });
  switch (entry.kind) {
    case "plan_approved":
    case "merge_approved":
    case "protected_accepted":
      return said({ verb: "approve" });
    case "text_accepted":
      return entry.data.taken === "old" ? said({ verb: "approve" }) : next ? saidFor(next, undefined) : null;
    case "rework_requested":
      return said({ verb: "rework", text: entry.data.instructions }, entry.data.comments);
    case "question_answered":
      return said({ verb: "answer", text: entry.data.text });
    case "halted":
      return said({ verb: "park" });
    case "resumed":
      return said({ verb: entry.data.how });
    case "stopped":
      return said({ verb: "stop" });
    case "assignment_changed":
      return said({ verb: "assign", role: entry.data.role, model: entry.data.model });
    case "budget_raised":
      return said({ verb: "budget", addMicroUsd: entry.data.addMicroUsd });
    default:
      return null;
  }
}

function sourceOf(entry: Entry): string | null {
  return "source" in entry.data ? entry.data.source : null;
}
