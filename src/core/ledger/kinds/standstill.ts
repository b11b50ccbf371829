import { z } from "zod";
import { sha256Schema } from "../ids.ts";
import { haltReasonSchema, sentence, short, spendSchema, stepNameSchema } from "../records.ts";
import { because, login, loginOrPolicy, source } from "./fields.ts";
import { DETAILS_MAX, NEXT_MAX, SHORT_NAME_CHARS_MAX, STATEMENT_CHARS_MAX } from "../limits.ts";

/** Edits of a try that came to no end, kept as an artifact for the next one. */
const work = z.object({ sha256: sha256Schema, files: z.number().int().min(1) }).optional();

/** Work that failed, was interrupted, stands still, or goes on. */
export const haltedData = z.object({
  as: z.enum(["parked", "blocked"]),
  reason: haltReasonSchema,
  by: loginOrPolicy,
  sentence,
  details: z.array(z.string().max(STATEMENT_CHARS_MAX)).max(DETAILS_MAX),
  next: z.array(short).min(1).max(NEXT_MAX),
  because,
  /** What the step that ended here had paid. */
  spend: spendSchema.optional(),
});

export const resumedData = z.object({ by: login, source, how: z.enum(["resume", "retry"]) });

export const stepFailedData = z.object({
  step: stepNameSchema,
  attempt: z.number().int().min(1),
  reason: haltReasonSchema,
  sentence,
  spend: spendSchema,
  /** So long the step rests before its next try. Absent: not at all. */
  againInMs: z.number().int().min(0).optional(),
  /** New answers of this try from which the next one goes on. Absent where an older version wrote: whatever was paid. */
  kept: z.number().int().min(0).optional(),
  because,
  work,
});

/** A step that ended before its time, because of what was written while it ran. Its result was dropped. */
export const stepInterruptedData = z.object({
  step: stepNameSchema,
  /** The entry that ended it. */
  endedBy: z.object({ seq: z.number().int().min(1), kind: z.string().max(SHORT_NAME_CHARS_MAX) }),
  spend: spendSchema,
  work,
});
