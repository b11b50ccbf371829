/**
 * The port to a language model: one question in, one value out.
 *
 * Contract, held by `test/contracts/model.contract.ts` for every adapter:
 * - `ask` never throws for anything a provider can do; it throws only for our own bugs.
 * - Every outcome that cost money carries its usage, also refusals and cut-off answers.
 * - The adapter does not repeat a call by itself: who calls decides whether another one may be paid.
 * - `ask` ends at `timeoutMs`, or when `signal` aborts, with `unavailable`.
 */
export type Model = {
  /** The name of this pool entry, as policies and the ledger spell it. */
  readonly name: string;
  readonly vendor: Vendor;
  /** Largest request the model takes, in tokens. */
  readonly contextTokensMax: number;
  /** `null`: not known; budgets count tokens then. */
  readonly prices: Prices | null;
  ask(question: Question, signal?: AbortSignal): Promise<Reply>;
};

/** Who trained the model. Two models of one vendor share blind spots; the Adversary should be of another. */
export type Vendor = string;

export type Question = {
  /** The role's prompt. The most stable part of the request; cached by providers. */
  readonly system: string;
  /** User text in order of falling stability: plan and constraints, then files, then what happened last. */
  readonly context: readonly string[];
  /** What was said since, oldest first. */
  readonly turns: readonly Turn[];
  readonly tools: readonly ToolSpec[];
  /** When set, the answer's text must be JSON of this schema, asked for by the provider's own means. */
  readonly answer: AnswerSchema | null;
  readonly outputTokensMax: number;
  readonly timeoutMs: number;
};

export type Turn =
  | {
      readonly from: "model";
      readonly text: string;
      readonly toolCalls: readonly ToolCall[];
      /** What the provider wants to see again unchanged (thinking blocks, reasoning items). Opaque to us. */
      readonly echo: unknown;
    }
  | { readonly from: "tools"; readonly results: readonly ToolResult[] }
  | { readonly from: "user"; readonly text: string };

export type ToolSpec = {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments: an object, `additionalProperties: false`, every property required. */
  readonly parameters: JsonSchema;
};

export type ToolCall = {
  readonly id: string;
  readonly name: string;
  /** Parsed arguments, or `null` when the provider sent text that is not JSON. */
  readonly args: unknown;
};

export type ToolResult = { readonly id: string; readonly text: string; readonly failed: boolean };

export type AnswerSchema = { readonly name: string; readonly schema: JsonSchema };

export type JsonSchema = { readonly [key: string]: unknown };

/** Micro-dollars for a million tokens, so that every price is an integer: $0.05 is 50,000. */
export type Prices = {
  readonly input: number;
  /** `null`: cached tokens cost what others do. */
  readonly cachedInput: number | null;
  /** `null`: writing to the cache costs what reading does. */
  readonly cacheWrite: number | null;
  readonly output: number;
};

export type Usage = {
  /** Tokens read that were not served from a cache. */
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  /** Integer micro-dollars; `null` when no price is known, then budgets count tokens. */
  readonly costMicroUsd: number | null;
};

export type Reply =
  | {
      readonly outcome: "answered";
      readonly text: string;
      readonly toolCalls: readonly ToolCall[];
      readonly echo: unknown;
      readonly usage: Usage;
    }
  /** The provider or the model declined; asking the same again will not help. */
  | { readonly outcome: "refused"; readonly reason: string; readonly usage: Usage }
  /** The output limit or the context window ended the answer. */
  | { readonly outcome: "cut-off"; readonly text: string; readonly usage: Usage }
  /** Away for now: 408, 409, 429, 5xx, 529, network, timeout. Nothing is known to have been paid. */
  | { readonly outcome: "unavailable"; readonly reason: string; readonly retryAfterMs: number | null }
  /** The request itself was turned down: 400, 401, 403, 404, 413, 422. A person has to change something. */
  | { readonly outcome: "rejected"; readonly reason: string; readonly status: number };
