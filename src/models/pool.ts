import type { Abilities } from "./abilities.ts";
import { resolvePoolEntry } from "./catalogue.ts";
import type { ReadyEntry } from "./doors.ts";
import type { Model } from "./model.ts";
import { outboundFetch } from "./outbound.ts";
import type { AdapterOptions, Api } from "./spec.ts";
import { anthropicModel } from "./wires/anthropic.ts";
import { openaiChatModel } from "./wires/openai-chat.ts";
import { openaiResponsesModel } from "./wires/openai-responses.ts";

/** The adapter behind each door. Who adds a vendor adds a record here and in `doors.ts`. */
const ADAPTERS: Readonly<Record<Api, (options: AdapterOptions) => Model & { readonly abilities: Abilities }>> = {
  anthropic: anthropicModel,
  "openai-responses": openaiResponsesModel,
  "openai-chat": openaiChatModel,
  "azure-openai": openaiChatModel,
  "anthropic-bedrock": anthropicModel,
  "anthropic-vertex": anthropicModel,
};

/** The adapter for one entry of the pool. */
export function buildModel(options: AdapterOptions): Model & { readonly abilities: Abilities } {
  return ADAPTERS[options.api](options);
}

/** The model behind one entry of the configured pool. */
export function modelOf(entry: ReadyEntry): Model & { readonly abilities: Abilities } {
  const proxies = entry.proxies ?? { http: null, https: null, none: null };
  return buildModel({ ...resolvePoolEntry(entry), apiKey: entry.apiKey, fetch: outboundFetch(proxies) });
}
