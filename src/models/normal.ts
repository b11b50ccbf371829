import { seen } from "../hygiene/seen.ts";
import { isBlank } from "./lenient.ts";
import type { ToolCall, ToolResult, Turn } from "./model.ts";

/**
 * What was said so far in the form that goes to every provider. However odd the turns are, also those that an old journal
 * gives again, in this form no provider finds anything to refuse: each call has an id of its own, each call has exactly
 * one result, results follow their calls, and no turn is empty.
 */
export function normalTurns(turns: readonly Turn[]): Turn[] {
  const normal: Turn[] = [];
  const used = new Set<string>();
  turns.forEach((turn, index) => {
    if (turn.from === "model") {
      const toolCalls = turn.toolCalls.map((call, nth) => ({ ...call, id: ownId(call.id, used, index, nth) }));
      normal.push({ ...turn, toolCalls });
      const next = turns[index + 1];
      if (toolCalls.length > 0 && next?.from !== "tools")
        normal.push({ from: "tools", results: resultsFor(toolCalls, turn.toolCalls, []) });
    } else if (turn.from === "tools") {
      const asked = turns[index - 1];
      const calls = normal.at(-1);
      // Results that answer nothing are refused, and nobody needs them.
      if (asked?.from !== "model" || calls?.from !== "model" || calls.toolCalls.length === 0) return;
      normal.push({ from: "tools", results: resultsFor(calls.toolCalls, asked.toolCalls, turn.results) });
    } else if (!isBlank(turn.text)) normal.push(turn);
  });
  return normal;
}

/** What every provider takes as an id of a call. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Nine letters and digits: the strictest rule in use, Mistral's. */
function ownId(given: string, used: Set<string>, turn: number, nth: number): string {
  let id = ID.test(given) ? given : "";
  for (let again = 0; id === "" || used.has(id); again += 1) id = `c${pad(turn, 4)}${pad(nth + again * 64, 4)}`;
  used.add(id);
  return id;
}

/** An id as Mistral's servers want it, the same for the same place. */
export function nineChars(turns: readonly Turn[]): Turn[] {
  return turns.map((turn, index) => {
    if (turn.from === "model")
      return { ...turn, toolCalls: turn.toolCalls.map((call, nth) => ({ ...call, id: nine(call.id, index, nth) })) };
    if (turn.from === "tools")
      return { ...turn, results: turn.results.map((one, nth) => ({ ...one, id: nine(one.id, index - 1, nth) })) };
    return turn;
  });
}
function nine(id: string, turn: number, nth: number): string {
  return /^[A-Za-z0-9]{9}$/.test(id) ? id : `c${pad(turn, 4)}${pad(nth, 4)}`;
}
function pad(number: number, length: number): string {
  return number.toString(36).padStart(length, "0").slice(-length);
}

const NO_RESULT = seen("(No result.)", "line");

/** By their place, because ids may have been empty or the same; by id where a result is missing. */
function resultsFor(
  calls: readonly ToolCall[],
  asked: readonly ToolCall[],
  results: readonly ToolResult[],
): ToolResult[] {
  const byPlace = results.length === calls.length;
  return calls.map((call, nth) => {
    const result = byPlace ? results[nth] : results.find((one) => one.id === asked[nth]?.id);
    return { id: call.id, text: result?.text ?? NO_RESULT, failed: result?.failed ?? true };
  });
}

/** One call a turn, each with its result behind it, for models whose templates know no more. */
export function oneCallATurn(turns: readonly Turn[]): Turn[] {
  return turns.flatMap((turn, index): Turn[] => {
    if (turn.from === "tools") {
      const asked = turns[index - 1];
      return asked?.from === "model" && asked.toolCalls.length > 1 ? [] : [turn];
    }
    const next = turns[index + 1];
    if (turn.from === "user" || turn.toolCalls.length < 2 || next?.from !== "tools") return [turn];
    return turn.toolCalls.flatMap((call, nth): Turn[] => [
      { ...turn, text: nth === 0 ? turn.text : "", toolCalls: [call], echo: null },
      { from: "tools", results: next.results.slice(nth, nth + 1) },
    ]);
  });
}

/** Without anything that only its provider understands. */
export function plainTurns(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => (turn.from === "model" ? { ...turn, echo: null } : turn));
}

/** What stands for a turn in which a model said nothing that may be sent back. */
export const NOTHING_SAID = "(nothing)";
