import { z } from "zod";
import { roleSchema } from "../core/ledger/ids.ts";

/**
 * What a scripted model says, as data: examples carry it as a file. Entries are tried in order and the first that fits
 * the question gives the answers; `turns` are the model's turns of one conversation, first to last.
 */
const turnSchema = z.union([
  z.strictObject({ say: z.string() }),
  /** Sent as JSON text. */
  z.strictObject({ answer: z.unknown() }),
  z.strictObject({
    call: z.array(z.strictObject({ name: z.string().min(1), args: z.unknown() })).min(1),
    /** Said along with the calls. */
    words: z.string().optional(),
  }),
  /** Away, with this reason. The same question finds the model away again: only another attempt gets on. */
  z.strictObject({ unavailable: z.string(), retryAfterMs: z.number().int().min(0).optional() }),
  z.strictObject({ refuse: z.string() }),
  z.strictObject({ cutOff: z.string() }),
  /** Text where JSON is due. */
  z.strictObject({ garbage: z.string() }),
]);

const scriptEntrySchema = z.strictObject({
  role: roleSchema,
  /** What has to be true of the question; everything that is left out fits. */
  when: z
    .strictObject({
      /** The `Task:` line, such as `plan`. */
      task: z.string().optional(),
      /** The `Round:` line. */
      round: z.number().int().optional(),
      /** The `Attempt:` line; 1 where there is none. */
      attempt: z.number().int().optional(),
      /** A text that stands somewhere in the context. */
      includes: z.string().optional(),
    })
    .optional(),
  turns: z.array(turnSchema).min(1),
});
export const scriptSchema = z.array(scriptEntrySchema);

export type ScriptTurn = z.infer<typeof turnSchema>;
export type ScriptEntry = z.infer<typeof scriptEntrySchema>;
export type Script = readonly ScriptEntry[];
