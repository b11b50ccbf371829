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

/** What the libraries say when they could not even begin to ask, and whose credentials they lack. */
const NO_CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/failed to resolve AWS credentials/i, "NO_AWS_CREDENTIALS"],
  [/failed to acquire Google OAuth credentials|could not load the default credentials/i, "NO_GOOGLE_CREDENTIALS"],
];

/** Where the source of credentials was reached and has none, waiting helps nobody; where it was not, it may be back. */
export function withoutCredentials(error: unknown): unknown {
  const said = error instanceof Error ? error.message : "";
  const code = NO_CREDENTIALS.find(([words]) => words.test(said))?.[1];
  return code === undefined || isPassing(error) ? error : new MissingCredentials(code, error);
}

function isPassing(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code, status } = one as { code?: unknown; status?: unknown };
    if (Number(status) >= 500 || Number(code) >= 500) return true;
    if (typeof code === "string" && /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code) && code !== "ENOENT") return true;
  }
  return false;
}

class MissingCredentials extends Error {
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super("No credentials were found.", { cause });
    this.code = code;
  }
}
