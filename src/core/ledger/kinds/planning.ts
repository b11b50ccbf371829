import { z } from "zod";
import { diagnosisSchema, planSchema, testChangeSchema } from "../../ticket/plan.ts";
import { gitShaSchema, sha256Schema } from "../ids.ts";
import { handoffSchema, modelName, short, spendSchema } from "../records.ts";
import { because, login, loginOrPolicy, source } from "./fields.ts";
import {
  COMMAND_CHARS_MAX,
  DETAILS_MAX,
  LINE_CHARS_MAX,
  PLAN_LINES_MAX,
  SENTENCE_CHARS_MAX,
  SIDE_BY_SIDE_MAX,
} from "../limits.ts";

/** Root cause, plan, and the yes to it. */
export const diagnosedData = z.object({
  model: modelName,
  baseSha: gitShaSchema,
  diagnosis: diagnosisSchema,
  handoff: handoffSchema,
  spend: spendSchema,
});

export const plannedData = z.object({
  model: modelName,
  baseSha: gitShaSchema,
  textHash: sha256Schema,
  plan: planSchema,
  planHash: sha256Schema,
  handoff: handoffSchema,
  spend: spendSchema,
  /** By which the repository is tested, and how many tests each ran on the base. Absent in older ledgers. */
  commands: z
    .array(z.object({ run: z.string().max(COMMAND_CHARS_MAX), testsRun: z.number().int().min(0).nullable() }))
    .max(DETAILS_MAX)
    .optional(),
  /** What the policy said of plans with several parts. Absent where there is one part, and in older ledgers: the first is built. */
  epics: z
    .object({ mode: z.enum(["off", "ask", "on"]), sideBySide: z.number().int().min(1).max(SIDE_BY_SIDE_MAX) })
    .optional(),
  /**
   * Why a person sees a plan of a ticket that sounded harmless: files and words of it, at most DETAILS_MAX. Absent where nothing is
   * dangerous, where a person sees the plan anyway, and in older ledgers.
   */
  dangers: z.array(z.string().min(1).max(LINE_CHARS_MAX)).min(1).max(DETAILS_MAX).optional(),
  /** Why the Architect came back in the middle of the work. Absent in a first plan, and in older ledgers. */
  again: z.string().min(1).max(SENTENCE_CHARS_MAX).optional(),
});

export const planApprovedData = z.object({
  by: loginOrPolicy,
  source,
  planHash: sha256Schema,
  textHash: sha256Schema,
  why: short,
  because,
});

/** Old tests that a person lets the change touch, as if the plan had named them. */
export const testsExcusedData = z.object({
  by: login,
  source,
  headSha: gitShaSchema,
  testChanges: z.array(testChangeSchema).min(1).max(PLAN_LINES_MAX),
});
