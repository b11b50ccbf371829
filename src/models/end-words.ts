/**
 * Words for the end of an answer, in lower case, of all families: gateways translate one protocol into another and leave
 * the words as they were. What is in no list never makes an answer whole.
 */
const WHOLE: readonly string[] = [
  ...["stop", "tool_calls", "tool_call", "function_call", "end_turn", "eos", "eos_token", "stop_sequence", "tool_use"],
  ...["completed", "complete", "done", "finished", "end", "finish"],
];
const FILTERED: readonly string[] = [
  ...["content_filter", "safety", "recitation", "prohibited_content", "blocklist", "spii", "image_safety", "sensitive"],
  ...["refusal", "content_filtered", "moderation", "guardrail_intervened", "language"],
];
const AWAY: readonly string[] = [
  ...["error", "insufficient_system_resource", "network_error", "malformed_function_call", "unexpected_tool_call"],
  ...["engine_overloaded", "overloaded_error", "abort", "aborted", "failed"],
];

export type EndMeant = "whole" | "filtered" | "away" | "cut-off";

/** @param reason as it came; a missing one means what the caller says */
export function endMeant(reason: string): EndMeant {
  const word = reason.toLowerCase();
  if (WHOLE.includes(word)) return "whole";
  if (FILTERED.includes(word)) return "filtered";
  return AWAY.includes(word) ? "away" : "cut-off";
}
