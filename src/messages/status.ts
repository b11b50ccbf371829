import { ROLES } from "../core/ledger/ids.ts";
import { why } from "../core/rules/why.ts";
import { readiness } from "../core/ticket/proof-items.ts";
import { raiseOffered } from "../core/rules/raise.ts";
import { BUDGET_WARNING_PERCENT, budgetUsedPercent, unfinishedSpend } from "../core/ticket/projection.ts";
import { budgetLeft, openBlockers, phaseOf, roundsAllowed, type Ticket } from "../core/ticket/ticket.ts";
import { cell, code, codeInCell, inline } from "./escape.ts";
import { count, cost, dollars, kindWords, listed, number, paragraphs, ROLE_TITLES, short, table } from "./format.ts";
import { costOfParts, maySplit, partsDoing, partsTable } from "./epic.ts";
import { statusMarker } from "./marker.ts";
import { phaseWords, staysOnBranch } from "./phases.ts";
import { PROOF_NAMES, proofGlyph, proofSummary } from "./proof.ts";
import { sentenceFor } from "./reasons/sentence.ts";
import { type RightNow, rightNow } from "./right-now.ts";

/** The one comment that is edited in place, and the same answer to `/coop status`. */

export type StatusExtra = {
  /** Not shown: an unchanged ticket gives an unchanged comment, and so no edit. */
  readonly now?: Date;
  /** `limits.fixRounds` of the ticket's policy; without it only the used rounds are named. */
  readonly fixRounds?: number;
  /** What the App was not granted in this repository, and where that is done. */
  readonly missing?: { readonly rights: readonly string[]; readonly page: string } | null;
  /** Models that this server leaves out, because their keys are not set. */
  readonly keyless?: readonly string[] | undefined;
  /** What its step does while the answer is written, and the time then. Only an answer shows it. */
  readonly rightNow?: { readonly does: RightNow; readonly nowMs: number } | null;
};

export function statusComment(ticket: Ticket, extra: StatusExtra = {}): string {
  return `${statusReply(ticket, { ...extra, rightNow: null })}\n\n${statusMarker(ticket.key)}`;
}

export function statusReply(ticket: Ticket, extra: StatusExtra = {}): string {
  return paragraphs(
    `**${phaseWords(ticket)}.** ${doing(ticket)}${away(ticket)}`,
    extra.rightNow && rightNow(extra.rightNow.does, extra.rightNow.nowMs),
    `**Next:** ${nextStep(ticket)}`,
    missingRights(extra),
    partsTable(ticket),
    table(["Ticket", ""], facts(ticket, extra)),
    table(["Role", "Model", "Vendor", "Cost"], roles(ticket)),
  );
}

/** The same words however often it was tried, so that an outage is one edit. The tries themselves are told with what follows. */
function away(ticket: Ticket): string {
  const isAway = ticket.failures > 0 && ticket.away.restedMs > 0 && !ticket.halt && !ticket.end;
  return isAway
    ? " The model's provider did not answer the last try. It will be asked again automatically. No paid work is lost."
    : "";
}

function missingRights({ missing }: StatusExtra): string {
  if (!missing) return "";
  const rights = listed(missing.rights.map(code));
  return `**Missing permission:** ${rights}. [Grant it to the App](${missing.page}); until then the ticket goes on without what needs it.`;
}

function facts(ticket: Ticket, extra: StatusExtra): string[][] {
  const rows: string[][] = [];
  if (ticket.route) rows.push(["Kind", `${kindWords(ticket.route)}, ${ticket.route.risk} risk`]);
  if (ticket.pull) rows.push(isAtDesk(ticket) ? ["Branch", branchAt(ticket)] : ["Pull request", `#${ticket.pull.number} at ${short(ticket.change?.headSha ?? "")}`]); // prettier-ignore
  if (ticket.change?.last) rows.push(["Fix rounds", rounds(ticket, ticket.change.round, extra)]);
  rows.push(["Cost", spent(ticket)]);
  if (ticket.epic) rows.push(["Cost of all parts", costOfParts(ticket)]);
  const blockers = openBlockers(ticket).length;
  if (ticket.reviews.reviewer) rows.push(["Findings", `${count(ticket.findings.size, "finding")}, ${count(blockers, "open blocker")}`]); // prettier-ignore
  if (extra.keyless?.length && !ticket.end) rows.push(["Left out", leftOut(extra.keyless)]);
  if (ticket.proof) rows.push(["Proof", `${proofSummary(ticket.proof.items)} ${glyphs(ticket)}`]);
  return rows;
}

