import { z } from "zod";
import { IDLE_MS } from "./call-timeouts.ts";
import { extrasOf, FAMILIES, familyAt, lacksOf } from "./families.ts";
import { type Api, APIS, CAPABILITIES, CODING_AGENTS, type ModelSpec } from "./spec.ts";
import type { Prices } from "./model.ts";

/**
 * What is known about models, and how an entry of the configured pool is completed from it. Why these models, and where
 * each number comes from: docs/decisions/0003-default-models.md.
 *
 * A price that no published source confirmed is `null`: it is never guessed. The operator sets it in the server config
 * (`prices` of the model), and until then budgets count that model's tokens.
 */

/** Micro-dollars for a million tokens: a thousand dollars. */
const PRICE_MAX = 1_000_000_000;
/** Longer names are mistakes: a sentence, or a key in the wrong field. */
const VENDOR_CHARS_MAX = 64;
const MODEL_CHARS_MAX = 200;
const HEADER_CHARS_MAX = 1_000;
/** An hour; whoever waits longer waits for nothing. */
const PATIENCE_SECONDS_MAX = 3_600;

/** A command line; what is longer belongs into a script. */
const COMMAND_CHARS_MAX = 2_000;
/** With less no question of ours fits, and no answer. */
const CONTEXT_TOKENS_MIN = 1_000;
const OUTPUT_TOKENS_MIN = 256;
/** Four hours: longer runs are lost, not slow. */
const RUN_MINUTES_MAX = 240;
const RUN_USD_MAX = 1_000;

export type KnownModel = {
  readonly vendor: string;
  readonly api: Api;
  readonly prices: Prices | null;
  readonly contextTokensMax: number;
  readonly outputTokensMax: number;
};

/**
 * Above 272,000 input tokens OpenAI charges the whole request twice, and above 100,000 Anthropic's small model five
 * times. One price a model is only true below; the distance allows for our estimate of tokens being too low.
 */
const BELOW_272K = 256_000;
const BELOW_100K = 90_000;

const anthropic = (prices: Prices | null, contextTokensMax: number, outputTokensMax = 128_000): KnownModel => ({
  ...{ vendor: "anthropic", api: "anthropic", prices, contextTokensMax, outputTokensMax },
});
const openai = (prices: Prices | null): KnownModel => ({
  ...{ vendor: "openai", api: "openai-responses", prices, contextTokensMax: BELOW_272K, outputTokensMax: 128_000 },
});
const usd = (input: number, cachedInput: number, cacheWrite: number, output: number): Prices => ({
  input: micro(input),
  cachedInput: micro(cachedInput),
  cacheWrite: micro(cacheWrite),
  output: micro(output),
});
function micro(dollars: number): number {
  return Math.round(dollars * 1_000_000);
}

/** By the provider's name. Prices in dollars a million tokens: input, cached input, cache write (shortest), output. */
export const CATALOGUE: Readonly<Record<string, KnownModel>> = {
  "claude-opus-5-5": anthropic(usd(4, 0.2, 5, 20), 1_000_000),
  "claude-opus-5": anthropic(usd(5, 0.5, 6.25, 25), 1_000_000),
  "claude-opus-4-5": anthropic(usd(5, 0.5, 6.25, 25), 200_000, 64_000),
  "claude-sonnet-5-5": anthropic(usd(2, 0.2, 2.5, 10), 1_000_000),
  "claude-sonnet-5": anthropic(usd(2, 0.2, 2.5, 10), 1_000_000),
  // Its cache-read price was found in no source.
  "claude-haiku-5-5": anthropic(null, BELOW_100K),
  "claude-haiku-4-5": anthropic(usd(1, 0.1, 1.25, 5), 200_000, 64_000),
  "gpt-6-astra": openai(usd(10, 1, 12.5, 50)),
  "gpt-6.1-sol": openai(usd(2, 0.1, 2.5, 10)),
  "gpt-6-sol": openai(usd(2, 0.2, 2.5, 10)),
  "gpt-6.1-terra": openai(usd(1, 0.05, 1.25, 5)),
};

/** For a model that is not in the catalogue: what nearly every server in use takes. */
const UNKNOWN_CONTEXT_TOKENS_MAX = 128_000;
const UNKNOWN_OUTPUT_TOKENS_MAX = 16_000;

const price = z.number().int().min(0).max(PRICE_MAX);
const pricesSchema = z.strictObject({
  input: price,
  cachedInput: price.nullable().default(null),
  cacheWrite: price.nullable().default(null),
  output: price,
});

