import OpenAI from "openai";
import type { ProviderError } from "../failure.ts";
import type { AdapterOptions } from "../spec.ts";

/** The one place that builds OpenAI's client, for both of its protocols and for servers that speak one of them. */
export function openaiClient(options: AdapterOptions): OpenAI {
  return new OpenAI({
    apiKey: options.apiKey,
    // Named, like the two below, so that the SDK does not read the environment: `config.ts` alone does.
    baseURL: options.baseUrl ?? "https://api.openai.com/v1",
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: "off",
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
}

export function openaiError(error: unknown): ProviderError | null {
  if (!(error instanceof OpenAI.APIError) || typeof error.status !== "number") return null;
  const body = error.error as { message?: unknown } | undefined;
  return {
    status: error.status,
    code: error.code ?? error.type ?? null,
    message: typeof body?.message === "string" ? body.message : "",
    headers: error.headers ?? null,
  };
}
