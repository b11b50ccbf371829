import type { EntryData } from "../core/ledger/entries.ts";
import { deliveredChunk, type DoneItem, excusesTests, type Plan } from "../core/ticket/plan.ts";
import { raiseOffered } from "../core/rules/raise.ts";
import {
  type Projection,
  projectedCost,
  projectedForParts,
  type ProjectedTime,
  projectedTime,
} from "../core/ticket/projection.ts";
import { doneNow } from "../core/ticket/done-now.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { laterParts, maySplit } from "./epic.ts";
import { plannedTestChanges } from "./test-changes.ts";
import { cell, code, codeInCell, inline } from "./escape.ts";
import { bullets, cost, count, dollars, duration, folded, number, paragraphs, short, spoken, table } from "./format.ts";

/**
 * The Architect's plan, as a person reads it before saying yes.
 * @param now the ticket as it stands today, which says what of the Definition of Done is proven
 */
export function renderPlan(data: EntryData<"planned">, after: Ticket, now: Ticket): string {
  const { plan } = data;
  const met = now.plan?.planHash === data.planHash ? doneNow(now) : new Set<string>();
  const chunk = deliveredChunk(plan);
  const files = chunk.files.map((file) => [codeInCell(file.path), file.action, cell(file.intent)]);
  return paragraphs(
    spoken(data.again ? "Another plan" : "Plan", "architect", data.model, cost(data.spend)),
    data.again && `**Why.** ${inline(data.again)}`,
    `**Goal.** ${inline(plan.goal)}`,
    `**${inline(chunk.title)}**, about ${number(plan.estimate.linesChanged)} lines in ${count(plan.estimate.filesChanged, "file")}:`,
    table(["File", "", "What changes"], files),
    chunk.tests.length > 0 && `**Tests**\n\n${bullets(chunk.tests.map(inline))}`,
    plannedTestChanges(plan),
    `**Definition of Done**\n\n${doneList(plan.definitionOfDone, met)}`,
    `**How to verify**\n\n${plan.verification.map((step, index) => `${index + 1}. ${inline(step)}`).join("\n")}`,
    data.commands && testedBy(data.commands),
    projected(after),
    projectedInTime(after),
    folded("Constraints, assumptions and risks", background(plan)),
    laterChunks(plan, after),
    data.dangers &&
      `**More risk than the ticket showed.** A person says yes to this plan because of:\n\n${bullets(data.dangers.map(inline))}`,
    gate(data, after),
  );
}

function projected(ticket: Ticket): string {
  const projection = projectedCost(ticket);
  if (!projection || !ticket.route) return "";
  const budget = ticket.route.budgetMicroUsd + ticket.raisedMicroUsd;
  const more =
    projection.highMicroUsd > budget
      ? ` That may be more than the budget; \`/coop budget +${raiseOffered(ticket, 0)}\` raises it.`
      : "";
  const split = projectedForParts(ticket);
  const inParts = maySplit(ticket) || ticket.plan?.epics?.mode === "on";
  const whole = inParts && split ? ` As tickets of their own, all parts cost about ${inDollars(split)}.` : "";
  return `**Cost.** About ${inDollars(projection)} in all, of a budget of ${dollars(budget)}.${more}${whole}`;
}

function projectedInTime(ticket: Ticket): string {
  const projection = projectedTime(ticket);
  return projection ? `**Time.** About ${inTime(projection)} of work in all, without the time that people take.` : "";
}

export function inTime({ lowMs, highMs }: ProjectedTime): string {
  const [low, high] = [duration(lowMs), duration(highMs)];
  const [unit] = low.split(" ").slice(-1);
  return low === high ? low : `${unit && high.endsWith(` ${unit}`) ? low.slice(0, -unit.length - 1) : low} to ${high}`;
}

export function inDollars({ lowMicroUsd, highMicroUsd }: Projection): string {
  return `${dollars(lowMicroUsd)} to ${dollars(highMicroUsd)}`;
}

/** The commands that the proof will rest on; a wrong guess is best seen before anything is built on it. */
function testedBy(commands: NonNullable<EntryData<"planned">["commands"]>): string {
  if (commands.length === 0)
    return "**Tested by** nothing: no command is known that runs tests here. Name one under `verify` in .github/coop.yml.";
  const told = commands.map(({ run, testsRun }) =>
    testsRun === null ? code(run) : `${code(run)} (${count(testsRun, "test")} before the change)`,
  );
  return `**Tested by** ${told.join(", ")}`;
}

const EVIDENCE_WORDS: Readonly<Record<DoneItem["evidence"]["kind"], string>> = {
  test: "test",
  command: "command",
  file: "file",
  review: "reviewer confirms",
};

export function doneList(items: readonly DoneItem[], met: ReadonlySet<string>): string {
  return items.map((item) => `- [${met.has(item.id) ? "x" : " "}] ${doneItem(item)}`).join("\n");
}

export function doneItem({ id, statement, evidence: { kind, reference } }: DoneItem): string {
  const evidence = kind === "review" ? inline(reference) : code(reference);
  return `**${id}** ${inline(statement)} (${EVIDENCE_WORDS[kind]}: ${evidence})`;
}

function background(plan: Plan): string {
  const part = (name: string, lines: readonly string[]) =>
    lines.length > 0 && `**${name}**\n\n${bullets(lines.map(inline))}`;
  return paragraphs(
    part("Constraints", plan.constraints),
    part("Assumptions", plan.assumptions),
    part("Risks", plan.risks),
  );
}

function laterChunks(plan: Plan, after: Ticket): string {
  const later = plan.chunks.slice(1);
  if (later.length === 0) return "";
  if (after.plan?.epics?.mode === "on") return `**Further parts**, each a ticket of its own:\n\n${laterParts(plan)}`;
  const kept = maySplit(after) ? ", unless the plan is split" : " (left for other tickets)";
  return `**Not in this ${atDesk(after) ? "ticket" : "pull request"}**${kept}:\n\n${laterParts(plan)}`;
}

function atDesk({ forge }: Ticket): boolean {
  return forge.kind === "desk";
}

function gate(data: EntryData<"planned">, after: Ticket): string {
  const bound = `plan ${short(data.planHash)} and ticket text ${short(data.textHash)}`;
  if (!data.dangers && after.route?.planGate === "policy" && !excusesTests(data.plan) && !maySplit(after))
    return `No approval needed: the policy accepts ${bound}.`;
  if (maySplit(after))
    return paragraphs(
      `**Your turn.** The plan has ${count(data.plan.chunks.length, "part")}. Both accept exactly ${bound}:`,
      bullets([
        atDesk(after)
          ? "`/coop split` opens one ticket a part, each with a branch of its own."
          : "`/coop split` opens one child issue a part, each a ticket with its own branch and pull request.",
        "`/coop approve` builds only the first part, in this ticket, and leaves the others for later.",
      ]),
      "`/coop rework <what>` asks for another plan.",
    );
  return `**Your turn.** \`/coop approve\` accepts exactly ${bound}. \`/coop rework <what>\` asks for another plan.`;
}