/** One model of the pool in the server config. Prices in micro-dollars a million tokens: $2 is 2000000. */
export const poolEntrySchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "must be letters, digits, dots, dashes or underscores"),
  /** Who trained it. Two models of one vendor do not check each other well. */
  vendor: z.string().min(1).max(VENDOR_CHARS_MAX),
  api: z.enum(APIS),
  /** As the provider spells it. */
  model: z.string().min(1).max(MODEL_CHARS_MAX),
  baseUrl: z.url({ protocol: /^https?$/, error: "must begin with https:// or http://" }).optional(),
  /** Name of the variable that holds the key; default: that of the API's vendor. */
  apiKeyEnv: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .optional(),
  prices: pricesSchema.optional(),
  contextTokensMax: z.number().int().min(CONTEXT_TOKENS_MIN).optional(),
  outputTokensMax: z.number().int().min(OUTPUT_TOKENS_MIN).optional(),
  /** Which kind of server it is, where its address does not say so. */
  family: z.enum(Object.keys(FAMILIES) as [string, ...string[]]).optional(),
  /** What it takes beyond what nearly all do; replaces what is known of the family. */
  capabilities: z.array(z.enum(CAPABILITIES)).optional(),
  /** What it does not take of what nearly all do; replaces what is known of the family. */
  lacks: z.array(z.enum(CAPABILITIES)).optional(),
  /** Sent with each request. Keys do not belong in here. */
  extraHeaders: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), z.string().max(HEADER_CHARS_MAX)).optional(),
  /** Fields of each request that this server knows, such as `temperature`. */
  extraBody: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), z.json()).optional(),
  /** So long the first word of an answer may take: slow machines read a long question for many minutes. */
  firstTokenSeconds: z.number().min(1).max(PATIENCE_SECONDS_MAX).optional(),
  /** So long an answer that has begun may be silent. */
  idleSeconds: z.number().min(1).max(PATIENCE_SECONDS_MAX).optional(),
  /** Of Azure's API. */
  apiVersion: z
    .string()
    .regex(/^[0-9a-z.-]{1,40}$/)
    .optional(),
  /** Of AWS or Google. */
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  /** Google's project. */
  project: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  /** A coding agent that plays the Implementer with this model, in the sandbox. */
  agent: z.enum(CODING_AGENTS).optional(),
  /** Where the agent's program is: a name on the PATH or a whole path. Absent: the name that its vendor gave it. */
  program: z.string().min(1).max(MODEL_CHARS_MAX).optional(),
  /** With `agent: command`: the shell command. */
  command: z.string().min(1).max(COMMAND_CHARS_MAX).optional(),
  /** So long an agent may work on one round. */
  runMinutesMax: z.number().min(0.05).max(RUN_MINUTES_MAX).optional(),
  /** So much one round of an agent may cost; absent: what the ticket's budget leaves. */
  runUsdMax: z.number().min(0.01).max(RUN_USD_MAX).optional(),
});
export type PoolEntry = z.infer<typeof poolEntrySchema>;

/** The config goes first, then the catalogue, then what an unknown model most likely is. */
export function resolvePoolEntry(entry: PoolEntry): ModelSpec {
  const known = Object.hasOwn(CATALOGUE, entry.model) ? CATALOGUE[entry.model] : undefined;
  const family = entry.family ?? familyAt(entry.api, entry.baseUrl ?? null);
  return {
    name: entry.name,
    vendor: entry.vendor,
    api: entry.api,
    model: entry.model,
    baseUrl: entry.baseUrl ?? null,
    prices: entry.prices ?? known?.prices ?? null,
    contextTokensMax: entry.contextTokensMax ?? known?.contextTokensMax ?? UNKNOWN_CONTEXT_TOKENS_MAX,
    outputTokensMax: entry.outputTokensMax ?? known?.outputTokensMax ?? UNKNOWN_OUTPUT_TOKENS_MAX,
    family: entry.family ?? null,
    capabilities: entry.capabilities ?? extrasOf(entry.api, family),
    lacks: entry.lacks ?? lacksOf(family),
    extraHeaders: entry.extraHeaders ?? {},
    extraBody: entry.extraBody ?? {},
    firstTokenMs: entry.firstTokenSeconds === undefined ? null : entry.firstTokenSeconds * 1_000,
    idleMs: entry.idleSeconds === undefined ? IDLE_MS : entry.idleSeconds * 1_000,
    apiVersion: entry.apiVersion ?? null,
    region: entry.region ?? null,
    project: entry.project ?? null,
  };
}

const OPUS = { name: "opus", vendor: "anthropic", api: "anthropic", model: "claude-opus-5-5" } as const;
const SONNET = { name: "sonnet", vendor: "anthropic", api: "anthropic", model: "claude-sonnet-5-5" } as const;
const SOL = { name: "sol", vendor: "openai", api: "openai-responses", model: "gpt-6.1-sol" } as const;
const TERRA = { name: "terra", vendor: "openai", api: "openai-responses", model: "gpt-6.1-terra" } as const;

/**
 * The pool when the server config names none, by which keys are there. With both it has four models of two vendors, the
 * vendors in turn, so that whoever writes is doubted by two others that differ. Two models at least: nobody reviews themselves.
 */
export const DEFAULT_POOLS: Readonly<Record<"both" | "anthropic" | "openai", readonly PoolEntry[]>> = {
  both: [OPUS, SOL, SONNET, TERRA],
  anthropic: [OPUS, SONNET],
  openai: [SOL, TERRA],
};
