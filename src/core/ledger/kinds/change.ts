import { z } from "zod";
import { findingAnswerSchema } from "../../ticket/finding.ts";
import { testChangeSchema } from "../../ticket/plan.ts";
import { gitShaSchema } from "../ids.ts";
import {
  changedFileSchema,
  evidenceTrailSchema,
  handoffSchema,
  modelName,
  short,
  spendSchema,
  verificationRunSchema,
} from "../records.ts";
import { accountId, branch, login, path, served, vendor } from "./fields.ts";
import { CHANGED_FILES_MAX, FINDINGS_KNOWN_MAX, PLAN_LINES_MAX, PLANNED_FILES_MAX } from "../limits.ts";

/** The change itself: rounds written, the pull request, and what others push to its branch. */
export const implementedData = z.object({
  round: z.number().int().min(0),
  model: modelName,
  vendor,
  branch,
  baseSha: gitShaSchema,
  headSha: gitShaSchema,
  files: z.array(changedFileSchema).max(CHANGED_FILES_MAX),
  unplanned: z.array(z.object({ path, why: short })).max(PLANNED_FILES_MAX),
  trail: evidenceTrailSchema,
  /** Old tests that the plan does not name and that the change touches: a person is asked. Absent where there are none. */
  testChanges: z.array(testChangeSchema).min(1).max(PLAN_LINES_MAX).optional(),
  answers: z.array(findingAnswerSchema).max(FINDINGS_KNOWN_MAX),
  verification: verificationRunSchema,
  handoff: handoffSchema,
  spend: spendSchema,
  served,
});

export const pullRequestOpenedData = z.object({
  number: z.number().int(),
  headSha: gitShaSchema,
  branch,
  baseBranch: branch,
});

export const headMovedData = z.object({
  from: gitShaSchema,
  to: gitShaSchema,
  by: login,
  byId: accountId,
  /** Where the new head leaves the base branch; absent when it could not be found out. */
  baseSha: gitShaSchema.optional(),
});

export const baseChangedData = z.object({
  from: branch,
  to: branch,
  by: login,
  /** Where the head leaves the new base branch: what the change is compared with from now on. */
  baseSha: gitShaSchema,
});
