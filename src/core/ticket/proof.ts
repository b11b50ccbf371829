import { z } from "zod";
import { gitShaSchema, sha256Schema } from "../ledger/ids.ts";

/** What can stand as proof on a head commit, in the order in which people read it. */
export const proofItemIdSchema = z.enum([
  "verification",
  "checks",
  "fail-to-pass",
  "pass-to-pass",
  "mutation",
  "scope",
  "completeness",
  "tamper",
  "reviews",
  "done",
  "merge-result",
]);
export type ProofItemId = z.infer<typeof proofItemIdSchema>;
export const PROOF_ITEMS = proofItemIdSchema.options;

/** One record an item. `mendedBy`: who can put it right when it is refuted, another fix round or only a person. */
export const PROOF_RECORDS: Readonly<Record<ProofItemId, { readonly mendedBy: "round" | "person" }>> = {
  verification: { mendedBy: "round" },
  checks: { mendedBy: "round" },
  "fail-to-pass": { mendedBy: "round" },
  "pass-to-pass": { mendedBy: "round" },
  mutation: { mendedBy: "round" },
  scope: { mendedBy: "round" },
  completeness: { mendedBy: "round" },
  tamper: { mendedBy: "person" },
  reviews: { mendedBy: "person" },
  done: { mendedBy: "round" },
  "merge-result": { mendedBy: "round" },
};

/**
 * `unknown` is neither yes nor no: the evidence could not be had. `not-applicable` says that there is nothing to show (a
 * change of documents has no new tests), with the reason as evidence; it is never asked for.
 */
export const proofStateSchema = z.enum(["proven", "refuted", "unknown", "not-applicable"]);
export type ProofState = z.infer<typeof proofStateSchema>;

export const proofItemSchema = z.object({
  id: proofItemIdSchema,
  state: proofStateSchema,
  required: z.boolean(),
  /** One sentence for a person. */
  evidence: z.string().min(1).max(1500),
  /** More of it, one line each: commands, files, counts. */
  details: z.array(z.string().max(400)).max(30),
  /** A person took this item as it stands, for exactly this head. It counts, and is always shown as accepted. */
  accepted: z.object({ by: z.string().max(100), why: z.string().min(1).max(500) }).optional(),
});
export type ProofItem = z.infer<typeof proofItemSchema>;

/**
 * What a proof rests on besides the head commit. Both can change without a push: another change is merged into the base
 * branch, a check is run again or reported late.
 */
export const proofBasisSchema = z.object({
  /** The base branch's head with which the merge result was tested. */
  today: gitShaSchema,
  /** Names and states of the repository's checks on the head, as one hash. */
  checks: sha256Schema,
});
export type ProofBasis = z.infer<typeof proofBasisSchema>;

export type Readiness =
  { readonly outcome: "ready" } | { readonly outcome: "not-ready"; readonly missing: ProofItem[] };

/** Whether an item stands in nobody's way: it is proven, there is nothing to prove, or a person accepted it. */
export function isSettled(item: ProofItem): boolean {
  if (item.state === "proven") return true;
  // Reviews are the one thing that nobody can wave through: a merge without them is what this program exists to stop.
  if (item.id === "reviews") return false;
  return item.state === "not-applicable" || item.accepted !== undefined;
}

/** Only required items decide. */
export function readiness(items: readonly ProofItem[]): Readiness {
  const missing = items.filter((item) => item.required && !isSettled(item));
  return missing.length === 0 ? { outcome: "ready" } : { outcome: "not-ready", missing };
}
