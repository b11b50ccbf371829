import { type Diagnosis, diagnosisSchema } from "../core/ticket/plan.ts";
import { meantByEnd } from "../trees/meant-path.ts";
import { fileOf, linesOf } from "./citations.ts";
import { taskWords } from "./prompt.ts";
import { reviewingTask } from "./review.ts";
import { type AnswerFacts, roleTask } from "./task.ts";

export const reviewTask = reviewingTask("reviewer", "review", "Review this change against the ticket and the plan.");

export const verifyTask = reviewingTask("reviewer", "verify", taskWords("verify"));

export const diagnoseTask = roleTask<Diagnosis>({
  role: "reviewer",
  task: "diagnose",
  answerName: "diagnosis",
  answer: diagnosisSchema,
  tools: "read",
  words: taskWords("diagnose"),
  spelt: (answer, paths) => ({
    ...answer,
    affectedFiles: answer.affectedFiles.map((path) => meantByEnd(path, paths) ?? path),
  }),
  cites: (answer) => answer.evidence.flatMap((line) => citedPlace(line)?.path ?? []),
  problems: (answer, { paths }) =>
    answer.affectedFiles
      .filter((path) => !paths.has(path))
      .map((path) => `affectedFiles names ${JSON.stringify(path)}, which does not exist: look it up.`),
  doubts: (answer, facts) => answer.evidence.flatMap((line, index) => evidenceDoubt(line, index, facts) ?? []),
});

function evidenceDoubt(text: string, index: number, facts: AnswerFacts): string | null {
  const cited = citedPlace(text);
  if (!cited) return `evidence[${index}] cites no place: write path:line, then what stands there.`;
  const place = { ...cited, path: fileOf(cited, facts) ?? cited.path };
  if (!facts.paths.has(place.path)) return `evidence[${index}]: there is no file ${JSON.stringify(place.path)}.`;
  const lines = linesOf(facts.texts.get(place.path) ?? "").length;
  return place.line <= lines ? null : `evidence[${index}]: ${place.path} has ${lines} lines, not ${place.line}.`;
}

/** `src/a.ts:12` anywhere in a sentence. */
function citedPlace(text: string): { path: string; line: number } | null {
  const match = /([^\s:`'"(]{1,300}):(\d{1,6})\b/.exec(text);
  return match ? { path: match[1] ?? "", line: Number(match[2]) } : null;
}
