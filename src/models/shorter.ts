import { type Seen, seen } from "../hygiene/seen.ts";
import type { Question, Turn } from "./model.ts";

/** What a model works with right now; older results give way first. */
const KEPT_TURNS = 6;
const DROPPED = seen("(This result was dropped to save room. Call the tool again if you still need it.)", "line");
/** Each time that a question is still too large, every text of it keeps at most this many characters. */
const CHARS_KEPT = [24_000, 8_000, 2_500] as const;
export const SHORTENINGS_MAX = CHARS_KEPT.length;

/**
 * A question made to fit a window that turned out smaller than was believed. First the old results go, then all long
 * texts lose their middles, a little more each time; the prompt of the role stays whole.
 */
export function shortened(question: Question, times: number): Question {
  const charsMax = CHARS_KEPT[Math.min(times, SHORTENINGS_MAX) - 1] ?? CHARS_KEPT[0];
  const last = question.turns.length - KEPT_TURNS;
  const turns = question.turns.map((turn, index): Turn => {
    if (turn.from === "user") return { ...turn, text: middleCut(turn.text, charsMax) };
    if (turn.from === "tools") {
      const cut = (text: Seen) => (index < last && text.length > DROPPED.length ? DROPPED : middleCut(text, charsMax));
      return { ...turn, results: turn.results.map((one) => ({ ...one, text: cut(one.text) })) };
    }
    return turn;
  });
  return { ...question, turns, context: question.context.map((text) => middleCut(text, charsMax * 2)) };
}

function middleCut(text: Seen, charsMax: number): Seen {
  if (text.length <= charsMax) return text;
  const half = Math.floor(charsMax / 2);
  const left = `(… ${text.length - charsMax} characters were left out here to save room …)`;
  return seen(`${text.slice(0, half)}\n${left}\n${text.slice(-half)}`, "code");
}
