import { z } from "zod";
import { type Role, roleSchema } from "../core/ledger/ids.ts";
import { castAt } from "../core/rules/rotate.ts";
import { agentProblem } from "./agent-entry.ts";
import { DEFAULT_POOLS, poolEntrySchema, type PoolEntry } from "./catalogue.ts";
import type { Proxies } from "./outbound.ts";
import { DOORS, type ReadyEntry } from "./doors.ts";
import { sameModels } from "./same-model.ts";

/** The pool of the server's settings, made ready: keys and addresses found, and nothing in it that cannot work. */
export type ConfiguredModel = ReadyEntry & { readonly roles: readonly Role[] | null };

/** No model reviews its own work. */
const MODELS_MIN = 2;

export const configuredSchema = z
  .array(poolEntrySchema.extend({ roles: z.array(roleSchema).min(1).optional() }))
  .min(MODELS_MIN)
  .optional();

type Entry = PoolEntry & { readonly roles?: Role[] | undefined };
type Variables = Readonly<Record<string, string | undefined>>;

export type Found =
  | { readonly outcome: "found"; readonly pool: readonly ConfiguredModel[]; readonly keyless: readonly Keyless[] }
  | { readonly outcome: "refused"; readonly sentence: string };

/** A model of the settings that is left out, and the variable that would bring it back. */
export type Keyless = { readonly name: string; readonly variable: string };

/**
 * The configured pool, or the default one for the keys that are there. Two models are needed: nobody reviews themselves.
 * One without its key is left out where the others can still fill every role; where they cannot, the missing key is told. With the
 * key of one vendor only, the default models of the other one are left out, and told in the same way.
 * @param given the environment, without empty variables
 */
export function configuredPool(configured: readonly Entry[] | null, given: Variables): Found {
  const entries = configured ?? defaultPool(given);
  if (!entries)
    return refused(
      "ANTHROPIC_API_KEY and OPENAI_API_KEY are both missing. Set both (best: two vendors), one of them, or a pool in COOP_CONFIG.",
    );
  const twice = entries.find((one, index) => entries.findIndex((other) => other.name === one.name) !== index);
  if (twice) return refused(`COOP_CONFIG names the model "${twice.name}" twice.`);
  const agent = entries.map(agentProblem).find((one) => one !== null);
  if (agent !== undefined) return refused(agent);
  if (entries.every((one) => one.agent !== undefined)) return refused(ONLY_AGENTS);
  const proxy = wrongProxy(given);
  if (proxy !== null) return refused(proxy);
  const able = entries.filter((entry) => keyOf(entry, given) !== null);
  const isEnough =
    able.filter((one) => one.agent === undefined).length >= MODELS_MIN && (fillsSeats(able) || !fillsSeats(entries));
  const ready = (isEnough ? able : entries).map((entry) => readyEntry(entry, entries, given));
  // All at once: whoever sets one key wants to hear of the other.
  const wrong = new Set(ready.filter((one) => typeof one === "string"));
  if (wrong.size > 0) return refused([...wrong].join(" "));
  const pool = ready.filter((one) => typeof one !== "string");
  const same = sameModels(pool);
  if (same) return refused(sameSentence(same));
  const wanted = configured ?? DEFAULT_POOLS.both;
  const keyless = isEnough ? wanted.filter((entry) => !able.includes(entry)) : [];
  return { outcome: "found", pool, keyless: keyless.map((one) => ({ name: one.name, variable: keyVariable(one) })) };
}

/** Whether every role finds a model, and every author somebody else to doubt; a policy's pins may fill what `roles` leave open. */
function fillsSeats(entries: readonly Entry[]): boolean {
  const pool = entries.map((entry) => ({ name: entry.name, vendor: entry.vendor, roles: rolesOf(entry) }));
  // Which place it is decides who plays, and not whether somebody can.
  return castAt(0, pool) !== null;
}

function rolesOf({ agent, roles }: Entry): readonly Role[] | null {
  return agent ? ["implementer"] : (roles ?? null);
}

function refused(sentence: string): Found {
  return { outcome: "refused", sentence };
}

