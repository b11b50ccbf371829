import { type Decision, type Facts, START_LABELS } from "./facts.ts";
import { halted } from "./halt.ts";
import type { EntryDraft } from "./ledger.ts";
import type { Ticket } from "./ticket.ts";

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
    if (ticket.halt?.reason === "pull-request-closed") return null;
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
  if (issue.state === "closed" && !isHaltedAs(ticket, "issue-closed")) {
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
  if (textHash === ticket.textSeen || ticket.textsSetAside.includes(textHash) || ticket.opened.pull) return null;
  const changed: EntryDraft = { kind: "text_changed", data: { textHash } };
  if (textHash === ticket.text.hash) {
    const back: EntryDraft[] = isHaltedAs(ticket, "text-changed")
      ? [{ kind: "resumed", data: { by: "policy", source: `text:${textHash}`, how: "resume" } }]
      : [];
    return record("The issue's text is as it was read again.", [changed, ...back]);
  }
  const sentence = "The issue's title or text was changed after it was read, so nothing goes on silently.";
  const stop = ticket.halt && ticket.halt.reason !== "text-changed" ? [] : [halted("text-changed", "policy", sentence)];
  return record("The issue's text changed.", [changed, ...stop]);
}

function isHaltedAs(ticket: Ticket, reason: NonNullable<Ticket["halt"]>["reason"]): boolean {
  return ticket.halt?.reason === reason;
}

/** Chunks of the plan that this ticket's pull request does not deliver. */
export function followUps(ticket: Ticket): string[] {
  return ticket.plan?.plan.chunks.slice(1).map((chunk) => chunk.title.slice(0, 120)) ?? [];
}

function record(why: string, entries: EntryDraft[]): Decision {
  return { do: "record", why, entries };
}
