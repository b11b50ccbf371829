import type { Seen } from "../hygiene/seen.ts";

/**
 * The port to a language model: one question in, one value out.
 *
 * Contract, held by `test/contracts/model.contract.ts` for every adapter:
 * - `ask` never throws for anything a provider can do; it throws only for our own bugs.
 * - Every outcome that cost money carries its usage, also refusals and cut-off answers.
 * - No call that may have been paid is repeated: who calls decides whether another one may be. What a server turned down
 *   unread is asked again in a form that it takes, because that costs nothing.
 * - Whatever stands in `turns`, also out of an old journal, is sent in a form that no provider of the wire refuses.
 * - `ask` ends when nothing comes for too long, or when `signal` aborts, with `unavailable`.
 */
export type Model = {
  /** The name of this pool entry, as policies and the ledger spell it. */
  readonly name: string;
  readonly vendor: Vendor;
  /** As the provider spells it; absent where its answers name it otherwise, as deployments do. */
  readonly asks?: string;
  /** Largest request the model takes, in tokens. */
  readonly contextTokensMax: number;
  /** `null`: not known; budgets count tokens then. */
  readonly prices: Prices | null;
  /** @param watch is told how far an answer has come while it is written, where the server streams */
  ask(question: Question, signal?: AbortSignal, watch?: Watch): Promise<Reply>;
};

export type Watch = (progress: Progress) => void;
/** `outputTokens` is an estimate: the count of a provider comes last. */
export type Progress = { readonly outputTokens: number; readonly elapsedMs: number };

/** Who trained the model. Two models of one vendor share blind spots; the Adversary should be of another. */
export type Vendor = string;

/** Texts in it can only be `Seen` ones: nothing that hides from people reaches a model. */
export type Question = {
  /** The role's prompt, or what a coding agent has for one. The most stable part of the request; cached by providers. */
  readonly system: Seen;
  /** User text in order of falling stability: plan and constraints, then files, then what happened last. */
  readonly context: readonly Seen[];
  /** How many blocks of `context` are the same for every ticket, and for every round of this one: a cache ends there. */
  readonly shared?: { readonly tickets: number; readonly rounds: number };
  /** What was said since, oldest first. */
  readonly turns: readonly Turn[];
  readonly tools: readonly ToolSpec[];
  /** When set, the answer's text must be JSON of this schema, asked for by the provider's own means. */
  readonly answer: AnswerSchema | null;
  readonly outputTokensMax: number;
  /** So long the first sign of an answer may take; later silence has a limit of its own. */
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
  | { readonly from: "user"; readonly text: Seen };

export type ToolSpec = {
  readonly name: string;
  readonly description: Seen;
  /** JSON Schema of the arguments: an object, `additionalProperties: false`, every property required. */
  readonly parameters: JsonSchema;
};

export type ToolCall = {
  readonly id: string;
  readonly name: string;
  /** Parsed arguments, or `null` when the provider sent text that is not JSON. */
  readonly args: unknown;
};

export type ToolResult = { readonly id: string; readonly text: Seen; readonly failed: boolean };

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
  /** The provider did not say all of it; what lacked was estimated on the high side. */
  readonly estimated?: true;
};

/** Why there is no answer, told apart because what helps differs. */
export type Cause =
  /** The account is empty: neither waiting nor asking again helps. */
  | "money"
  | "key"
  /** A firewall or a proxy on the way turned it away; the provider never saw it. */
  | "barred"
  /** The provider's filter stopped it. */
  | "moderation"
  /** More than the model's window, or than the account may send in a minute. */
  | "too-large"
  | "too-fast"
  | "overloaded"
  /** No such model, or no such address. */
  | "missing"
  /** The form of the request. */
  | "request"
  | "server"
  | "network"
  | "time"
  | "stopped"
  | "unreadable";

/** The model that the provider says it answered with, where it says so. It may not be the one that was asked. */
type Served = { readonly served?: string };

export type Reply =
  | ({
      readonly outcome: "answered";
      readonly text: string;
      readonly toolCalls: readonly ToolCall[];
      readonly echo: unknown;
      readonly usage: Usage;
    } & Served)
  /** The provider or the model declined; asking the same again will not help. */
  | ({ readonly outcome: "refused"; readonly reason: string; readonly usage: Usage } & Served)
  /** The output limit or the context window ended the answer. `unread`: it ended, but its provider could not read it. */
  | ({ readonly outcome: "cut-off"; readonly text: string; readonly usage: Usage; readonly unread?: true } & Served)
  /** Away for now: 408, 409, 429, 5xx, 529, network, timeout. */
  | {
      readonly outcome: "unavailable";
      readonly reason: string;
      readonly retryAfterMs: number | null;
      readonly cause?: Cause;
      /** What an answer that broke off has cost all the same, as far as can be told. */
      readonly paid?: Usage;
    }
  /** The request itself was turned down: 400, 401, 402, 403, 404, 413, 422. A person has to change something. */
  | {
      readonly outcome: "rejected";
      readonly reason: string;
      readonly status: number;
      readonly cause?: Cause;
      readonly paid?: Usage;
    };
