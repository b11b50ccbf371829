import { type Environment, loadModels } from "../config.ts";
import { codingAgents } from "../coding-agents.ts";
import type { World } from "../flow/world.ts";
import type { Model } from "../models/model.ts";
import { modelOf } from "../models/pool.ts";
import { preparerHere, sandboxHere, toolchainsOn } from "../machine.ts";
import type { ServerSettings } from "../server-file.ts";
import type { Preparer } from "../workspace/preparer.ts";
import type { SandboxCheck } from "../workspace/sandbox.ts";
import { closest } from "../core/rules/did-you-mean.ts";
import { Ended, EXIT } from "./exit.ts";

/** The models that work at a desk, and where repository code runs there. */
export type DeskCast = {
  readonly models: readonly Model[];
  readonly pool: World["pool"];
  readonly modelRetry: World["modelRetry"];
  readonly secrets: readonly string[];
  readonly sandbox: ServerSettings["sandbox"];
  readonly agentsIn?: (sandbox: SandboxCheck, searchPath: string) => World["agents"];
};

const THREE_WAYS =
  "No model can be asked. Set ANTHROPIC_API_KEY, or OPENAI_API_KEY (both is best: two vendors doubt better than one), or name models of your own in the file that COOP_CONFIG names (addresses of an Ollama are enough, no key is needed).";

/** @param names models of the pool that may play; empty: all. @throws Ended */
export function castHere(env: Environment, names: readonly string[]): DeskCast {
  const loaded = loadModels(env);
  if (loaded.outcome === "refused") {
    const none = !env.ANTHROPIC_API_KEY && !env.OPENAI_API_KEY && !env.COOP_CONFIG;
    throw new Ended(EXIT.config, none ? THREE_WAYS : loaded.sentence);
  }
  const { pool, server } = loaded;
  const all = pool.map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Ended(EXIT.usage, unknownModel(unknown, all));
  const chosen = names.length > 0 ? pool.filter(({ name }) => names.includes(name)) : pool;
  if (chosen.length < 2)
    throw new Ended(
      EXIT.usage,
      "Two models are needed, because no model reviews its own work: give --model once more.",
    );
  const models = chosen.map(modelOf);
  return {
    models,
    pool: chosen.map(({ name, roles, agent }, index) => ({
      ...{ name, vendor: models[index]?.vendor ?? "unknown", roles },
      ...(agent ? { writesOnly: true as const } : {}),
    })),
    agentsIn: (sandbox, searchPath) => codingAgents(chosen, sandbox, searchPath),
    modelRetry: server.modelRetry,
    secrets: pool.map(({ apiKey }) => apiKey),
    sandbox: server.sandbox,
  };
}

export function unknownModel(name: string, all: readonly string[]): string {
  const meant = closest(name, all);
  return `There is no model ${JSON.stringify(name)} in the pool${meant ? `; did you mean ${meant}?` : "."} It has ${all.join(", ")}.`;
}

/** `deskFolder`, the desk's own, is what repository code must not see. */
export type DeskRoom = { readonly sandbox: SandboxCheck; readonly preparer: Preparer | null };

export async function roomHere(cast: DeskCast, deskFolder: string, searchPath: string): Promise<DeskRoom> {
  const toolchain = toolchainsOn(searchPath);
  const sandbox = await sandboxHere(cast.sandbox, { searchPath, privatePaths: [deskFolder], toolchain });
  return { sandbox, preparer: preparerHere(sandbox, deskFolder, cast.sandbox) };
}
