import { gzipSync } from "node:zlib";
import { event } from "../dialects/dialect.ts";
import { EDIT } from "./odd.ts";
import { ARGS, DONE, GOOD, HALF, READ, wired } from "./on-the-wire.ts";

const RESPONSE = { id: "r1", object: "response", model: "model-1", error: null, incomplete_details: null };
const COUNTED = { input_tokens: 500, output_tokens: 20, total_tokens: 520 };
const BEGUN = event({ type: "response.created", response: { ...RESPONSE, status: "in_progress", output: [] } });
const completed = (output: readonly object[], over: object = {}) =>
  event({
    type: "response.completed",
    response: { ...RESPONSE, status: "completed", output, usage: COUNTED, ...over },
  });
const CALL = {
  type: "function_call",
  id: "fc",
  call_id: "call_9",
  name: "edit_file",
  arguments: ARGS,
  status: "completed",
};
const item = (when: string, one: object, index = 0) =>
  event({ type: `response.output_item.${when}`, output_index: index, item: one });
const MESSAGE = {
  type: "message",
  id: "m",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text: GOOD, annotations: [] }],
};

// prettier-ignore
export const RESPONSES = [
  ...wired("openai-responses", "writer", "accept", [
    ["a last event without the items", [BEGUN, item("added", { ...CALL, arguments: "" }), item("done", CALL), completed([])]],
    ["pieces of arguments only", [BEGUN, item("added", { ...CALL, arguments: "" }), event({ type: "response.function_call_arguments.delta", output_index: 0, delta: ARGS.slice(0, HALF) }), event({ type: "response.function_call_arguments.delta", output_index: 0, delta: ARGS.slice(HALF) }), completed([])]],
    ["arguments when they are done only", [BEGUN, item("added", { ...CALL, arguments: "" }), event({ type: "response.function_call_arguments.done", output_index: 0, item_id: "fc", arguments: ARGS }), completed([])]],
    ["no index of the item", [BEGUN, event({ type: "response.output_item.done", item: CALL }), completed([])]],
    ["arguments as an object", [BEGUN, completed([{ ...CALL, arguments: EDIT }])]],
    ["no id of the call", [BEGUN, completed([{ ...CALL, call_id: null, id: null }])]],
    ["one id for two", [BEGUN, completed([{ ...CALL, name: "read_file", arguments: READ }, CALL])]],
    ["events that nobody knows", [BEGUN, event({ type: "response.weather" }), event({ type: "keepalive", sequence_number: 3 }), completed([CALL])]],
    ["no last event", [BEGUN, item("added", { ...CALL, arguments: "" }), item("done", CALL)], "retry"],
    ["no last event but the mark", [BEGUN, item("added", { ...CALL, arguments: "" }), item("done", CALL), DONE]],
    ["a failure", [BEGUN, event({ type: "response.failed", response: { ...RESPONSE, status: "failed", error: { code: "server_error", message: "It broke" }, output: [] } })], "retry"],
    ["an error event", [BEGUN, event({ type: "error", code: "server_error", message: "It broke", param: null, sequence_number: 2 }, "error")], "retry"],
    ["not complete", [BEGUN, event({ type: "response.incomplete", response: { ...RESPONSE, status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, output: [{ ...CALL, status: "incomplete", arguments: ARGS.slice(0, HALF) }], usage: COUNTED } })], "retry"],
    ["a type of call of its own", [BEGUN, completed([{ type: "mcp_call", id: "x", name: "edit_file", arguments: ARGS }])], "retry"],
    ["a page with 524", { status: 524, headers: { "content-type": "text/html" }, chunks: ["<!DOCTYPE html><title>A timeout occurred</title>"] }, "retry"],
    ["too fast, until a date", { status: 429, headers: { "content-type": "application/json", "retry-after": new Date(Date.now() + 20).toUTCString() }, chunks: ['{"error":{"message":"Slow down","type":"rate_limit_error"}}'] }, "retry"],
  ]),
  ...wired("openai-responses", "reviewer", "accept", [
    ["the text in pieces only", [BEGUN, item("added", { ...MESSAGE, content: [] }), event({ type: "response.output_text.delta", output_index: 0, content_index: 0, delta: GOOD }), completed([])]],
    ["the text when it is done only", [BEGUN, item("added", { ...MESSAGE, content: [] }), event({ type: "response.output_text.done", output_index: 0, content_index: 0, text: GOOD }), completed([])]],
    ["thoughts in a summary", [BEGUN, item("added", { type: "reasoning", id: "rs", summary: [] }), event({ type: "response.reasoning_summary_text.delta", output_index: 0, delta: "{ hm" }), item("added", { ...MESSAGE, content: [] }, 1), event({ type: "response.output_text.delta", output_index: 1, delta: GOOD }), completed([])]],
    ["a refusal in pieces", [BEGUN, event({ type: "response.refusal.delta", output_index: 0, delta: "No." }), completed([{ ...MESSAGE, content: [{ type: "refusal", refusal: "No." }] }])], "retry"],
    ["a status in capitals", [BEGUN, completed([MESSAGE], { status: "COMPLETED" })]],
    ["gzip", { headers: { "content-encoding": "gzip" }, chunks: [gzipSync([BEGUN, completed([MESSAGE])].join(""))] }],
    ["filtered", [BEGUN, event({ type: "response.incomplete", response: { ...RESPONSE, status: "incomplete", incomplete_details: { reason: "content_filter" }, output: [], usage: COUNTED } })], "retry"],
    ["queued for ever", [BEGUN, event({ type: "response.queued", response: { ...RESPONSE, status: "queued", output: [] } })], "retry"],
  ]),
];
