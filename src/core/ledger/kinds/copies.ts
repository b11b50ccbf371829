import { z } from "zod";
import { sha256Schema } from "../ids.ts";
import { short } from "../records.ts";
import { login } from "./fields.ts";

/** What happened to the ledger's own copies. */
export const ledgerFaultData = z.object({
  seq: z.number().int().min(1),
  place: short,
  problem: short,
  contentHash: sha256Schema,
  /** Who wrote the foreign comment. Absent: a comment of our own was changed. */
  stranger: login.optional(),
});

export const ledgerRebuiltData = z.object({ entries: z.number().int().min(1) });
