import { event } from "../dialects/dialect.ts";
import { EDIT } from "./odd.ts";
import { ARGS, HALF, DONE, READ, wired } from "./on-the-wire.ts";

const USAGE = { prompt_tokens: 500, completion_tokens: 20 };
const chunk = (delta: object, reason: unknown = null, more: object = {}) =>
  event({ id: "c1", model: "model-1", choices: [{ index: 0, delta, finish_reason: reason }], ...more });
const calls = (...tool_calls: object[]) => chunk({ tool_calls });
const fn = (name: string | undefined, args: unknown) => ({
  function: { ...(name === undefined ? {} : { name }), arguments: args },
});
const end = (reason: unknown = "tool_calls") => [chunk({}, reason), event({ choices: [], usage: USAGE }), DONE];

/** How a chat server spells the pieces of a call in a stream. */
// prettier-ignore
export const CALLS_IN_PIECES = wired("openai-chat", "writer", "accept", [
  ["no index, whole calls", [calls({ id: "a", ...fn("read_file", READ) }, { id: "b", ...fn("edit_file", ARGS) }), ...end()]],
  ["no index, pieces without an id", [calls({ id: "a", ...fn("edit_file", "") }), calls(fn(undefined, ARGS.slice(0, HALF))), calls(fn(undefined, ARGS.slice(HALF))), ...end()]],
  ["index 0 for both, each with an id", [calls({ index: 0, id: "a", ...fn("read_file", READ) }), calls({ index: 0, id: "b", ...fn("edit_file", ARGS) }), ...end()]],
  ["index 0 for both, no ids", [calls({ index: 0, ...fn("read_file", READ) }), calls({ index: 0, ...fn("edit_file", ARGS) }), ...end()]],
  ["index 0 for both, no ids, one tool", [calls({ index: 0, ...fn("edit_file", JSON.stringify({ ...EDIT, old_text: "one", new_text: "1" })) }), calls({ index: 0, ...fn("edit_file", ARGS) }), ...end()]],
  ["index 0 for both, empty ids, one tool", [calls({ index: 0, id: "", ...fn("edit_file", JSON.stringify({ ...EDIT, old_text: "one", new_text: "1" })) }), calls({ index: 0, id: "", ...fn("edit_file", ARGS) }), ...end()]],
  ["the index as text", [calls({ index: "0", id: "a", ...fn("read_file", "") }), calls({ index: "1", id: "b", ...fn("edit_file", "") }), calls({ index: "0", ...fn(undefined, READ) }), calls({ index: "1", ...fn(undefined, ARGS) }), ...end()]],
  ["null for the index", [calls({ index: null, id: "a", ...fn("edit_file", ARGS.slice(0, HALF)) }), calls({ index: null, id: null, ...fn(null as never, ARGS.slice(HALF)) }), ...end()]],
  ["indices that begin with 1", [calls({ index: 1, id: "a", ...fn("edit_file", ARGS) }), ...end()]],
  ["pieces of two calls in turn", [calls({ index: 0, id: "a", ...fn("read_file", "") }, { index: 1, id: "b", ...fn("edit_file", "") }), calls({ index: 1, ...fn(undefined, ARGS.slice(0, HALF)) }), calls({ index: 0, ...fn(undefined, READ) }), calls({ index: 1, ...fn(undefined, ARGS.slice(HALF)) }), ...end()]],
  ["the name in pieces", [calls({ index: 0, id: "a", ...fn("edit", "") }), calls({ index: 0, ...fn("_file", "") }), calls({ index: 0, ...fn(undefined, ARGS) }), ...end()]],
  ["the name with every piece", [calls({ index: 0, id: "a", ...fn("edit_file", ARGS.slice(0, HALF)) }), calls({ index: 0, id: "a", ...fn("edit_file", ARGS.slice(HALF)) }), ...end()]],
  ["an empty name with every piece", [calls({ index: 0, id: "a", ...fn("edit_file", ARGS.slice(0, HALF)) }), calls({ index: 0, id: "", ...fn("", ARGS.slice(HALF)) }), ...end()]],
  ["arguments as an object", [calls({ index: 0, id: "a", ...fn("edit_file", EDIT) }), ...end()]],
  ["one call instead of a list", [chunk({ tool_calls: { id: "a", ...fn("edit_file", ARGS) } }), ...end()]],
  ["a call of the old kind", [chunk({ function_call: { name: "edit_file", arguments: "" } }), chunk({ function_call: { arguments: ARGS.slice(0, HALF) } }), chunk({ function_call: { arguments: ARGS.slice(HALF) } }), ...end("function_call")]],
  ["an end of stop", [calls({ index: 0, id: "a", ...fn("edit_file", ARGS) }), ...end("stop")]],
  ["the reason with the call", [event({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: "a", ...fn("edit_file", ARGS) }] }, finish_reason: "tool_calls" }], usage: USAGE }), DONE]],
  ["the whole message at the end again", [calls({ index: 0, id: "a", ...fn("edit_file", ARGS) }), event({ choices: [{ index: 0, message: { role: "assistant", content: null, tool_calls: [{ index: 0, id: "a", ...fn("edit_file", ARGS) }] }, finish_reason: "tool_calls" }], usage: USAGE }), DONE]],
  ["a call in the second choice", [event({ choices: [{ index: 0, delta: { content: "" }, finish_reason: "stop" }, { index: 1, delta: { tool_calls: [{ index: 0, id: "a", ...fn("edit_file", ARGS) }] }, finish_reason: "tool_calls" }] }), ...end("stop")], "retry"],
  ["ended by calls, and there is none", [chunk({ content: "I edit the file." }), ...end("tool_calls")], "retry"],
  ["ended by calls, and there is nothing", [chunk({ content: "" }), ...end("tool_calls")], "retry"],
  ["an empty list of calls", [chunk({ content: "", tool_calls: [] }), ...end("stop")], "retry"],
]);