/** A pool is seldom longer; with more names the table is hard to read. */
const LEFT_OUT_SHOWN = 6;

function leftOut(keyless: readonly string[]): string {
  const [shown, more] = [keyless.slice(0, LEFT_OUT_SHOWN).map(codeInCell), keyless.length - LEFT_OUT_SHOWN];
  const names = listed(more > 0 ? [...shown, `${more} more`] : shown);
  return `${names}: ${keyless.length === 1 ? "its key is" : "their keys are"} not set on this server`;
}

function rounds(ticket: Ticket, used: number, { fixRounds }: StatusExtra): string {
  return fixRounds === undefined ? `${used} used` : `${used} of ${roundsAllowed(ticket, fixRounds)} used`;
}

function glyphs(ticket: Ticket): string {
  const required = ticket.proof?.items.filter((item) => item.required) ?? [];
  return required.map(proofGlyph).join("");
}

function spent(ticket: Ticket): string {
  if (!ticket.route) return cost(ticket.spend);
  const allowed = ticket.route.budgetMicroUsd + ticket.raisedMicroUsd;
  const tokens = ticket.spend.unpricedTokens > 0 ? ` (${number(Math.max(0, budgetLeft(ticket).tokens))} tokens left)` : ""; // prettier-ignore
  const used = budgetUsedPercent(ticket) ?? 0;
  const warning =
    used >= BUDGET_WARNING_PERCENT ? `, ${used} % used: \`/coop budget +${raiseOffered(ticket, 0)}\` raises it` : "";
  return `${cost(ticket.spend)} of ${dollars(allowed)}${tokens}${warning}`;
}

function roles(ticket: Ticket): string[][] {
  const { assignment } = ticket;
  if (!assignment) return [];
  const rest = unfinishedSpend(ticket);
  const played = ROLES.map((role) => {
    const paid = ticket.spendByRole.get(role);
    return [ROLE_TITLES[role], codeInCell(assignment[role].model), cell(assignment[role].vendor), paid ? cost(paid) : "–"]; // prettier-ignore
  });
  // Without it the costs do not add up, and a ticket that halts in its first step seems to have cost nothing.
  return rest ? [...played, ["Unfinished tries", "", "", cost(rest)]] : played;
}

/** What is going on, in one sentence. */
export function doing(ticket: Ticket): string {
  if (ticket.newer) return inline(sentenceFor(why("left-to-newer", ticket.newer)));
  const phase = phaseOf(ticket);
  const waited = ticket.overlaps.find(({ state }) => state === "waiting");
  const model = (role: keyof NonNullable<Ticket["assignment"]>) => code(ticket.assignment?.[role].model ?? "a model");
  switch (phase) {
    case "planning":
      return ticket.route
        ? `${model("architect")} works on the plan.`
        : isAtDesk(ticket)
          ? "It has not begun yet."
          : "In the queue: work begins as soon as a worker is free.";
    case "question":
      return `The Navigator asked ${count(ticket.questions.asked.length, "question")}.`;
    case "plan-approval":
      return "The plan is ready. A person decides.";
    case "test-approval":
      return `The Implementer asks to change ${count(ticket.testRequests.open.length, "old test")} that the plan does not name. A person decides.`;
    case "epic":
      return partsDoing(ticket);
    case "implementing":
      if (waited) return sentenceFor(why("waits-for-ticket", { ...waited, issue: waited.with }));
      return ticket.change ? `${model("implementer")} works on ${count(Math.max(1, openBlockers(ticket).length), "open point")}.` : `${model("implementer")} writes the change.`; // prettier-ignore
    case "reviewing":
      return reviewing(ticket, model);
    case "ready":
      return "Both reviews passed and everything required is proven.";
    case "blocked":
    case "parked":
      return inline(ticket.halt?.sentence ?? "");
    case "merged":
      if (ticket.epic) return partsDoing(ticket);
      if (staysOnBranch(ticket)) return `${inline(ticket.end?.by ?? "")} approved ${branchAt(ticket)}.`;
      return `${inline(ticket.end?.by ?? "")} merged it as ${short(ticket.end?.sha ?? "")}.`;
    case "stopped":
      return `${inline(ticket.end?.by ?? "")} ended the work.`;
  }
}

