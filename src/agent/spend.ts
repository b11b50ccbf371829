import type { Spend } from "../core/ledger/entries.ts";
import type { Usage } from "../models/model.ts";

/** One call as the ledger counts it. Without a price its tokens count instead. */
export function spendOf(usage: Usage): Spend {
  const inputTokens = usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens;
  const priced = usage.costMicroUsd !== null;
  return {
    calls: 1,
    inputTokens,
    outputTokens: usage.outputTokens,
    costMicroUsd: usage.costMicroUsd ?? 0,
    unpricedTokens: priced ? 0 : inputTokens + usage.outputTokens,
  };
}
