import type { EntryData } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { code, inline, quote } from "./escape.ts";
import { bullets, count, dollars, listed, paragraphs, ROLE_TITLES, short } from "./format.ts";

/** What is worth a line: decisions of people and of the policy, and what moved under the work. */
export function renderNewer(kind: string): string {
  return `**Written by a newer version of this program.** This version cannot read ${code(kind)}. It leaves the entry as it is and does no more on this ticket.`;
}

export function renderPlanApproved(data: EntryData<"plan_approved">): string {
  if (data.by === "policy") return `**Plan accepted by policy** (${short(data.planHash)}): ${inline(data.why)}`;
  return `**Plan accepted** by ${inline(data.by)}: plan ${short(data.planHash)}, ticket text ${short(data.textHash)}.`;
}

export function renderPullRequestOpened(data: EntryData<"pull_request_opened">, after: Ticket): string {
  if (after.forge.kind === "desk")
    return `**Branch ${code(data.branch)}** is at ${short(data.headSha)}, for ${code(data.baseBranch)}.`;
  return `**Pull request #${data.number}** opened from ${code(data.branch)} into ${code(data.baseBranch)} at ${short(data.headSha)}. The record began in the issue and goes on here.`;
}

export function renderOverlap({ with: issue, files, hours }: EntryData<"overlap_noticed">): string {
  const same = `#${issue} writes the same ${files.length === 1 ? "file" : "files"}: ${listed(files.map(code))}.`;
  if (hours === 0)
    return `**Overlap.** ${same} Nobody waits for it now; the one that is merged second is tested again on top of the other.`;
  return `**Waiting for #${issue}.** ${same} This ticket goes on when #${issue} is merged, stopped or waits for a person. It waits ${count(hours, "hour")} at most; \`/coop resume\` ends the wait at once.`;
}

export function renderOverlapEnded({ with: issue, how, by, baseSha }: EntryData<"overlap_ended">): string {
  if (how === "person") return `**Going on** without waiting for #${issue}, as ${inline(by ?? "somebody")} wants.`;
  const why = how === "gone" ? `#${issue} is no longer in the way` : `The time to wait for #${issue} is over`;
  return `**Going on.** ${why}. The change is written on ${baseSha === null ? "the commit of the plan" : short(baseSha)}.`;
}

export function renderMergeApproved(data: EntryData<"merge_approved">): string {
  const second =
    data.second === "needed"
      ? " Nobody knows who pushed this commit, so a second person has to say `/coop approve` as well."
      : "";
  return `**Merge approved** by ${inline(data.by)}, for exactly ${short(data.headSha)}.${second}`;
}

export function renderMergeQueued(data: EntryData<"merge_queued">): string {
  return `**In the merge queue** at ${short(data.headSha)}. GitHub tests and merges it when its turn comes.`;
}

export function renderProtectedAccepted(data: EntryData<"protected_accepted">): string {
  return paragraphs(
    `**Protected changes accepted** by ${inline(data.by)} at ${short(data.headSha)}, for exactly ${count(data.paths.length, "file")}:`,
    bullets(data.paths.map(code)),
  );
}

type Comments = EntryData<"rework_requested">["comments"];

function places(comments: Comments): string {
  return bullets(
    comments.map((one) => `${code(one.line === null ? one.path : `${one.path}:${one.line}`)} ${inline(one.text)}`),
  );
}

/** What was said stands in the review right above; only how it is taken is said here. */
export function renderRemarked(data: EntryData<"remarked">): string {
  return paragraphs(
    `**I have read the review by ${inline(data.by)}.** Should I work it in? Nothing changes until somebody with write permission says so.`,
    "`/coop rework` starts a round with everything the review says. `/coop approve` on a ready ticket merges the change as it stands.",
  );
}

