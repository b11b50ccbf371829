import { z } from "zod";
import { roleTask } from "./task.ts";
import { LINE_CHARS_MAX, QUESTIONS_MAX } from "../core/ledger/limits.ts";

/** A review is a pull request, which nobody has to guess. */
const TYPES = ["feature", "bug", "refactor", "docs"] as const;

const clarityAnswerSchema = z.object({
  clear: z.enum(["yes", "no"]).describe("yes: the ticket can be planned as it stands."),
  type: z
    .enum(TYPES)
    .optional()
    .describe(
      "What would have to be done: build what is missing, mend what is wrong, reshape code, or write documents.",
    ),
  questions: z.array(z.string().min(1).max(LINE_CHARS_MAX)).max(QUESTIONS_MAX).describe("Empty when clear."),
});
export type ClarityAnswer = z.infer<typeof clarityAnswerSchema>;

export const askTask = roleTask<ClarityAnswer>({
  role: "navigator",
  task: "ask",
  answerName: "clarity",
  answer: clarityAnswerSchema,
  tools: "none",
  words: "Say what kind of task this is, and whether it can be planned as it stands or what has to be asked first.",
  problems: ({ clear, questions }) => {
    if (clear === "no" && questions.length === 0)
      return ['`clear` is "no" but `questions` is empty: ask, or say "yes".'];
    if (clear === "yes" && questions.length > 0)
      return ['`clear` is "yes" but there are questions: drop them, or say "no".'];
    return [];
  },
});
