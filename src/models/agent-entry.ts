import type { PoolEntry } from "./catalogue.ts";
import { anthropicBase, openaiBase } from "./base-url.ts";
import type { Api, CodingAgentKind } from "./spec.ts";

/** What an entry of the pool has to have when a coding agent stands behind it. Plain rules over its fields. */
const APIS_OF: Readonly<Record<CodingAgentKind, readonly Api[]>> = {
  "claude-code": ["anthropic"],
  codex: ["openai-responses"],
  opencode: ["anthropic", "openai-responses", "openai-chat"],
  command: ["anthropic", "openai-responses", "openai-chat"],
};
const ONLY_OF_AGENTS = ["program", "command", "runMinutesMax", "runUsdMax"] as const;

type Entry = PoolEntry & { readonly roles?: readonly string[] | undefined };

/** @returns what is wrong with it and what to write instead, or null */
export function agentProblem(entry: Entry): string | null {
  const { name, agent, api, command, roles } = entry;
  const said = `COOP_CONFIG: the model "${name}"`;
  if (agent === undefined) {
    const alone = ONLY_OF_AGENTS.find((field) => entry[field] !== undefined);
    return alone ? `${said} has \`${alone}\` but no \`agent\`. Add \`agent: command\`, or remove it.` : null;
  }
  if (!APIS_OF[agent].includes(api))
    return `${said} is the agent ${agent}, which speaks ${APIS_OF[agent].join(", ")}. Set \`api: ${APIS_OF[agent][0]}\`.`;
  if (agent === "command" && command === undefined)
    return `${said} is the agent command, so it needs \`command\`, such as \`command: my-agent --yes\`.`;
  if (agent !== "command" && command !== undefined)
    return `${said} has \`command\`, which is for \`agent: command\` only. Remove it, or name another program with \`program\`.`;
  if (roles && roles.some((role) => role !== "implementer"))
    return `${said} is a coding agent and can only be the Implementer. Remove \`roles\`, or write \`roles: [implementer]\`.`;
  return null;
}

export type Upstream = { readonly base: string; readonly headers: Readonly<Record<string, string>> };

/** Where an agent's requests go and what is sent along: its key stands here and never in the sandbox. */
export function upstreamOf({ api, baseUrl, apiKey, extraHeaders }: PoolEntry & { readonly apiKey: string }): Upstream {
  if (api === "anthropic") {
    const base = `${anthropicBase(baseUrl ?? "https://api.anthropic.com")}/v1`;
    return { base, headers: { ...extraHeaders, "x-api-key": apiKey } };
  }
  const base = openaiBase(baseUrl ?? "https://api.openai.com/v1");
  return { base, headers: { ...extraHeaders, authorization: `Bearer ${apiKey}` } };
}

/** As long as our own loop may take: a person waits for this. */
const RUN_MINUTES = 45;

export function agentLimits({ runMinutesMax = RUN_MINUTES, runUsdMax }: PoolEntry): {
  readonly runMs: number;
  readonly costMicroUsdMax: number | null;
} {
  return {
    runMs: runMinutesMax * 60_000,
    costMicroUsdMax: runUsdMax === undefined ? null : Math.round(runUsdMax * 1_000_000),
  };
}
