import { halt, look, record } from "./decisions.ts";
import type { RuleDraft } from "./draft.ts";
import { type Decision, type Facts, START_LABELS } from "./facts.ts";
import { type HaltDetails, halted } from "./halt.ts";
import type { HaltReason } from "../ledger/entries.ts";
import { SOMEBODY } from "./let-pass.ts";
import { hasEnded } from "../ticket/epic.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Trigger } from "./trigger.ts";
import { why } from "./why.ts";
import { gitShaSchema } from "../ledger/ids.ts";
import { named } from "../ledger/same-person.ts";
import { HEADING_CHARS_MAX } from "../ledger/limits.ts";

/** Where GitHub has moved away from what the ledger says. Noticed before anything else is decided. */
export function divergence(ticket: Ticket, facts: Facts): Decision | null {
  return pullDiverged(ticket, facts) ?? issueDiverged(ticket, facts);
}

function pullDiverged(ticket: Ticket, facts: Facts): Decision | null {
  const { pull } = facts;
  if (!pull || pull === "gone" || !ticket.change) return null;
  if (pull.merged && pull.mergedSha) {
    const { mergeApproval: approval } = ticket;
    const by = (approval?.headSha === pull.headSha ? approval.by : pull.mergedBy) ?? SOMEBODY;
    const data = { by, headSha: pull.headSha, mergedSha: pull.mergedSha, followUps: followUps(ticket) };
    return record(why("pull-request-merged"), [{ kind: "merged", data }]);
  }
  if (pull.state === "closed") {
    if (isHaltedAs(ticket, ...CLOSED)) return null;
    return halt("pull-request-closed", why("pull-request-was-closed"));
  }
  if (ticket.pull && pull.baseBranch !== ticket.pull.baseBranch) {
    const { baseBranch: to, mergeBase } = pull;
    if (ticket.halt && (mergeBase === null || ticket.retargets >= RETARGETS_FOLLOWED_MAX)) return null;
    // Without the place where both part nobody can say what the change is.
    if (mergeBase === null) return halt("branch-deleted", why("commit-gone", { ref: to }));
    const data = { from: ticket.pull.baseBranch, to, by: facts.editor ?? SOMEBODY, baseSha: mergeBase };
    return record(why("base-branch-changed", { to }), [{ kind: "base_changed", data }]);
  }
  if (pull.headSha !== ticket.change.headSha) {
    if (ticket.halt && ticket.change.heads.length >= HEADS_FOLLOWED_MAX) return null;
    const from = ticket.change.headSha;
    const base = pull.mergeBase === null ? {} : { baseSha: pull.mergeBase };
    const data = { from, to: pull.headSha, ...(facts.pusher ?? { by: SOMEBODY }), ...base };
    return record(why("branch-pushed"), [{ kind: "head_moved", data }]);
  }
  return null;
}

/**
 * It was pointed at another base branch, or pushed to, and set back before anybody looked: what was said meanwhile may be about
 * what stood there then.
 * @param trigger what told of it
 * @param pull as it stands now
 */
export function awayAndBack(ticket: Ticket, trigger: Trigger, pull: Facts["pull"]): RuleDraft[] {
  const { pull: known, change } = ticket;
  if (trigger.kind !== "changed" || ticket.end || !known || !change || pull === null || pull === "gone") return [];
  if (pull.state !== "open" || pull.baseBranch !== known.baseBranch || pull.headSha !== change.headSha) return [];
  const isPerson = trigger.by.type === "User";
  const { base: from, head } = trigger;
  if (from !== undefined && from !== known.baseBranch) {
    if (ticket.halt && ticket.retargets >= RETARGETS_FOLLOWED_MAX) return [];
    const by = isPerson ? trigger.by.login : SOMEBODY;
    return [{ kind: "base_changed", data: { from, to: known.baseBranch, by, baseSha: change.baseSha } }];
  }
  if (head === undefined || change.heads.includes(head) || !gitShaSchema.safeParse(head).success) return [];
  if (ticket.halt && change.heads.length >= HEADS_FOLLOWED_MAX) return [];
  const pusher = isPerson ? named(trigger.by) : { by: SOMEBODY };
  return [{ kind: "head_moved", data: { from: head, to: change.headSha, ...pusher } }];
}

