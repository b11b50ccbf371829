import { z } from "zod";
import { sha256Schema } from "../ids.ts";
import { login, source } from "./fields.ts";
import { LINE_CHARS_MAX } from "../limits.ts";

/** Edits of the text, and which text counts. */
export const textChangedData = z.object({ textHash: sha256Schema });

export const textAcceptedData = z.object({
  by: login,
  source,
  textHash: sha256Schema,
  taken: z.enum(["old", "new"]),
  title: z.string().max(LINE_CHARS_MAX),
});
