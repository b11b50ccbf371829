import { z } from "zod";
import { modelName, short, spendSchema } from "../records.ts";
import { login, source } from "./fields.ts";
import { PERSON_TEXT_CHARS_MAX, QUESTIONS_MAX } from "../limits.ts";
import { taskTypeSchema } from "../ids.ts";

/** What the Navigator asks when a ticket is unclear, and what people answer. */

/** What kind of task it takes the ticket for, where the router was not sure. Absent: nobody asked, or it did not say. */
const type = taskTypeSchema.optional();

export const questionAskedData = z.object({
  model: modelName,
  questions: z.array(short).min(1).max(QUESTIONS_MAX),
  type,
  spend: spendSchema,
});

export const questionSkippedData = z.object({ model: modelName, why: short, type, spend: spendSchema });

export const questionAnsweredData = z.object({ by: login, source, text: z.string().max(PERSON_TEXT_CHARS_MAX) });
