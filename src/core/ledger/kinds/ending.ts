import { z } from "zod";
import { gitShaSchema } from "../ids.ts";
import { short } from "../records.ts";
import { because, login, source } from "./fields.ts";
import { CHUNKS_MAX, HEADING_CHARS_MAX } from "../limits.ts";

/** How a ticket ends. */
export const mergedData = z.object({
  by: login,
  headSha: gitShaSchema,
  mergedSha: gitShaSchema,
  followUps: z.array(z.string().max(HEADING_CHARS_MAX)).max(CHUNKS_MAX),
});

export const issueReopenedData = z.object({ by: login, source });

export const stoppedData = z.object({ by: login, why: short, because });
