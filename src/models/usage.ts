import { BYTES_PER_TOKEN, estimateTokens } from "../core/rules/context-budget.ts";
import { countIn, type Fields, fieldsIn } from "./lenient.ts";
import type { Prices, Question, Turn, Usage } from "./model.ts";

/** What a provider counted, with the cached parts taken out of `inputTokens`. */
export type TokenCounts = Omit<Usage, "costMicroUsd">;

/** The counts of one answer as its server gave them; `null` where it said nothing that makes sense. */
export type Reported = {
  /** All tokens read, or those that came from no cache: which of them is `inputIs`. */
  readonly input: unknown;
  readonly inputIs: "all" | "uncached";
  readonly cached: unknown;
  readonly written: unknown;
  readonly output: unknown;
  /** In and out together. Some servers leave thinking out of `output` and only count it here. */
  readonly total?: unknown;
};

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

/** How many tokens an answer may have, so that the call costs no more than this; negative where its question costs more. */
export function longestAnswer(prices: Prices, size: { readonly inputTokens: number }, microUsd: number): number {
  const left = microUsd - worstCostMicroUsd(prices, { ...size, outputTokens: 0 });
  if (prices.output <= 0) return left < 0 ? -1 : Infinity;
  return Math.floor((left * 1_000_000) / prices.output);
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
 * What an answer took. A server that reports nothing, zeros or nonsense made no free call: what is missing is estimated
 * from the texts, on the high side, and marked.
 * @param output the answer with everything in it, as text
 * @param windowTokens what the model takes at once, as far as is known
 */
export function countsOf(reported: Reported, question: Question, output: string, windowTokens: number): TokenCounts {
  const allIn = inputOf(reported);
  const all = allIn ? allIn.inputTokens + allIn.cachedInputTokens + allIn.cacheWriteTokens : 0;
  const read = allIn && canBe(all, windowTokens, () => bytesOf(question)) ? allIn : null;
  const out = outputOf(reported);
  const said = out !== null && canBe(out, windowTokens, () => Buffer.byteLength(output)) ? out : null;
  const inputTokens = read ? 0 : Math.ceil(bytesOf(question) / BYTES_PER_TOKEN);
  const input = read ?? { inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0 };
  const outputTokens = said ?? estimateTokens(output);
  return { ...input, outputTokens, ...(read && said !== null ? {} : { estimated: true }) };
}

/** Of no text that anybody writes has a token more bytes on average. */
const BYTES_A_TOKEN_MAX = 100;
/** Above this a count that is far too small would be one of a text of megabytes. */
const DOUBTED_TOKENS_MAX = 2_000;
/** Windows are told too small more often than too large. */
const WINDOWS_MAX = 2;

/** Whether a text can have so many tokens at all: some servers count 1 for everything, or something else. */
function canBe(tokens: number, windowTokens: number, bytes: () => number): boolean {
  if (tokens > windowTokens * WINDOWS_MAX) return false;
  return tokens > DOUBTED_TOKENS_MAX || tokens * BYTES_A_TOKEN_MAX >= bytes();
}

function inputOf(reported: Reported): Omit<TokenCounts, "outputTokens"> | null {
  const given = countIn(reported.input);
  const cached = countIn(reported.cached) ?? 0;
  const written = countIn(reported.written) ?? 0;
  if (reported.inputIs === "uncached") {
    if ((given ?? 0) + cached + written === 0) return null;
    return { inputTokens: given ?? 0, cachedInputTokens: cached, cacheWriteTokens: written };
  }
  // More cached tokens than input: a gateway counts them beside it.
  const uncached = cached + written > (given ?? 0) ? (given ?? 0) : (given ?? 0) - cached - written;
  if (uncached + cached + written === 0) return null;
  return { inputTokens: uncached, cachedInputTokens: cached, cacheWriteTokens: written };
}

function outputOf(reported: Reported): number | null {
  const given = countIn(reported.output);
  const all = countIn(reported.total);
  const input = countIn(reported.input);
  const rest = all !== null && input !== null && reported.inputIs === "all" ? Math.max(0, all - input) : 0;
  const output = Math.max(given ?? 0, rest);
  // An answer has at least one token.
  return output === 0 ? null : output;
}

/** Everything of a question that a model reads, without what only the wire needs. */
export function textOf(question: Question): string {
  return [headOf(question), ...question.turns.map(textOfTurn)].join("\n");
}

function headOf(question: Question): string {
  const shapes = [...question.tools, ...(question.answer ? [question.answer] : [])].map((one) => JSON.stringify(one));
  return [question.system, ...shapes, ...question.context].join("\n");
}

function textOfTurn(turn: Turn): string {
  if (turn.from === "tools") return turn.results.map((result) => result.text).join("\n");
  if (turn.from === "user") return turn.text;
  return [turn.text, ...turn.toolCalls.map((call) => JSON.stringify(call.args))].join("\n");
}

/** Only new turns are measured: a long conversation is not read again with each answer. */
const MEASURED = new WeakMap<Turn, number>();

function bytesOf(question: Question): number {
  return question.turns.reduce(
    (sum, turn) => {
      const bytes = MEASURED.get(turn) ?? Buffer.byteLength(textOfTurn(turn)) + 1;
      MEASURED.set(turn, bytes);
      return sum + bytes;
    },
    Buffer.byteLength(headOf(question)),
  );
}

/**
 * What a gateway says that a call cost, in dollars: what it takes itself and, where the key is the operator's own at the
 * provider behind it, what that one takes.
 */
export function dollarsIn(usage: Fields): number | null {
  const { cost, estimated_cost: estimated, total_cost: total, is_byok: isOwnKey, cost_details: details } = usage;
  const own = amountIn(fieldsIn(cost).total_cost ?? cost ?? total ?? estimated);
  if (isOwnKey !== true) return own;
  const behind = amountIn(fieldsIn(details).upstream_inference_cost);
  return behind === null ? null : (own ?? 0) + behind;
}

function amountIn(value: unknown): number | null {
  const amount = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof amount === "number" && Number.isFinite(amount) ? amount : null;
}

/** What a provider says that a call cost, in dollars; believed only where no price of our own is known. */
export function withOwnPrice(usage: Usage, dollars: unknown): Usage {
  const cost = typeof dollars === "number" && Number.isFinite(dollars) && dollars >= 0 ? dollars : null;
  if (usage.costMicroUsd !== null || cost === null || cost > DOLLARS_MAX) return usage;
  return { ...usage, costMicroUsd: Math.ceil(cost * 1_000_000 - ROUNDING) };
}
/** No single call costs this much: a larger number is in another unit. */
const DOLLARS_MAX = 1_000;
/** 0.0033 dollars are 3,300 micro-dollars and not 3,301, whatever binary fractions say. */
const ROUNDING = 1e-6;
