import type { Policy } from "./policy.ts";
import { type Person, PROOF_RERUN, type Trigger } from "./trigger.ts";

/**
 * Which pull requests of others are proven. Only what can be read and run counts there: no ticket begins, no model is asked
 * and nothing is merged.
 */
export type PullSeen = {
  readonly state: "open" | "closed";
  readonly draft: boolean;
  readonly author: Person;
  /** Written by this program, or at work as a ticket, which collects its own proof. */
  readonly belongsTo: "ticket" | "nobody";
};

export type Guarding = { readonly do: "prove" } | { readonly do: "leave"; readonly why: LeaveCode };

/** Why a pull request is not proven. Only the server's log says it. */
export type LeaveCode = "gone" | "closed" | "a-ticket" | "policy-off" | "dry-run" | "not-a-bot" | "draft";

/**
 * @param asked a person who may write said `/coop proof`: then neither policy nor draft matters
 *
 * @example
 * guarding("gone", "all", "yes") // → { do: "leave", why: "gone" }
 */
export function guarding(pull: PullSeen | "gone", pulls: Policy["gate"]["pulls"], asked: "yes" | "no"): Guarding {
  if (pull === "gone") return leave("gone");
  if (pull.state === "closed") return leave("closed");
  if (pull.belongsTo === "ticket") return leave("a-ticket");
  if (asked === "yes") return { do: "prove" };
  if (pulls === "off") return leave("policy-off");
  if (pulls === "bots" && pull.author.type !== "Bot") return leave("not-a-bot");
  // Its author says that it is not ready to be looked at; leaving draft is an event of its own.
  return pull.draft ? leave("draft") : { do: "prove" };
}

function leave(why: LeaveCode): Guarding {
  return { do: "leave", why };
}

/** What may change whether, or how, a pull request is proven: another head, another base branch, another state. */
const STIRRING = /^pull (?:opened|reopened|synchronize|edited|ready_for_review|closed)$/;

export function stirsGuard(trigger: Trigger): boolean {
  if (trigger.kind !== "changed" || trigger.look !== "pull") return false;
  return trigger.what === PROOF_RERUN || STIRRING.test(trigger.what);
}

/** The base branch of guarded pull requests has moved on. */
export function movesBase(trigger: Trigger): boolean {
  return trigger.kind === "changed" && trigger.what === `push to ${trigger.defaultBranch}`;
}

/** The same event under a name of its own, since a ticket may hear it too. */
export function forGuard(trigger: Trigger, what: GuardReason = reasonOf(trigger)): Trigger {
  const { source, forge, defaultBranch, by } = trigger;
  return { kind: "changed", source: `guard:${source}`, forge, defaultBranch, by, what, look: "guard" };
}

/** `asked`: by a comment, which is answered. `rerun`: asked for beside the check, which is the answer. */
type GuardReason = "stirred" | "asked" | "rerun";

function reasonOf(trigger: Trigger): GuardReason {
  return trigger.kind === "changed" && trigger.what === PROOF_RERUN ? "rerun" : "stirred";
}

export function isForGuard(trigger: Trigger): boolean {
  return trigger.kind === "changed" && trigger.look === "guard";
}
