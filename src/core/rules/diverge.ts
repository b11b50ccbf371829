import { type Decision, type Facts, START_LABELS } from "./facts.ts";
import { halted } from "./halt.ts";
import type { EntryDraft, HaltReason } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** Where GitHub has moved away from what the ledger says. Noticed before anything else is decided. */
export function divergence(ticket: Ticket, facts: Facts): Decision | null {
  return pullDiverged(ticket, facts) ?? issueDiverged(ticket, facts);
}

function pullDiverged(ticket: Ticket, facts: Facts): Decision | null {
  const { pull } = facts;
  if (!pull || pull === "gone" || !ticket.change) return null;
  if (pull.merged && pull.mergedSha) {
    const by = ticket.mergeApproval?.by ?? pull.mergedBy ?? "somebody";
    const data = { by, headSha: pull.headSha, mergedSha: pull.mergedSha, followUps: followUps(ticket) };
    return record("The pull request is merged.", [{ kind: "merged", data }]);
  }
  if (pull.state === "closed") {
    if (isHaltedAs(ticket, ...CLOSED)) return null;
    return record("The pull request was closed.", [
      halted(
        "pull-request-closed",
        "policy",
        "The pull request was closed without a merge (deleting its branch closes it too).",
      ),
    ]);
  }
  if (pull.headSha !== ticket.change.headSha) {
    const data = { from: ticket.change.headSha, to: pull.headSha, by: facts.pusher ?? "somebody" };
    return record("Somebody pushed to the branch.", [{ kind: "head_moved", data }]);
  }
  return null;
}

function issueDiverged(ticket: Ticket, facts: Facts): Decision | null {
  const { issue } = facts;
  if (issue === null) return null;
  if (issue === "gone") {
    return record("The issue is gone.", [
      { kind: "stopped", data: { by: "policy", why: "The issue was deleted or moved to another repository." } },
    ]);
  }
  if (issue.state === "closed" && !isHaltedAs(ticket, ...CLOSED)) {
    return record("The issue was closed.", [
      halted("issue-closed", "policy", "The issue was closed while the ticket was open."),
    ]);
  }
  const labelled = issue.labels.some((label) => START_LABELS.includes(label));
  if (!labelled && !ticket.opened.pull && !ticket.halt) {
    return record("The label is gone.", [
      halted("label-removed", "policy", "The label that started the ticket was taken away."),
    ]);
  }
  return textDiverged(ticket, issue.textHash);
}

function textDiverged(ticket: Ticket, textHash: string): Decision | null {
  if (ticket.opened.pull) return null;
  if (textHash === ticket.textSeen) return textUnasked(ticket);
  const changed: EntryDraft = { kind: "text_changed", data: { textHash } };
  if (isDecided(ticket, textHash)) {
    const back: EntryDraft[] = isHaltedAs(ticket, "text-changed")
      ? [{ kind: "resumed", data: { by: "policy", source: `text:${textHash}`, how: "resume" } }]
      : [];
    return record("The issue's text is again one that was decided on.", [changed, ...back]);
  }
  const stop = ticket.halt && !isHaltedAs(ticket, "text-changed") ? [] : [askAboutText()];
  return record("The issue's text changed.", [changed, ...stop]);
}

/** An edit that came while the ticket stood still for another reason is asked about as soon as it goes on. */
function textUnasked(ticket: Ticket): Decision | null {
  if (ticket.halt || isDecided(ticket, ticket.textSeen)) return null;
  return record("The issue's text changed while the ticket stood still.", [askAboutText()]);
}

function isDecided(ticket: Ticket, textHash: string): boolean {
  return textHash === ticket.text.hash || ticket.textsSetAside.includes(textHash);
}

function askAboutText(): EntryDraft {
  const sentence = "The issue's title or text was changed after it was read, so nothing goes on silently.";
  return halted("text-changed", "policy", sentence);
}

/** Either of them halts. Where both are closed, one halt is enough: two would take turns without end. */
const CLOSED = ["pull-request-closed", "issue-closed"] as const;

function isHaltedAs(ticket: Ticket, ...reasons: readonly HaltReason[]): boolean {
  return ticket.halt !== null && reasons.includes(ticket.halt.reason);
}

/** Chunks of the plan that this ticket's pull request does not deliver. */
export function followUps(ticket: Ticket): string[] {
  return ticket.plan?.plan.chunks.slice(1).map((chunk) => chunk.title.slice(0, 120)) ?? [];
}

function record(why: string, entries: EntryDraft[]): Decision {
  return { do: "record", why, entries };
}
