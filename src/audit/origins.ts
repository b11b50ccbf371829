import type { Entry } from "../core/ledger/chain.ts";
import type { EntryData, EntryKind } from "../core/ledger/entries.ts";
import type { Command } from "../core/rules/command.ts";
import { type ChildSeen, type Facts, type Neighbour, START_LABELS } from "../core/rules/facts.ts";
import type { InlineComment } from "../core/rules/trigger.ts";
import type { Ticket } from "../core/ticket/ticket.ts";

/**
 * How each kind of entry can have come about, besides by a rule or by the end of the step that was due. `coop replay` asks
 * the rules what follows from exactly that.
 */
export type Origin<K extends EntryKind> = {
  /** What a person must have said. `next` is the entry after it: some words write several. */
  readonly said: ((data: EntryData<K>, next: Entry | undefined) => SaidToBot | null) | null;
  /** What GitHub must have shown, as a change of the quiet world. */
  readonly shown: ((data: EntryData<K>, quiet: QuietFacts) => Partial<Facts> | null) | null;
};

export type SaidToBot = { readonly command: Command; readonly inline?: readonly InlineComment[] };

/** A world in which nothing moved: the issue is there, the pull request where there is one. */
export type QuietFacts = Omit<Facts, "issue" | "pull"> & { readonly issue: Issue; readonly pull: Pull | null } & {
  readonly overlaps: Ticket["overlaps"];
};
type Issue = Exclude<Facts["issue"], "gone" | null>;
type Pull = Exclude<Facts["pull"], "gone" | null>;

const NO_OTHER = { said: null, shown: null };
const say = (command: Command, inline: readonly InlineComment[] = []): SaidToBot => ({ command, inline });
const approve = () => say({ verb: "approve" });

const ORIGINS: { readonly [K in EntryKind]: Origin<K> } = {
  opened: NO_OTHER,
  routed: NO_OTHER,
  question_asked: NO_OTHER,
  question_skipped: NO_OTHER,
  question_answered: { said: ({ text }) => say({ verb: "answer", text }), shown: null },
  diagnosed: NO_OTHER,
  planned: NO_OTHER,
  plan_approved: { said: approve, shown: null },
  epic_approved: { said: () => say({ verb: "split" }), shown: null },
  epic_split: NO_OTHER,
  // A person's label began it before its turn, or took it up again.
  child_begun: { said: null, shown: ({ issue }, { children }) => childShown(children, { issue, state: "at-work" }) },
  child_ended: {
    said: ({ part, source }) => (source === undefined ? null : say({ verb: "skip", part })),
    shown: ({ issue, as, by, spend }, { children }) => childShown(children, { issue, state: as, by, spend }),
  },
  child_reopened: {
    said: null,
    shown: ({ issue }, { children }) => childShown(children, { issue, state: "not-begun" }),
  },
  epic_ended: NO_OTHER,
  overlap_noticed: {
    said: null,
    shown: ({ with: issue, files, hours }) => ({ neighbours: [ahead(issue, files, hours > 0 ? "moves" : "stands")] }),
  },
  overlap_ended: {
    said: () => say({ verb: "resume" }),
    shown: ({ with: issue, how, baseSha }, { overlaps }) => {
      const waited = overlaps.find((one) => one.with === issue);
      const still = how === "waited-out" && waited ? { neighbours: [ahead(issue, waited.files, "moves")], now: new Date(waited.until) } : {}; // prettier-ignore
      return { base: baseSha ?? "gone", ...still };
    },
  },
  implemented: NO_OTHER,
  pull_request_opened: NO_OTHER,
  tests_excused: { said: approve, shown: null },
  reviewed: NO_OTHER,
  dispute_settled: NO_OTHER,
  finding_dismissed: { said: ({ findingId, why }) => say({ verb: "dismiss", finding: findingId, why }), shown: null },
  // Collected anew for the same head: the base branch or the checks had moved. Either leads to the same step.
  proof_collected: { said: null, shown: () => ({ base: "gone" }) },
  merge_approved: { said: approve, shown: null },
  merge_queued: NO_OTHER,
  protected_accepted: { said: approve, shown: null },
  proof_accepted: { said: ({ item, why }) => say({ verb: "accept", item, why }), shown: null },
  remarked: NO_OTHER,
  rework_requested: {
    said: ({ instructions, comments }) => say({ verb: "rework", text: instructions }, comments),
    shown: null,
  },
  commanded: NO_OTHER,
  assignment_changed: { said: ({ role, model }) => say({ verb: "assign", role, model }), shown: null },
  budget_raised: { said: ({ addMicroUsd }) => say({ verb: "budget", addMicroUsd }), shown: null },
  halted: { said: () => say({ verb: "park" }), shown: (data, quiet) => closedOrUnlabelled(data, quiet) },
  resumed: {
    said: ({ how }) => say({ verb: how }),
    shown: ({ source }) => ({ checks: { hash: source.replace(/^checks:/, ""), state: "ended" } }),
  },
  step_failed: NO_OTHER,
  step_interrupted: NO_OTHER,
  text_changed: { said: null, shown: ({ textHash }, { issue }) => ({ issue: { ...issue, textHash } }) },
  text_accepted: {
    said: ({ taken }, next) => (taken === "old" ? approve() : next ? whatWasSaid(next, undefined) : null),
    shown: null,
  },
  head_moved: {
    said: null,
    shown: ({ to, by, byId, baseSha }, { pull }) =>
      pull && { pull: { ...pull, headSha: to, mergeBase: baseSha ?? null }, pusher: { by, byId } },
  },
  base_changed: {
    said: null,
    shown: ({ to, by, baseSha }, { pull }) =>
      pull && { pull: { ...pull, baseBranch: to, mergeBase: baseSha }, editor: by },
  },
  ledger_fault: NO_OTHER,
  ledger_rebuilt: NO_OTHER,
  merged: {
    said: null,
    shown: ({ headSha, mergedSha, by }, { pull }) =>
      pull && { pull: { ...pull, state: "closed", merged: true, mergedSha, mergedBy: by, headSha } },
  },
  issue_reopened: NO_OTHER,
  stopped: { said: () => say({ verb: "stop" }), shown: () => ({ issue: "gone" }) },
};

