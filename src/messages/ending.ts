import type { EntryData, EntryKind, Spend } from "../core/ledger/entries.ts";
import type { Epic } from "../core/ticket/epic.ts";
import { projectedCost, projectedTime } from "../core/ticket/projection.ts";
import { isReady, type StepFailedWork, type Ticket } from "../core/ticket/ticket.ts";
import { block, code, inline } from "./escape.ts";
import { HALT_NAMES } from "./ways-out.ts";
import { STEP_WORDS } from "./step-words.ts";
import { phaseWords, staysOnBranch } from "./phases.ts";
import { inDollars, inTime } from "./plan.ts";
import { lettingPass } from "./pull.ts";
import { bullets, capital, cost, count, duration, issues, listed, paragraphs, short } from "./format.ts";

/** How work on a ticket comes to a halt or an end: parked, blocked, merged, stopped. */
export function renderHalted(data: EntryData<"halted">): string {
  const name = data.as === "parked" ? "Parked" : "Blocked";
  const by = data.by === "policy" ? "" : ` by ${inline(data.by)}`;
  return paragraphs(
    `### ${name}: ${HALT_NAMES[data.reason]}`,
    block(data.sentence),
    data.details.length > 0 && bullets(data.details.map(inline)),
    `**What you can do**\n\n${bullets(data.next.map(inline))}`,
    data.as === "parked" && `**Final status: parked**${by}, until somebody continues it. Nothing is lost.`,
  );
}

export function renderMerged(data: EntryData<"merged">, after: Ticket): string {
  const pull = after.pull ? `#${after.pull.number} ` : "";
  const rounds = after.change?.last ? after.change.round : 0;
  return paragraphs(
    `### ${phaseWords(after)}`,
    staysOnBranch(after)
      ? `**Final status: approved** by ${inline(data.by)}. ${code(after.change?.branch ?? "")} at ${short(data.headSha)} is proven.`
      : `**Final status: merged.** ${approver(data, after)}; ${pull}went in as ${short(data.mergedSha)}, from ${headWords(data, after)}.`,
    `${capital(count(rounds, "fix round"))}, ${count(after.spend.calls, "model call")}, ${cost(after.spend)}; ${blockers(after)}.`,
    asPlanned(after),
    bullets(lettingPass(after).map(inline)),
    data.followUps.length > 0 && `**Left for other tickets**\n\n${bullets(data.followUps.map(inline))}`,
  );
}

/** A person may merge on GitHub whatever was said and shown here. */
function approver({ by, headSha }: EntryData<"merged">, { mergeApproval }: Ticket): string {
  const isApproved = mergeApproval?.headSha === headSha && mergeApproval.second !== "needed";
  return isApproved ? `${inline(by)} approved` : `${inline(by)} merged it by hand, without \`/coop approve\``;
}

function headWords({ headSha }: EntryData<"merged">, after: Ticket): string {
  const isProven = isReady(after) && after.change?.headSha === headSha;
  return isProven ? `the proven head ${short(headSha)}` : `head ${short(headSha)}, **which was not proven**`;
}

/** What the plan said beside what it became: estimates get better by being looked at. */
function asPlanned(ticket: Ticket): string {
  const { plan, change, spend, time } = ticket;
  const files = change?.last?.files;
  const projection = projectedCost(ticket);
  if (!plan || !files) return "";
  const { linesChanged, filesChanged } = plan.plan.estimate;
  const lines = files.reduce((sum, file) => sum + file.added + file.removed, 0);
  const size = (all: number, many: number) => `${count(all, "line")} in ${count(many, "file")}`;
  const inAll = projectedTime(ticket);
  const [due, was] = [
    [size(linesChanged, filesChanged), projection && inDollars(projection), inAll && inTime(inAll)],
    [size(lines, files.length), projection && cost(spend), inAll && duration(time.workedMs)],
  ].map((all) => listed(all.filter((one) => typeof one === "string")));
  return `Planned were about ${due}; it became ${was}.`;
}

function blockers(ticket: Ticket): string {
  const findings = [...ticket.findings.values()];
  const all = findings.filter((one) => one.finding.severity === "blocker");
  const others = findings.length - all.length;
  const beside = others === 0 ? "" : `, ${count(others, "smaller finding")}`;
  if (all.length === 0) return `no blocker was found${beside}`;
  const resolved = all.filter((one) => one.state === "resolved").length;
  return `${count(all.length, "blocker")} found, ${resolved} fixed${beside}`;
}

export function renderStopped(data: EntryData<"stopped">, after: Ticket): string {
  const kept = after.epic ? partsLeft(after.epic) : "The branch and this record are kept.";
  return `**Final status: stopped** by ${inline(data.by)}. ${inline(data.why)} ${kept}`;
}

/** Parts are tickets of their own, which nobody has stopped. */
function partsLeft({ parts }: Epic): string {
  const atWork = parts.filter((part) => part.state === "begun").flatMap((part) => part.issue ?? []);
  const goOn = `${issues(atWork)} ${atWork.length === 1 ? "is a ticket of its own and goes" : "are tickets of their own and go"} on; \`/coop stop\` there ends that, too.`;
  const waiting = parts.filter((part) => part.state === "waiting").flatMap((part) => part.issue ?? []);
  const open =
    waiting.length > 0 ? ` ${issues(waiting)} ${waiting.length === 1 ? "stays" : "stay"} open as issues.` : "";
  return `No further part begins.${open} ${atWork.length > 0 ? goOn : "This record is kept."}`;
}

export function renderStepFailed(data: EntryData<"step_failed">): string {
  return `**Attempt ${data.attempt} at ${STEP_WORDS[data.step]} failed**${paidFor(data)}${data.sentence === "" ? "." : `: ${inline(data.sentence)}`}${keptOf(data)}`;
}

export function renderStepInterrupted(data: EntryData<"step_interrupted">, after: Ticket): string {
  const kept = after.end ? "" : keptOf(data);
  return `**${capital(STEP_WORDS[data.step])} was interrupted**${paidFor(data)} ${interruptedBecause(data)}, and its result does not count.${kept}`;
}

const INTERRUPTED_BECAUSE: { readonly [K in EntryKind]?: string } = {
  halted: "because the ticket came to a halt",
  stopped: "because the ticket was stopped",
  merged: "because the pull request was merged",
  head_moved: "by a push",
  base_changed: "because the pull request got another base branch",
  rework_requested: "because other work was asked for",
  question_answered: "because the question was answered",
  text_accepted: "because the ticket has another text",
  assignment_changed: "because the role went to another model",
  finding_dismissed: "because a finding was dismissed",
  proof_accepted: "because unproven items were accepted",
  protected_accepted: "because protected changes were accepted",
};

/** What ended it stands right above in most threads, so that its kind is enough. */
export function interruptedBecause({ endedBy }: EntryData<"step_interrupted">): string {
  return (
    (INTERRUPTED_BECAUSE as Readonly<Record<string, string | undefined>>)[endedBy.kind] ?? "by what came meanwhile"
  );
}

function paidFor({ spend }: { readonly spend: Spend }): string {
  return spend.calls > 0 ? ` (${cost(spend)})` : "";
}

function keptOf({ work }: { readonly work?: StepFailedWork | undefined }): string {
  return work ? ` Its edits (${count(work.files, "file")}) are kept, and the next try goes on from them.` : "";
}
