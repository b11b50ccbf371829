import { requiredProof } from "../../core/rules/policy.ts";
import { ANY_ITEM } from "../../core/ticket/proof-codes.ts";
import type { Unread } from "../../core/ticket/proof-fact-parts.ts";
import type { FoundItem } from "../../core/ticket/proof-facts.ts";
import { PROOF_ITEMS } from "../../core/ticket/proof-items.ts";
import type { ProofInput } from "../evidence.ts";
import { reviews } from "../items/reviews.ts";

/** A proof of a change that nobody could read to its end: what was not found out is unknown, and asked for as always. */
export function unreadProof(input: ProofInput, why: Unread): FoundItem[] {
  const { also = [], required = [], waive = [] } = input.policy.proof;
  const usual = requiredProof(input.policy, input.type);
  return PROOF_ITEMS.map((id): FoundItem => {
    const waived = waive.some((one) => one.item === id);
    // For every type of task: code that nobody has tested as it will stand is not merged.
    const asked = !waived && (id === "merge-result" || [...also, ...required, ...usual].includes(id));
    if (id === "reviews") return { ...reviews(input), required: asked };
    const accepted = input.accepted?.find((one) => one.item === id && one.headSha === input.head.commitSha);
    return {
      ...{ id, code: "unread", facts: { files: null, why }, state: ANY_ITEM.unread, required: asked, details: [] },
      ...(accepted ? { accepted: { by: accepted.by, why: accepted.why } } : {}),
    };
  });
}
