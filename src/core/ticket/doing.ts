/** What a consultation of a role does right now: names of ours and numbers, no text of a ticket. */
export type Doing = {
  /** From 1. */
  readonly turn: number;
  /** The tool that is used; null while the model is asked. */
  readonly tool: string | null;
  /** Tokens of the consultation so far. What is just being written is an estimate. */
  readonly inputTokens: number;
  readonly outputTokens: number;
};
