import { type Environment, loadModels, type ModelsLoaded } from "../../config.ts";
import { poolLacks } from "../../core/rules/pool-lacks.ts";
import { poolLack } from "../../messages/pool-lacks.ts";
import { listed } from "../../messages/format.ts";
import { closest } from "../../core/rules/did-you-mean.ts";
import { Ended, EXIT } from "../exit.ts";

/** The models that may play at a desk, by their settings alone: enough to refuse what cannot work before a ticket begins. */
export type DeskPool = Extract<ModelsLoaded, { outcome: "loaded" }> & {
  /** Those of the pool that play on this ticket. */
  readonly chosen: Extract<ModelsLoaded, { outcome: "loaded" }>["pool"];
};

/** How models are named. */
export const THREE_WAYS =
  "Set ANTHROPIC_API_KEY, or OPENAI_API_KEY (both is best: two vendors doubt better than one), or name models of your own in the file that COOP_CONFIG names (addresses of an Ollama are enough, no key is needed).";

/** Whether nobody has named any model yet, which is told otherwise than a setting that is wrong. */
export function namesNoModel(env: Environment): boolean {
  return !env.ANTHROPIC_API_KEY && !env.OPENAI_API_KEY && !env.COOP_CONFIG;
}

/** @param names models of the pool that may play; empty: all. @throws Ended */
export function poolHere(env: Environment, names: readonly string[]): DeskPool {
  const loaded = loadModels(env);
  if (loaded.outcome === "refused") {
    throw new Ended(EXIT.config, namesNoModel(env) ? `No model can be asked. ${THREE_WAYS}` : loaded.sentence);
  }
  for (const variable of new Set(loaded.keyless.map((one) => one.variable))) {
    const names = loaded.keyless.filter((one) => one.variable === variable).map(({ name }) => JSON.stringify(name));
    process.stderr.write(
      `The ${names.length === 1 ? "model" : "models"} ${listed(names)} ${names.length === 1 ? "is" : "are"} left out, because ${variable} is not set.\n`,
    );
  }
  const all = loaded.pool.map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Ended(EXIT.usage, unknownModel(unknown, all));
  const chosen = names.length > 0 ? loaded.pool.filter(({ name }) => names.includes(name)) : loaded.pool;
  if (chosen.length < 2)
    throw new Ended(
      EXIT.usage,
      "Two models are needed, because no model reviews its own work: give --model once more.",
    );
  return { ...loaded, chosen };
}

export function unknownModel(name: string, all: readonly string[]): string {
  const meant = closest(name, all);
  return `There is no model ${JSON.stringify(name)} in the pool${meant ? `; did you mean ${meant}?` : "."} It has ${all.join(", ")}.`;
}

/** What these models cannot do together, in words. */
export function lacksOf(pool: DeskPool["pool"]): string[] {
  const seats = pool.map(({ name, vendor, roles, agent }) => ({ name, vendor, roles, ...(agent ? WRITES : {}) }));
  return poolLacks(seats).map(poolLack);
}

const WRITES = { writesOnly: true } as const;
