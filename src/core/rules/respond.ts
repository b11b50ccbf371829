import { type Command, type CommandRow, parseCommand } from "./command.ts";
import type { RuleDraft } from "./draft.ts";
import { type Facts, START_LABELS } from "./facts.ts";
import { obey, type Said } from "./obey.ts";
import type { EntryData } from "../ledger/entries.ts";
import { TYPE_LABELS } from "./route.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type InlineComment, type IssueFacts, OPENING, type Trigger } from "./trigger.ts";
import { type RefusalCode, type Why, why } from "./why.ts";

/**
 * What a trigger means for a ticket: which entries it becomes, or what is said back. Pure; the permission was asked of
 * GitHub a moment ago and is a fact here. `unknown` is treated as a no, and said to be one.
 */
export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none" | "unknown";

export type Heard = {
  readonly trigger: Trigger;
  readonly permission: Permission;
  /** Inline comments of a person's review; [] for every other trigger. */
  readonly inline: readonly InlineComment[];
  /** sha256 over title and body of the issue in the trigger, or null where there is none. */
  readonly textHash: string | null;
  /** What cleaning took out of the issue's text, in words. */
  readonly removed: readonly string[];
  /** The ticket as it stood when the trigger came in; without it, as it stands now. */
  readonly seen?: Ticket | null;
  /** The pull request that `/coop review` was said on. */
  readonly pull: EntryData<"opened">["pull"];
};

export type Response =
  | { readonly do: "ignore"; readonly why: IgnoreCode | RefusalCode }
  | { readonly do: "record"; readonly entries: readonly RuleDraft[] }
  /** Composed from the ticket by the shell: status, explain and help. */
  | {
      readonly do: "inform";
      readonly about: "status" | "explain" | "help";
      readonly by: string;
      readonly source: string;
    }
  | {
      readonly do: "refuse";
      readonly by: string;
      readonly source: string;
      readonly verb: string;
      readonly args: string;
      readonly why: Why<RefusalCode>;
    }
  | { readonly do: "look"; readonly at: "issue" | "pull" | "checks" | "thread" };

/** Why something that was heard is not answered. Only the server's log says it. */
export type IgnoreCode =
  | "answered-before"
  | "not-a-person"
  | "not-our-label"
  | "opener-may-not-start"
  | "ticket-already"
  | "stranger-answered-often"
  | "no-command"
  | "answer-does-not-count"
  | "empty-reply"
  | "not-a-tickets-pull"
  | "review-without-permission"
  | "review-says-nothing"
  | "review-of-another-commit"
  | "review-without-verdict";

export function respond(ticket: Ticket | null, heard: Heard, facts: Facts): Response {
  const { trigger } = heard;
  if (ticket?.sources.has(trigger.source)) return ignore("answered-before");
  // Bots never command: not our own, not another App that echoes us.
  if (trigger.kind !== "changed" && trigger.by.type !== "User") return ignore("not-a-person");
  switch (trigger.kind) {
    case "changed":
      return { do: "look", at: trigger.look };
    case "unlabelled":
      return START_LABELS.includes(trigger.label) ? { do: "look", at: "issue" } : ignore("not-our-label");
    case "labelled":
      return labelled(ticket, heard, trigger);
    case "commented":
      return commented(ticket, heard, trigger, facts);
    case "reviewed":
      return reviewed(ticket, heard, trigger, facts);
  }
}

/** So often somebody without write permission is told something on one ticket. */
export const ANSWERS_TO_STRANGERS_MAX = 20;
/** And so often all of them together: on a public repository there is no end of people. */
export const ANSWERS_ON_TICKET_MAX = 60;

/** Strangers could make the bot flood a thread, so off tickets they are not answered, and on tickets not without end. */
function isTiresome(ticket: Ticket | null, { trigger, permission }: Heard): boolean {
  if (mayWrite(permission)) return false;
  if (ticket === null) return true;
  const all = [...ticket.answered.values()].reduce((sum, times) => sum + times, 0);
  return (ticket.answered.get(trigger.by.login) ?? 0) >= ANSWERS_TO_STRANGERS_MAX || all >= ANSWERS_ON_TICKET_MAX;
}

export function mayWrite(permission: Permission): boolean {
  return permission === "admin" || permission === "maintain" || permission === "write";
}

function labelled(ticket: Ticket | null, heard: Heard, trigger: Extract<Trigger, { kind: "labelled" }>): Response {
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
    return ticket?.end || (ticket && !ticket.halt) ? ignore("ticket-already") : refuse(notPermitted(heard.permission));
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
    title: issue.title.slice(0, 300),
    author: issue.author.login,
    textHash: heard.textHash,
    bodyBytes: Buffer.byteLength(issue.body),
    removed: heard.removed.slice(0, 10).map((line) => line.slice(0, 300)),
    forcedType,
    pull,
  };
}