const ONLY_AGENTS =
  "COOP_CONFIG names coding agents only. They write; add at least one model without `agent` that plans and reviews.";

function sameSentence([one, other]: readonly [ConfiguredModel, ConfiguredModel]): string {
  return `COOP_CONFIG has one model under two names: "${one.name}" and "${other.name}" are both ${one.model === other.model ? one.model : `one model (${one.model}, ${other.model})`} at the same address. A model cannot review its own work, so remove one of them.`;
}

/** @returns the entry with its key and address, or what it lacks */
function readyEntry(entry: Entry, pool: readonly Entry[], given: Variables): ConfiguredModel | string {
  const door = DOORS[entry.api];
  const baseUrl = entry.baseUrl ?? (door.baseUrlVariable === null ? undefined : given[door.baseUrlVariable]);
  if (baseUrl !== undefined && !isWebAddress(baseUrl))
    return entry.baseUrl === undefined
      ? `${door.baseUrlVariable} must begin with https:// or http://. Give the whole address, such as https://api.example.org/v1.`
      : `COOP_CONFIG: the \`baseUrl\` of the model "${entry.name}" must begin with https:// or http://.`;
  const complete = { ...entry, ...(baseUrl ? { baseUrl } : {}) };
  const lacking = door.needs.find((field) => complete[field] === undefined);
  if (lacking) return `COOP_CONFIG: the model "${entry.name}" needs \`${lacking}\` with the api ${entry.api}.`;
  const apiKey = keyOf(entry, given);
  if (apiKey === null) return keyMissing(keyVariable(entry), pool);
  return {
    ...complete,
    apiKey,
    proxies: proxiesIn(given),
    roles: rolesOf(entry),
  };
}

function keyOf(entry: Entry, given: Variables): string | null {
  return given[keyVariable(entry)] ?? (mayLackKey(entry) ? "none" : null);
}

function keyVariable({ api, apiKeyEnv }: Entry): string {
  return apiKeyEnv ?? DOORS[api].keyVariable;
}

/** Local servers that speak the OpenAI API mostly want no key, and clouds find their own. */
function mayLackKey({ api, apiKeyEnv, baseUrl }: Entry): boolean {
  return Boolean(baseUrl && !apiKeyEnv) || DOORS[api].key === "found-by-the-cloud";
}

function keyMissing(variable: string, pool: readonly Entry[]): string {
  const names = pool.filter((one) => keyVariable(one) === variable && !mayLackKey(one)).map(({ name }) => `"${name}"`);
  return `${variable} is missing, but the ${names.length === 1 ? "model" : "models"} ${names.join(", ")} ${names.length === 1 ? "needs" : "need"} it.`;
}

/** As the requests will need it: a value that is no address would throw with the first one. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** From the variables that other programs take them from; each may be written in small letters. */
function proxiesIn(given: Variables): Proxies {
  const either = (name: string) => given[name.toLowerCase()] ?? given[name] ?? null;
  const all = either("ALL_PROXY");
  return { http: either("HTTP_PROXY") ?? all, https: either("HTTPS_PROXY") ?? all, none: either("NO_PROXY") };
}

/** Its value may hold a password, so only its name is told. */
function wrongProxy(given: Variables): string | null {
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [name.toLowerCase(), name]);
  const isAddress = (text: string) => /^(?:https?|socks(?:5h?)?):\/\//i.test(text) && URL.canParse(text);
  const wrong = names.find((name) => given[name] !== undefined && !isAddress(given[name]));
  return wrong === undefined
    ? null
    : `${wrong} must be the whole address of a proxy of HTTP (http://, https://) or SOCKS 5 (socks5://, socks5h://), such as http://proxy.example.org:3128.`;
}

function defaultPool(given: Variables): readonly Entry[] | null {
  if (given.ANTHROPIC_API_KEY && given.OPENAI_API_KEY) return DEFAULT_POOLS.both;
  if (given.ANTHROPIC_API_KEY) return DEFAULT_POOLS.anthropic;
  return given.OPENAI_API_KEY ? DEFAULT_POOLS.openai : null;
}