function closedOrUnlabelled({ reason }: EntryData<"halted">, { issue, pull }: QuietFacts): Partial<Facts> | null {
  if (reason === "pull-request-closed") return pull && { pull: { ...pull, state: "closed" } };
  if (reason === "issue-closed") return { issue: { ...issue, state: "closed" } };
  return reason === "label-removed" ? { issue: { ...issue, labels: [] } } : null;
}

export function whatWasSaid(entry: Entry, next: Entry | undefined): SaidToBot | null {
  if (entry.kind === "newer") return null;
  const { said } = ORIGINS[entry.kind] as Origin<EntryKind>;
  return said && said(entry.data as EntryData<EntryKind>, next);
}

export function whatWasShown(entry: Entry, quiet: QuietFacts): Partial<Facts> | null {
  if (entry.kind === "newer") return null;
  const { shown } = ORIGINS[entry.kind] as Origin<EntryKind>;
  return shown && shown(entry.data as EntryData<EntryKind>, quiet);
}

/** Another ticket that was there first. */
function ahead(issue: number, files: readonly string[], standing: Neighbour["standing"]): Neighbour {
  return { issue, files, standing, written: "yes", approvedAt: null };
}

function childShown(all: QuietFacts["children"], one: Omit<ChildSeen, "by"> & { by?: string }): Partial<Facts> | null {
  return all && { children: all.map((child) => (child.issue === one.issue ? { ...child, ...one } : child)) };
}

/** The parts of an epic as its ledger says. */
export function quietChildren({ epic }: Ticket): QuietFacts["children"] {
  if (!epic) return null;
  const states = { waiting: "not-begun", begun: "at-work", merged: "merged", "left-out": "left-out" } as const;
  return epic.parts.flatMap(({ issue, state, by }) =>
    issue === null ? [] : [{ issue, state: states[state], by: by ?? "" }],
  );
}

/** The issue of a ticket as it stood when nothing had moved. */
export function quietIssue(ticket: Ticket): Issue {
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

export function quietPull(ticket: Ticket): Pull | null {
  if (!ticket.change || !ticket.pull) return null;
  const { headSha } = ticket.change;
  const { baseBranch } = ticket.pull;
  const merge = { merged: false, mergedSha: null, mergedBy: null, mergeBase: null, mergeable: true };
  return { state: "open", headSha, baseBranch, ...merge };
}
