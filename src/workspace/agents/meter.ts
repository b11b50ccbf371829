import { estimateTokens } from "../../core/rules/context-budget.ts";
import { servedIn } from "../../core/rules/provider-words.ts";
import type { AgentCounts } from "../coding-agent.ts";
import { fieldsIn } from "./kind.ts";

/**
 * What a call of a coding agent took, read from the answer on its way in. Providers say it as a field of one JSON object
 * or somewhere in a stream of events; of several the highest counts, because streams count up. An answer that says
 * nothing, or broke off, was not free: what lacks is estimated on the high side.
 */
export type Metered = { readonly counts: AgentCounts; readonly served: string | null };

/** @param atWorst output tokens that the call may have taken, where its answer broke off and its end is not known */
export function meter(path: string, request: string, answer: string, atWorst: number | null = null): Metered {
  const bodies = bodiesIn(answer);
  const seen = bodies.flatMap((body) => [body, fieldsIn(body.message), fieldsIn(body.response)]);
  const usages = seen.map((one) => fieldsIn(one.usage));
  const served = seen.map((one) => servedIn(one.model)).find((one) => one !== null) ?? null;
  const highest = (...names: string[]) =>
    Math.max(0, ...usages.flatMap((one) => names.map((name) => countAt(one, name))));
  const cached = highest(
    "cache_read_input_tokens",
    "input_tokens_details.cached_tokens",
    "prompt_tokens_details.cached_tokens",
  );
  const written = highest("cache_creation_input_tokens", "input_tokens_details.cache_write_tokens");
  const input = highest("input_tokens", "prompt_tokens");
  const output = highest("output_tokens", "completion_tokens");
  // Anthropic counts what came from a cache beside the rest, the others count it in.
  const uncached = path.startsWith("/messages") ? input : Math.max(0, input - cached - written);
  const missing = input + cached + written === 0;
  const silent = output <= 1 && words(answer, bodies) > 1;
  const known = silent ? words(answer, bodies) : output;
  const counts = {
    inputTokens: missing ? estimateTokens(request) : uncached,
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    outputTokens: Math.max(known, atWorst ?? 0),
  };
  return {
    counts: missing || silent || atWorst !== null ? { ...counts, estimated: true } : counts,
    served,
  };
}

/** A stream has about one token in an event; an object is estimated like any text. */
function words(answer: string, bodies: readonly object[]): number {
  return bodies.length > 1 ? bodies.length : estimateTokens(answer);
}

function bodiesIn(answer: string): ReturnType<typeof fieldsIn>[] {
  const whole = objectIn(answer);
  if (whole) return [whole];
  return answer.split("\n").flatMap((line) => {
    const data = line.startsWith("data:") ? objectIn(line.slice("data:".length)) : null;
    return data ? [data] : [];
  });
}

function objectIn(text: string): ReturnType<typeof fieldsIn> | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    return fieldsIn(JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** No request of any model has a billion tokens: a larger number counts something else. */
const COUNT_MAX = 1_000_000_000;

function countAt(usage: Readonly<Record<string, unknown>>, name: string): number {
  const value = name.split(".").reduce<unknown>((one, key) => fieldsIn(one)[key], usage);
  return typeof value === "number" && value >= 0 && value <= COUNT_MAX ? Math.ceil(value) : 0;
}
