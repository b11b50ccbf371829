import { ticketRef } from "../core/ledger/ids.ts";
import { followUps } from "../core/rules/diverge.ts";
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { NO_SPEND } from "../core/ledger/entries.ts";
import { mergeMessage, mergeTitle } from "../messages/pull.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

/** GitHub works out whether a pull request can be merged in the background; asked again soon after. */
const MERGEABLE_RETRY_MS = 2_000;

/** Merges exactly the commit that was proven and approved: GitHub refuses when the head is another one by now. */
export async function merge(context: StepContext): Promise<StepResult> {
  const { ticket, forge, pull } = context;
  const approval = ticket.mergeApproval;
  if (!ticket.pull || !ticket.change || !approval) throw new Error("A merge needs an approved pull request");
  const { number } = ticket.pull;
  // A merge that went through just before a crash.
  if (pull !== null && pull !== "gone" && pull.merged && pull.mergedSha)
    return done(mergedEntry(context, approval.by, pull.mergedSha));
  const outcome = await forge.merge(number, ticket.change.headSha, mergeTitle(ticket), mergeMessage(ticket));
  switch (outcome.outcome) {
    case "merged":
      return done(mergedEntry(context, approval.by, outcome.sha));
    case "head-moved":
      return { outcome: "later", inMs: MERGEABLE_RETRY_MS, why: "The head moved between the approval and the merge." };
    case "conflict":
      return conflict(context);
    case "refused":
      return done(halted("merge-refused", "policy", why("merge-refused", { reason: outcome.reason })));
  }
}

/** "Not mergeable" may only mean that GitHub has not worked it out yet. */
async function conflict(context: StepContext): Promise<StepResult> {
  const number = context.ticket.pull?.number ?? ticketRef(context.ticket.key).number;
  const pull = await context.forge.pull(number);
  if (pull !== "gone" && pull.mergeable === null) {
    return {
      outcome: "failed",
      reason: "merge-refused",
      because: why("mergeable-unknown"),
      spend: NO_SPEND,
      inMs: MERGEABLE_RETRY_MS,
    };
  }
  const base = context.ticket.pull?.baseBranch ?? "the base branch";
  return done(halted("merge-conflict", "policy", why("merge-conflicts", { base })));
}

function mergedEntry({ ticket }: StepContext, by: string, mergedSha: string) {
  const headSha = ticket.change?.headSha ?? mergedSha;
  return { kind: "merged" as const, data: { by, headSha, mergedSha, followUps: followUps(ticket) } };
}
