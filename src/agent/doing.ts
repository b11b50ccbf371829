import type { Run } from "./consultation.ts";

/** Tells that the model is asked. @param written tokens of the answer that comes */
export function tellAsked<A>({ options, state }: Pick<Run<A>, "options" | "state">, nth: number, written = 0): void {
  const { inputTokens, outputTokens } = state.spend;
  options.watch?.({ turn: nth, tool: null, inputTokens, outputTokens: outputTokens + written });
}

/** Tells that a tool is used. @param tool a name of ours */
export function tellTool<A>({ options, state }: Pick<Run<A>, "options" | "state">, tool: string): void {
  const { inputTokens, outputTokens } = state.spend;
  options.watch?.({ turn: state.asked, tool, inputTokens, outputTokens });
}
