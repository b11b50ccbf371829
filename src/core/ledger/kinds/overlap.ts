import { z } from "zod";
import { OVERLAP_FILES_MAX, OVERLAP_HOURS_MAX, PATH_CHARS_MAX } from "../limits.ts";
import { gitShaSchema } from "../ids.ts";
import { login, source } from "./fields.ts";

/** Another ticket of the same repository writes the same files. */
const ticket = z.number().int().min(1);

export const overlapNoticedData = z.object({
  with: ticket,
  files: z.array(z.string().max(PATH_CHARS_MAX)).min(1).max(OVERLAP_FILES_MAX),
  /** So long this ticket waits for the other at most; 0: it does not wait, and only says so. */
  hours: z.number().min(0).max(OVERLAP_HOURS_MAX),
});

export const overlapEndedData = z.object({
  with: ticket,
  how: z.enum(["gone", "waited-out", "person"]),
  /** The person who did not want to wait, and where they said so. Absent when the rules ended it. */
  by: login.optional(),
  source: source.optional(),
  /** The head of the default branch then, on which the change is written; null when it could not be read. */
  baseSha: gitShaSchema.nullable(),
});
