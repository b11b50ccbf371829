import { credentialsIn, passwordsIn, proxySecrets } from "../../address-secrets.ts";
import { environment, type Environment } from "../../config.ts";
import { codingAgents } from "../../coding-agents.ts";
import type { World } from "../../flow/world.ts";
import type { Model } from "../../models/model.ts";
import { modelOf } from "../../models/pool.ts";
import { preparerHere, sandboxHere, toolchainsOn } from "../../machine.ts";
import { workTreeOf } from "../../private-places.ts";
import { cloudSecrets } from "../../process-role.ts";
import type { ServerSettings } from "../../server-file.ts";
import type { Preparer } from "../../workspace/preparer.ts";
import type { SandboxCheck } from "../../workspace/sandbox.ts";
import { type DeskPool, poolHere } from "./pool.ts";
import { packagesFolder } from "../packages-folder.ts";
import { databaseUrlIn } from "./kept.ts";

/** The models that work at a desk, and where repository code runs there. */
export type DeskCast = {
  readonly models: readonly Model[];
  readonly pool: World["pool"];
  readonly keyless?: World["keyless"];
  readonly modelRetry: World["modelRetry"];
  readonly secrets: readonly string[];
  readonly sandbox: ServerSettings["sandbox"];
  readonly agentsIn?: (sandbox: SandboxCheck, searchPath: string) => World["agents"];
};

/** @param names models of the pool that may play; empty: all. @throws Ended */
export function castHere(env: Environment, names: readonly string[]): DeskCast {
  return castOf(poolHere(env, names));
}

export function castOf({ chosen, pool, keyless, server }: DeskPool): DeskCast {
  const env = environment();
  const models = chosen.map(modelOf);
  return {
    models,
    pool: chosen.map(({ name, roles, agent }, index) => ({
      ...{ name, vendor: models[index]?.vendor ?? "unknown", roles },
      ...(agent ? { writesOnly: true as const } : {}),
    })),
    agentsIn: (sandbox, searchPath) => codingAgents(chosen, sandbox, searchPath),
    keyless: keyless.map(({ name }) => name),
    modelRetry: server.modelRetry,
    secrets: [
      ...pool.flatMap(({ apiKey, baseUrl }) => [apiKey, ...credentialsIn(baseUrl ?? "")]),
      ...cloudSecrets(env),
      ...proxySecrets(env),
      ...passwordsIn(databaseUrlIn(env) ?? ""),
    ],
    sandbox: server.sandbox,
  };
}

/** `deskFolder`, the desk's own, is what repository code must not see. */
export type DeskRoom = { readonly sandbox: SandboxCheck; readonly preparer: Preparer | null };

export async function roomHere(cast: DeskCast, deskFolder: string, searchPath: string): Promise<DeskRoom> {
  const toolchain = toolchainsOn(searchPath);
  const sandbox = await sandboxHere(cast.sandbox, {
    searchPath,
    privatePaths: [deskFolder, workTreeOf(deskFolder)],
    toolchain,
  });
  return { sandbox, preparer: preparerHere(sandbox, packagesFolder(deskFolder), cast.sandbox) };
}
