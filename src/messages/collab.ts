import type { Entry } from "../core/ledger/chain.ts";
import type { EntryData, Handoff } from "../core/ledger/entries.ts";
import { deliveredChunk } from "../core/ticket/plan.ts";
import { fold } from "../core/ticket/fold.ts";
import { doneNow } from "../core/ticket/done-now.ts";
import { phaseOf, type Review, type Ticket } from "../core/ticket/ticket.ts";
import { emptyAnswer } from "./collab-answer.ts";
import { block, code, inline, quote } from "./escape.ts";
import { bullets, cost, count, paragraphs, ROLE_TITLES, short } from "./format.ts";
import { doneList } from "./plan.ts";
import { staysOnBranch } from "./phases.ts";
import { plannedTestChanges, testRequestLines } from "./test-changes.ts";
import { proofTable } from "./proof.ts";
import { nextStep } from "./status.ts";

/**
 * A ticket as one page that people and models share: `collab.md`, the parts of the owner's ledger in their order. It is
 * drawn from the ledger and nothing else; what stands in no ledger (the text, an answer that nobody heard) is handed in.
 */
export type CollabExtra = {
  /** The ticket's own words; null where they are lost. */
  readonly text: { readonly title: string; readonly body: string } | null;
  /** What a person wrote into an older page and nobody heard. */
  readonly unheard?: string | undefined;
};

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

export function collabPage(entries: readonly Entry[], { text, unheard }: CollabExtra): string {
  const ticket = fold(entries);
  if (!ticket) return "# Not begun\n";
  return `${paragraphs(
    `# ${inline(ticket.text.title)}`,
    `Ticket ${code(ticket.key)}, entry ${entries.length} of its ledger. ${money(ticket)}`,
    part("Task", ticket.plan ? inline(ticket.plan.plan.goal) : text && block(text.body || text.title)),
    part("Scope", scope(ticket)),
    part("Constraints", ticket.plan && lines(ticket.plan.plan.constraints)),
    part("Definition of Done", ticket.plan && doneList(ticket.plan.plan.definitionOfDone, doneNow(ticket))),
    part("Required tests and verification", ticket.plan && tests(ticket.plan)),
    part("Implementation notes", notes(implementations(entries).find(({ data }) => data.round === 0)?.data)),
    part("Primary review", reviewNotes(entries, "reviewer")),
    part("Fix notes", fixNotes(entries)),
    part("Secondary review", reviewNotes(entries, "adversary")),
    part("Proof", ticket.proof && proofTable(ticket.proof.items)),
    part("Final status", status(ticket)),
    answerPart(ticket, entries.length, unheard),
  )}\n`;
}

function part(title: string, text: string | null | undefined | false): string {
  return `## ${title}\n\n${text || "*Nothing yet.*"}`;
}

function lines(all: readonly string[]): string {
  return bullets(all.map(inline));
}

function money({ spend, route, raisedMicroUsd }: Ticket): string {
  const budget = route ? ` of $${((route.budgetMicroUsd + raisedMicroUsd) / 1_000_000).toFixed(2)}` : "";
  return `${count(spend.calls, "model call")}, ${cost(spend)}${budget}.`;
}

function scope({ plan, diagnosis }: Ticket): string {
  if (!plan) return diagnosis ? bullets(diagnosis.affectedFiles.map(code)) : "";
  return bullets(
    deliveredChunk(plan.plan).files.map((file) => `${code(file.path)} (${file.action}): ${inline(file.intent)}`),
  );
}

/** Ticked is what the proof has shown on the present head; a reviewer's word alone ticks nothing. */
function tests({ plan }: EntryData<"planned">): string {
  return paragraphs(
    lines(deliveredChunk(plan).tests),
    plannedTestChanges(plan),
    plan.verification.map((step, index) => `${index + 1}. ${inline(step)}`).join("\n"),
  );
}

function implementations(entries: readonly Entry[]): Of<"implemented">[] {
  return entries.filter((entry) => entry.kind === "implemented");
}

function notes(data: EntryData<"implemented"> | undefined): string {
  if (!data) return "";
  const { trail, files, model, headSha, verification } = data;
  const list = (name: string, all: readonly string[]) => all.length > 0 && `**${name}**\n\n${lines(all)}`;
  return paragraphs(
    `By ${code(model)}, commit ${short(headSha)}. ${inline(trail.summary)}`,
    `**Files**\n\n${bullets(files.map((file) => `${code(file.path)} (${file.action}, +${file.added} −${file.removed})`))}`,
    list("Logic", trail.logic),
    list("Assumptions", trail.assumptions),
    list("How to verify", trail.verification),
    list("Known limitations", trail.limitations),
    `**Run:** ${inline(verification.sentence)}${verification.outputSha256 ? ` ([output](artifacts/${verification.outputSha256}.txt))` : ""}`,
  );
}