function commented(
  ticket: Ticket | null,
  heard: Heard,
  trigger: Extract<Trigger, { kind: "commented" }>,
  facts: Facts,
): Response {
  const parsed = parseCommand(trigger.body);
  const by = trigger.by.login;
  if (parsed.outcome === "none") return plainReply(ticket, heard, trigger);
  if (isTiresome(ticket, heard)) return ignore("stranger-answered-often");
  if (parsed.outcome === "malformed") {
    return { do: "refuse", by, source: trigger.source, verb: "?", args: "", why: parsed.why };
  }
  return command(ticket, heard, parsed.command, parsed.row, facts);
}

function command(ticket: Ticket | null, heard: Heard, said: Command, row: CommandRow, facts: Facts): Response {
  const { trigger } = heard;
  const by = trigger.by.login;
  const refuse = (because: Why<RefusalCode>): Response => ({
    do: "refuse",
    by,
    source: trigger.source,
    verb: said.verb,
    args: argsOf(said),
    why: because,
  });
  if (row.needs === "write" && !mayWrite(heard.permission)) return refuse(notPermitted(heard.permission));
  if (said.verb === "help") return { do: "inform", about: "help", by, source: trigger.source };
  if (!ticket) return withoutTicket(heard, said, refuse);
  if (said.verb === "status" || said.verb === "explain")
    return { do: "inform", about: said.verb, by, source: trigger.source };
  const obeyed = obey(ticket, said, saidBy(heard), facts);
  return obeyed.outcome === "refused" ? refuse(obeyed.why) : record(obeyed.entries);
}

function withoutTicket(heard: Heard, said: Command, refuse: (because: Why<RefusalCode>) => Response): Response {
  const { trigger } = heard;
  const issue = trigger.kind === "commented" ? trigger.issue : null;
  if (said.verb !== "review") return refuse(why("no-ticket-here"));
  if (!issue?.isPullRequest) return refuse(why("review-needs-pull-request"));
  if (issue.state === "closed") return refuse(why("pull-request-closed"));
  if (!heard.pull) return { do: "look", at: "pull" };
  return record([{ kind: "opened", data: openedData(heard, issue, "review", heard.pull) }]);
}

/** A reply that is no command answers the open question, when somebody says it who may: a writer or the issue's author. */
function plainReply(ticket: Ticket | null, heard: Heard, trigger: Extract<Trigger, { kind: "commented" }>): Response {
  if (ticket?.questions.state !== "open" || ticket.halt || ticket.end) return ignore("no-command");
  if (!mayWrite(heard.permission) && trigger.by.login !== ticket.opened.author) return ignore("answer-does-not-count");
  const text = trigger.body.trim().slice(0, 8000);
  if (!text) return ignore("empty-reply");
  return record([{ kind: "question_answered", data: { by: trigger.by.login, source: trigger.source, text } }]);
}

/** A person's own review of the bot's pull request. */
function reviewed(
  ticket: Ticket | null,
  heard: Heard,
  trigger: Extract<Trigger, { kind: "reviewed" }>,
  facts: Facts,
): Response {
  if (!ticket) return ignore("not-a-tickets-pull");
  const by = saidBy(heard);
  if (trigger.state === "changes_requested") {
    if (!mayWrite(heard.permission)) return ignore("review-without-permission");
    const said = trigger.body.trim() || (heard.inline.length > 0 ? "See the inline comments." : "");
    if (!said) return ignore("review-says-nothing");
    const obeyed = obey(ticket, { verb: "rework", text: said.slice(0, 8000) }, by, facts);
    return obeyed.outcome === "refused" ? ignore(obeyed.why.code) : record(obeyed.entries);
  }
  if (trigger.state === "approved" && facts.policy?.approvals.githubReview && mayWrite(heard.permission)) {
    if (trigger.headSha !== ticket.change?.headSha) return ignore("review-of-another-commit");
    const obeyed = obey(ticket, { verb: "approve" }, by, facts);
    return obeyed.outcome === "refused" ? ignore(obeyed.why.code) : record(obeyed.entries);
  }
  return ignore("review-without-verdict");
}

function saidBy({ trigger, inline, seen }: Heard): Said {
  return { by: trigger.by.login, source: trigger.source, inline, ...(seen === undefined ? {} : { seen }) };
}

function notPermitted(permission: Permission): Why<RefusalCode> {
  return permission === "unknown" ? why("permission-unknown") : why("permission-missing");
}

function argsOf(said: Command): string {
  if ("text" in said) return said.text.slice(0, 500);
  if ("role" in said) return `${said.role}=${said.model}`.slice(0, 500);
  return "addMicroUsd" in said ? `+${said.addMicroUsd / 1_000_000}` : "";
}

function ignore(code: IgnoreCode | RefusalCode): Response {
  return { do: "ignore", why: code };
}

function record(entries: readonly RuleDraft[]): Response {
  return { do: "record", entries };
}
