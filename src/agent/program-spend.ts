import type { AgentJob, CodingAgent } from "../workspace/coding-agent.ts";
import type { Run } from "./consultation.ts";
import type { LimitName } from "./limits.ts";

export type DeniedCall = { readonly limit: LimitName; readonly sentence: string };

/**
 * Each call of a coding agent is asked for before it is made: against the agent's own limit (`runUsdMax`), and against the
 * same budgets as a call of ours. Turns and tokens have no limit of their own, since the history is the program's.
 * @param deny is told why a call is not made
 */
export function mayCallOf<A>(
  { options, state }: Run<A>,
  { name, limits }: CodingAgent,
  deny: (why: DeniedCall) => void,
): AgentJob["mayCall"] {
  const denied = (why: DeniedCall) => {
    deny(why);
    return { outcome: "denied" as const };
  };
  return async (size) => {
    const max = limits.costMicroUsdMax;
    if (max !== null && state.spend.costMicroUsd >= max) {
      const sentence = `${name} used up its $${(max / 1_000_000).toFixed(2)} for one round (\`runUsdMax\`).`;
      return denied({ limit: "cost", sentence });
    }
    const permission = await options.mayAsk(size, state.spend);
    return permission.outcome === "granted" ? permission : denied({ limit: "budget", sentence: permission.sentence });
  };
}
