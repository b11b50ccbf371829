import type { Prices } from "./model.ts";

/** Which protocol a model speaks, and through which door. */
export const APIS = [
  "anthropic",
  "openai-responses",
  "openai-chat",
  "azure-openai",
  "anthropic-bedrock",
  "anthropic-vertex",
] as const;
export type Api = (typeof APIS)[number];

/** Programs that write code by themselves with a model; `command` is any other one. */
export const CODING_AGENTS = ["claude-code", "codex", "opencode", "command"] as const;
export type CodingAgentKind = (typeof CODING_AGENTS)[number];

/**
 * What a server takes beyond the least that all of its kind take. Each is sent only when it is listed, because servers
 * that only resemble the original turn a request down for a field that they do not know. What a server turns down with
 * words that say why is struck from the list while the process runs.
 */
export const CAPABILITIES = [
  /** Calls of tools at all; without it tools are offered in words. */
  "tools",
  "strict-tools",
  /** Structured output by a field of the request. */
  "answer-schema",
  /** The same while tools are offered; without it the schema is said in words then. */
  "answer-schema-with-tools",
  /** Several calls in one turn. */
  "parallel-calls",
  /** Schemas say that an object has no other fields (`additionalProperties`). */
  "closed-schemas",
  "cache-markers",
  "reasoning-items",
  /** What the provider said of its thinking, and fields that we do not know, go back as they came. */
  "reasoning-echo",
  /** Every message of the model has to have `reasoning_content`; what we do not know of it is empty. */
  "reasoning-content",
  /** A message of the role `system`; without it the first user message begins with that text. */
  "system-role",
  /** A user's message may follow the results of tools. */
  "user-after-tools",
  /** An assistant's message with calls may have no content (`null`). */
  "empty-content",
  /** A message with calls may have a text as well. */
  "text-with-calls",
  /** The limit is called `max_completion_tokens`; without it `max_tokens`. */
  "max-completion-tokens",
  "streaming",
  /** The same while tools are offered: some servers lose the calls then. */
  "streaming-with-tools",
  /** Usage at the end of a stream has to be asked for. */
  "stream-usage",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Everything that is known about one entry of the pool, but its key. */
export type ModelSpec = {
  /** As policies and the ledger spell it. */
  readonly name: string;
  readonly vendor: string;
  readonly api: Api;
  /** As the provider spells it. */
  readonly model: string;
  /** `null`: the provider's own address. */
  readonly baseUrl: string | null;
  /** Which kind of server it is; `null`: as its address says. */
  readonly family: string | null;
  /** `null`: not known; budgets count tokens. */
  readonly prices: Prices | null;
  readonly contextTokensMax: number;
  readonly outputTokensMax: number;
  /** Beyond what nearly every server takes (`BASICS` in `families.ts`). */
  readonly capabilities: readonly Capability[];
  /** Of what nearly every server takes. */
  readonly lacks: readonly Capability[];
  /** Sent with each request, for gateways that want to know who asks. */
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** Fields of each request that we know nothing of, such as `temperature` or a provider's routing. */
  readonly extraBody: Readonly<Record<string, unknown>>;
  /** So long the first sign of an answer may take; `null`: as long as who asks allows. */
  readonly firstTokenMs: number | null;
  /** So long an answer that has begun may be silent. */
  readonly idleMs: number;
  /** What only some doors ask for. */
  readonly apiVersion: string | null;
  readonly region: string | null;
  readonly project: string | null;
};

/** What every adapter is built from. */
export type AdapterOptions = ModelSpec & {
  readonly apiKey: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
};
