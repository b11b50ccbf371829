import type { EntryData } from "../core/ledger/entries.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { HEADING_CHARS_MAX } from "../core/ledger/limits.ts";
import { firstOf } from "../core/rules/and-more.ts";
import { type Turn, turnsOf } from "../core/rules/epic.ts";
import { hasEnded, orderOf, type Part, spentOnParts } from "../core/ticket/epic.ts";
import type { Plan } from "../core/ticket/plan.ts";
import { addSpend } from "../core/ledger/records.ts";
import { projectedForParts } from "../core/ticket/projection.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { cell, code, inline } from "./escape.ts";
import { bullets, cost, count, dollars, issues, listed, paragraphs, partNames, short, table } from "./format.ts";

/** What is said about a plan that becomes several tickets: in its own thread, and in the issues of its parts. */

/** May a person choose to split the plan? Not where there is one part, or the policy has decided. */
export function maySplit({ plan }: Ticket): boolean {
  return plan?.epics?.mode === "ask";
}

/** The parts after the first, with what each of them waits for. */
export function laterParts({ chunks }: Plan): string {
  const order = orderOf(chunks);
  const lines = chunks.map(({ title }, index) => {
    const after = order[index] ?? [];
    return `${index + 1}. ${inline(title)}${after.length > 0 ? `, after ${partNames(after).toLowerCase()}` : ""}`;
  });
  return lines.slice(1).join("\n");
}

export function renderEpicApproved(data: EntryData<"epic_approved">): string {
  const what = `plan ${short(data.planHash)}, ticket text ${short(data.textHash)}`;
  const limit = `At most ${count(data.sideBySide, "part")} at work at a time.`;
  if (data.by === "policy") return `**Plan split by policy**, one ticket a part: ${what}. ${limit}`;
  return `**Plan split** by ${inline(data.by)}, one ticket a part: ${what}. ${limit}`;
}

/** A task list: GitHub ticks it as the issues close, also where it has no sub-issues. */
export function renderEpicSplit(data: EntryData<"epic_split">, after: Ticket): string {
  const lines = data.children.map(({ part, issue }) => {
    const needs = after.epic?.parts.find((one) => one.number === part)?.after ?? [];
    return `- [ ] #${issue}${needs.length > 0 ? `, after ${partNames(needs).toLowerCase()}` : ""}`;
  });
  const all = after.epic?.parts.length ?? data.children.length;
  const isWhole = after.epic?.parts.every(({ issue }) => issue !== null) ?? true;
  return paragraphs(
    isWhole ? `### Split into ${count(all, "part")}` : `### ${data.children.length} of ${count(all, "part")} opened`,
    lines.join("\n"),
    howSplitGoesOn(after, isWhole),
  );
}

function howSplitGoesOn({ end }: Ticket, isWhole: boolean): string {
  if (end)
    return "The ticket was stopped meanwhile, so no further issue is opened and none of these begins. Close them, or take the label off one and put it on again to build it alone.";
  const skip = "`/coop skip <part>` leaves one out before its turn, and so does closing its issue.";
  const rest = isWhole ? "" : " The issues of the others are opened when this ticket goes on.";
  return `Each part is a ticket of its own: its plan, its branch, its pull request. This ticket begins them in order and ends with the last of them.${rest} ${skip}`;
}

export function renderChildEnded({ part, issue, as, by, spend, source }: EntryData<"child_ended">): string {
  const paid = spend && spend.calls > 0 ? ` It cost ${cost(spend)}.` : "";
  if (source !== undefined)
    return `**Part ${part}** (#${issue}) is left out: ${inline(by)} said so. Its issue stays open. To build it after all, take the label off and put it on again.`;
  return as === "merged"
    ? `**Part ${part}** (#${issue}) is merged.${paid}`
    : `**Part ${part}** (#${issue}) is left out: ${inline(by)} closed or stopped it.${paid}`;
}

/** What the plan and its ended parts cost, beside what was expected; "" for other tickets. */
export function costOfParts(ticket: Ticket): string {
  const { epic, spend } = ticket;
  if (!epic) return "";
  const all = addSpend(spend, spentOnParts(epic));
  const open = epic.parts.filter((part) => !hasEnded(part)).length;
  const soFar = open > 0 ? `, without the ${count(open, "part")} that ${open === 1 ? "has" : "have"} not ended` : "";
  const projection = projectedForParts(ticket);
  const expected = projection ? ` Expected were about ${dollars(projection.lowMicroUsd)} to ${dollars(projection.highMicroUsd)}.` : ""; // prettier-ignore
  return `${cost(all)} in ${count(all.calls, "model call")}${soFar}.${expected}`;
}

