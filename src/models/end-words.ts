import { fieldsIn, stringIn } from "./lenient.ts";

/**
 * Words for the end of an answer, in lower case, of all families: gateways translate one protocol into another and leave
 * the words as they were. What is in no list never makes an answer whole.
 */
const WHOLE: readonly string[] = [
  ...["stop", "tool_calls", "tool_call", "function_call", "end_turn", "eos", "eos_token", "stop_sequence", "tool_use"],
  ...["completed", "complete", "done", "finished", "end", "finish"],
  ...["normal", "stop_token", "endturn", "finish_reason_stop", "function_calls", "eos_found"],
];
const FILTERED: readonly string[] = [
  ...["content_filter", "safety", "recitation", "prohibited_content", "blocklist", "spii", "image_safety", "sensitive"],
  ...["refusal", "content_filtered", "moderation", "guardrail_intervened", "language", "model_armor"],
];
const AWAY: readonly string[] = [
  ...["error", "insufficient_system_resource", "network_error"],
  ...[
    "engine_overloaded",
    "overloaded_error",
    "abort",
    "aborted",
    "failed",
    "model_error",
    "server_error",
    "rate_limit",
  ],
  "preempted",
];
/** The provider could not read what its model wrote; the same question mostly ends in the same. */
const UNREAD: readonly string[] = [
  ...["malformed_function_call", "unexpected_tool_call", "malformed_response", "malformed_tool_use"],
  ...["malformed_model_output", "too_many_tool_calls"],
];

/** Servers that hand on what their engine says give an object, a list of one, or the engine's own field alone. */
export function reasonIn(given: unknown): string | null {
  if (Array.isArray(given)) return reasonIn(given[0]);
  const { type, reason } = fieldsIn(given);
  const said = stringIn(given) ?? stringIn(type ?? reason);
  // As text, from servers that write nothing else.
  return said !== null && /^(?:null|none)$/i.test(said) ? null : said;
}

export type EndMeant = "whole" | "filtered" | "away" | "unread" | "cut-off";

/** @param reason as it came; a missing one means what the caller says */
export function endMeant(reason: string): EndMeant {
  const isOneOf = (words: readonly string[]) => words.some((word) => letters(word) === letters(reason));
  if (isOneOf(WHOLE)) return "whole";
  if (isOneOf(FILTERED)) return "filtered";
  if (isOneOf(UNREAD)) return "unread";
  return isOneOf(AWAY) ? "away" : "cut-off";
}

/** `tool_use`, `toolUse` and `tool-use` are one. */
function letters(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, "");
}
