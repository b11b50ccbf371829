import { type Config, type Environment, loadModels } from "../../config.ts";
import { DEFAULT_SERVER, type ServerSettings } from "../../server-file.ts";
import { DEFAULT_POOLS, type PoolEntry, resolvePoolEntry } from "../../models/catalogue.ts";
import type { Model } from "../../models/model.ts";
import { modelOf } from "../../models/pool.ts";
import type { Script } from "../../models/script.ts";
import { scriptedModel } from "../../models/scripted.ts";

/** The models of a demo run: real ones from the environment, or stand-ins that say what the example's script says. */
export type Cast = {
  readonly pool: Config["pool"];
  readonly models: readonly Model[];
  readonly sandbox: ServerSettings["sandbox"];
};

export type Casting =
  { readonly outcome: "cast"; readonly cast: Cast } | { readonly outcome: "refused"; readonly sentence: string };

/** Three, so that the roles can go to three: the first of each vendor, and the small model of OpenAI's. */
const PLAYED: readonly PoolEntry[] = [...DEFAULT_POOLS.anthropic.slice(0, 1), ...DEFAULT_POOLS.openai];

/** Named so that nobody who reads the thread takes them for the real ones; prices are the real ones', usage is simulated. */
export function scriptedCast(script: Script): Cast {
  const pool = PLAYED.map((one) => ({ ...one, name: `scripted-${one.name}`, apiKey: "", roles: null }));
  const models = pool.map((one) => {
    const { name, vendor, prices } = resolvePoolEntry(one);
    return scriptedModel({ name, vendor, prices, script });
  });
  return { pool, models, sandbox: DEFAULT_SERVER.sandbox };
}

export function liveCast(env: Environment): Casting {
  const loaded = loadModels(env);
  if (loaded.outcome === "refused") return loaded;
  const { pool, server } = loaded;
  const models = pool.map(modelOf);
  return { outcome: "cast", cast: { pool, models, sandbox: server.sandbox } };
}
