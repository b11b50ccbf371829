import { deliveredChunk } from "../core/ticket/plan.ts";
import { openBlockers, standingBlockers, type Ticket } from "../core/ticket/ticket.ts";
import { withoutSkipWords } from "../hygiene/skip-words.ts";
import { inline, plain } from "./escape.ts";
import { bullets, cost, count, paragraphs } from "./format.ts";
import { fitted } from "./cut-comment.ts";
import { ticketMarker } from "./marker.ts";
import { doneItem } from "./plan.ts";

/**
 * What git and GitHub show of a change: the pull request's title and body, the commits, the merge. All of it can end up in a
 * commit message, so none of it may keep CI from running.
 */

/** Longest title that GitHub's lists still show whole. */
const TITLE_CHARACTERS_MAX = 100;

/** Characters of a commit's first line that git's own tools show whole. */
const SUBJECT_CHARACTERS_MAX = 72;

export function pullTitle(ticket: Ticket): string {
  return withoutSkipWords(plain(subject(ticket), TITLE_CHARACTERS_MAX));
}

/** Deterministic, so that a pull request opened twice would carry the same text. */
export function pullBody(ticket: Ticket): string {
  const { number } = ticket.ref;
  const plan = ticket.plan?.plan;
  const trail = ticket.change?.last?.trail;
  const marker = ticketMarker(ticket.key);
  const text = paragraphs(
    `Closes #${number}`,
    plan && inline(plan.goal),
    plan && `### Definition of Done\n\n${bullets(plan.definitionOfDone.map(doneItem))}`,
    plan && `### How to verify\n\n${plan.verification.map((step, at) => `${at + 1}. ${inline(step)}`).join("\n")}`,
    trail && trail.limitations.length > 0 && `### Known limitations\n\n${bullets(trail.limitations.map(inline))}`,
    `The comments below and in #${number} record what was done, doubted and proven. It is a draft while something required is not proven. A person decides about the merge with \`/coop approve\` or \`/coop rework\`.`,
  );
  return `${fitted(withoutSkipWords(text), marker.length + 2)}\n\n${marker}`;
}

/** @param round 0 for the first implementation, 1 for the first fix */
export function commitMessage(ticket: Ticket, round: number): string {
  const fixes = openBlockers(ticket)
    .map(({ finding }) => `- ${finding.id}: ${plain(finding.title)}`)
    .join("\n");
  const parts = [commitSubject(ticket, round), round === 0 ? "" : fixes, origin(ticket, round)];
  return withoutSkipWords(parts.filter(Boolean).join("\n\n"));
}

/** In a repository's history the bare number of a desk's ticket would be read as that of an issue on its server. */
function origin(ticket: Ticket, round: number): string {
  const { number } = ticket.ref;
  if (ticket.forge.kind === "desk") return `Coop-Ticket: ${number}`;
  return round === 0 ? `For issue ${number}.` : `Round ${round} for issue ${number}.`;
}

function commitSubject(ticket: Ticket, round: number): string {
  const [first] = openBlockers(ticket);
  const fix = first ? `Fix: ${first.finding.title}` : `Rework: ${subject(ticket)}`;
  return plain(round === 0 ? subject(ticket) : fix, SUBJECT_CHARACTERS_MAX);
}

export function mergeTitle(ticket: Ticket): string {
  return `${pullTitle(ticket)} (#${ticket.pull?.number ?? ticket.ref.number})`;
}

/** In git's history stands what the ledger was when its change was merged: nobody can write another one that fits. */
const ANCHOR = "Coop-Ledger";

/** @returns null where a commit's message names no ledger */
export function anchorIn(message: string): string | null {
  return new RegExp(`^${ANCHOR}: ([0-9a-f]{64})$`, "m").exec(message)?.[1] ?? null;
}

export function mergeMessage(ticket: Ticket): string {
  const { number } = ticket.ref;
  const { reviewer, adversary } = ticket.reviews;
  const reviews = [reviewer, adversary].flatMap((one) => (one ? [`Reviewed by ${one.model} (${one.vendor}).`] : []));
  const written = ticket.change?.last ? `Written by ${ticket.change.authors.join(", ")}.` : "";
  const rounds = ticket.change?.last ? ticket.change.round : 0;
  const standing = standingBlockers(ticket).length;
  const lines = [
    plain(ticket.plan?.plan.goal ?? ticket.text.title, 600),
    "",
    ...(ticket.opened.pull ? [] : [`Closes #${number}.`]),
    plain(written),
    ...reviews.map((line) => plain(line)),
    ...lettingPass(ticket).map((line) => plain(line)),
    `Approved by ${plain(approvers(ticket))} at ${ticket.change?.headSha ?? "no commit"}.`,
    `${count(rounds, "fix round")}, ${cost(ticket.spend)}, ${count(standing, "open blocker")}.`,
  ];
  const text = lines.filter((line, index) => line || index === 1).join("\n");
  return `${withoutSkipWords(text)}\n\n${ANCHOR}: ${ticket.head}`;
}

function approvers({ mergeApproval }: Ticket): string {
  if (!mergeApproval) return "nobody";
  const { by, second } = mergeApproval;
  return typeof second === "object" ? `${by} and ${second.by}` : by;
}

/** What people let pass unproven, one line each. */
export function lettingPass({ proof }: Ticket): string[] {
  const items = proof?.items.filter((item) => item.required && item.accepted && item.state !== "proven") ?? [];
  return items.map(({ id, accepted }) => `Accepted without proof by ${accepted?.by}: ${id} (${accepted?.why}).`);
}

function subject(ticket: Ticket): string {
  return ticket.plan ? deliveredChunk(ticket.plan.plan).title : ticket.text.title;
}
