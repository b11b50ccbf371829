import type { Prices } from "./model.ts";

/** Which protocol a model speaks. */
export type Api = "anthropic" | "openai-responses" | "openai-chat";

/**
 * What a server can do beyond the bare protocol. Each is sent only when it is listed, because servers that only
 * resemble the original turn a request down for a field that they do not know.
 */
export const CAPABILITIES = ["strict-tools", "answer-schema", "cache-markers", "reasoning-items"] as const;
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
  /** `null`: not known; budgets count tokens. */
  readonly prices: Prices | null;
  readonly contextTokensMax: number;
  readonly outputTokensMax: number;
  readonly capabilities: readonly Capability[];
};

/** What every adapter is built from. */
export type AdapterOptions = ModelSpec & {
  readonly apiKey: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
};
