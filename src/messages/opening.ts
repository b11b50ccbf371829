import type { EntryData } from "../core/ledger/entries.ts";
import { ROLES, type TaskType } from "../core/ledger/ids.ts";
import { block, cell, code, codeInCell, inline, quote } from "./escape.ts";
import { bullets, cost, count, folded, kindWords, paragraphs, ROLE_TITLES, short, spoken, table } from "./format.ts";

/** How a ticket begins: taken up, routed, asked about, diagnosed. */
export function renderOpened(data: EntryData<"opened">): string {
  const what = data.pull
    ? `**Review started** by ${inline(data.by)}. Both reviewers look at ${short(data.pull.headSha)} by ${inline(data.author)}.`
    : `**Started** by ${inline(data.by)}. I am working from the issue text as of now (${short(data.textHash)}) and will ask if the text changes.`;
  const removed = data.removed.length > 0 && `Removed before any model reads the text: ${data.removed.map(inline).join("; ")}.`; // prettier-ignore
  return paragraphs(what, removed);
}

/** What comes after the routing, step by step. */
export const WORKFLOWS: Readonly<Record<TaskType, string>> = {
  feature: "plan, implementation, two reviews, proof",
  bug: "root cause, plan of the fix, implementation, two reviews, proof",
  refactor: "plan, implementation, two reviews, proof that nothing else changed",
  docs: "plan, text, two reviews, proof",
  review: "two reviews, proof",
};

export function renderRouted(data: EntryData<"routed">): string {
  const line = `**Routed** as a ${kindWords(data)} with ${data.risk} risk (confidence ${data.confidence.toFixed(2)}): ${WORKFLOWS[data.type]}.`;
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
    data.type ? `I take this for a task of type ${data.type}.` : "",
    "Please answer before I plan:",
    questions,
    "Reply, or say `/coop answer <text>`. To let the models decide, say `/coop answer Decide yourself.`",
  );
}

export function renderQuestionSkipped(data: EntryData<"question_skipped">): string {
  return `**No question needed.** ${inline(data.why)} (Navigator: ${code(data.model)}, ${cost(data.spend)})`;
}

export function renderAnswer(data: EntryData<"question_answered">): string {
  return paragraphs(`**Answered** by ${inline(data.by)}. The plan will use this answer:`, quote(data.text));
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
