import { event } from "../dialects/dialect.ts";
import { EDIT } from "./odd.ts";
import { ARGS, DONE, GOOD, HALF, json, wired } from "./on-the-wire.ts";

/** Bodies and streams as gateways and small servers spell them that resemble one API and think of another. */
const USAGE = { prompt_tokens: 500, completion_tokens: 20 };
const ch = (delta: unknown, reason: unknown = null, more: object = {}, choice: object = {}) =>
  event({ id: "c1", model: "model-1", choices: [{ index: 0, delta, finish_reason: reason, ...choice }], ...more });
const end = (reason: unknown = "stop") => [ch({}, reason), event({ choices: [], usage: USAGE }), DONE];
const tc = (...calls: object[]) => ch({ tool_calls: calls });
const body = (message: unknown, choice: object = {}, over: object = {}) =>
  json(
    JSON.stringify({
      id: "c1",
      model: "model-1",
      choices: [{ index: 0, finish_reason: "tool_calls", message, ...choice }],
      usage: USAGE,
      ...over,
    }),
  );
const CALL = { id: "a", type: "function", function: { name: "edit_file", arguments: ARGS } };
const R = { id: "r1", object: "response", model: "model-1", error: null, incomplete_details: null };
const CNT = { input_tokens: 500, output_tokens: 20, total_tokens: 520 };
const BEG = event({ type: "response.created", response: { ...R, status: "in_progress", output: [] } });
const comp = (output: unknown, over: object = {}, type = "response.completed") =>
  event({ type, response: { ...R, status: "completed", output, usage: CNT, ...over } });
