import { z } from "zod";
import { progress } from "../../ticket/progress.ts";
import { proofBasisSchema, proofItemSchema } from "../../ticket/proof.ts";
import { gitShaSchema } from "../ids.ts";
import { login, path, source } from "./fields.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

/** The proof of one head commit, and what people say yes to on it. */
export const proofCollectedData = z.object({
  headSha: gitShaSchema,
  baseSha: gitShaSchema,
  items: z.array(proofItemSchema).max(20),
  outcome: z.enum(["ready", "not-ready"]),
  /** What it rests on and what can change without a new commit; absent in ledgers of before it was watched. */
  basis: proofBasisSchema.optional(),
});

export const proofCollected: Kind<"proof_collected"> = {
  fold: (ticket, data, at) => progress({ ...ticket, proof: { ...data, at }, proofs: ticket.proofs + 1 }),
  isAwaited: atOnce,
  role: null,
};

export const protectedAcceptedData = z.object({
  by: login,
  source,
  headSha: gitShaSchema,
  paths: z.array(path).max(100),
});

export const protectedAccepted: Kind<"protected_accepted"> = {
  fold: (ticket, data) => ({ ...ticket, protectedAccepted: data, proof: null }),
  isAwaited: withTheNext,
  role: null,
};

export const mergeApprovedData = z.object({ by: login, source, headSha: gitShaSchema });

export const mergeApproved: Kind<"merge_approved"> = {
  fold: (ticket, data) => ({ ...ticket, mergeApproval: { by: data.by, headSha: data.headSha } }),
  isAwaited: withTheNext,
  role: null,
};
