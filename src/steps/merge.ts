// Held by test/scenarios/feature.test.ts
import { waysOutOfDraft } from "../core/rules/obstacles.ts";
import { followUps } from "../core/rules/diverge.ts";
import { type MergeRule, wantedMethod } from "../core/rules/merge-rule.ts";
import { halted } from "../core/rules/halt.ts";
import { type FailureCode, type Why, why } from "../core/rules/why.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { NO_SPEND } from "../core/ledger/entries.ts";
import { mergeMessage, mergeTitle } from "../messages/pull.ts";
import { done, policyOf, type StepContext, type StepResult } from "./step.ts";
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";
import { waitedSince } from "./waits.ts";
import { jittered } from "../core/rules/jitter.ts";

/** GitHub works out in the background what it says of a pull request. It is asked again soon, then in four times that. */
const SETTLES_MS = 2_000;

/** A queue moves when its checks end; asking more often tells nothing new. */
const QUEUE_POLL_MS = 60_000;
/** A queue runs the whole CI once or a few times. What waits in it for a day is stuck. */
const QUEUE_WAIT_MAX_MS = 24 * 60 * 60_000;

/** Merges exactly the commit that was proven and approved: GitHub refuses when the head is another one by now. */
export async function merge(context: StepContext): Promise<StepResult> {
  const { ticket, forge, pull } = context;
  const approval = ticket.mergeApproval;
  if (!ticket.pull || !ticket.change || !approval) throw new Error("A merge needs an approved pull request");
  const { number } = ticket.pull;
  // A merge that went through just before a crash.
  if (pull !== null && pull !== "gone" && pull.merged && pull.mergedSha)
    return done(mergedEntry(context, approval.by, pull.mergedSha));
  if (approval.queuedAt) return inQueue(context, number, approval.queuedAt);
  const { headSha } = ticket.change;
  const method = wantedMethod(policyOf(context));
  const outcome = await forge.merge(number, headSha, mergeTitle(ticket), mergeMessage(ticket), method);
  switch (outcome.outcome) {
    case "merged":
      return done(mergedEntry(context, approval.by, outcome.sha));
    case "head-moved":
      return headMoved(context, number, headSha);
    case "conflict":
      return conflict(context);
    case "queued":
      return done({ kind: "merge_queued", data: { headSha } });
    case "refused":
      return refused(ticket, outcome);
  }
}

/** `reason`: in the forge's words. Of what a queue does later it says nothing. */
type Refused = {
  readonly rule: MergeRule;
  readonly reason?: string;
  readonly hours?: number;
  readonly links: readonly string[];
};

function refused(ticket: Ticket, { reason = "", links, ...told }: Refused): StepResult {
  const { rule } = told;
  const facts = { ...told, reason: reason.slice(0, WHY_CHARS_MAX), links: links.slice(0, LINKS_MAX) };
  const helps = rule === "draft" ? { helps: waysOutOfDraft(ticket) } : {};
  return done(halted("merge-refused", "policy", why("merge-refused", facts), helps));
}

/** Conversations that one comment can name; whoever resolves these finds the others beside them. */
const LINKS_MAX = 10;

/** Follows a pull request through the queue to its merge, or to the sentence that says why it came out. */
async function inQueue(context: StepContext, number: number, since: string): Promise<StepResult> {
  const place = await context.forge.mergeQueue(number);
  if (place.state === "out") {
    const pull = await context.forge.pull(number);
    if (pull !== "gone" && pull.merged) return { outcome: "later", inMs: 0 };
    return refused(context.ticket, { rule: "queue-left", links: [] });
  }
  const waitedMs = waitedSince(context.world, `${context.ticket.key} queue`, since);
  if (waitedMs >= QUEUE_WAIT_MAX_MS) {
    const hours = Math.round(QUEUE_WAIT_MAX_MS / 3_600_000);
    return refused(context.ticket, { rule: "queue-slow", hours, links: [] });
  }
  return { outcome: "later", inMs: QUEUE_POLL_MS };
}

/** Whoever pushed is seen by the next look. Where GitHub shows the same head all the same, it is asked so often and no more. */
async function headMoved({ ticket, forge }: StepContext, number: number, headSha: string): Promise<StepResult> {
  const pull = await forge.pull(number);
  if (pull !== "gone" && pull.headSha === headSha) return unsettled(ticket, why("head-unsettled"));
  return { outcome: "later", inMs: SETTLES_MS };
}

/** "Not mergeable" may only mean that GitHub has not worked it out yet. */
async function conflict(context: StepContext): Promise<StepResult> {
  const number = context.ticket.pull?.number ?? context.ticket.ref.number;
  const pull = await context.forge.pull(number);
  if (pull !== "gone" && pull.mergeable === null) return unsettled(context.ticket, why("mergeable-unknown"));
  const base = context.ticket.pull?.baseBranch ?? "the base branch";
  return done(halted("merge-conflict", "policy", why("merge-conflicts", { base })));
}

function unsettled({ failures }: Ticket, because: Why<FailureCode>): StepResult {
  const inMs = jittered(SETTLES_MS * 4 ** failures, Math.random());
  return { outcome: "failed", reason: "merge-refused", because, spend: NO_SPEND, inMs };
}

function mergedEntry({ ticket }: StepContext, by: string, mergedSha: string) {
  const headSha = ticket.change?.headSha ?? mergedSha;
  return { kind: "merged" as const, data: { by, headSha, mergedSha, followUps: followUps(ticket) } };
}
