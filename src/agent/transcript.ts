import { estimateTokens } from "../core/rules/context-budget.ts";
import type { Question, Turn } from "../models/model.ts";

/** What a consultation did, in numbers, for logs and the journal's readers. */
export type Transcript = {
  readonly turns: number;
  readonly toolCalls: Readonly<Record<string, number>>;
  readonly toolFailures: number;
  readonly repairs: number;
  readonly cutOffs: number;
};

const heads = new WeakMap<readonly string[], number>();
const turnTokens = new WeakMap<Turn, number>();

/**
 * Tokens of a question on the high side: what a model sent is sent back as its provider wants it (`echo`). Each part is
 * counted once, since a loop asks with the same ones again and again.
 */
export function questionTokens(question: Question): number {
  return headTokens(question) + question.turns.reduce((sum, turn) => sum + tokensOf(turn), 0);
}

function headTokens(question: Question): number {
  const known = heads.get(question.context);
  if (known !== undefined) return known;
  const texts = [question.system, ...question.context, JSON.stringify(question.tools), JSON.stringify(question.answer)];
  const tokens = estimateTokens(texts.join("\n"));
  heads.set(question.context, tokens);
  return tokens;
}

export function tokensOf(turn: Turn): number {
  const known = turnTokens.get(turn);
  if (known !== undefined) return known;
  const tokens = estimateTokens(textOf(turn)) + 1;
  turnTokens.set(turn, tokens);
  return tokens;
}

function textOf(turn: Turn): string {
  switch (turn.from) {
    case "model":
      return turn.echo === null ? turn.text + JSON.stringify(turn.toolCalls) : JSON.stringify(turn.echo);
    case "tools":
      return turn.results.map((result) => result.text).join("\n");
    case "user":
      return turn.text;
  }
}
