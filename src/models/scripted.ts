import type { Model, Prices, Question, Reply, ToolCall } from "./model.ts";
import type { Script, ScriptEntry, ScriptTurn } from "./script.ts";
import { priced, textOf, type TokenCounts } from "./usage.ts";

/**
 * A model that says what its script says: for the demo, for tests, and for evil models that always do the worst.
 *
 * The answer is a pure function of the question, so that a replay, a resumed loop and a second worker get the same one.
 * It relies on what every prompt of ours has: `Role: <role>` as the first line of the system text, and `Task: <word>`
 * and `Round: <n>` in the header lines of the last context block that begins so. The place in the script is the number of turns that
 * the model has already taken.
 *
 * Usage is simulated: four characters count as a token and nothing is ever cached. With prices budgets work.
 */
export type ScriptedOptions = {
  readonly name: string;
  readonly vendor: string;
  readonly script: Script;
  /** Default: no price, budgets count tokens. */
  readonly prices?: Prices | null;
  readonly contextTokensMax?: number;
};

/** As large as today's real windows, so that a script is not cut where a real model would see everything. */
const CONTEXT_TOKENS_MAX = 1_000_000;
const CHARS_PER_TOKEN = 4;

export function scriptedModel(options: ScriptedOptions): Model {
  return {
    name: options.name,
    vendor: options.vendor,
    contextTokensMax: options.contextTokensMax ?? CONTEXT_TOKENS_MAX,
    prices: options.prices ?? null,
    // Not `async` work at all, but like every model it may be stopped before it is asked.
    ask: (question, signal) => Promise.resolve(signal?.aborted ? stopped(options.name) : replyTo(question, options)),
  };
}

function stopped(name: string): Reply {
  return { outcome: "unavailable", reason: `${name} was stopped before it answered.`, retryAfterMs: null };
}

/** What a script can tell of a question. */
type Place = {
  readonly role: string;
  readonly task: string;
  readonly round: number;
  readonly attempt: number;
  /** 1 for the model's first turn. */
  readonly turn: number;
};

export function placeOf(question: Question): Place {
  const head = headerOf(question.context.findLast((text) => text.startsWith("Task: ")) ?? "");
  const numbered = (name: string, otherwise: number) => {
    const value = Number(head.get(name));
    return Number.isInteger(value) && head.has(name) ? value : otherwise;
  };
  return {
    role: headerOf(question.system).get("Role") ?? "none",
    task: head.get("Task") ?? "none",
    round: numbered("Round", 0),
    attempt: numbered("Attempt", 1),
    turn: question.turns.filter((turn) => turn.from === "model").length + 1,
  };
}

/** `Word: value` lines until the first line of another form: free text below cannot pass for a header. */
function headerOf(text: string): ReadonlyMap<string, string> {
  const header = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^([A-Z][a-z]+): (.+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    if (!header.has(name)) header.set(name, value.trim());
  }
  return header;
}

function replyTo(question: Question, options: ScriptedOptions): Reply {
  const place = placeOf(question);
  const entry = options.script.find((one) => fits(one, place, question));
  const turn = entry?.turns[place.turn - 1];
  if (turn) return replyOf(turn, place, question, options);
  const { role, task, round, attempt } = place;
  const lacks = entry ? `ends before turn ${place.turn}` : "has no entry";
  return {
    outcome: "rejected",
    status: 404,
    reason: `The script of ${options.name} ${lacks} for role ${role}, task ${task}, round ${round}, attempt ${attempt}, turn ${place.turn}.`,
  };
}

function fits({ role, when = {} }: ScriptEntry, place: Place, question: Question): boolean {
  const { task, round, attempt, includes } = when;
  return (
    role === place.role &&
    (task === undefined || task === place.task) &&
    (round === undefined || round === place.round) &&
    (attempt === undefined || attempt === place.attempt) &&
    (includes === undefined || question.context.some((text) => text.includes(includes)))
  );
}

function replyOf(turn: ScriptTurn, place: Place, question: Question, options: ScriptedOptions): Reply {
  const usage = (output: string) => priced(simulatedCounts(question, output), options.prices ?? null);
  const answered = (text: string, toolCalls: ToolCall[] = []): Reply => {
    const output = [text, ...toolCalls.map((call) => JSON.stringify(call))].join("");
    return { outcome: "answered", text, toolCalls, echo: null, usage: usage(output) };
  };
  if ("say" in turn) return answered(turn.say);
  if ("garbage" in turn) return answered(turn.garbage);
  if ("call" in turn) {
    const calls = turn.call.map(({ name, args }, index) => ({ id: `call-${place.turn}-${index + 1}`, name, args }));
    return answered(turn.words ?? "", calls);
  }
  if ("refuse" in turn) return { outcome: "refused", reason: turn.refuse, usage: usage(turn.refuse) };
  if ("cutOff" in turn) return { outcome: "cut-off", text: turn.cutOff, usage: usage(turn.cutOff) };
  if ("unavailable" in turn)
    return { outcome: "unavailable", reason: turn.unavailable, retryAfterMs: turn.retryAfterMs ?? null };
  return answered(JSON.stringify(turn.answer ?? null));
}

function simulatedCounts(question: Question, output: string): TokenCounts {
  return {
    inputTokens: Math.ceil(textOf(question).length / CHARS_PER_TOKEN),
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: Math.ceil(output.length / CHARS_PER_TOKEN),
  };
}