function issueDiverged(ticket: Ticket, facts: Facts): Decision | null {
  const { issue } = facts;
  if (issue === null) return null;
  if (issue === "gone") {
    const because = why("issue-gone");
    return record(because, [{ kind: "stopped", data: { by: "policy", because } }]);
  }
  // An epic closes its own issue right before its last entry.
  const isDone = ticket.epic?.parts.every(hasEnded) ?? false;
  if (issue.state === "closed" && !isDone && !isHaltedAs(ticket, ...CLOSED)) {
    // A merge by hand closes the issue, too, and GitHub may tell of the issue first.
    if (ticket.change && ticket.pull && facts.pull === null) return look(["pull"], why("closed-maybe-merged"));
    return halt("issue-closed", why("issue-was-closed"));
  }
  const labelled = issue.labels.some((label) => START_LABELS.includes(label));
  if (!labelled && !ticket.opened.pull && !ticket.halt) {
    return halt("label-removed", why("label-taken-away"));
  }
  return textDiverged(ticket, issue.textHash);
}

/** Later edits are noticed when somebody with write permission lets the ticket go on. */
export const TEXT_EDITS_FOLLOWED_MAX = 20;
/** The same for pushes, to a pull request that a stranger may have written. */
const HEADS_FOLLOWED_MAX = 40;
/** The same for other base branches, which the author of a pull request may choose without end. */
const RETARGETS_FOLLOWED_MAX = 20;

function textDiverged(ticket: Ticket, textHash: string): Decision | null {
  if (ticket.opened.pull) return null;
  if (textHash === ticket.textSeen) return textUnasked(ticket);
  // Whoever opened the issue may edit it without end. While the ticket stands still the last text is enough.
  if (ticket.halt && ticket.textEdits >= TEXT_EDITS_FOLLOWED_MAX) return null;
  const changed: RuleDraft = { kind: "text_changed", data: { textHash } };
  if (isDecided(ticket, textHash)) {
    const back: RuleDraft[] = isHaltedAs(ticket, "text-changed")
      ? [{ kind: "resumed", data: { by: "policy", source: `text:${textHash}`, how: "resume" } }]
      : [];
    return record(why("text-decided-before"), [changed, ...back]);
  }
  const stop = ticket.halt && !isHaltedAs(ticket, "text-changed") ? [] : [askAboutText(ticket)];
  return record(why("text-was-changed"), [changed, ...stop]);
}

/** An edit that came while the ticket stood still for another reason is asked about as soon as it goes on. */
function textUnasked(ticket: Ticket): Decision | null {
  if (ticket.halt || isDecided(ticket, ticket.textSeen)) return null;
  return record(why("text-was-changed"), [askAboutText(ticket)]);
}

function isDecided(ticket: Ticket, textHash: string): boolean {
  return textHash === ticket.text.hash || ticket.textsSetAside.includes(textHash);
}

/** The parts of an epic are tickets of their own by now: what its text says anew is for other tickets. */
function askAboutText({ epic }: Ticket): RuleDraft {
  const more: HaltDetails = epic ? { helps: ["keep-text", "stop"] } : {};
  return halted("text-changed", "policy", why("text-was-changed"), more);
}

/** Either of them halts. Where both are closed, one halt is enough: two would take turns without end. */
const CLOSED = ["pull-request-closed", "issue-closed"] as const;

function isHaltedAs(ticket: Ticket, ...reasons: readonly HaltReason[]): boolean {
  return ticket.halt !== null && reasons.includes(ticket.halt.reason);
}

/** Chunks of the plan that this ticket's pull request does not deliver. */
export function followUps(ticket: Ticket): string[] {
  return ticket.plan?.plan.chunks.slice(1).map((chunk) => chunk.title.slice(0, HEADING_CHARS_MAX)) ?? [];
}
