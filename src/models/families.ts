import type { Api, Capability } from "./spec.ts";

/**
 * What servers of one kind take, as their documents and their users report. A family is known by its address, or named
 * in the settings (`family`). What a server teaches by refusing goes before it.
 */
export type Family = {
  /** The end of its host, or `:port` for servers that people run themselves. */
  readonly hosts: readonly string[];
  readonly lacks: readonly Capability[];
  /** Beyond the API's; taken away by `lacks` of the settings only. */
  readonly has: readonly Capability[];
};

/** What nearly every server of a kind takes; settings and refusals strike from it (`lacks`). */
export const BASICS: readonly Capability[] = [
  ...(["tools", "parallel-calls", "closed-schemas", "reasoning-echo", "system-role", "user-after-tools"] as const),
  ...(["empty-content", "text-with-calls", "streaming", "streaming-with-tools", "stream-usage"] as const),
];

/** What the makers' own APIs take beyond it. */
const EXTRAS: Readonly<Record<Api, readonly Capability[]>> = {
  anthropic: ["strict-tools", "answer-schema", "answer-schema-with-tools", "cache-markers"],
  "anthropic-bedrock": ["cache-markers"],
  "anthropic-vertex": ["cache-markers"],
  "openai-responses": [
    ...(["strict-tools", "answer-schema", "answer-schema-with-tools"] as const),
    ...(["cache-markers", "reasoning-items"] as const),
  ],
  "openai-chat": ["answer-schema"],
  "azure-openai": ["answer-schema", "answer-schema-with-tools", "max-completion-tokens"],
};

const family = (hosts: readonly string[], facts: Partial<Omit<Family, "hosts">> = {}): Family => ({
  ...{ hosts, has: [], lacks: [] },
  ...facts,
});
/** OpenAI refuses the old name of the limit, other servers may ignore the new one, and then nothing would limit the output. */
const LIKE_OPENAI = { has: ["answer-schema-with-tools", "max-completion-tokens"] } as const;

export const FAMILIES: Readonly<Record<string, Family>> = {
  openai: family(["api.openai.com"], LIKE_OPENAI),
  azure: family([".openai.azure.com", ".services.ai.azure.com"], LIKE_OPENAI),
  anthropic: family(["api.anthropic.com"]),
  // Its tools are translated into a form that does not know `additionalProperties`.
  gemini: family(["generativelanguage.googleapis.com", "aiplatform.googleapis.com"], { lacks: ["closed-schemas"] }),
  // A user's message behind a tool's result is refused, and usage comes with every stream.
  mistral: family(["api.mistral.ai"], { lacks: ["user-after-tools", "stream-usage"] }),
  // It knows JSON mode only, without a schema, and wants the thought of each answer back.
  deepseek: family(["api.deepseek.com"], { has: ["reasoning-content"], lacks: ["answer-schema"] }),
  openrouter: family(["openrouter.ai"]),
  // What its models thought may not come back.
  groq: family(["api.groq.com"], { has: ["max-completion-tokens"], lacks: ["reasoning-echo"] }),
  // Its streams have lost calls for years, version after version.
  ollama: family([":11434"], { lacks: ["streaming-with-tools"] }),
  // Templates of the models decide what it takes; many let roles alternate.
  "llama.cpp": family([":8080"], { lacks: ["user-after-tools"] }),
  vllm: family([":8000"]),
  "lm-studio": family([":1234"]),
};

export type FamilyName = string;

/** @returns the name of the family that an address belongs to, or null */
export function familyAt(api: Api, baseUrl: string | null): FamilyName | null {
  if (baseUrl === null) return api.startsWith("openai") ? "openai" : null;
  const { host, hostname } = new URL(baseUrl);
  const found = Object.entries(FAMILIES).find(([, { hosts }]) =>
    hosts.some((one) =>
      one.startsWith(":")
        ? host.endsWith(one)
        : hostname === one || hostname.endsWith(one.startsWith(".") ? one : `.${one}`),
    ),
  );
  return found?.[0] ?? null;
}

export function extrasOf(api: Api, name: FamilyName | null): Capability[] {
  return EXTRAS[api].filter((one) => !familyOf(name).lacks.includes(one));
}

export function lacksOf(name: FamilyName | null): Capability[] {
  return [...familyOf(name).lacks];
}

function familyOf(name: FamilyName | null): Family {
  return (name === null ? undefined : FAMILIES[name]) ?? family([]);
}
