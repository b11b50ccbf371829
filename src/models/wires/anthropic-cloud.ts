import type { AdapterOptions } from "../spec.ts";

/**
 * Anthropic's models on the clouds that offer them, through the SDK's own packages for these. They bring those clouds'
 * own SDKs along (tens of megabytes), so that they are installed only by whoever uses them.
 */
const PACKAGES = {
  "anthropic-bedrock": { name: "@anthropic-ai/bedrock-sdk", client: "AnthropicBedrock" },
  "anthropic-vertex": { name: "@anthropic-ai/vertex-sdk", client: "AnthropicVertex" },
} as const;

type Shared = { readonly maxRetries: number; readonly logLevel: "off"; readonly fetch: typeof fetch };

/** @throws when the package is not installed, with the command that installs it */
export async function cloudClient<Client>(options: AdapterOptions, shared: Shared): Promise<Client> {
  const { name, client } = PACKAGES[options.api as keyof typeof PACKAGES];
  const module = await load(name);
  const Constructor = module[client] as new (given: Record<string, unknown>) => Client;
  return new Constructor({ ...shared, ...settings(options) });
}

/** Keys of AWS and Google are found by their own SDKs where theirs always are; a bearer token may be given as the key. */
function settings(options: AdapterOptions): Record<string, unknown> {
  const base = options.baseUrl === null ? {} : { baseURL: options.baseUrl };
  if (options.api === "anthropic-vertex") return { ...base, region: options.region, projectId: options.project };
  const key = options.apiKey === "none" ? {} : { apiKey: options.apiKey };
  return { ...base, ...key, awsRegion: options.region };
}

async function load(name: string): Promise<Record<string, unknown>> {
  try {
    return (await import(name)) as Record<string, unknown>;
  } catch (error) {
    throw new MissingPackage(name, error);
  }
}

class MissingPackage extends Error {
  readonly code = "MISSING_PACKAGE";
  constructor(name: string, cause: unknown) {
    super(`The package ${name} is not installed. Run: npm install --no-save ${name}`, { cause });
  }
}
