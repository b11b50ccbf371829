import { almostCommand } from "./almost-command.ts";
import { COMMANDS_IN_COMMENT_MAX } from "./command-lines.ts";
import { isOneTooMany } from "./each-command.ts";
import { type Command, type CommandRow, INSTRUCTION_CHARACTERS_MAX, type Parsed } from "./command.ts";
import { type Facts, START_LABELS } from "./facts.ts";
import { type Heard, ignore, mayWrite, notPermitted, record, type Response } from "./heard.ts";
import { obey } from "./obey.ts";
import type { Said } from "./obeyed.ts";
import { openByLabel, openForReview, openPart, proveAlone } from "./open.ts";
import { commentsOf, saysSomething, SEE_INLINE } from "./remarks.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { ISSUE_REOPENED, OPENING_TEXT, parentOf, PROOF_RERUN, type Person, type Trigger } from "./trigger.ts";
import { type RefusalCode, type Why, why } from "./why.ts";
import { isSamePerson, named } from "../ledger/same-person.ts";
import { WHY_CHARS_MAX } from "../ledger/limits.ts";

/**
 * What a trigger means for a ticket: which entries it becomes, or what is said back. Pure; the permission was asked of
 * GitHub a moment ago and is a fact here. `unknown` is treated as a no, and said to be one.
 */
export function respond(ticket: Ticket | null, heard: Heard, facts: Facts): Response {
  const { trigger } = heard;
  if (ticket?.sources.has(trigger.source)) return ignore("answered-before");
  if (trigger.kind === "part-due") return openPart(ticket, heard, trigger);
  // Bots never command: not our own, not another App that echoes us.
  if (trigger.kind !== "changed" && trigger.by.type !== "User") return ignore("not-a-person");
  switch (trigger.kind) {
    case "changed":
      if (trigger.what === PROOF_RERUN) return rerun(ticket, heard, facts);
      if (trigger.what === ISSUE_REOPENED && ticket?.end?.as === "merged") return reopened(ticket, heard);
      return trigger.look === "guard" ? ignore("for-the-guard") : { do: "look", at: trigger.look };
    case "unlabelled":
      return START_LABELS.includes(trigger.label) ? { do: "look", at: "issue" } : ignore("not-our-label");
    case "labelled":
      return openByLabel(ticket, heard, trigger);
    case "commented":
      return commented(ticket, heard, trigger, facts);
    case "reviewed":
      return reviewed(ticket, heard, trigger, facts);
  }
}

/** Somebody thinks that what was merged does not do. Noted once, for whoever asks later what became of the change. */
function reopened({ end }: Ticket, { trigger: { by, source } }: Heard): Response {
  if (by.type !== "User") return ignore("not-a-person");
  if (end?.reopenedBy !== undefined) return ignore("reopened-before");
  return record([{ kind: "issue_reopened", data: { by: by.login, source } }]);
}

/** *Re-run* beside the proof of a ticket that stands still for it: collected again, as `/coop resume` does. */
function rerun(ticket: Ticket | null, heard: Heard, facts: Facts): Response {
  if (ticket?.halt?.reason !== "unproven") return ignore("nothing-to-prove-again");
  if (heard.trigger.by.type !== "User" || !mayWrite(heard.permission)) return ignore("review-without-permission");
  const obeyed = obey(ticket, { verb: "resume" }, saidBy(heard), facts);
  return obeyed.outcome === "refused" ? ignore(obeyed.why.code) : record(obeyed.entries);
}

/** So often somebody without write permission is told something on one ticket. */
export const ANSWERS_TO_STRANGERS_MAX = 20;
/** And so often all of them together: on a public repository there is no end of people. */
const ANSWERS_ON_TICKET_MAX = 60;

/** Strangers could make the bot flood a thread, so off tickets they are not answered, and on tickets not without end. */
function isTiresome(ticket: Ticket | null, { trigger, permission }: Heard): boolean {
  if (mayWrite(permission)) return false;
  if (ticket === null) return true;
  const all = [...ticket.answered.values()].reduce((sum, times) => sum + times, 0);
  return (ticket.answered.get(trigger.by.login) ?? 0) >= ANSWERS_TO_STRANGERS_MAX || all >= ANSWERS_ON_TICKET_MAX;
}

function commented(
  ticket: Ticket | null,
  heard: Heard,
  trigger: Extract<Trigger, { kind: "commented" }>,
  facts: Facts,
): Response {
  const { parsed } = heard;
  if (trigger.source.startsWith(OPENING_TEXT))
    return mayWrite(heard.permission) ? misspoken(heard, why("command-in-text")) : ignore("no-command");
  if (parsed.outcome !== "none") return spoken(ticket, heard, parsed, facts);
  const meant = ticket && mayWrite(heard.permission) ? almostCommand(trigger.body) : null;
  if (meant !== null) return misspoken(heard, why("almost-a-command", { meant }));
  return plainReply(ticket, heard, trigger);
}

function spoken(
  ticket: Ticket | null,
  heard: Heard,
  parsed: Exclude<Parsed, { outcome: "none" }>,
  facts: Facts,
): Response {
  if (isTiresome(ticket, heard)) return ignore("stranger-answered-often");
  if (isOneTooMany(heard.trigger.source))
    return misspoken(heard, why("too-many-commands", { max: COMMANDS_IN_COMMENT_MAX }));
  if (parsed.outcome === "malformed") return misspoken(heard, parsed.why);
  return command(ticket, heard, parsed.command, parsed.row, facts);
}

