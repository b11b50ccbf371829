import type { AgentJob, CallSize, CodingAgent } from "../workspace/coding-agent.ts";
import type { Run } from "./consultation.ts";
import { tellAsked } from "./doing.ts";
import type { LimitName } from "./limits.ts";

export type DeniedCall = { readonly limit: LimitName; readonly sentence: string };

/**
 * Each call of a coding agent is asked for before it is made: against the agent's own limit (`runUsdMax`), and against the
 * same budgets as a call of ours. Programs ask several things at once, so calls are asked for one after the other, and each
 * together with all that are under way, at their worst. Turns and tokens have no limit of their own, since the history is
 * the program's.
 * @param paidMicroUsd what a process that died has paid in the same round
 * @param deny is told why a call is not made
 */
export function mayCallOf<A>(
  { options, state }: Pick<Run<A>, "options" | "state">,
  { name, limits, paidMicroUsd }: Pick<CodingAgent, "name" | "limits"> & { readonly paidMicroUsd: number },
  deny: (why: DeniedCall) => void,
): AgentJob["mayCall"] {
  const underWay = new Set<CallSize>();
  let calls = 0;
  let before: Promise<unknown> = Promise.resolve();
  const denied = (why: DeniedCall) => {
    deny(why);
    return { outcome: "denied" as const };
  };
  const ask: AgentJob["mayCall"] = async (size) => {
    const worst = sum([...underWay, size]);
    const permission = await options.mayAsk(worst, state.spend);
    if (permission.outcome === "denied") return denied({ limit: "budget", sentence: permission.sentence });
    const max = limits.costMicroUsdMax;
    if (max !== null && paidMicroUsd + state.spend.costMicroUsd + (permission.costMicroUsd ?? 0) > max) {
      const sentence = `${name} used up its $${(max / 1_000_000).toFixed(2)} for one round (\`runUsdMax\`): its next call might cost more than is left.`;
      return denied({ limit: "cost", sentence });
    }
    const held = { ...size };
    underWay.add(held);
    tellAsked({ options, state }, state.asked + ++calls);
    return { outcome: "granted", release: () => void underWay.delete(held) };
  };
  return (size) => {
    const permission = before.then(() => ask(size));
    before = permission.catch(() => undefined);
    return permission;
  };
}

function sum(sizes: readonly CallSize[]): CallSize {
  return {
    inputTokens: sizes.reduce((all, one) => all + one.inputTokens, 0),
    outputTokens: sizes.reduce((all, one) => all + one.outputTokens, 0),
  };
}
