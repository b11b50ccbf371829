import { z } from "zod";

/** What can stand as proof on a head commit, in the order in which people read it (DESIGN 7). */
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
]);
export type ProofItemId = z.infer<typeof proofItemIdSchema>;
export const PROOF_ITEMS = proofItemIdSchema.options;

/** `unknown` is neither yes nor no: the evidence could not be had. */
export const proofStateSchema = z.enum(["proven", "refuted", "unknown"]);
export type ProofState = z.infer<typeof proofStateSchema>;

export const proofItemSchema = z.object({
  id: proofItemIdSchema,
  state: proofStateSchema,
  required: z.boolean(),
  /** One sentence for a person. */
  evidence: z.string().min(1).max(1500),
  /** More of it, one line each: commands, files, counts. */
  details: z.array(z.string().max(400)).max(30),
});
export type ProofItem = z.infer<typeof proofItemSchema>;

export type Readiness =
  { readonly outcome: "ready" } | { readonly outcome: "not-ready"; readonly missing: ProofItem[] };

/** Only required items decide; of those, only `proven` counts. */
export function readiness(items: readonly ProofItem[]): Readiness {
  const missing = items.filter((item) => item.required && item.state !== "proven");
  return missing.length === 0 ? { outcome: "ready" } : { outcome: "not-ready", missing };
}
