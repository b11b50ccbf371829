import { z } from "zod";
import { followUpSchema, remarkSchema } from "../core/ticket/finding.ts";
import { citationDoubts } from "./citations.ts";
import { FINDINGS_MAX } from "./limits.ts";
import { type AnswerFacts, duplicates, roleTask, type RoleTask } from "./task.ts";
import {
  DONE_ID_CHARS_MAX,
  DONE_ITEMS_MAX,
  FINDINGS_KNOWN_MAX,
  LINE_CHARS_MAX,
  PLANNED_FILES_MAX,
  PLANNED_PATH_CHARS_MAX,
  SENTENCE_CHARS_MAX,
  STATEMENT_CHARS_MAX,
} from "../core/ledger/limits.ts";

/** What both reviewers answer. The verdict is not in it: code computes that from the findings. */
const reviewAnswerSchema = z.object({
  summary: z
    .string()
    .min(1)
    .max(SENTENCE_CHARS_MAX)
    .describe("What you found, in two to five sentences, the worst first."),
  attacked: z
    .array(z.string().min(1).max(LINE_CHARS_MAX))
    .min(1)
    .max(DONE_ITEMS_MAX)
    .describe("What you tried and what came of it."),
  findings: z.array(remarkSchema).max(FINDINGS_MAX),
  followUps: z
    .array(followUpSchema)
    .max(FINDINGS_KNOWN_MAX)
    .describe("One for each earlier finding that is open, by its id."),
  done: z
    .array(
      z.object({
        id: z.string().max(DONE_ID_CHARS_MAX).describe("D1, D2, … of the plan's Definition of Done."),
        met: z.enum(["yes", "no", "unknown"]),
        evidence: z
          .string()
          .min(1)
          .max(STATEMENT_CHARS_MAX)
          .describe("What you saw: path:line, a test's name, output."),
      }),
    )
    .max(DONE_ITEMS_MAX),
  outside: z
    .array(z.string().max(PLANNED_PATH_CHARS_MAX))
    .max(PLANNED_FILES_MAX)
    .optional()
    .describe("Changed files outside the plan that it needs."),
  verificationSteps: z.object({
    usable: z.enum(["yes", "no"]).describe("Can a stranger follow them word by word and see the expected result?"),
    why: z.string().min(1).max(LINE_CHARS_MAX),
  }),
});
export type ReviewAnswer = z.infer<typeof reviewAnswerSchema>;

export function reviewingTask(
  role: "reviewer" | "adversary",
  task: "review" | "verify" | "attack",
  words: string,
): RoleTask<ReviewAnswer> {
  return roleTask<ReviewAnswer>({
    role,
    task,
    answerName: "review",
    answer: reviewAnswerSchema,
    tools: "read",
    words,
    cites: (answer) => answer.findings.flatMap((remark) => remark.path ?? []),
    problems: (answer, facts) => [...followUpProblems(answer, facts), ...doneProblems(answer, facts)],
    doubts: (answer, facts) => [...citationDoubts(answer.findings, facts), ...unmetDoubts(answer)],
  });
}

function followUpProblems(answer: ReviewAnswer, { briefing }: AnswerFacts): string[] {
  return matchProblems(
    "followUps",
    [...briefing.openFindings, ...briefing.survivors].map(({ id }) => id),
    answer.followUps.map((one) => one.findingId),
  );
}

function doneProblems(answer: ReviewAnswer, { briefing }: AnswerFacts): string[] {
  const items = briefing.plan?.definitionOfDone ?? [];
  return matchProblems(
    "done",
    items.map((item) => item.id),
    answer.done.map((one) => one.id),
  );
}

/** Every expected id once, and no other: a review that skips an item has not looked at it. */
function matchProblems(field: string, expected: readonly string[], given: readonly string[]): string[] {
  return [
    ...expected.filter((id) => !given.includes(id)).map((id) => `\`${field}\` lacks ${id}: add it.`),
    ...given
      .filter((id) => !expected.includes(id))
      .map((id) => `\`${field}\` names ${JSON.stringify(id)}, which does not exist: leave it out.`),
    ...duplicates(given).map((id) => `\`${field}\` has ${id} twice: keep one.`),
  ];
}

function unmetDoubts(answer: ReviewAnswer): string[] {
  const unmet = answer.done.filter((one) => one.met === "no").map((one) => one.id);
  const told = answer.findings.length > 0 || answer.followUps.some((one) => one.status === "open");
  if (unmet.length === 0 || told) return [];
  return [`You say that ${unmet.join(", ")} is not met, but no finding says what to change: add one for each.`];
}
