import type { Abilities } from "./abilities.ts";
import { resolvePoolEntry, type PoolEntry } from "./catalogue.ts";
import type { Model } from "./model.ts";
import { outboundFetch, type Proxies } from "./outbound.ts";
import type { AdapterOptions, Api } from "./spec.ts";
import { anthropicModel } from "./wires/anthropic.ts";
import { openaiChatModel } from "./wires/openai-chat.ts";
import { openaiResponsesModel } from "./wires/openai-responses.ts";

/** Everything that distinguishes one way to a model from another. Who adds a vendor adds a record. */
export type Door = {
  readonly keyVariable: string;
  /** Where its address may be set for all models that come through it; null where each entry has to say it. */
  readonly baseUrlVariable: string | null;
  /** May the key be missing, because the door finds its own? */
  readonly key: "needed" | "found-by-the-cloud";
  /** Fields that an entry of the pool has to have for this door. */
  readonly needs: readonly (keyof PoolEntry)[];
  readonly build: (options: AdapterOptions) => Model & { readonly abilities: Abilities };
};

const anthropic = { keyVariable: "ANTHROPIC_API_KEY", baseUrlVariable: "ANTHROPIC_BASE_URL", build: anthropicModel };
const openai = { keyVariable: "OPENAI_API_KEY", baseUrlVariable: "OPENAI_BASE_URL" };

export const DOORS: Readonly<Record<Api, Door>> = {
  anthropic: { ...anthropic, key: "needed", needs: [] },
  "openai-responses": { ...openai, key: "needed", needs: [], build: openaiResponsesModel },
  "openai-chat": { ...openai, key: "needed", needs: [], build: openaiChatModel },
  "azure-openai": {
    ...{ keyVariable: "AZURE_OPENAI_API_KEY", baseUrlVariable: "AZURE_OPENAI_ENDPOINT" },
    ...{ key: "needed", needs: ["baseUrl"], build: openaiChatModel },
  },
  "anthropic-bedrock": {
    ...{ keyVariable: "AWS_BEARER_TOKEN_BEDROCK", baseUrlVariable: null, build: anthropicModel },
    ...{ key: "found-by-the-cloud", needs: ["region"] },
  },
  "anthropic-vertex": {
    ...{ keyVariable: "GOOGLE_APPLICATION_CREDENTIALS", baseUrlVariable: null, build: anthropicModel },
    ...{ key: "found-by-the-cloud", needs: ["region", "project"] },
  },
};

/** The adapter for one entry of the pool. */
export function buildModel(options: AdapterOptions): Model & { readonly abilities: Abilities } {
  return DOORS[options.api].build(options);
}

export type ReadyEntry = PoolEntry & { readonly apiKey: string; readonly proxies?: Proxies };

/** The model behind one entry of the configured pool. */
export function modelOf(entry: ReadyEntry): Model & { readonly abilities: Abilities } {
  const proxies = entry.proxies ?? { http: null, https: null, none: null };
  return buildModel({ ...resolvePoolEntry(entry), apiKey: entry.apiKey, fetch: outboundFetch(proxies) });
}
