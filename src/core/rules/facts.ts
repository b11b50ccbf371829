import type { Spend, StepName } from "../ledger/entries.ts";
import type { Named } from "../ledger/same-person.ts";
import type { RuleDraft } from "./draft.ts";
import type { Policy } from "./policy.ts";
import type { PoolModel } from "./rotate.ts";
import type { IssueFacts } from "./trigger.ts";
import type { DecisionCode, HaltCode, Why } from "./why.ts";

/** What `decide` may ask about. `null` means that nobody has looked; it is never taken for a yes or a no. */
export type Facts = {
  readonly now: Date;
  /** The policy the ticket was routed with; null before that. */
  readonly policy: Policy | null;
  readonly pool: readonly PoolModel[];
  /** So long a step waits for a model that is away before a person is asked. Absent: `PATIENCE_MS` of `decide.ts`. */
  readonly patienceMs?: number | undefined;
  readonly issue: (IssueFacts & { readonly textHash: string }) | "gone" | null;
  readonly pull: PullSeen | "gone" | null;
  /** The head commit of the pull request's base branch. */
  readonly base: string | "gone" | null;
  /** The repository's checks on the head, as one hash; `running`: some of them have not ended. */
  readonly checks: { readonly hash: string; readonly state: "ended" | "running" } | null;
  /** A webhook said that a check changed, and nobody has looked since. */
  readonly checksStirred: "yes" | "no";
  /** Who pushed last to the pull request's branch, when a webhook told. */
  readonly pusher: Named | null;
  /** The parts of an epic, as their ledgers and issues show them; null when nobody has looked. */
  readonly children: readonly ChildSeen[] | null;
  /** Other open tickets of the same repository; null when nobody has looked. */
  readonly neighbours: readonly Neighbour[] | null;
  /** The plan is never doubted, as in versions before the Architect came back; only `coop replay` says so. */
  readonly trustsPlan?: true;
  /** Who edited the pull request last, when a webhook told. */
  readonly editor: string | null;
};

/** Another ticket as far as its files matter. `stands`: it goes on only when a person says so. */
export type Neighbour = {
  readonly issue: number;
  readonly files: readonly string[];
  readonly written: "yes" | "no";
  readonly approvedAt: string | null;
  readonly standing: "moves" | "stands";
};

/**
 * `not-begun`: no ticket, and its issue is open. `asks`: it stands still until a person says something there. `by`: who merged
 * it or left it out. `spend`: what it cost until it ended.
 */
export type ChildSeen = {
  readonly issue: number;
  readonly state: "not-begun" | "at-work" | "asks" | "merged" | "left-out";
  readonly by: string;
  readonly spend?: Spend | undefined;
};

export type PullSeen = {
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly mergedSha: string | null;
  readonly mergedBy: string | null;
  readonly headSha: string;
  readonly baseBranch: string;
  /** Where the head leaves the base branch, if either of them is new to us; null when nobody asked or GitHub could not say. */
  readonly mergeBase: string | null;
  readonly mergeable: boolean | null;
  readonly locked?: boolean | undefined;
  /** Absent where nobody said. */
  readonly draft?: boolean | undefined;
};

export type Reason = Why<DecisionCode | HaltCode>;

/** What happens next, and why. The shell carries it out and asks again. */
export type Decision =
  | { readonly do: "step"; readonly step: StepName; readonly why: Reason }
  | { readonly do: "record"; readonly entries: readonly RuleDraft[]; readonly why: Reason }
  | { readonly do: "look"; readonly at: readonly Look[]; readonly why: Reason }
  | { readonly do: "wait"; readonly for: WaitFor; readonly why: Reason };

/** What can be looked at: the issue, its pull request, the base branch's head, the checks on the pull request's head, an epic's parts, tickets beside it. */
export type Look = "issue" | "pull" | "base" | "checks" | "children" | "neighbours";

export type WaitFor =
  | "answer"
  | "plan-approval"
  | "test-approval"
  | "approval"
  | "person"
  | "children"
  | "other-ticket"
  | "newer-version"
  | "nothing";

/** Labels that start a ticket; taking the last of them away parks it. */
export const START_LABELS: readonly string[] = ["coop", "coop:feature", "coop:bug", "coop:refactor", "coop:docs"];
