import type Anthropic from "@anthropic-ai/sdk";
import type { Abilities } from "../abilities.ts";
import { adapter } from "../adapter.ts";
import { ANTHROPIC_ADDRESS, anthropicBase } from "../base-url.ts";
import type { Model } from "../model.ts";
import { strictFetch } from "../outbound.ts";
import type { AdapterOptions } from "../spec.ts";
import { anthropicAssembly } from "./anthropic-stream.ts";
import { readAnthropic } from "./anthropic-reply.ts";
import { anthropicRequest } from "./anthropic-request.ts";
import { cloudClient, withoutCredentials } from "./anthropic-cloud.ts";

/** Anthropic's Messages API, at Anthropic's own address and on the clouds that offer it. */
export function anthropicModel(options: AdapterOptions): Model & { readonly abilities: Abilities } {
  const clientAt = clients(options);
  return adapter(options, {
    request: (question, abilities) => anthropicRequest(question, options, abilities),
    send: async (request, { base, ...sending }) => {
      const params = request as unknown as Anthropic.MessageCreateParams;
      const asking = { ...sending, headers: options.extraHeaders };
      return clientAt(base, (client) => client.messages.create(params, asking).asResponse());
    },
    assembly: anthropicAssembly,
    read: readAnthropic,
    base: anthropicBase(options.baseUrl ?? ANTHROPIC_ADDRESS),
    otherBase: () => null,
  });
}

type Client = Pick<Anthropic, "messages">;

type Using = (base: string, use: (client: Client) => Promise<Response>) => Promise<Response>;

function clients(options: AdapterOptions): Using {
  const shared = { maxRetries: 0, logLevel: "off" as const, fetch: strictFetch(options.fetch ?? globalFetch) };
  const isOwn = options.api === "anthropic";
  let client: Promise<Client> | null = null;
  return async (base, use) => {
    client ??= isOwn ? ownClient(options, shared, base) : cloudClient<Client>(options, shared);
    try {
      return await use(await client);
    } catch (error) {
      // A cloud's library remembers that it found no credentials; a new one looks again.
      if (!isOwn) client = null;
      throw isOwn ? error : withoutCredentials(error);
    }
  };
}

/** The SDK is loaded with the first question: a command that asks no model starts without it. */
async function ownClient({ apiKey }: AdapterOptions, shared: object, base: string): Promise<Client> {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  // Named so that the SDK does not read the environment: `config.ts` alone does.
  return new Anthropic({ ...shared, apiKey, authToken: null, baseURL: base });
}

const globalFetch: typeof fetch = (input, init) => fetch(input, init);
