import { z } from "zod";
import { findingAnswerSchema } from "../core/ticket/finding.ts";
import { evidenceTrailSchema } from "../core/ledger/entries.ts";
import { deliveredChunk, testChangeSchema } from "../core/ticket/plan.ts";
import { meantPath } from "../trees/meant-path.ts";
import { taskWords } from "./prompt.ts";
import { type AnswerFacts, duplicates, roleTask, type RoleTask, speltTests } from "./task.ts";
import {
  FINDINGS_KNOWN_MAX,
  LINE_CHARS_MAX,
  PLAN_LINES_MAX,
  PLANNED_FILES_MAX,
  PLANNED_PATH_CHARS_MAX,
} from "../core/ledger/limits.ts";

export const finishSchema = evidenceTrailSchema.extend({
  unplanned: z
    .array(
      z.object({ path: z.string().min(1).max(PLANNED_PATH_CHARS_MAX), why: z.string().min(1).max(LINE_CHARS_MAX) }),
    )
    .max(PLANNED_FILES_MAX)
    .describe("Files you changed that the plan's first chunk does not name, and why it cannot work without them."),
  testChanges: z
    .array(testChangeSchema)
    .max(PLAN_LINES_MAX)
    .optional()
    .describe("Old tests that you had to touch and the plan does not name: a person decides."),
  answers: z.array(findingAnswerSchema).max(FINDINGS_KNOWN_MAX).describe("One for each open finding, by its id."),
});
export type FinishAnswer = z.infer<typeof finishSchema>;

const END = "Then call `finish`: the workspace becomes the commit.";

export const implementTask: RoleTask<FinishAnswer> = writing("implement", `Do the work. ${END}`);

export const fixTask: RoleTask<FinishAnswer> = writing("fix", taskWords("fix"));

function writing(task: "implement" | "fix", words: string): RoleTask<FinishAnswer> {
  return roleTask<FinishAnswer>({
    role: "implementer",
    task,
    answerName: "finish",
    answer: finishSchema,
    tools: "write",
    words,
    spelt: (answer, paths) => ({
      ...answer,
      unplanned: answer.unplanned.map((one) => ({ ...one, path: meantPath(one.path, paths) ?? one.path })),
      ...speltTests(answer, paths),
    }),
    problems: answerProblems,
    doubts: workDoubts,
  });
}

function answerProblems(answer: FinishAnswer, { briefing }: AnswerFacts): string[] {
  const open = briefing.openFindings.map((finding) => finding.id);
  const given = answer.answers.map((one) => one.findingId);
  const unanswered = open.filter((id) => !given.includes(id));
  return [
    ...unanswered.map(
      (id) => `The open finding ${id} has no entry in \`answers\`: say "fixed" or "disputed", with evidence.`,
    ),
    ...given
      .filter((id) => !open.includes(id))
      .map((id) => `There is no open finding ${JSON.stringify(id)}: leave it out of \`answers\`.`),
    ...duplicates(given).map((id) => `The finding ${id} is answered twice: keep one answer.`),
  ];
}

/** Named as a whole, a source file is no test that somebody has to agree to: why it changed belongs under `unplanned`. */
const SOURCE = /^(?!.*(test|spec|snap|fixture|golden)).*\.([cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|swift|c|cc|cpp|h)$/i;

function workDoubts(answer: FinishAnswer, { briefing, touched }: AnswerFacts): string[] {
  const planned = briefing.plan ? deliveredChunk(briefing.plan).files.map((file) => file.path) : [...touched];
  const own = (answer.testChanges ?? []).filter(({ file, test }) => test !== null || !SOURCE.test(file));
  const tests = [...own, ...(briefing.plan?.testChanges ?? [])].flatMap(({ file, to }) => [file, to?.split("::")[0]]);
  const explained = [...[...answer.unplanned, ...briefing.unplanned].map((one) => one.path), ...tests];
  const unexplained = [...touched].filter((path) => !planned.includes(path) && !explained.includes(path));
  const disputesAll = answer.answers.length > 0 && answer.answers.every((one) => one.status === "disputed");
  const nothing = touched.size === 0 && !disputesAll;
  return [
    ...(nothing ? ["You have not changed any file. Do the work with the tools first, then call `finish`."] : []),
    ...unexplained.map(
      (path) => `${JSON.stringify(path)} is not in the plan: undo the change, or give the reason under \`unplanned\`.`,
    ),
    ...answer.unplanned
      .map((one) => one.path)
      .filter((path) => !touched.has(path) && briefing.round === 0)
      .map((path) => `\`unplanned\` names ${JSON.stringify(path)}, which you did not change: leave it out.`),
  ];
}
