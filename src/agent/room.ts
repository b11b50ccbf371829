import { BYTES_PER_TOKEN } from "../core/rules/context-budget.ts";
import { seen } from "../hygiene/seen.ts";
import type { Question, ToolCall, Turn } from "../models/model.ts";
import { estimateTokens } from "../core/rules/context-budget.ts";
import type { Run } from "./consultation.ts";
import { questionTokens, tokensOf } from "./transcript.ts";

/**
 * Room in a model's window. What a loop has read and written long ago gives way first, the oldest first; what the model
 * works with right now stays as long as it can. All of it depends on nothing but the turns, so that a resumed loop drops
 * the same and asks the same question; and much is freed at once, so that the provider's cache is seldom broken.
 */
const FREED_SHARE = 0.2;
/** Turns at the end that stay whole; in a window too small for them, the last two do. */
const KEPT_TURNS = [6, 2];
/** One turn's results may take half of what briefing and answer leave: the next turn has to fit as well. */
const TURN_SHARE = 0.5;
/** Less tells a model nothing. */
const RESULT_BYTES_MIN = 1_000;
/** Of an argument that gave way, enough to see what it was. */
const ARGUMENT_CHARS_KEPT = 200;

const DROPPED = seen("(This result was dropped to save room. Call the tool again if you still need it.)", "line");

/** The next question, within the window if that can be done. */
export function fittingQuestion<A>(run: Run<A>): Question {
  const question = { ...run.question, turns: [...run.state.turns] };
  const excess = questionTokens(question) + question.outputTokensMax - run.options.model.contextTokensMax;
  if (excess <= 0) return question;
  makeRoom(run, excess);
  return { ...question, turns: [...run.state.turns] };
}

/** @returns whether anything could be dropped */
export function makeRoom<A>({ state, options }: Run<A>, tokensNeeded: number): boolean {
  const before = sumOf(state.turns);
  let left = tokensNeeded + Math.floor(options.model.contextTokensMax * FREED_SHARE);
  for (const kept of KEPT_TURNS) {
    const turns = withoutOld(state.turns, left, kept);
    left -= sumOf(state.turns) - sumOf(turns);
    state.turns = turns;
    if (before - sumOf(turns) >= tokensNeeded) break;
  }
  return sumOf(state.turns) < before;
}

/** Bytes that the results of the coming turn may have together. */
export function turnBytesMax<A>({ options, question }: Run<A>): number {
  const head = questionTokens({ ...question, turns: [] });
  const room = (options.model.contextTokensMax - head - question.outputTokensMax) * TURN_SHARE;
  return Math.max(RESULT_BYTES_MIN, Math.floor(room * BYTES_PER_TOKEN));
}

/** What one result may have when so much of its turn is left; 0 when that is too little to be of use. */
export function resultBytesMax(limit: number, leftOfTurn: number): number {
  return leftOfTurn < Math.min(limit, RESULT_BYTES_MIN) ? 0 : Math.min(limit, leftOfTurn);
}

function sumOf(turns: readonly Turn[]): number {
  return turns.reduce((sum, turn) => sum + tokensOf(turn), 0);
}

function withoutOld(turns: readonly Turn[], tokensToFree: number, kept: number): Turn[] {
  let left = tokensToFree;
  return turns.map((turn, index) => {
    if (left <= 0 || index >= turns.length - kept) return turn;
    const shorter = shortened(turn);
    const gain = tokensOf(turn) - tokensOf(shorter);
    if (gain <= 0) return turn;
    left -= gain;
    return shorter;
  });
}

function shortened(turn: Turn): Turn {
  if (turn.from === "user") return turn;
  if (turn.from === "tools") {
    const results = turn.results.map((one) =>
      estimateTokens(one.text) > estimateTokens(DROPPED) ? { ...one, text: DROPPED } : one,
    );
    return { ...turn, results };
  }
  // What the provider wants to see again holds the same arguments once more; a turn this old is told in our own form.
  return { ...turn, echo: null, toolCalls: turn.toolCalls.map(shortenedCall) };
}

function shortenedCall(call: ToolCall): ToolCall {
  if (typeof call.args !== "object" || call.args === null || Array.isArray(call.args)) return call;
  const args = Object.entries(call.args).map(([key, value]): [string, unknown] => [key, shortenedValue(value)]);
  return { ...call, args: Object.fromEntries(args) };
}

function shortenedValue(value: unknown): unknown {
  if (typeof value !== "string" || value.length <= ARGUMENT_CHARS_KEPT * 2) return value;
  return `${value.slice(0, ARGUMENT_CHARS_KEPT)}… (${value.length - ARGUMENT_CHARS_KEPT} more characters were sent and dropped here to save room)`;
}