/** Every review of one role, with the commit it looked at: a second look does not erase the first one. */
function reviewNotes(entries: readonly Entry[], role: Review["role"]): string {
  const all = entries.filter((entry): entry is Of<"reviewed"> => entry.kind === "reviewed" && entry.data.role === role);
  return all.map(({ data }) => oneReview(data)).join("\n\n");
}

function oneReview(data: Review): string {
  const named = (severity: Review["findings"][number]["severity"]) =>
    data.findings
      .filter((one) => one.severity === severity)
      .map(({ id, title, path, line, instruction }) => {
        const place = path === null ? "" : ` (${code(line === null ? path : `${path}:${line}`)})`;
        return `${code(id)} ${inline(title)}${place}. ${inline(instruction)}`;
      });
  const list = (name: string, all: readonly string[]) => all.length > 0 && `**${name}**\n\n${bullets(all)}`;
  const vague =
    data.verificationSteps.usable === "no" &&
    `**Verification steps cannot be followed:** ${inline(data.verificationSteps.why)}`;
  return paragraphs(
    `By ${code(data.model)} of ${inline(data.vendor)}, round ${data.round}, commit ${short(data.headSha)}: **${data.verdict}**. ${inline(data.summary)}`,
    list("Blockers", named("blocker")),
    list("Concerns", named("concern")),
    list("Nice-to-haves", named("nice-to-have")),
    vague,
  );
}

function fixNotes(entries: readonly Entry[]): string {
  return implementations(entries)
    .filter(({ data }) => data.round > 0)
    .map(({ data }) => {
      const answers = data.answers.map(
        ({ findingId, status, evidence }) => `${code(findingId)} ${status}: ${inline(evidence)}`,
      );
      return paragraphs(`**Round ${data.round}.** ${notes(data)}`, answers.length > 0 && bullets(answers));
    })
    .join("\n\n");
}

function status(ticket: Ticket): string {
  const phase = phaseOf(ticket);
  const head = ticket.change ? ` Branch ${code(ticket.change.branch)}, commit ${short(ticket.change.headSha)}.` : "";
  const word = FINAL[phase] ?? "open";
  return paragraphs(
    `**${word}**, ${staysOnBranch(ticket) ? "approved" : phase.replace("-", " ")}.${head}`,
    ticket.halt && block(ticket.halt.sentence),
  );
}

/** The three words of the template; everything else is still under way. */
const FINAL: Readonly<Partial<Record<ReturnType<typeof phaseOf>, string>>> = {
  merged: "merge",
  implementing: "rework",
  blocked: "parked",
  parked: "parked",
  stopped: "stopped",
};

function answerPart(ticket: Ticket, length: number, unheard: string | undefined): string {
  if (ticket.end) return unheard === undefined ? "" : lost(unheard);
  const questions = ticket.questions.state === "open" ? ticket.questions.asked.map(inline) : [];
  const asked = phaseOf(ticket) === "test-approval" ? testRequestLines(ticket) : questions;
  if (ticket.forge.kind !== "desk")
    return paragraphs(
      "## Your answer",
      asked.length > 0 && bullets(asked),
      `Next: ${nextStep(ticket)}. Answer in the ticket's thread.`,
    );
  return paragraphs(
    "## Your answer",
    asked.length > 0 && bullets(asked),
    `Next: ${nextStep(ticket)}.`,
    questions.length > 0
      ? "Write the answer between the two lines and save. Any text is the answer, except what begins with `/coop`, such as `/coop park`."
      : "Write between the two lines and save: `approve`, `rework` and what to do, `park`, or any other command.",
    unheard !== undefined && lost(unheard),
    emptyAnswer(length),
  );
}

function lost(unheard: string): string {
  return `This was written for an earlier state of the ticket and was not heard:\n\n${quote(unheard)}`;
}

export type HandoffFile = { readonly name: string; readonly content: string };

/** Every handoff as a file of its own, for programs that go on from there. */
export function handoffFiles(entries: readonly Entry[]): HandoffFile[] {
  return entries.flatMap((entry) => {
    const handoff = "handoff" in entry.data ? (entry.data.handoff as Handoff) : null;
    if (!handoff) return [];
    const { seq, at, kind, ticket } = entry;
    const name = `${String(seq).padStart(3, "0")}-${handoff.from}.json`;
    return [
      {
        name,
        content: `${JSON.stringify({ ticket, seq, at, entry: kind, role: ROLE_TITLES[handoff.from], ...handoff }, null, 2)}\n`,
      },
    ];
  });
}

/** The large texts that the page refers to by hash. */
export function artifactsOf(entries: readonly Entry[]): string[] {
  return implementations(entries).flatMap(({ data }) => data.verification.outputSha256 ?? []);
}
