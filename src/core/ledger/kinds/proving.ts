import { z } from "zod";
import { proofBasisSchema, proofItemIdSchema, proofItemSchema } from "../../ticket/proof-items.ts";
import { gitShaSchema } from "../ids.ts";
import { accountId, login, path, source } from "./fields.ts";
import { PATHS_ACCEPTED_MAX, PROOF_ITEMS_MAX, WHY_CHARS_MAX } from "../limits.ts";

/** The proof of one head commit, and what people say yes to on it. */
export const proofCollectedData = z.object({
  headSha: gitShaSchema,
  baseSha: gitShaSchema,
  items: z.array(proofItemSchema).max(PROOF_ITEMS_MAX),
  outcome: z.enum(["ready", "not-ready"]),
  /** What it rests on and what can change without a new commit; absent in ledgers of before it was watched. */
  basis: proofBasisSchema.optional(),
});

export const protectedAcceptedData = z.object({
  by: login,
  source,
  headSha: gitShaSchema,
  paths: z.array(path).max(PATHS_ACCEPTED_MAX),
});

export const proofAcceptedData = z.object({
  by: login,
  source,
  /** For this commit and no other. */
  headSha: gitShaSchema,
  item: proofItemIdSchema,
  why: z.string().min(1).max(WHY_CHARS_MAX),
});

export const mergeApprovedData = z.object({
  by: login,
  byId: accountId,
  source,
  headSha: gitShaSchema,
  /** Nobody told who pushed this head, so it may be the one who says yes: another person has to say it too. */
  second: z.literal("needed").optional(),
});

export const mergeQueuedData = z.object({ headSha: gitShaSchema });
