import { type EntryData } from "../core/ledger/entries.ts";
import { ROLES, type TaskType } from "../core/ledger/ids.ts";
import { block, cell, code, codeInCell, inline, quote } from "./escape.ts";
import { bullets, cost, count, folded, paragraphs, ROLE_TITLES, short, spoken, table } from "./format.ts";

/** How a ticket begins: taken up, routed, asked about, diagnosed. */
export function renderOpened(data: EntryData<"opened">): string {
  const what = data.pull
    ? `**Taken up for review** because ${inline(data.by)} asked. Both reviewers look at ${short(data.pull.headSha)} by ${inline(data.author)}.`
    : `**Taken up** because ${inline(data.by)} asked. What counts is the text as it stands now (${short(data.textHash)}); if it changes later, I ask.`;
  const removed = data.removed.length > 0 && `Left out before any model reads it: ${data.removed.map(inline).join("; ")}.`; // prettier-ignore
  return paragraphs(what, removed);
}

const WORKFLOWS: Readonly<Record<TaskType, string>> = {
  feature: "plan, implementation, two reviews, proof",
  bug: "root cause, plan of the fix, implementation, two reviews, proof",
  refactor: "plan, implementation, two reviews, proof that nothing else changed",
  docs: "plan, text, two reviews, proof",
  review: "two reviews, proof",
};

export function renderRouted(data: EntryData<"routed">): string {
  const line = `**Routed** as a ${data.size} ${data.type === "review" ? "review" : data.type} with ${data.risk} risk (confidence ${data.confidence.toFixed(2)}): ${WORKFLOWS[data.type]}.`;
  const roles = ROLES.map((role) => [
    ROLE_TITLES[role],
    codeInCell(data.assignment[role].model),
    cell(data.assignment[role].vendor),
  ]);
  return paragraphs(
    line,
    folded(
      "Why, and who plays which role",
      paragraphs(
        bullets(data.reasons.map(inline)),
        table(["Role", "Model", "Vendor"], roles),
        bullets(data.assignmentReasons.map(inline)),
      ),
    ),
  );
}

export function renderQuestions(data: EntryData<"question_asked">): string {
  const questions = data.questions.map((question, index) => `${index + 1}. ${inline(question)}`).join("\n");
  return paragraphs(
    spoken(data.questions.length === 1 ? "One question" : "Questions", "navigator", data.model, cost(data.spend)),
    "Before anybody plans, this has to be clear:",
    questions,
    "Answer with a reply, or with `/coop answer <text>`. To go on without answering: `/coop answer Decide yourself.`",
  );
}

export function renderQuestionSkipped(data: EntryData<"question_skipped">): string {
  return `**No question needed**, says the Navigator (${code(data.model)}, ${cost(data.spend)}): ${inline(data.why)}`;
}

export function renderAnswer(data: EntryData<"question_answered">): string {
  return paragraphs(`**Answered** by ${inline(data.by)}. The plan builds on this:`, quote(data.text));
}

export function renderDiagnosis(data: EntryData<"diagnosed">): string {
  const { diagnosis } = data;
  return paragraphs(
    spoken("Root cause", "reviewer", data.model, `${diagnosis.confidence} confidence`, cost(data.spend)),
    block(diagnosis.rootCause),
    `**To reproduce**\n\n${block(diagnosis.reproduction)}`,
    `**Evidence** at ${short(data.baseSha)}\n\n${bullets(diagnosis.evidence.map(inline))}`,
    `**Affected:** ${diagnosis.affectedFiles.map(code).join(", ")} (${count(diagnosis.affectedFiles.length, "file")})`,
  );
}