export function renderRework(data: EntryData<"rework_requested">): string {
  return paragraphs(
    `### Rework\n\n**Status: rework**, asked for by ${inline(data.by)}.`,
    data.instructions.trim() && quote(data.instructions),
    data.comments.length > 0 && `With ${count(data.comments.length, "inline comment")}:\n\n${places(data.comments)}`,
  );
}

export function renderAssignmentChanged(data: EntryData<"assignment_changed">): string {
  const by = data.by === "policy" ? "" : ` (${inline(data.by)})`;
  return `**${ROLE_TITLES[data.role]} is now ${code(data.model)}** of ${inline(data.vendor)}${by}: ${inline(data.why)}`;
}

export function renderBudgetRaised(data: EntryData<"budget_raised">): string {
  return `**Budget raised** by ${dollars(data.addMicroUsd)} (${inline(data.by)}).`;
}

export function renderResumed(data: EntryData<"resumed">): string {
  if (data.by === "policy") return "**Continues by itself**: the reason for the stop is gone.";
  return data.how === "resume"
    ? `**Continued** by ${inline(data.by)}.`
    : `**Trying again**, as ${inline(data.by)} asked.`;
}

export function renderTextChanged(data: EntryData<"text_changed">): string {
  return `**The ticket's text changed** (now ${short(data.textHash)}). The approvals so far are for the old text.`;
}

export function renderTextAccepted(data: EntryData<"text_accepted">): string {
  return data.taken === "new"
    ? `**New text accepted** by ${inline(data.by)}: the work continues from ${short(data.textHash)}.`
    : `**Old text kept** by ${inline(data.by)}: the new text ${short(data.textHash)} is ignored.`;
}

export function renderHeadMoved(data: EntryData<"head_moved">): string {
  return `**${inline(data.by)} pushed**: the branch is at ${short(data.to)} now, and was at ${short(data.from)}. Reviews and proof start again for the new head.`;
}

export function renderBaseChanged(data: EntryData<"base_changed">): string {
  return `**${inline(data.by)} chose another base branch**: ${code(data.to)} instead of ${code(data.from)}. Reviews, proof and approvals were about the old one, so they start again from ${short(data.baseSha)}.`;
}

export function renderDismissed(data: EntryData<"finding_dismissed">, before: Ticket | null): string {
  const title = before?.findings.get(data.findingId)?.finding.title;
  const what = `${code(data.findingId)}${title ? ` ${inline(title)}` : ""}`;
  return `**Finding dismissed** by ${inline(data.by)}: ${what}. ${inline(data.why)}`;
}

export function renderLedgerFault(data: EntryData<"ledger_fault">): string {
  return paragraphs(
    `### Ledger: entry ${data.seq} does not hold`,
    `${inline(data.place)}: ${inline(data.problem)}. I ignore this copy. The record in the database counts. Content ${short(data.contentHash)}.`,
  );
}

export function renderIssueReopened({ by }: EntryData<"issue_reopened">): string {
  return `**${inline(by)} reopened this issue** after the merge. The ticket stays merged. For more work, open a new issue. The scorecard counts it as reopened.`;
}

export function renderLedgerRebuilt(data: EntryData<"ledger_rebuilt">): string {
  return `**Ledger rebuilt** from this thread: ${count(data.entries, "entry", "entries")}, all genuine and in order.`;
}

/** Stands for what could not be read as one of the commands. */
const NO_VERB = "?";

/** The answer to a command was written by us when it was recorded; here it is only contained. */
export function renderCommanded(data: EntryData<"commanded">): string {
  const said = data.verb === NO_VERB ? "a command" : `\`/coop ${data.verb}\``;
  const refused = data.verb === "label" ? `**The label of ${inline(data.by)} starts nothing.**` : `**Refused** ${said} of ${inline(data.by)}.`; // prettier-ignore
  const head = data.outcome === "refused" ? refused : `${said} of ${inline(data.by)}:`;
  return paragraphs(head, data.reply.replaceAll("<!--", "&lt;!--"));
}
