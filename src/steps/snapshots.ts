// Held by test/scenarios/feature.test.ts
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Snapshot } from "../trees/tree.ts";
import { defaultSnapshot } from "./default-branch.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

type Found = { readonly outcome: "found"; readonly snapshot: Snapshot };
type FoundOr = Found | StepResult;

/**
 * The commit that work builds on: the one the plan was made for, so that plan, change and proof speak of the same code;
 * before there is a plan, the head of the default branch.
 */
export async function baseSnapshot(context: StepContext): Promise<FoundOr> {
  const { ticket } = context;
  const ref = ticket.change?.baseSha ?? ticket.plan?.baseSha ?? routedBase(ticket);
  if (ref !== null) return snapshotOf(context, ref);
  const snapshot = await defaultSnapshot(context.forge, ticket);
  return snapshot === "gone" ? gone(ticket.opened.defaultBranch) : { outcome: "found", snapshot };
}

/** A question may have been open for days: then the plan is made for the branch as it is now. */
function routedBase(ticket: Ticket): string | null {
  return ticket.answers.length === 0 && ticket.rework.instructions.length === 0
    ? (ticket.route?.baseSha ?? null)
    : null;
}

export async function snapshotOf(context: StepContext, ref: string): Promise<FoundOr> {
  const snapshot = await context.forge.snapshot(ref);
  if (snapshot !== "gone") return { outcome: "found", snapshot };
  return gone(ref);
}

function gone(ref: string): StepResult {
  return done(halted("branch-deleted", "policy", why("commit-gone", { ref })));
}