function misspoken({ trigger }: Heard, because: Why<RefusalCode>): Response {
  return { do: "refuse", by: trigger.by.login, source: trigger.source, verb: "?", args: "", why: because };
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
  if (["approve", "accept"].includes(said.verb) && isOfAnotherCommit(ticket, trigger))
    return refuse(why("spoken-too-early"));
  if (said.verb === "help") return { do: "inform", about: "help", by, source: trigger.source };
  if (said.verb === "proof" && (!ticket || ticket.end)) return proveAlone(heard, refuse);
  const parent = ticket ? null : waitingPartOf(trigger);
  if (parent !== null) return refuse(why("part-not-begun", { issue: parent }));
  if (!ticket) return openForReview(heard, said, refuse);
  if (said.verb === "status" || said.verb === "explain")
    return { do: "inform", about: said.verb, by, source: trigger.source };
  const obeyed = obey(ticket, said, saidBy(heard), facts);
  return obeyed.outcome === "refused" ? refuse(obeyed.why) : record(obeyed.entries);
}

/** The epic of an issue that we opened for one of its parts and that is no ticket: it waits, was left out, or its epic has ended. */
function waitingPartOf(trigger: Trigger): number | null {
  return trigger.kind === "commented" ? parentOf(trigger.issue) : null;
}

/** A reply that is no command answers the open question, when somebody says it who may: a writer or the issue's author. */
function plainReply(ticket: Ticket | null, heard: Heard, trigger: Extract<Trigger, { kind: "commented" }>): Response {
  if (ticket?.questions.state !== "open" || ticket.halt || ticket.end) return ignore("no-command");
  if (!mayWrite(heard.permission) && !isAuthor(ticket, trigger.by)) return ignore("answer-does-not-count");
  const text = trigger.body.trim().slice(0, INSTRUCTION_CHARACTERS_MAX);
  if (!text) return ignore("empty-reply");
  return record([{ kind: "question_answered", data: { by: trigger.by.login, source: trigger.source, text } }]);
}

function isAuthor({ opened: { author, authorId } }: Ticket, by: Person): boolean {
  return isSamePerson({ by: author, byId: authorId || undefined }, named(by));
}

/** A review stands on the commit that its author saw. Sent late, or beside a push, it is no yes to another one. */
function isOfAnotherCommit(ticket: Ticket | null, trigger: Trigger): boolean {
  if (trigger.kind !== "reviewed" || trigger.headSha === "" || !ticket?.change) return false;
  return trigger.headSha !== ticket.change.headSha;
}

/** A person's own review of the bot's pull request. */
function reviewed(
  ticket: Ticket | null,
  heard: Heard,
  trigger: Extract<Trigger, { kind: "reviewed" }>,
  facts: Facts,
): Response {
  if (!ticket) return ignore("not-a-tickets-pull");
  const { parsed } = heard;
  if (parsed.outcome !== "none") return spoken(ticket, heard, parsed, facts);
  const by = saidBy(heard);
  if (trigger.state === "changes_requested") {
    if (!mayWrite(heard.permission)) return remark(ticket, heard, trigger);
    const said = trigger.body.trim() || (heard.inline.length > 0 ? SEE_INLINE : "");
    if (!said) return ignore("review-says-nothing");
    const obeyed = obey(ticket, { verb: "rework", text: said.slice(0, INSTRUCTION_CHARACTERS_MAX) }, by, facts);
    return obeyed.outcome === "refused" ? ignore(obeyed.why.code) : record(obeyed.entries);
  }
  if (trigger.state === "approved" && facts.policy?.approvals.githubReview && mayWrite(heard.permission)) {
    if (trigger.headSha !== ticket.change?.headSha) return ignore("review-of-another-commit");
    const obeyed = obey(ticket, { verb: "approve" }, by, facts);
    return obeyed.outcome === "refused" ? ignore(obeyed.why.code) : record(obeyed.entries);
  }
  return trigger.state === "commented" ? remark(ticket, heard, trigger) : ignore("review-without-verdict");
}

/** A review without a verdict that counts is no order, and must not be lost either: it is noted, and whoever may write is asked. */
function remark(ticket: Ticket, heard: Heard, trigger: Extract<Trigger, { kind: "reviewed" }>): Response {
  if (ticket.end || ticket.opened.pull || !ticket.pull) return ignore("review-without-verdict");
  if (!mayWrite(heard.permission) && !mayRemark(ticket, trigger.by)) return ignore("review-without-permission");
  const comments = commentsOf(heard.inline.filter(({ text }) => saysSomething(text)));
  const text = saysSomething(trigger.body) ? trigger.body.trim().slice(0, INSTRUCTION_CHARACTERS_MAX) : "";
  if (!text && comments.length === 0) return ignore("review-says-nothing");
  return record([{ kind: "remarked", data: { by: trigger.by.login, source: trigger.source, text, comments } }]);
}

/** So many reviews of one who may not write wait at a time for somebody to have them worked in. */
const REMARKS_WAITING_MAX = 3;

/** Whoever wished for the change may say what is wrong with it; somebody who may write decides about it. */
function mayRemark(ticket: Ticket, by: Person): boolean {
  return isAuthor(ticket, by) && ticket.remarks.filter((one) => one.by === by.login).length < REMARKS_WAITING_MAX;
}

function saidBy({ trigger, inline, seen }: Heard): Said {
  return { ...named(trigger.by), source: trigger.source, inline, ...(seen === undefined ? {} : { seen }) };
}

function argsOf(said: Command): string {
  if ("text" in said) return said.text.slice(0, WHY_CHARS_MAX);
  if ("why" in said) return `${"item" in said ? said.item : said.finding} ${said.why}`.slice(0, WHY_CHARS_MAX);
  if ("part" in said) return `${said.part}`;
  if ("role" in said) return `${said.role}=${said.model}`.slice(0, WHY_CHARS_MAX);
  return "addMicroUsd" in said ? `+${said.addMicroUsd / 1_000_000}` : "";
}