/** Nobody works at a desk whose run has ended: it may have been killed in the middle of a step. */
function underWay(ticket: Ticket): string {
  return isAtDesk(ticket)
    ? "`/coop resume` goes on, where no run is at work on it; `/coop park` pauses the ticket"
    : "nothing from you; `/coop park` pauses the ticket";
}

function isAtDesk({ forge }: Ticket): boolean {
  return forge.kind === "desk";
}

function branchAt({ change }: Ticket): string {
  return `${code(change?.branch ?? "")} at ${short(change?.headSha ?? "")}`;
}

function reviewing(ticket: Ticket, model: (role: "reviewer" | "adversary") => string): string {
  const head = ticket.change?.headSha;
  if (ticket.reviews.reviewer?.headSha !== head) return `${model("reviewer")} reviews ${short(head ?? "")}.`;
  if (ticket.reviews.adversary?.headSha !== head) return `${model("adversary")} attacks ${short(head ?? "")}.`;
  if (!ticket.proof) return `Proof is collected for ${short(head ?? "")}.`;
  const verdict = readiness(ticket.proof.items);
  if (verdict.outcome === "ready") return "Everything required is proven.";
  return `Proof is missing: ${listed(verdict.missing.map((item) => PROOF_NAMES[item.id].toLowerCase()))}.`;
}

/** The one thing that a person can do now. */
export function nextStep(ticket: Ticket): string {
  if (ticket.newer)
    return "nothing. Start the newer version again. What you say until then is kept for it. `/coop stop` ends the ticket";
  switch (phaseOf(ticket)) {
    case "question":
      return isAtDesk(ticket) ? "`/coop answer <text>` answers it" : "reply, or say `/coop answer <text>`";
    case "plan-approval":
      if (maySplit(ticket)) return "`/coop split` opens one ticket a part, `/coop approve` builds the first part only, `/coop rework <what>` asks for another plan"; // prettier-ignore
      return "`/coop approve` accepts the plan, `/coop rework <what>` asks for another";
    case "test-approval":
      return "`/coop approve` lets exactly these tests change, `/coop rework <why>` refuses and asks for a change without it";
    case "ready":
      if (ticket.mergeApproval?.second === "needed") return "a second person says `/coop approve`, because nobody knows who pushed this commit"; // prettier-ignore
      return `\`/coop approve\` ${isAtDesk(ticket) ? "accepts" : "merges"} this commit, \`/coop rework <what>\` asks for another round`;
    case "blocked":
    case "parked":
      return inline(ticket.halt?.next[0] ?? "`/coop resume`");
    case "merged":
      if (staysOnBranch(ticket)) return `where you want it, run \`git merge ${ticket.change?.branch ?? ""}\``;
      return "nothing. This ticket is done";
    case "stopped":
      return "nothing. This ticket is done";
    case "epic":
      if (isAtDesk(ticket)) return "`/coop resume` works on the parts. `/coop park` begins no further part";
      return "nothing here. Each part asks in its own thread. `/coop park` begins no further part";
    case "implementing":
      if (ticket.overlaps.some(({ state }) => state === "waiting")) return "nothing. `/coop resume` goes on without waiting"; // prettier-ignore
      return underWay(ticket);
    case "planning":
    case "reviewing":
      return underWay(ticket);
  }
}
