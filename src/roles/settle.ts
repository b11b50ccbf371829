import { z } from "zod";
import type { Role } from "../core/ledger/ids.ts";
import { taskWords } from "./prompt.ts";
import { roleTask, type RoleTask } from "./task.ts";
import { SENTENCE_CHARS_MAX } from "../core/ledger/limits.ts";

const settlementSchema = z.object({
  outcome: z
    .enum(["upheld", "withdrawn", "inconclusive"])
    .describe("upheld: the finding stands. withdrawn: it is wrong. inconclusive: the evidence does not decide."),
  rationale: z.string().min(1).max(SENTENCE_CHARS_MAX).describe("What decides it, cited as path:line."),
});
export type Settlement = z.infer<typeof settlementSchema>;

/** The tiebreaker's task; code has chosen the role by the finding's kind. */
export function settleTask(role: Role): RoleTask<Settlement> {
  return roleTask({
    role,
    task: "settle",
    answerName: "settlement",
    answer: settlementSchema,
    tools: "read",
    words: taskWords("settle"),
  });
}
