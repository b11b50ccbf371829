import { event } from "../dialects/dialect.ts";
import { ENCODE } from "./encode.ts";
import { EDIT } from "./odd.ts";
import { ARGS, GOOD, HALF, json, READ, wired } from "./on-the-wire.ts";

const anthropic = (text: string): string[] => [...ENCODE.anthropic({ text }).events];
const writer = [...ENCODE.anthropic({ calls: [{ name: "edit_file", args: EDIT }] }).events];
const without = (events: readonly string[], word: string) => events.filter((one) => !one.includes(word));
const block = (index: number, content_block: object) =>
  event({ type: "content_block_start", index, content_block }, "content_block_start");
const delta = (index: number, one: object) =>
  event({ type: "content_block_delta", index, delta: one }, "content_block_delta");
const START = event(
  {
    type: "message_start",
    message: {
      id: "m",
      type: "message",
      role: "assistant",
      model: "model-1",
      content: [],
      usage: { input_tokens: 500, output_tokens: 1 },
    },
  },
  "message_start",
);
const STOPPED = (reason: unknown = "tool_use", usage: object = { output_tokens: 20 }) => [
  event({ type: "message_delta", delta: { stop_reason: reason, stop_sequence: null }, usage }, "message_delta"),
  event({ type: "message_stop" }, "message_stop"),
];

// prettier-ignore
export const MESSAGES = [
  ...wired("anthropic", "reviewer", "accept", [
    ["pings and unknown events", anthropic(GOOD).flatMap((one) => [event({ type: "ping" }, "ping"), event({ type: "news", of: 1 }, "news"), one])],
    ["returns in line ends", [anthropic(GOOD).join("").replaceAll("\n", "\r\n")]],
    ["no last event", without(anthropic(GOOD), '"message_stop"')],
    ["no reason", [START, block(0, { type: "text", text: "" }), delta(0, { type: "text_delta", text: GOOD }), event({ type: "message_stop" }, "message_stop")]],
    ["null for the reason", [START, block(0, { type: "text", text: "" }), delta(0, { type: "text_delta", text: GOOD }), ...STOPPED(null)]],
    ["no starts of blocks", without(anthropic(GOOD), '"content_block_start"')],
    ["no names of events", anthropic(GOOD).map((one) => one.replace(/^event: .*\n/, ""))],
    ["a thought, signed", [START, block(0, { type: "thinking", thinking: "", signature: "" }), delta(0, { type: "thinking_delta", thinking: "Hm {" }), delta(0, { type: "signature_delta", signature: "c2ln" }), block(1, { type: "text", text: "" }), delta(1, { type: "text_delta", text: GOOD }), ...STOPPED("end_turn")]],
    ["deltas that nobody knows", [START, block(0, { type: "text", text: "" }), delta(0, { type: "citations_delta", citation: {} }), delta(0, { type: "text_delta", text: GOOD }), ...STOPPED("end_turn")]],
    ["a text that came with its start", [START, block(0, { type: "text", text: GOOD }), ...STOPPED("end_turn")]],
    ["blocks that begin with 1", [START, block(1, { type: "text", text: "" }), delta(1, { type: "text_delta", text: GOOD }), ...STOPPED("end_turn")]],
    ["overloaded in the middle", [...anthropic(GOOD).slice(0, 3), event({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "error")], "retry"],
    ["an end by the window", [START, block(0, { type: "text", text: GOOD }), ...STOPPED("model_context_window_exceeded")], "retry"],
    ["a pause", [START, block(0, { type: "text", text: GOOD }), ...STOPPED("pause_turn")], "retry"],
    ["a refusal", [START, ...STOPPED("refusal")], "retry"],
    ["usage that takes back", [START, block(0, { type: "text", text: GOOD }), ...STOPPED("end_turn", { input_tokens: 0, output_tokens: 0 })]],
    ["a whole message where a stream was asked for", json(JSON.stringify(ENCODE.anthropic({ text: GOOD }).body))],
  ]),
  ...wired("anthropic", "writer", "accept", [
    ["arguments with the start", [START, block(0, { type: "tool_use", id: "t", name: "edit_file", input: EDIT }), ...STOPPED()]],
    ["arguments with the start and an empty piece", [START, block(0, { type: "tool_use", id: "t", name: "edit_file", input: EDIT }), delta(0, { type: "input_json_delta", partial_json: "" }), ...STOPPED()]],
    ["two calls under one index", [START, block(0, { type: "tool_use", id: "t", name: "read_file", input: {} }), delta(0, { type: "input_json_delta", partial_json: READ }), event({ type: "content_block_stop", index: 0 }), block(0, { type: "tool_use", id: "u", name: "edit_file", input: {} }), delta(0, { type: "input_json_delta", partial_json: ARGS }), event({ type: "content_block_stop", index: 0 }), ...STOPPED()]],
    ["a call without an index", writer.map((one) => one.replace(/"index":0,?/, ""))],
    ["an end of a turn", [...without(writer, '"message_'), ...STOPPED("end_turn")]],
    ["ended by a call, and there is none", [START, block(0, { type: "text", text: "I edit." }), ...STOPPED()], "retry"],
    ["a call of the provider's own tools beside", [START, block(0, { type: "server_tool_use", id: "s", name: "web_search", input: {} }), block(1, { type: "tool_use", id: "t", name: "edit_file", input: EDIT }), ...STOPPED()], "accept"],
    ["half a call, and its end", [START, block(0, { type: "tool_use", id: "t", name: "edit_file", input: {} }), delta(0, { type: "input_json_delta", partial_json: ARGS.slice(0, HALF) }), ...STOPPED("max_tokens")], "retry"],
  ]),
];
