import type OpenAI from "openai";
import { strictFetch } from "../outbound.ts";
import type { AdapterOptions } from "../spec.ts";

/**
 * The one place that builds OpenAI's clients, for both of its protocols and for servers that speak one of them. The SDK is
 * loaded with the first question: a command that asks no model starts without it.
 */
export function openaiClients(options: AdapterOptions): (base: string) => Promise<OpenAI> {
  const clients = new Map<string, Promise<OpenAI>>();
  return (base) => {
    const client = clients.get(base) ?? openaiClient(options, base);
    clients.set(base, client);
    return client;
  };
}

async function openaiClient(options: AdapterOptions, base: string): Promise<OpenAI> {
  const { AzureOpenAI, OpenAI } = await import("openai");
  const shared = {
    apiKey: options.apiKey,
    // Named, like the next two, so that the SDK does not read the environment: `config.ts` alone does.
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: "off" as const,
    fetch: strictFetch(options.fetch ?? ((input, init) => fetch(input, init))),
  };
  if (options.api !== "azure-openai") return new OpenAI({ ...shared, baseURL: base });
  return new AzureOpenAI({
    ...shared,
    endpoint: base,
    apiVersion: options.apiVersion ?? AZURE_VERSION,
    deployment: options.model,
  });
}

/** The newest version of Azure's API that is not a preview. */
const AZURE_VERSION = "2024-10-21";
