import { type Check, well, wrong } from "../../audit/checkup.ts";
import { environment, loadModels } from "../../config.ts";
import { agentLimits } from "../../models/agent-entry.ts";
import type { ConfiguredModel } from "../../models/configured-pool.ts";
import { installed } from "../../workspace/agents/installed.ts";
import { AGENT_KINDS } from "../../workspace/agents/kinds.ts";

/** What `coop doctor` says about the coding agents of the pool: whether each can be started here, and how long it may work. */
export async function checkAgents(sandbox: Check): Promise<Check[]> {
  const env = environment();
  const loaded = loadModels(env);
  if (loaded.outcome === "refused") return [];
  const entries = loaded.pool.filter((entry) => entry.agent !== undefined);
  return Promise.all(entries.map((entry) => checkAgent(entry, sandbox, env.PATH ?? "")));
}

export async function checkAgent(entry: ConfiguredModel, sandbox: Check, searchPath: string): Promise<Check> {
  const { name, agent = "command", model, program, command = "" } = entry;
  const kind = AGENT_KINDS[agent];
  const line = `agent ${name}`;
  if (sandbox.state === "wrong" || sandbox.says.startsWith("turned off"))
    return wrong(line, "It runs in a sandbox only, and there is none.", "Mend the sandbox, or take the entry out.");
  const wanted = program ?? kind.program;
  const found = wanted === null ? null : await installed(wanted, searchPath);
  if (found?.outcome === "missing")
    return wrong(line, `The program ${wanted} is not on this machine.`, `Run \`${kind.install}\`, or set \`program\`.`);
  const { runMs, costMicroUsdMax } = agentLimits(entry);
  const cost = costMicroUsdMax === null ? "the ticket's budget" : `$${(costMicroUsdMax / 1_000_000).toFixed(2)}`;
  const what = wanted === null ? `runs \`${command}\`` : `runs ${wanted}`;
  return well(line, `${what} with ${model}; a round may take ${Math.ceil(runMs / 60_000)} minutes and ${cost}`);
}
