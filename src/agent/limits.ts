import type { Spend } from "../core/ledger/entries.ts";
import { FIRST_SIGN_MS } from "../models/call-timeouts.ts";

/** What one consultation may use. Each limit is checked before a turn, so that none is passed by more than one turn. */
export type Limits = {
  readonly turnsMax: number;
  /** Tokens in and out over all turns, cached ones included. */
  readonly tokensMax: number;
  /** `null`: the price is not known, and the tokens count. */
  readonly costMicroUsdMax: number | null;
  readonly wallMs: number;
  /** Of one answer of the model, thinking included. */
  readonly outputTokensMax: number;
  /** Of one call to the provider. */
  readonly timeoutMs: number;
  readonly toolResultBytesMax: number;
  /** Of all tool results together. */
  readonly toolBytesMax: number;
  readonly runTimeoutMs: number;
};

export type LimitName = "turns" | "tokens" | "cost" | "time" | "tool-output" | "context" | "budget" | "repetition";

/** The third failure of the very same call is no slip any more: the model is told to do something else. */
export const REPEATS_TOLD = 3;
/** A model that was told five times and still sends the same call is in a loop that only money ends. */
export const REPEATS_MAX = 8;
/** Cut off twice in a row, told to be shorter in between, a model will be cut off again. */
export const CUT_OFFS_IN_ROW_MAX = 2;
/** A server that lost an answer gives the next one; one that loses three will lose more. */
export const EMPTIES_IN_ROW_MAX = 3;
/** How often an answer is sent back. A writing loop may have sixty turns behind it, and another `finish` costs little. */
export const REPAIRS_MAX: Readonly<Record<"none" | "read" | "write", number>> = { none: 1, read: 1, write: 3 };
/** Small local models have windows that one answer of the usual size would fill. */
export const OUTPUT_SHARE_MAX = 0.25;
/** Each time a fifth of the window is freed; what is too large after that will not fit. */
export const OVERFLOWS_MAX = 2;

/** Enough for a change over a dozen files; measured loops that go on longer are lost, not slow. */
const WRITING_TURNS_MAX = 60;
/** A reviewer reads a diff and perhaps twenty places around it. */
const READING_TURNS_MAX = 24;
/** A writing loop resends its history each turn, mostly from the provider's cache. */
const WRITING_TOKENS_MAX = 2_500_000;
const READING_TOKENS_MAX = 800_000;
/** A person waits for this; the longest honest loops end in half of it. */
const WRITING_WALL_MS = 45 * 60_000;
const READING_WALL_MS = 20 * 60_000;
/** About 400 lines: a screenful for a model, and small against every window in use. */
const TOOL_RESULT_BYTES_MAX = 24_000;
const TOOL_BYTES_MAX = 1_500_000;
/** The largest plan or file written in one go, with room for thinking. */
const OUTPUT_TOKENS_MAX = 16_000;
/** Most suites of a single change run in less; a longer one belongs to the repository's own checks. */
const RUN_TIMEOUT_MS = 180_000;

const SHARED = {
  costMicroUsdMax: null,
  outputTokensMax: OUTPUT_TOKENS_MAX,
  timeoutMs: FIRST_SIGN_MS,
  toolResultBytesMax: TOOL_RESULT_BYTES_MAX,
  toolBytesMax: TOOL_BYTES_MAX,
  runTimeoutMs: RUN_TIMEOUT_MS,
};

export const DEFAULT_LIMITS: Readonly<Record<"none" | "read" | "write", Limits>> = {
  none: { ...SHARED, turnsMax: 4, tokensMax: 200_000, wallMs: FIRST_SIGN_MS * 2 },
  read: { ...SHARED, turnsMax: READING_TURNS_MAX, tokensMax: READING_TOKENS_MAX, wallMs: READING_WALL_MS },
  write: { ...SHARED, turnsMax: WRITING_TURNS_MAX, tokensMax: WRITING_TOKENS_MAX, wallMs: WRITING_WALL_MS },
};

export type Used = {
  readonly turns: number;
  readonly spend: Spend;
  readonly elapsedMs: number;
  readonly toolBytes: number;
};

export type Reached = { readonly limit: LimitName; readonly sentence: string };

/** @returns the first limit that leaves no room for another turn, or null */
export function reachedLimit(limits: Limits, used: Used): Reached | null {
  const tokens = used.spend.inputTokens + used.spend.outputTokens;
  if (used.turns >= limits.turnsMax) return reached("turns", `${limits.turnsMax} turns`, "without a final answer");
  if (tokens >= limits.tokensMax) return reached("tokens", `${limits.tokensMax} tokens`, "for one step");
  if (limits.costMicroUsdMax !== null && used.spend.costMicroUsd >= limits.costMicroUsdMax)
    return reached("cost", `$${(limits.costMicroUsdMax / 1_000_000).toFixed(2)}`, "for one step");
  if (used.elapsedMs >= limits.wallMs)
    return reached("time", `${Math.round(limits.wallMs / 1000)} seconds`, "for one step");
  if (used.toolBytes >= limits.toolBytesMax)
    return reached("tool-output", `${limits.toolBytesMax} bytes of tool output`, "for one step");
  return null;
}

function reached(limit: LimitName, amount: string, rest: string): Reached {
  return { limit, sentence: `The model used up its limit of ${amount} ${rest}.` };
}
