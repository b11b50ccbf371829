import { z } from "zod";
import { roleSchema } from "../ids.ts";
import { modelName, short } from "../records.ts";
import { because, login, loginOrPolicy, path, source, vendor } from "./fields.ts";
import {
  ACCOUNT_CHARS_MAX,
  COMMENTS_MAX,
  ID_CHARS_MAX,
  PERSON_TEXT_CHARS_MAX,
  REPLY_CHARS_MAX,
  WHY_CHARS_MAX,
} from "../limits.ts";

/** What people want of a ticket, and what they were answered. */

/** Inline comments of a review. */
const remarks = z
  .array(
    z.object({
      id: z.number().int(),
      path,
      line: z.number().int().nullable(),
      text: z.string().max(ACCOUNT_CHARS_MAX),
    }),
  )
  .max(COMMENTS_MAX);

export const reworkRequestedData = z.object({
  by: login,
  source,
  instructions: z.string().max(PERSON_TEXT_CHARS_MAX),
  /** The round it comes after, or null when nothing was written yet and the plan is made anew. */
  round: z.number().int().min(0).nullable(),
  comments: remarks,
});

export const remarkedData = z.object({
  by: login,
  source,
  text: z.string().max(PERSON_TEXT_CHARS_MAX),
  comments: remarks,
});

export const commandedData = z.object({
  by: login,
  source,
  verb: z.string().max(ID_CHARS_MAX),
  args: z.string().max(WHY_CHARS_MAX),
  outcome: z.enum(["accepted", "refused", "informed"]),
  reply: z.string().max(REPLY_CHARS_MAX),
  because,
});

export const assignmentChangedData = z.object({
  role: roleSchema,
  model: modelName,
  vendor,
  by: loginOrPolicy,
  why: short,
  because,
});

export const budgetRaisedData = z.object({ by: login, source, addMicroUsd: z.number().int().min(1) });
