import { z } from "zod";
import { forgeRefOf, forgeRefSchema } from "../forge-ref.ts";
import { gitShaSchema, sha256Schema, taskTypeSchema } from "../ids.ts";
import { assignmentSchema, short } from "../records.ts";
import { branch, login, loginOrPolicy, source } from "./fields.ts";
import {
  CHUNKS_MAX,
  HANDOFF_LINES_MAX,
  LABELS_MAX,
  LINE_CHARS_MAX,
  NAME_CHARS_MAX,
  NOTES_MAX,
  PLANNED_FILES_MAX,
  PLANNED_PATH_CHARS_MAX,
  PLAN_LINES_MAX,
} from "../limits.ts";

/** The epic that a ticket is a part of. */
export const parentSchema = z.object({
  issue: z.number().int().min(1),
  part: z.number().int().min(1).max(CHUNKS_MAX),
  of: z.number().int().min(1).max(CHUNKS_MAX),
  /** Whoever approved the parent's plan as an epic. */
  approvedBy: loginOrPolicy,
  files: z.array(z.string().max(PLANNED_PATH_CHARS_MAX)).max(PLANNED_FILES_MAX),
});

/** How a ticket begins. */
const begun = z.object({
  by: login,
  source,
  forge: forgeRefSchema.optional(),
  /** These two stand in place of `forge` in ledgers of before there were several forges. */
  installationId: z.number().int().optional(),
  repositoryId: z.number().int().optional(),
  defaultBranch: branch,
  title: z.string().max(LINE_CHARS_MAX),
  author: login,
  /** GitHub's number of the author's account: a name may be another's tomorrow. Absent in older ledgers. */
  authorId: z.number().int().optional(),
  /** sha256 over title and body as they stood: what every approval is bound to. */
  textHash: sha256Schema,
  bodyBytes: z.number().int().min(0),
  /** How many hidden things were taken out before a model saw the text, in words. */
  removed: z.array(short).max(NOTES_MAX),
  forcedType: taskTypeSchema.nullable(),
  /** Those that the issue had then; absent in older ledgers. */
  labels: z.array(z.string().max(NAME_CHARS_MAX)).max(LABELS_MAX).optional(),
  /** Set when the ticket is a part of an epic: which one of how many, and which files its parent's plan gives it. */
  parent: parentSchema.optional(),
  /** Set when the ticket is a pull request written by a person. */
  pull: z
    .object({
      number: z.number().int(),
      headSha: gitShaSchema,
      branch,
      /** Where its branch left the base branch: what the change is compared with. */
      baseSha: gitShaSchema,
      /** The branch that it goes into. Absent in older ledgers: the default branch. */
      baseBranch: branch.optional(),
    })
    .nullable(),
});

export const openedData = begun.refine((data) => forgeRefOf(data) !== null, "names no forge");

export const routedData = z.object({
  type: taskTypeSchema,
  size: z.enum(["small", "medium", "large"]),
  risk: z.enum(["low", "medium", "high"]),
  confidence: z.number().min(0).max(1),
  clarity: z.enum(["clear", "unclear"]),
  reasons: z.array(short).max(PLAN_LINES_MAX),
  planGate: z.enum(["person", "policy"]),
  assignment: assignmentSchema,
  assignmentReasons: z.array(short).max(HANDOFF_LINES_MAX),
  policyHash: sha256Schema,
  /** The commit whose policy was read, and which diagnosis and plan speak about. */
  baseSha: gitShaSchema,
  budgetMicroUsd: z.number().int().min(0),
  budgetTokens: z.number().int().min(0),
  /** Nothing of this ticket is written to GitHub. */
  dryRun: z.literal(true).optional(),
});