export function renderEpicEnded({ merged, leftOut }: EntryData<"epic_ended">, after: Ticket): string {
  const left = after.epic?.parts.filter((part) => part.state === "left-out") ?? [];
  return paragraphs(
    merged > 0 ? "### All parts have ended" : "### No part was built",
    `**Final status: ${merged > 0 ? "merged" : "stopped"}**, with ${count(merged, "part")} merged, ${count(leftOut, "part")} left out.`,
    `**Cost of all parts.** ${costOfParts(after)}`,
    left.length > 0 && `**Left out**\n\n${bullets(left.map((part) => `#${part.issue} ${inline(part.title)}`))}`,
  );
}

/** What the parts of an epic do, in one or two sentences. */
export function partsDoing({ epic, forge }: Ticket): string {
  if (!epic) return "";
  const ended = epic.parts.filter(hasEnded).length;
  const merged = epic.parts.filter((part) => part.state === "merged").length;
  const atWork = epic.parts.filter((part) => part.state === "begun").flatMap((part) => part.issue ?? []);
  const all = epic.parts.length;
  if (epic.parts.some((part) => part.issue === null))
    return `The ${forge.kind === "desk" ? "tickets" : "issues"} of ${count(all, "part")} are being opened.`;
  if (ended === all) return `${merged} of ${count(all, "part")} merged, ${all - merged} left out.`;
  return `${ended} of ${count(all, "part")} ended${atWork.length > 0 ? `; at work: ${issues(atWork)}` : ""}.`;
}

/** The progress of an epic, one row a part; "" for other tickets. */
export function partsTable(ticket: Ticket): string {
  const where = ticket.forge.kind === "desk" ? "Ticket" : "Issue";
  return ticket.epic ? table(["Part", where, "", "Cost"], partRows(ticket)) : "";
}

/** Its title, its issue, how it stands and what it cost. */
export function partRows({ epic }: Ticket): [part: string, issue: string, stands: string, cost: string][] {
  if (!epic) return [];
  const turns = turnsOf(epic);
  return epic.parts.map((part, index) => [
    `${part.number}. ${cell(part.title)}`,
    part.issue === null ? "–" : `#${part.issue}`,
    stands(part, turns[index]),
    part.spend ? cost(part.spend) : "–",
  ]);
}

function stands(part: Part, turn: Turn | undefined): string {
  if (part.state === "merged") return "merged";
  if (part.state === "left-out") return `left out by ${inline(part.by ?? "somebody")}`;
  switch (turn?.code) {
    case "part-at-work":
      return "at work";
    case "part-waits":
      return `waits for ${partNames(turn.facts.for).toLowerCase()}`;
    case "part-overlaps":
      return `waits for part ${turn.facts.with}, which writes the same ${filesOf(turn.facts.files)}`;
    case "part-stuck":
      return `cannot begin: ${partNames(turn.facts.for).toLowerCase()} was left out`;
    case "part-over-limit":
      return `waits for a free place (${turn.facts.limit} at a time)`;
    default:
      return "begins next";
  }
}

/** A sentence, not a list. */
const FILES_NAMED_MAX = 3;

function filesOf(files: readonly string[]): string {
  const { shown, more } = firstOf(files, FILES_NAMED_MAX);
  return `${files.length === 1 ? "file" : "files"} ${listed(shown.map((path) => code(path)))}${more}`;
}

/** By this its issue is found again when the step that opened it died before it was written down. */
export function childMarker(parent: TicketKey, planHash: string, part: number): string {
  return `<!-- coop:part ${parent} ${planHash} ${part} -->`;
}

export function childTitle(plan: Plan, part: number): string {
  return (plan.chunks[part - 1]?.title ?? `Part ${part}`).slice(0, HEADING_CHARS_MAX);
}

/** The text of a part's issue: what its Architect plans from, and what people read. */
export function childBody(ticket: Ticket, plan: Plan, part: number, parentNumber: number): string {
  const chunk = plan.chunks[part - 1];
  if (!chunk) throw new Error(`The plan has no part ${part}`);
  const needs = orderOf(plan.chunks)[part - 1] ?? [];
  const others = plan.chunks.filter((_, index) => index !== part - 1);
  return paragraphs(
    `Part ${part} of ${plan.chunks.length} of #${parentNumber}, ${inline(ticket.text.title)}.`,
    `**The goal of all parts.** ${inline(plan.goal)}`,
    `**This part**\n\n${bullets(chunk.files.map((file) => `${code(file.path)} (${file.action}): ${inline(file.intent)}`))}`,
    chunk.tests.length > 0 && `**Tests**\n\n${bullets(chunk.tests.map(inline))}`,
    plan.constraints.length > 0 && `**Constraints**\n\n${bullets(plan.constraints.map(inline))}`,
    `**Not in this part**\n\n${bullets(others.map((one) => inline(one.title)))}`,
    needs.length > 0 &&
      `${partNames(needs)} ${needs.length === 1 ? "comes" : "come"} first and ${needs.length === 1 ? "is" : "are"} merged when this begins.`,
    childMarker(ticket.key, ticket.plan?.planHash ?? "", part),
  );
}
