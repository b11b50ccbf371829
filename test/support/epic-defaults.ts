import { sha256 } from "../../src/core/ledger/chain.ts";
import type { EntryData, EntryKind } from "../../src/core/ledger/entries.ts";

/** A plan of two parts that becomes two child tickets; the first is merged, the second left out. */
type Kinds = Extract<EntryKind, `epic_${string}` | `child_${string}` | `overlap_${string}`>;

export const EPIC_DEFAULTS: { readonly [K in Kinds]: EntryData<K> } = {
  epic_approved: {
    by: "alice",
    source: "comment:101",
    planHash: sha256("plan"),
    textHash: sha256("text"),
    sideBySide: 2,
    why: "A person said yes.",
  },
  epic_split: {
    children: [
      { part: 1, issue: 21 },
      { part: 2, issue: 22 },
    ],
  },
  child_begun: { part: 1, issue: 21 },
  child_ended: { part: 1, issue: 21, as: "merged", by: "alice", spend: { calls: 9, inputTokens: 900, outputTokens: 90, costMicroUsd: 400_000, unpricedTokens: 0 } }, // prettier-ignore
  child_reopened: { part: 2, issue: 22 },
  overlap_noticed: { with: 9, files: ["src/report.js"], hours: 24 },
  overlap_ended: { with: 9, how: "gone", baseSha: "1".repeat(40) },
  epic_ended: { merged: 1, leftOut: 1 },
};
