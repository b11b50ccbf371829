import { z } from "zod";
import { findingSchema, followUpSchema } from "../../ticket/finding.ts";
import { wordSchema } from "../../ticket/survivor.ts";
import { gitShaSchema, roleSchema } from "../ids.ts";
import { handoffSchema, modelName, sentence, short, spendSchema } from "../records.ts";
import { login, served, source, vendor } from "./fields.ts";
import {
  DONE_ID_CHARS_MAX,
  DONE_ITEMS_MAX,
  FINDINGS_KNOWN_MAX,
  FINDINGS_RECORDED_MAX,
  ID_CHARS_MAX,
  PLANNED_FILES_MAX,
  PLANNED_PATH_CHARS_MAX,
  STATEMENT_CHARS_MAX,
  SURVIVORS_MAX,
  WHY_CHARS_MAX,
} from "../limits.ts";

/** What reviewers say about the change, and what becomes of it. */
export const reviewedData = z.object({
  role: z.enum(["reviewer", "adversary"]),
  round: z.number().int().min(0),
  model: modelName,
  vendor,
  headSha: gitShaSchema,
  summary: sentence,
  attacked: z.array(short).max(DONE_ITEMS_MAX),
  findings: z.array(findingSchema).max(FINDINGS_RECORDED_MAX),
  followUps: z.array(followUpSchema).max(FINDINGS_KNOWN_MAX),
  done: z
    .array(
      z.object({
        id: z.string().max(DONE_ID_CHARS_MAX),
        met: z.enum(["yes", "no", "unknown"]),
        evidence: z.string().max(STATEMENT_CHARS_MAX),
      }),
    )
    .max(DONE_ITEMS_MAX),
  /** Changed files outside the plan that the role accepts. Absent in ledgers of before reviewers were asked about them. */
  outside: z.array(z.string().max(PLANNED_PATH_CHARS_MAX)).max(PLANNED_FILES_MAX).optional(),
  /** What the role says of changes that no test noticed. Absent where there were none, and in ledgers of before it was asked. */
  survivors: z.array(wordSchema).max(SURVIVORS_MAX).optional(),
  verificationSteps: z.object({ usable: z.enum(["yes", "no"]), why: short }),
  verdict: z.enum(["pass", "changes"]),
  handoff: handoffSchema,
  spend: spendSchema,
  served,
});

export const disputeSettledData = z.object({
  findingId: z.string().max(ID_CHARS_MAX),
  by: roleSchema,
  model: modelName,
  outcome: z.enum(["upheld", "withdrawn"]),
  rationale: sentence,
  spend: spendSchema,
});

export const findingDismissedData = z.object({
  by: login,
  source,
  findingId: z.string().max(ID_CHARS_MAX),
  why: z.string().min(1).max(WHY_CHARS_MAX),
});
