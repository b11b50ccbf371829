import { tmpdir } from "node:os";
import { agentLimits, upstreamOf } from "./models/agent-entry.ts";
import type { ConfiguredModel } from "./models/configured-pool.ts";
import { chatBridge } from "./models/chat-bridge.ts";
import { FIRST_SIGN_MS } from "./models/call-timeouts.ts";
import { resolvePoolEntry } from "./models/catalogue.ts";
import { outboundFetch } from "./models/outbound.ts";
import { modelOf } from "./models/pool.ts";
import type { AgentTarget } from "./workspace/agents/kind.ts";
import { AGENT_KINDS } from "./workspace/agents/kinds.ts";
import { programAgent } from "./workspace/agents/program-agent.ts";
import type { CodingAgent } from "./workspace/coding-agent.ts";
import type { SandboxCheck } from "./workspace/sandbox.ts";

/** The coding agents of the pool, as this machine can run them. */
export function codingAgents(
  pool: readonly ConfiguredModel[],
  sandbox: SandboxCheck,
  searchPath: string,
): ReadonlyMap<string, CodingAgent> {
  return new Map(
    pool.flatMap((entry) => {
      const { name, agent, model, command = null, program = null, proxies } = entry;
      if (agent === undefined) return [];
      const { contextTokensMax, outputTokensMax, firstTokenMs, idleMs } = resolvePoolEntry(entry);
      const clocks = { firstMs: firstTokenMs ?? FIRST_SIGN_MS, idleMs };
      // Entries with another API were refused when they were read (`agentProblem`).
      const target = { api: entry.api as AgentTarget["api"], model, contextTokensMax, command };
      const direct = outboundFetch(proxies ?? { http: null, https: null, none: null });
      // Servers of this protocol differ so much that no program fits all of them.
      const behind = entry.api === "openai-chat" ? modelOf(entry) : null;
      const bridged = { outputTokensMax, firstMs: clocks.firstMs, otherwise: direct };
      const wayOfRun = () => (behind ? chatBridge({ model: behind, ...bridged }) : direct);
      const made = programAgent({
        ...{ name, kind: AGENT_KINDS[agent], program, target, outputTokensMax },
        upstream: { ...upstreamOf(entry), wayOfRun, clocks },
        ...{ limits: agentLimits(entry), sandbox, searchPath, temporary: tmpdir() },
      });
      return [[name, made] as const];
    }),
  );
}
