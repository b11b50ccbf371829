import type { ProofItem } from "../../src/core/ticket/proof-items.ts";
import { inWords } from "../../src/messages/proof/in-words.ts";
import type { Evidence } from "../../src/proof/evidence.ts";

/** One item as people read it. */
export function worded(found: Evidence): ProofItem {
  return inWords({ required: false, ...found });
}
