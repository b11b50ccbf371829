import { estimateTokens } from "../core/rules/context-budget.ts";
import type { Prices, Question, Usage } from "./model.ts";

/** What a provider counted, with the cached parts taken out of `inputTokens`. */
export type TokenCounts = Omit<Usage, "costMicroUsd">;

export function priced(counts: TokenCounts, prices: Prices | null): Usage {
  return { ...counts, costMicroUsd: prices === null ? null : costMicroUsd(counts, prices) };
}

/** The most that a call of this size can cost: nothing cached, everything written to the cache, the longest answer. */
export function worstCostMicroUsd(
  prices: Prices,
  size: { readonly inputTokens: number; readonly outputTokens: number },
): number {
  const perToken = Math.max(prices.input, prices.cacheWrite ?? 0);
  return Math.ceil((size.inputTokens * perToken + size.outputTokens * prices.output) / 1_000_000);
}

/** Rounded up: a budget may be a micro-dollar too strict, never too generous. */
function costMicroUsd(counts: TokenCounts, prices: Prices): number {
  const sum =
    counts.inputTokens * prices.input +
    counts.cachedInputTokens * (prices.cachedInput ?? prices.input) +
    counts.cacheWriteTokens * (prices.cacheWrite ?? prices.input) +
    counts.outputTokens * prices.output;
  return Math.ceil(sum / 1_000_000);
}

/**
 * For providers that report the cached tokens as a part of the input. A server that reports more of them than input
 * must not make a call cheaper than free.
 */
export function withoutCached(
  total: number,
  cached: number,
  written: number,
): Pick<TokenCounts, "inputTokens" | "cachedInputTokens" | "cacheWriteTokens"> {
  return {
    inputTokens: Math.max(0, total - cached - written),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
  };
}

/** For servers that report no usage at all: budgets have to hold on those too. */
export function estimatedCounts(question: Question, output: string): TokenCounts {
  return {
    inputTokens: estimateTokens(textOf(question)),
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: estimateTokens(output),
  };
}

/** Everything of a question that a model reads, without what only the wire needs. */
export function textOf(question: Question): string {
  const turns = question.turns.map((turn) => {
    if (turn.from === "tools") return turn.results.map((result) => result.text).join("\n");
    if (turn.from === "user") return turn.text;
    return [turn.text, ...turn.toolCalls.map((call) => JSON.stringify(call.args))].join("\n");
  });
  const shapes = [...question.tools, ...(question.answer ? [question.answer] : [])].map((one) => JSON.stringify(one));
  return [question.system, ...shapes, ...question.context, ...turns].join("\n");
}
