import { PHASES } from "../ticket/phase.ts";
import { phaseOf, type Ticket } from "../ticket/ticket.ts";
import { deliveredChunk } from "../ticket/plan.ts";
import { OVERLAP_FILES_MAX } from "../ledger/limits.ts";
import { look, record, wait } from "./decisions.ts";
import { sharedFiles } from "./epic.ts";
import type { Decision, Facts, Neighbour } from "./facts.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { why } from "./why.ts";

/**
 * Two tickets that write the same files. Before the first line is written, the one whose plan was approved later waits for the
 * other: until it is merged, stopped, halted or waits for a person, or the policy's hours are over. So nobody ever waits in a circle.
 */
export function overlapping(ticket: Ticket, facts: Facts): Decision | null {
  const { neighbours } = facts;
  if (neighbours === null) return look(["neighbours"], why("look-at-neighbours"));
  const ahead = neighbours.flatMap((other) => {
    const files = isAhead(other, ticket) ? sharedFiles(plannedFiles(ticket), other.files) : [];
    return files.length > 0 ? [{ other, files }] : [];
  });
  const known = new Set(ticket.overlaps.map((one) => one.with));
  const fresh = ahead.find(({ other }) => !known.has(other.issue));
  if (fresh) {
    const { issue } = fresh.other;
    const data = {
      with: issue,
      files: fresh.files.slice(0, OVERLAP_FILES_MAX),
      hours: hoursFor(ticket, fresh.other, facts),
    };
    return record(why("files-overlap", { issue, files: data.files }), [{ kind: "overlap_noticed", data }]);
  }
  for (const one of ticket.overlaps.filter(({ state }) => state === "waiting")) {
    const still = ahead.some(({ other }) => other.issue === one.with && other.standing === "moves");
    const isOver = facts.now.getTime() >= Date.parse(one.until);
    if (still && !isOver)
      return wait("other-ticket", why("waits-for-ticket", { issue: one.with, files: one.files, until: one.until }));
    if (facts.base === null) return look(["base"], why("look-before-writing"));
    const baseSha = facts.base === "gone" ? null : facts.base;
    const data = { with: one.with, how: still ? ("waited-out" as const) : ("gone" as const), baseSha };
    return record(why("overlap-over", { issue: one.with }), [{ kind: "overlap_ended", data }]);
  }
  return null;
}

/** What is written already goes first; of two plans the one that was approved first. */
function isAhead(other: Neighbour, ticket: Ticket): boolean {
  if (other.written === "yes") return true;
  const mine = ticket.plan?.approvedAt ?? "";
  if (other.approvedAt === null) return false;
  return other.approvedAt === mine ? other.issue < numberOf(ticket) : other.approvedAt < mine;
}

/** Nobody waits for a ticket that waits for a person, which may take days, nor at a desk, where one person works on one ticket at a time. */
function hoursFor(ticket: Ticket, other: Neighbour, { policy }: Facts): number {
  if (other.standing === "stands" || ticket.forge.kind === "desk") return 0;
  return (policy ?? DEFAULT_POLICY).limits.overlapHours;
}

function plannedFiles({ plan }: Ticket): string[] {
  return plan ? deliveredChunk(plan.plan).files.map((file) => file.path) : [];
}

function numberOf({ key }: Ticket): number {
  return Number(key.split("#")[1]);
}

/** How a ticket looks to its neighbours; null when it writes no files of its own. */
export function neighbourOf(ticket: Ticket): Neighbour | null {
  const { change, plan, epic, end, opened } = ticket;
  if (end || epic || opened.pull) return null;
  const files = [...plannedFiles(ticket), ...(change?.last?.files ?? []).map((file) => file.path)];
  if (files.length === 0) return null;
  return {
    issue: numberOf(ticket),
    files: [...new Set(files)],
    written: change ? "yes" : "no",
    approvedAt: plan?.approvedAt ?? null,
    standing: PHASES[phaseOf(ticket)].turn === "person" ? "stands" : "moves",
  };
}
