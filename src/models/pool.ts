import { anthropicModel } from "./wires/anthropic.ts";
import type { Model } from "./model.ts";
import { openaiChatModel } from "./wires/openai-chat.ts";
import { openaiResponsesModel } from "./wires/openai-responses.ts";
import type { AdapterOptions, Api } from "./spec.ts";

const ADAPTERS: Readonly<Record<Api, (options: AdapterOptions) => Model>> = {
  anthropic: anthropicModel,
  "openai-responses": openaiResponsesModel,
  "openai-chat": openaiChatModel,
};

/** The adapter for one entry of the pool. */
export function buildModel(options: AdapterOptions): Model {
  return ADAPTERS[options.api](options);
}
