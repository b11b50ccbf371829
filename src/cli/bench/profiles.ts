import type { Model, Prices, Question, Usage } from "../../models/model.ts";
import { priced, textOf } from "../../models/usage.ts";

/**
 * What a scripted model pretends to take: one profile a model, declared here, the same for a team and for one model alone.
 * The numbers are round guesses at what such models do and were never fitted to a result; everything that rests on them is
 * said to be simulated. The prices are those of the catalogue.
 */
export type Profile = {
  /** Until the first word, however short the question. */
  readonly firstTokenMs: number;
  /** Tokens a second of a question that come from no cache. */
  readonly readsPerSecond: number;
  readonly writesPerSecond: number;
};

const LARGE: Profile = { firstTokenMs: 1_500, readsPerSecond: 5_000, writesPerSecond: 60 };
const SMALL: Profile = { firstTokenMs: 800, readsPerSecond: 8_000, writesPerSecond: 120 };
/** By the names of the scripted pool (`demo-models.ts`). */
const PROFILES: Readonly<Record<string, Profile>> = {
  "scripted-opus": LARGE,
  "scripted-sol": LARGE,
  "scripted-terra": SMALL,
};

export function profileOf(name: string): Profile {
  const profile = PROFILES[name];
  if (!profile) throw new Error(`The scripted model ${name} has no profile in bench/profiles.ts`);
  return profile;
}

export function simulatedMs(usage: Usage, { firstTokenMs, readsPerSecond, writesPerSecond }: Profile): number {
  const read = usage.inputTokens + usage.cacheWriteTokens;
  return Math.round(firstTokenMs + (read / readsPerSecond + usage.outputTokens / writesPerSecond) * 1000);
}

/** Four characters count as a token, as in the scripted models themselves. */
const CHARS_PER_TOKEN = 4;
/** The providers' caches keep no shorter beginning than this. */
const CACHED_TOKENS_MIN = 1_024;

/**
 * Takes from the price of a question what a provider would have served from its cache: the longest beginning that this
 * model was sent before in the same run.
 */
export function withCache(model: Model): Model {
  const sent: string[] = [];
  const ask: Model["ask"] = async (question, signal, watch) => {
    const reply = await model.ask(question, signal, watch);
    const cached = cachedTokens(question, sent);
    if (!("usage" in reply)) return reply;
    return { ...reply, usage: cachedUsage(reply.usage, cached, model.prices ?? null) };
  };
  return { ...model, ask };
}

function cachedTokens(question: Question, sent: string[]): number {
  const text = textOf(question);
  const shared = Math.max(0, ...sent.map((before) => sharedLength(before, text)));
  sent.push(text);
  const tokens = Math.floor(shared / CHARS_PER_TOKEN);
  return tokens >= CACHED_TOKENS_MIN ? tokens : 0;
}

function sharedLength(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  let same = 0;
  while (same < end && one.charCodeAt(same) === other.charCodeAt(same)) same++;
  return same;
}

function cachedUsage(usage: Usage, cached: number, prices: Prices | null): Usage {
  const cachedInputTokens = Math.min(cached, usage.inputTokens);
  return priced({ ...usage, inputTokens: usage.inputTokens - cachedInputTokens, cachedInputTokens }, prices);
}
