import type { EntryData } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Command } from "./command.ts";
import { START_LABELS } from "./facts.ts";
import { type Heard, ignore, mayWrite, notPermitted, type Permission, record, type Response } from "./heard.ts";
import { TYPE_LABELS } from "./routing/route.ts";
import { type IssueFacts, OPENING, type Trigger } from "./trigger.ts";
import { type RefusalCode, type Why, why } from "./why.ts";
import { LABELS_MAX, LINE_CHARS_MAX, NAME_CHARS_MAX, NOTES_MAX } from "../ledger/limits.ts";

/** How a ticket begins: a label on an issue, or `/coop review` on a person's pull request. */
export function openByLabel(
  ticket: Ticket | null,
  heard: Heard,
  trigger: Extract<Trigger, { kind: "labelled" }>,
): Response {
  if (!START_LABELS.includes(trigger.label)) return ignore("not-our-label");
  const refuse = (because: Why<RefusalCode>): Response => ({
    do: "refuse",
    by: trigger.by.login,
    source: trigger.source,
    verb: "label",
    args: trigger.label,
    why: because,
  });
  if (!mayWrite(heard.permission)) {
    // An issue form puts labels on for everybody; GitHub tells of the label once more, and one refusal is enough.
    if (trigger.source.startsWith(OPENING)) return ignore("opener-may-not-start");
    return ticket?.end || (ticket && !ticket.halt) ? ignore("ticket-already") : refuse(notAllowed(heard.permission));
  }
  if (ticket) {
    if (ticket.end) return refuse(why("label-on-ended-ticket", { as: ticket.end.as }));
    if (ticket.halt?.reason !== "label-removed") return ignore("ticket-already");
    return record([{ kind: "resumed", data: { by: trigger.by.login, source: trigger.source, how: "resume" } }]);
  }
  if (trigger.issue.isPullRequest) return refuse(why("label-on-pull-request"));
  if (trigger.issue.state === "closed") return refuse(why("label-on-closed-issue"));
  const forcedType = trigger.issue.labels.map((label) => TYPE_LABELS[label]).find(Boolean) ?? null;
  return record([{ kind: "opened", data: openedData(heard, trigger.issue, forcedType, null) }]);
}

function notAllowed(permission: Permission): Why<RefusalCode> {
  return permission === "unknown" ? notPermitted(permission) : why("label-needs-permission");
}

/** How a part of an epic begins: its parent says that its turn has come. Nobody's label is needed. */
export function openPart(
  ticket: Ticket | null,
  heard: Heard,
  trigger: Extract<Trigger, { kind: "part-due" }>,
): Response {
  if (ticket) return ignore("ticket-already");
  const forcedType = trigger.issue.labels.map((label) => TYPE_LABELS[label]).find(Boolean) ?? null;
  const data = openedData(heard, trigger.issue, forcedType, null);
  // The mark by which its parent finds the issue is ours, and no secret of anybody.
  const removed = data.removed.filter((line) => !line.includes("coop:part"));
  return record([{ kind: "opened", data: { ...data, removed, parent: trigger.parent } }]);
}

function openedData(
  heard: Heard,
  issue: IssueFacts,
  forcedType: EntryData<"opened">["forcedType"],
  pull: Heard["pull"],
): EntryData<"opened"> {
  const { trigger } = heard;
  if (!heard.textHash) throw new Error("A ticket begins with a text");
  return {
    by: trigger.by.login,
    source: trigger.source,
    forge: trigger.forge,
    defaultBranch: trigger.defaultBranch,
    title: issue.title.slice(0, LINE_CHARS_MAX),
    author: issue.author.login,
    authorId: issue.author.id,
    textHash: heard.textHash,
    bodyBytes: Buffer.byteLength(issue.body),
    removed: heard.removed.slice(0, NOTES_MAX).map((line) => line.slice(0, LINE_CHARS_MAX)),
    forcedType,
    labels: issue.labels.slice(0, LABELS_MAX).map((label) => label.slice(0, NAME_CHARS_MAX)),
    pull,
  };
}

/** `/coop proof`: no ticket begins, no model is asked, nothing is written down but the check run. */
export function proveAlone({ trigger }: Heard, refuse: (because: Why<RefusalCode>) => Response): Response {
  const issue = trigger.kind === "commented" ? trigger.issue : null;
  if (!issue?.isPullRequest) return refuse(why("proof-needs-pull-request"));
  return issue.state === "closed" ? refuse(why("pull-request-closed")) : { do: "guard", pullNumber: issue.number };
}

export function openForReview(heard: Heard, said: Command, refuse: (because: Why<RefusalCode>) => Response): Response {
  const { trigger } = heard;
  const issue = trigger.kind === "commented" ? trigger.issue : null;
  if (said.verb !== "review") return refuse(why("no-ticket-here"));
  if (!issue?.isPullRequest) return refuse(why("review-needs-pull-request"));
  if (issue.state === "closed") return refuse(why("pull-request-closed"));
  if (!heard.pull) return { do: "look", at: "pull" };
  return record([{ kind: "opened", data: openedData(heard, issue, "review", heard.pull) }]);
}
