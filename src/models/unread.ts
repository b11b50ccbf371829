import type { Question } from "./model.ts";
import type { ProviderError } from "./provider-error.ts";
import { markedCalls } from "./spoken-calls.ts";
import type { Heard } from "./wires/wire.ts";

/**
 * Local servers read a model's marks of calls themselves, and fail where a model writes them a little otherwise: the answer
 * is lost, and the same question mostly ends in the same failure.
 */
const COULD_NOT_READ =
  /xml syntax error|expected element type|pars(?:e|ing) tool[ _-]?calls?|failed to parse (?:input|(?:the )?(?:model )?output)|failed to generate a tool call|harmony parser|unexpected token \d{1,9} while expecting|looking for beginning of value/i;

export function isUnreadCall(error: ProviderError): boolean {
  return COULD_NOT_READ.test(error.message);
}

/** What the model said, where an error tells it: in a field of its own, or a call in the marks of its family. */
export function generatedIn(error: ProviderError, { tools, turns }: Question): string | null {
  if (error.generated) return error.generated;
  if (!isUnreadCall(error)) return null;
  const calls = markedCalls(
    error.message,
    tools.map(({ name }) => name),
  );
  // A server that cannot read what was said before quotes that: nobody calls it once more.
  const before = new Set(turns.flatMap((turn) => (turn.from === "model" ? turn.toolCalls : [])).map(spelt));
  return calls.length === 0 || calls.some((call) => before.has(spelt(call))) ? null : error.message;
}

/** An answer of which only its text is known, because the server could not read it. */
export function spokenOnly(text: string): Heard {
  const reported = { input: null, inputIs: "all", cached: null, written: null, output: null } as const;
  return { ended: "whole", text, calls: [], echo: null, reported, served: null, all: text };
}

function spelt({ name, args }: { readonly name: string; readonly args: unknown }): string {
  return JSON.stringify([name, args]);
}

/** An answer that is shorter than this is mostly cut off, and then paid for nothing. */
const AFFORDED_TOKENS_MIN = 2_000;

/** "You requested up to 16000 tokens, but can only afford 8123": there is money for a shorter answer. */
export function affordedIn(error: ProviderError): number | null {
  const tokens = Number(/can only afford (\d{1,8})/i.exec(error.message)?.[1] ?? NaN);
  return error.status === 402 && tokens >= AFFORDED_TOKENS_MIN ? tokens : null;
}
