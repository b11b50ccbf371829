import { requiredProof } from "../../core/rules/policy.ts";
import { ANY_ITEM } from "../../core/ticket/proof-codes.ts";
import { PROOF_ITEMS, type ProofItem } from "../../core/ticket/proof-items.ts";
import type { ProofInput } from "../evidence.ts";
import { reviews } from "../items/reviews.ts";

/** A proof of a change that nobody could read to its end: what was not found out is unknown, and asked for as always. */
export function unreadProof(input: ProofInput, why: string): ProofItem[] {
  const { also = [], required = [], waive = [] } = input.policy.proof;
  const usual = requiredProof(input.policy, input.type);
  const evidence = `This change could not be read (${why}), so nothing is known about it. Split it into smaller changes, or have a person review it.`;
  return PROOF_ITEMS.map((id) => {
    const waived = waive.some((one) => one.item === id);
    // For every type of task: code that nobody has tested as it will stand is not merged.
    const asked = !waived && (id === "merge-result" || [...also, ...required, ...usual].includes(id));
    if (id === "reviews") return { ...reviews(input), required: asked };
    const accepted = input.accepted?.find((one) => one.item === id && one.headSha === input.head.commitSha);
    return {
      ...{ id, code: "unread", state: ANY_ITEM.unread, required: asked, evidence, details: [] },
      ...(accepted ? { accepted: { by: accepted.by, why: accepted.why } } : {}),
    };
  });
}
