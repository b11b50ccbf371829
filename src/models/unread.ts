import { isDeepStrictEqual } from "node:util";
import { writtenCalls } from "./heard-calls.ts";
import type { Question } from "./model.ts";
import type { ProviderError } from "./provider-error.ts";
import { spokenCalls } from "./spoken-calls.ts";
import type { MeantCall } from "./tool-calls.ts";
import type { Heard } from "./wires/wire.ts";

/**
 * Local servers read a model's marks of calls themselves, and fail where a model writes them a little otherwise: the answer
 * is lost, and the same question mostly ends in the same failure.
 */
const COULD_NOT_READ =
  /xml syntax error|expected element type|pars(?:e|ing) tool[ _-]?calls?|failed to parse (?:input|(?:the )?(?:model )?output)|failed to generate a tool call|harmony parser|unexpected token \d{1,9} while expecting/i;

/** Those of servers that have read the question; gateways say with others that they did not reach one. */
const UNREAD_STATUSES: readonly number[] = [400, 500];
/** A server says what failed at the beginning; behind it may stand the question. */
const OPENING_CHARS = 200;

export function isUnreadCall(error: ProviderError): boolean {
  return UNREAD_STATUSES.includes(error.status) && COULD_NOT_READ.test(error.message.slice(0, OPENING_CHARS));
}

/**
 * What the model wrote, where an error has a field of its own for it. Calls of tools are taken from there. An answer never is,
 * and neither is the end of the work: a reviewer's "approve" stands in an answer that a server gave as one, or nowhere.
 */
export function heardIn(generated: string, question: Question): Heard {
  const reported = { input: null, inputIs: "all", cached: null, written: null, output: null } as const;
  const heard = { text: generated, calls: [], echo: null, reported, served: null, all: generated };
  const names = question.tools.map(({ name }) => name);
  const calls = writtenCalls({ ...heard, ended: "whole" }, names);
  const isCall = calls.length > 0 && !calls.some(({ name }) => name === ENDING);
  return isCall && !standsIn(question, generated, calls, names)
    ? { ...heard, ended: "whole" }
    : { ...heard, text: "", ended: "unread" };
}
/** The tool that ends the work. */
const ENDING = "finish";

/** What somebody wrote into the question was not called by the model. */
function standsIn(
  { system, context, turns }: Question,
  generated: string,
  calls: MeantCall[],
  names: string[],
): boolean {
  const said = turns.flatMap((turn) => {
    if (turn.from === "user") return [turn.text];
    return turn.from === "tools" ? turn.results.map(({ text }) => text) : [];
  });
  const isCalled = (quoted: MeantCall) =>
    calls.some(({ name, args }) => name === quoted.name && isDeepStrictEqual(args, quoted.args));
  return [system, ...context, ...said].some(
    (text) => text.includes(generated.trim()) || spokenCalls(text, names).some(isCalled),
  );
}

/** An answer that is shorter than this is mostly cut off, and then paid for nothing. */
const AFFORDED_TOKENS_MIN = 2_000;

/** "You requested up to 16000 tokens, but can only afford 8123": there is money for a shorter answer. */
export function affordedIn(error: ProviderError): number | null {
  const tokens = Number(/can only afford (\d{1,8})/i.exec(error.message)?.[1] ?? NaN);
  return error.status === 402 && tokens >= AFFORDED_TOKENS_MIN ? tokens : null;
}