const RC = {
  type: "function_call",
  id: "fc",
  call_id: "call_9",
  name: "edit_file",
  arguments: ARGS,
  status: "completed",
};
const MSG = {
  type: "message",
  id: "m",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text: GOOD, annotations: [] }],
};
const named = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const AST = event(
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
const AEND = (reason: unknown = "end_turn", usage: unknown = { output_tokens: 20 }) => [
  event({ type: "message_delta", delta: { stop_reason: reason }, usage }, "message_delta"),
  event({ type: "message_stop" }, "message_stop"),
];
const blk = (index: number, content_block: object) =>
  event({ type: "content_block_start", index, content_block }, "content_block_start");
const dl = (index: number, d: object) => event({ type: "content_block_delta", index, delta: d }, "content_block_delta");
const ab = (content: unknown, over: object = {}) =>
  json(
    JSON.stringify({
      id: "m1",
      type: "message",
      role: "assistant",
      model: "model-1",
      content,
      stop_reason: "end_turn",
      usage: { input_tokens: 500, output_tokens: 20 },
      ...over,
    }),
  );

// prettier-ignore
export const GATEWAYS = [
  ...wired("openai-chat", "writer", "accept", [
    ["body function as text", body({ tool_calls: [{ id: "a", function: JSON.stringify(CALL.function) }] })],
    ["body parameters", body({ tool_calls: [{ id: "a", function: { name: "edit_file", parameters: EDIT } }] })],
    ["body args", body({ tool_calls: [{ id: "a", name: "edit_file", args: EDIT }] })],
    ["body input", body({ tool_calls: [{ id: "a", name: "edit_file", input: EDIT }] })],
    ["body type tool_use in content", body({ content: [{ type: "tool_use", id: "a", name: "edit_file", input: EDIT }] })],
    ["body type tool_call in content", body({ content: [{ type: "tool_call", id: "a", name: "edit_file", arguments: ARGS }] })],
    ["choices as an object", json(JSON.stringify({ choices: { message: { tool_calls: [CALL] }, finish_reason: "tool_calls" }, usage: USAGE }))],
    ["delta in a body", json(JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0, ...CALL }] }, finish_reason: "tool_calls" }], usage: USAGE }))],
    ["message list", json(JSON.stringify({ choices: [{ messages: [{ role: "assistant", tool_calls: [CALL] }], finish_reason: "tool_calls" }], usage: USAGE })), "retry"],
    ["tool call in reasoning", body({ content: "", reasoning_content: `I edit.\n<tool_call>${JSON.stringify({ name: "edit_file", arguments: EDIT })}</tool_call>` }, { finish_reason: "stop" })],
    ["tool call in reasoning, streamed", [ch({ reasoning_content: "I edit.<tool_call>" }), ch({ reasoning_content: JSON.stringify({ name: "edit_file", arguments: EDIT }) }), ch({ reasoning_content: "</tool_call>" }), ...end("stop")]],
    ["call in reasoning_details", body({ content: "", reasoning: "", reasoning_details: [{ type: "reasoning.text", text: `<tool_call>${JSON.stringify({ name: "edit_file", arguments: EDIT })}</tool_call>` }] }, { finish_reason: "stop" }), "retry"],
    ["null for error in each", [tc({ index: 0, ...CALL }).replace('"id":"c1"', '"id":"c1","error":null'), ...end("tool_calls")]],
    ["empty error in each", [tc({ index: 0, ...CALL }).replace('"id":"c1"', '"id":"c1","error":{}'), ...end("tool_calls")]],
    ["empty text for error", [tc({ index: 0, ...CALL }).replace('"id":"c1"', '"id":"c1","error":""'), ...end("tool_calls")]],
    ["null delta", [ch(null), tc({ index: 0, ...CALL }), ch(null, "tool_calls"), DONE]],
    ["null choice", [event({ choices: [null] }), tc({ index: 0, ...CALL }), ...end("tool_calls")]],
    ["null calls beside", [ch({ content: null, tool_calls: null, function_call: null }), tc({ index: 0, ...CALL }), ch({ tool_calls: [] }), ch({ tool_calls: null }), ...end("tool_calls")]],
    ["two events on a line", [`data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...CALL }] } }] })}${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] })}\n\n`, DONE]],
    ["data: data:", [`data: data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...CALL }] }, finish_reason: "tool_calls" }] })}\n\n`, DONE]],
    ["lines of JSON without data:", [`${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...CALL }] } }] })}\n${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] })}\n`], "retry"],
    ["blanks before data:", [`  data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...CALL }] }, finish_reason: "tool_calls" }] })}\n\n  data: [DONE]\n\n`]],
    ["chunk in a list", [event([{ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...CALL }] }, finish_reason: "tool_calls" }], usage: USAGE }] as never), DONE]],
    ["index that jumps", [tc({ index: 3, id: "a", function: { name: "edit_file", arguments: ARGS.slice(0, HALF) } }), tc({ index: 3, function: { arguments: ARGS.slice(HALF) } }), ...end("tool_calls")]],
    ["new id each piece", [tc({ index: 0, id: "a", function: { name: "edit_file", arguments: ARGS.slice(0, HALF) } }), tc({ index: 0, id: "b", function: { arguments: ARGS.slice(HALF) } }), ...end("tool_calls")]],
    ["args null first", [tc({ index: 0, id: "a", function: { name: "edit_file", arguments: null } }), tc({ index: 0, function: { arguments: ARGS } }), ...end("tool_calls")]],
    ["args cumulative", [tc({ index: 0, id: "a", function: { name: "edit_file", arguments: ARGS.slice(0, HALF) } }), tc({ index: 0, id: "a", function: { name: "edit_file", arguments: ARGS } }), ...end("tool_calls")]],
    ["args empty braces first", [tc({ index: 0, id: "a", function: { name: "edit_file", arguments: "{}" } }), tc({ index: 0, function: { arguments: ARGS } }), ...end("tool_calls")]],
    ["name last", [tc({ index: 0, id: "a", function: { arguments: ARGS } }), tc({ index: 0, function: { name: "edit_file", arguments: "" } }), ...end("tool_calls")]],
    ["finish in the first choice, call after", [ch({}, "tool_calls"), tc({ index: 0, ...CALL }), DONE]],
    ["azure begins with filters", [event({ choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] }), tc({ index: 0, ...CALL }), ...end("tool_calls")]],
    ["the call doubled in text", [ch({ content: `<tool_call>${JSON.stringify({ name: "edit_file", arguments: EDIT })}</tool_call>` }), tc({ index: 0, ...CALL }), ...end("tool_calls")]],
  ]),
  ...wired("openai-chat", "reviewer", "accept", [
    ["[DONE] without line end", [ch({ content: GOOD }), ch({}, "stop"), "data: [DONE]"]],
    ["data:[DONE]", [ch({ content: GOOD }), ch({}, "stop"), "data:[DONE]\n\n"]],
    ["DONE in blanks", [ch({ content: GOOD }), ch({}, "stop"), "data:  [DONE] \n\n"]],
    ["done in small letters", [ch({ content: GOOD }), ch({}, "stop"), "data: [done]\n\n"]],
    ["event: done", [ch({ content: GOOD }), ch({}, "stop"), "event: done\ndata: {}\n\n"]],
    ["usage in x_groq", [event({ choices: [{ index: 0, delta: { content: GOOD }, finish_reason: null }], x_groq: { id: "req" } }), event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], x_groq: { id: "req", usage: USAGE } }), DONE]],
    ["timings", [ch({ content: GOOD }), event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], timings: { prompt_n: 500, predicted_n: 20 } }), DONE]],
    ["text of a completion", [event({ choices: [{ index: 0, text: GOOD, finish_reason: null }] }), event({ choices: [{ index: 0, text: "", finish_reason: "stop" }] }), DONE]],
    ["content a part in a delta", [ch({ content: { type: "text", text: GOOD } }), ...end()]],
    ["content as text in message field", [event({ choices: [{ index: 0, message: { content: GOOD }, finish_reason: "stop" }] }), DONE]],
    ["role tool", body({ role: "tool", content: GOOD }, { finish_reason: "stop" })],
    ["message as text", body(GOOD, { finish_reason: "stop" })],
    ["output_text", json(JSON.stringify({ output_text: GOOD, choices: [] })), "retry"],
    ["choices of strings", json(JSON.stringify({ choices: [GOOD], usage: USAGE })), "retry"],
    ["response", json(JSON.stringify({ response: GOOD, done: true })), "retry"],
    ["reasoning object", body({ content: GOOD, reasoning: { content: "hm {" } }, { finish_reason: "stop" })],
    ["reasoning_text", body({ content: GOOD, reasoning_text: "{" }, { finish_reason: "stop" })],
    ["refusal empty", body({ content: GOOD, refusal: "" }, { finish_reason: "stop" })],
    ["refusal null tool_calls []", body({ content: GOOD, refusal: null, tool_calls: [], function_call: null, audio: null }, { finish_reason: "stop" })],
    ["content and wrong finish tool_calls", body({ content: GOOD }, { finish_reason: "tool_calls" })],
    ["finish_reason list", body({ content: GOOD }, { finish_reason: ["stop"] })],
    ["native reason", body({ content: GOOD }, { finish_reason: null, native_finish_reason: "stop" })],
    ["stop_reason", body({ content: GOOD }, { finish_reason: undefined, stop_reason: 151645 })],
    ["error null", body({ content: GOOD }, { finish_reason: "stop" }, { error: null })],
    ["code 0 msg", body({ content: GOOD }, { finish_reason: "stop" }, { code: 0, msg: "" })],
    ["base_resp 0", body({ content: GOOD }, { finish_reason: "stop" }, { base_resp: { status_code: 0, status_msg: "" } })],
    ["detail beside", body({ content: GOOD }, { finish_reason: "stop" }, { detail: null, message: "ok" })],
    ["latin1 type", { headers: { "content-type": "application/json; charset=latin1" }, chunks: [JSON.stringify({ choices: [{ message: { content: GOOD }, finish_reason: "stop" }] })] }],
    ["text/plain", { headers: { "content-type": "text/plain" }, chunks: [JSON.stringify({ choices: [{ message: { content: GOOD }, finish_reason: "stop" }] })] }],
    ["204", { status: 204, chunks: [] }, "retry"],
    ["201", { status: 201, headers: { "content-type": "application/json" }, chunks: [JSON.stringify({ choices: [{ message: { content: GOOD }, finish_reason: "stop" }] })] }],
    ["503 with an answer", { status: 503, headers: { "content-type": "application/json" }, chunks: [JSON.stringify({ choices: [{ message: { content: GOOD }, finish_reason: "stop" }] })] }, "retry"],
    ["event error 429", [ch({ content: GOOD.slice(0, 9) }), named("error", { error: { code: 429, message: "Rate limited" } })], "retry"],
    ["error code text in a chunk", [ch({ content: GOOD.slice(0, 9) }), event({ object: "error", message: "KV cache is full", code: 500 })], "retry"],
    ["litellm error chunk", [ch({ content: GOOD.slice(0, 9) }), event({ error: { message: "litellm.APIConnectionError: ...", type: null, param: null, code: "500" } })], "retry"],
    ["content_filter result in the last", [ch({ content: GOOD }), ch({}, "stop", {}, { content_filter_results: { hate: { filtered: false, severity: "safe" } } }), DONE]],
    ["surrogates split", [ch({ content: GOOD.slice(0, 12) }), ...["\ud83d", "\ude00"].map((c) => ch({ reasoning_content: c })), ch({ content: GOOD.slice(12) }), ...end()]],
    ["brotli called gzip", { headers: { "content-encoding": "gzip" }, chunks: ["x"] }, "retry"],
    ["identity", { headers: { "content-encoding": "identity" }, chunks: [ch({ content: GOOD }), ...end()] }],
    ["served other", [ch({ content: GOOD }, null, { model: "gpt-4o-mini-2024" }), ...end()]],
  ]),
  ...wired("anthropic", "reviewer", "accept", [
    ["content as text", ab(GOOD)],
    ["null text beside", ab([{ type: "text", text: null }, { type: "text", text: GOOD }])],
    ["message frame", json(JSON.stringify({ type: "message", message: { role: "assistant", content: [{ type: "text", text: GOOD }], stop_reason: "end_turn", usage: { input_tokens: 5, output_tokens: 5 } } })), "retry"],
    ["stop_sequence", ab([{ type: "text", text: GOOD }], { stop_reason: "stop_sequence" })],
    ["reason of chat", ab([{ type: "text", text: GOOD }], { stop_reason: "stop" })],
    ["no usage", ab([{ type: "text", text: GOOD }], { usage: null })],
    ["redacted", ab([{ type: "redacted_thinking", data: "x" }, { type: "text", text: GOOD }])],
    ["no usage in start", [event({ type: "message_start", message: { id: "m", role: "assistant", content: [], model: "model-1" } }, "message_start"), blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD }), ...AEND("end_turn", null)]],
    ["tool_use end of text", ab([{ type: "text", text: GOOD }], { stop_reason: "tool_use" })],
    ["litellm error", json(JSON.stringify({ type: "error", error: { type: "api_error", message: "litellm.InternalServerError: x" } })), "retry"],
    ["bedrock exception in stream", [AST, blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD.slice(0, 5) }), named("exception", { message: "The system encountered an unexpected error", __type: "modelStreamErrorException" })], "retry"],
    ["vertex event first", [named("vertex_event", { a: 1 }), AST, blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD }), ...AEND()]],
    ["chat body on messages", json(JSON.stringify({ choices: [{ message: { content: GOOD }, finish_reason: "stop" }] })), "retry"],
    ["[DONE] behind", [AST, blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD }), ...AEND(), DONE]],
    ["one start for all", [AST, dl(0, { type: "text_delta", text: GOOD.slice(0, 9) }), dl(0, { type: "text_delta", text: GOOD.slice(9) }), ...AEND()]],
    ["content in start", [event({ type: "message_start", message: { id: "m", role: "assistant", model: "model-1", content: [{ type: "text", text: GOOD }], usage: { input_tokens: 5, output_tokens: 5 } } }, "message_start"), ...AEND()]],
  ]),
  ...wired("anthropic", "writer", "accept", [
    ["input as text", ab([{ type: "tool_use", id: "t", name: "edit_file", input: ARGS }], { stop_reason: "tool_use" })],
    ["arguments for input", ab([{ type: "tool_use", id: "t", name: "edit_file", arguments: EDIT }], { stop_reason: "tool_use" })],
    ["function_call block", ab([{ type: "function_call", id: "t", name: "edit_file", arguments: ARGS }], { stop_reason: "tool_use" }), "retry"],
    ["empty braces first", [AST, blk(0, { type: "tool_use", id: "t", name: "edit_file", input: {} }), dl(0, { type: "input_json_delta", partial_json: "{}" }), dl(0, { type: "input_json_delta", partial_json: ARGS }), ...AEND("tool_use")]],
    ["input delta as object", [AST, blk(0, { type: "tool_use", id: "t", name: "edit_file", input: {} }), dl(0, { type: "input_json_delta", partial_json: EDIT }), ...AEND("tool_use")], "retry"],
    ["no delta type", [AST, blk(0, { type: "tool_use", id: "t", name: "edit_file", input: {} }), dl(0, { partial_json: ARGS }), ...AEND("tool_use")]],
    ["thought after the call", ab([{ type: "tool_use", id: "t", name: "edit_file", input: EDIT }, { type: "thinking", thinking: "ok", signature: "s" }], { stop_reason: "tool_use" })],
    ["text of blanks before", ab([{ type: "text", text: "\n\n" }, { type: "tool_use", id: "t", name: "edit_file", input: EDIT }], { stop_reason: "tool_use" })],
    ["OpenAI calls beside", ab([{ type: "text", text: "" }], { tool_calls: [CALL], stop_reason: "tool_use" }), "retry"],
    ["unsigned thought before", ab([{ type: "thinking", thinking: "hm" }, { type: "tool_use", id: "t", name: "edit_file", input: EDIT }], { stop_reason: "tool_use" })],
  ]),
  ...wired("openai-responses", "reviewer", "accept", [
    ["response.done", [BEG, comp([MSG], {}, "response.done")]],
    ["fields at the top", [BEG, event({ type: "response.completed", ...R, status: "completed", output: [MSG], usage: CNT })]],
    ["type only as event name", [named("response.created", { response: { ...R, status: "in_progress", output: [] } }), named("response.completed", { response: { ...R, status: "completed", output: [MSG], usage: CNT } })]],
    ["content as text", [BEG, comp([{ ...MSG, content: GOOD }])]],
    ["type text", [BEG, comp([{ ...MSG, content: [{ type: "text", text: GOOD }] }])]],
    ["output_text only", [BEG, comp([], { output_text: GOOD })]],
    ["output null", [BEG, comp(null, { output_text: GOOD })]],
    ["an incomplete item in a complete answer", [BEG, comp([{ ...MSG, status: "incomplete" }])]],
    ["usage null", [BEG, comp([MSG], { usage: null })]],
    ["usage in chat words", [BEG, comp([MSG], { usage: USAGE })]],
    ["chat body", json(JSON.stringify({ choices: [{ message: { content: GOOD }, finish_reason: "stop" }] })), "retry"],
    ["chat stream", [ch({ content: GOOD }), ...end()], "retry"],
    ["status missing", [BEG, comp([MSG], { status: undefined })]],
    ["thoughts of gpt-oss", [BEG, comp([{ type: "reasoning", id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "{" }], encrypted_content: "ZW5j" }, MSG])]],
    ["failed, rate", [BEG, event({ type: "response.failed", response: { ...R, status: "failed", error: { code: "rate_limit_exceeded", message: "slow" }, output: [] } })], "retry"],
    ["failed, overloaded", [BEG, event({ type: "response.failed", response: { ...R, status: "failed", error: { code: "server_is_overloaded", message: "x" } } })], "retry"],
    ["phase commentary and final", [BEG, comp([{ ...MSG, phase: "commentary", content: [{ type: "output_text", text: "I look {" }] }, { ...MSG, phase: "final_answer" }])]],
    ["cancelled", [BEG, comp([], { status: "cancelled" }, "response.cancelled")], "retry"],
  ]),
  ...wired("openai-responses", "writer", "accept", [
    ["namespaced", [BEG, comp([{ ...RC, name: "functions.edit_file" }])]],
    ["custom tool", [BEG, comp([{ type: "custom_tool_call", id: "c", call_id: "call_9", name: "edit_file", input: ARGS }])]],
    ["arguments null", [BEG, comp([{ ...RC, arguments: null }])], "retry"],
    ["call in text", [BEG, comp([{ ...MSG, content: [{ type: "output_text", text: `<tool_call>${JSON.stringify({ name: "edit_file", arguments: EDIT })}</tool_call>` }] }])]],
    ["tool_calls in a message", [BEG, comp([{ ...MSG, content: [], tool_calls: [CALL] }])], "retry"],
    ["status in_progress of the call", [BEG, comp([{ ...RC, status: "in_progress" }])]],
    ["delta after done", [BEG, event({ type: "response.output_item.done", output_index: 0, item: RC }), event({ type: "response.function_call_arguments.delta", output_index: 0, delta: "{}" }), comp([RC])]],
    ["output_item.done twice", [BEG, event({ type: "response.output_item.done", output_index: 0, item: RC }), event({ type: "response.output_item.done", output_index: 0, item: RC }), comp([])]],
    ["item_id only", [BEG, event({ type: "response.output_item.added", item: { ...RC, arguments: "" } }), event({ type: "response.function_call_arguments.delta", item_id: "fc", delta: ARGS }), comp([])]],
  ]),
];
