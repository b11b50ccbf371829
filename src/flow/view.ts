import type { Facts, PullSeen } from "../core/rules/facts.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { ticketRef } from "../core/ledger/ids.ts";
import { textHash } from "../core/ticket/text-hash.ts";
import type { IssueFacts } from "../core/rules/trigger.ts";
import type { Forge } from "../forge/forge.ts";
import type { World } from "./world.ts";

/**
 * What one pass of a worker has seen of GitHub. It is forgotten after every step, since steps take minutes: what is decided
 * afterwards is decided on a fresh look.
 */
export type View = {
  issue: Facts["issue"];
  pull: PullSeen | "gone" | null;
  /** Kept for the whole pass: who pushed is told by a webhook only. */
  pusher: string | null;
  policy: Policy | null;
};

export function blankView(): View {
  return { issue: null, pull: null, pusher: null, policy: null };
}

export function forget(view: View): void {
  view.issue = null;
  view.pull = null;
}

/** An issue as a trigger brought it is as good as one that was read, when it is the ticket's own. */
export function see(view: View, ticketNumber: number, issue: IssueFacts): void {
  if (issue.number === ticketNumber) view.issue = { ...issue, textHash: textHash(issue.title, issue.body) };
}

export async function lookAt(forge: Forge, ticket: Ticket, view: View, what: "issue" | "pull"): Promise<void> {
  if (what === "issue") {
    const issue = await forge.issue(ticketRef(ticket.key).number);
    view.issue = issue === "gone" ? "gone" : { ...issue, textHash: textHash(issue.title, issue.body) };
  } else if (ticket.pull) {
    view.pull = await forge.pull(ticket.pull.number);
  }
}

export function factsOf(world: World, view: View): Facts {
  return {
    now: world.now(),
    policy: view.policy,
    pool: world.pool,
    issue: view.issue,
    pull: view.pull,
    pusher: view.pusher,
  };
}
