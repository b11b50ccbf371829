import { event } from "../dialects/dialect.ts";
import { EDIT } from "./odd.ts";
import { ARGS, DONE, GOOD, HALF, json, READ, wired } from "./on-the-wire.ts";
import { ab, AEND, AST, BEG, blk, body, CALL, ch, CNT, comp, dl, end, item, MSG, named, R, RC, st, tc, USAGE, USE } from "./wire-parts.ts"; // prettier-ignore

/** Bodies and streams of the second half of 2026, as the trackers of gateways and local servers show them. */
const [A, B] = [GOOD.slice(0, 30), GOOD.slice(30)];
const said = [ch({ role: "assistant", content: A }), ch({ content: B })];
const ROGUE = {
  ...{ id: "", object: "", created: 0, model: "" },
  choices: [{ finish_reason: null, index: 0, content_filter_offsets: { check_offset: 44, start_offset: 44, end_offset: 86 }, content_filter_results: { hate: { filtered: false, severity: "safe" } } }], // prettier-ignore
};
const MARKED = `<tool_call>\n<function=edit_file>\n<parameter=path>\na.js\n</parameter>\n<parameter=old_text>\ntwo\n</parameter>\n<parameter=new_text>\n2\n</parameter>\n</function>\n</tool_call>`;
const HERMES = `<tool_call>${JSON.stringify({ name: "edit_file", arguments: EDIT })}</tool_call>`;
const refused = (status: number, message: string, more: object = {}) =>
  json(JSON.stringify({ error: { message, type: null, param: null, code: String(status), ...more } }), status);

// prettier-ignore
export const WIRES_SEEN = [
  ...wired("openai-chat", "reviewer", "accept", [
    ["Azure's chunk of a filter behind the end", [...said, ch({}, "stop"), event(ROGUE), DONE]],
    ["Azure's chunk of a filter before the end", [...said, event(ROGUE), ...end()]],
    ["function_calls for an end", [...said, ...end("function_calls")]],
    ["null as text with every piece", [ch({ content: A }, "null"), ch({ content: B }, "null"), ...end()]],
    ["null as text behind the end", [...said, ch({}, "stop"), ch({}, "null"), DONE]],
    ["an end in a field of its own behind the stream", [...said, event({ choices: [{ index: 0, delta: {}, finish_reason: null, stop_reason: "stop" }] }), DONE]],
    ["Mistral's thoughts with references", body({ role: "assistant", content: [{ type: "thinking", thinking: [{ type: "text", text: "{" }, { type: "reference", reference_ids: [1] }], closed: true, signature: null }, { type: "text", text: GOOD }], tool_calls: null, prefix: false }, { finish_reason: "stop" })],
    ["Mistral's thoughts in a stream of parts, the text as text", [ch({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm {" }] }] }), ch({ content: [{ type: "thinking", thinking: [{ type: "text", text: "}." }], closed: true }] }), ch({ content: A }), ch({ content: B }), ...end()]],
    ["text first, then parts", [ch({ content: A }), ch({ content: [{ type: "text", text: B }] }), ...end()]],
    ["a channel with every piece", [ch({ channel: "analysis", reasoning: "Hm {" }), ch({ channel: "final", content: A }), ch({ channel: "final", content: B }), ...end()]],
    ["a proxy's comment as JSON", [event({ type: "ping", cost: "0" }), ...said, ...end()]],
    ["an empty id and model in all but the first", [ch({ content: A }), ch({ content: B }, null, { id: "", model: "" }), ch({}, "stop", { id: "", model: "" }), DONE]],
    ["usage in a list of a stream", [...said, ch({}, "stop"), event({ choices: [], usage: [USAGE] }), DONE]],
    ["usage of one token for all of it", body({ content: GOOD }, { finish_reason: "stop" }, { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })],
    ["usage beyond any window", body({ content: GOOD }, { finish_reason: "stop" }, { usage: { prompt_tokens: 900_000_000, completion_tokens: 900_000_000 } })],
    ["cached tokens beside the others", body({ content: GOOD }, { finish_reason: "stop" }, { usage: { prompt_tokens: 8, completion_tokens: 20, cache_read_input_tokens: 1_800, cache_creation_input_tokens: 1_300 } })],
    ["the gateway's own sentence for an answer", [ch({ content: "[Gateway] Upstream returned an empty response. Please retry." }), ch({}, "stop"), DONE], "retry"],
    ["a limit of workers, with a success", json(JSON.stringify({ error: { message: "Upstream error from Nvidia: ResourceExhausted: Worker local total request limit reached (1)", code: 502 } })), "retry"],
    ["a limit of workers, in a chunk without choices", [event({ id: "gen", object: "chat.completion.chunk", choices: [], error: { code: 502, message: "Worker local total request limit reached (33/32)" } }), DONE], "retry"],
    ["HTTP/2 broke upstream", [said[0] ?? "", event({ error: { code: "upstream_http2_stream_error", message: "Upstream HTTP/2 stream failed" } })], "retry"],
    ["only exclamation marks for a thought", body({ content: null, reasoning: "!".repeat(400) }, { finish_reason: "stop" }), "retry"],
    ["an error of another's error", refused(500, `litellm.APIConnectionError: Extra data: line 1 column 29 (char 28)`), "retry"],
    ["an error under a misspelt name", json('{"messsage":"400: An error occurred (ValidationException) when calling the ConverseStream operation"}', 400), "retry"],
    ["an answer that the server could not judge, within another's error", refused(400, `litellm.BadRequestError: GroqException - {"error":{"message":"Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.","type":"invalid_request_error","code":"json_validate_failed","failed_generation":${JSON.stringify(GOOD)}}}\n. Received Model Group=coding`), "retry"],
    ["more credit than is left, but some", refused(402, "This request requires more credits, or fewer max_tokens. You requested up to 4000 tokens, but can only afford 2400. To increase, visit https://openrouter.ai/settings/credits and add more credits", { code: 402 }), "retry"],
  ]),
  ...wired("openai-chat", "writer", "accept", [
    ["index 0 for three calls, each whole", [tc({ index: 0, id: "call_1", function: { name: "read_file", arguments: READ } }), tc({ index: 0, id: "call_2", function: { name: "read_file", arguments: READ } }), tc({ index: 0, id: "call_3", function: { name: "edit_file", arguments: ARGS } }), ...end("tool_calls")]],
    ["index 0 for two calls of one id-less tool in pieces", [tc({ index: 0, function: { name: "read_file", arguments: READ } }), tc({ index: 0, function: { name: "edit_file", arguments: ARGS.slice(0, HALF) } }), tc({ index: 0, function: { arguments: ARGS.slice(HALF) } }), ...end("tool_calls")]],
    ["two calls run into one", body({ content: null, tool_calls: [{ ...CALL, function: { name: "edit_file", arguments: `${JSON.stringify({ ...EDIT, old_text: "one", new_text: "1" })}${ARGS}` } }] }), "retry"],
    ["function_calls for an end", [tc({ index: 0, ...CALL }), ...end("function_calls")]],
    ["a thought's signature alone before the call", [tc({ extra_content: { google: { thought_signature: "c2ln" } } }), tc({ id: "a", type: "function", function: { name: "edit_file", arguments: ARGS } }), ...end("stop")]],
    ["a thought's signature alone behind the call", [tc({ id: "a", type: "function", function: { name: "edit_file", arguments: ARGS } }), tc({ extra_content: { google: { thought_signature: "c2ln" } } }), ...end("stop")]],
    ["pieces without an index under one id", [tc({ id: "f1", type: "function", function: { name: "edit_file", arguments: ARGS.slice(0, HALF) } }), tc({ id: "f1", function: { arguments: ARGS.slice(HALF) } }), ch({}, "stop"), DONE]],
    ["the call in Kimi's marks in the thought", body({ content: "", reasoning_content: `I edit it.<|tool_calls_section_begin|><|tool_call_begin|>functions.edit_file:0<|tool_call_argument_begin|>${ARGS}<|tool_call_end|><|tool_calls_section_end|>` }, { finish_reason: "stop" })],
    ["the call in Qwen's marks in the thought, streamed", [ch({ reasoning: "I edit.\n" }), ch({ reasoning: MARKED.slice(0, 40) }), ch({ reasoning: MARKED.slice(40) }), ...end("stop")]],
    ["raw marks and an end of calls", [ch({ content: MARKED.slice(0, 25) }), ch({ content: MARKED.slice(25), tool_calls: [] }), ...end("tool_calls")]],
    ["a nameless call beside raw marks", [ch({ content: HERMES }), tc({ index: 0, id: "", type: "function" }), ...end("tool_calls")]],
    ["llama.cpp's error with the call in it", refused(500, `Failed to parse input at pos 12: ${HERMES}`, { code: 500, type: "server_error" }), "retry"],
    ["Ollama's error with the call in it", refused(500, `error parsing tool call: raw='${ARGS}', err=invalid character`, { type: "api_error" }), "retry"],
    ["LM Studio's error with the call in it", json(JSON.stringify({ error: `Failed to parse tool call: Unexpected end of content. Model Output: <|start|>assistant<|channel|>commentary to=functions.edit_file<|constrain|>json<|message|>${ARGS}` }), 400), "retry"],
    ["Groq's error within another's error", refused(400, `litellm.BadRequestError: GroqException - {"error":{"message":"Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":${JSON.stringify(`<function=edit_file${ARGS}</function>`)}}}. Received Model Group=coding`), "retry"],
    ["Groq: a tool where none was offered", json(JSON.stringify({ error: { message: "Tool choice is none, but model called a tool", type: "invalid_request_error", code: "tool_use_failed", failed_generation: JSON.stringify({ name: "repo_browser.edit_file", arguments: EDIT }) } }), 400)],
    ["Qwen's parser at Ollama", refused(500, "XML syntax error on line 7: element <parameter> closed by </function>", { type: "api_error" }), "retry"],
    ["Qwen's parser at Ollama, in a stream", [ch({ content: "" }), event({ error: { message: "XML syntax error on line 115: unexpected EOF", type: "api_error", param: null, code: null } })], "retry"],
    ["a constant field with every piece", [ch({ role: "assistant", name: "assistant", tool_calls: [{ index: 0, ...CALL, function: { name: "edit_file", arguments: "" } }] }), ch({ name: "assistant", tool_calls: [{ index: 0, function: { arguments: ARGS } }] }), ch({ name: "assistant" }), ...end("tool_calls")]],
    ["empty texts for all that is not said", [ch({ role: "assistant", content: "", refusal: "", reasoning_content: "", function_call: "", tool_calls: [{ index: 0, ...CALL }] }), ...end("tool_calls")]],
  ]),
  ...wired("anthropic", "reviewer", "accept", [
    ["the reason taken back by a last word", [AST, blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD }), st(0), event({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 20 } }, "message_delta"), event({ type: "message_delta", delta: { stop_reason: null }, usage: { output_tokens: 20 } }, "message_delta"), event({ type: "message_stop" }, "message_stop")]],
    ["the reason in its first word", [event({ type: "message_start", message: { id: "m", type: "message", role: "assistant", model: "model-1", content: [], stop_reason: "end_turn", usage: { input_tokens: 500, output_tokens: 1 } } }, "message_start"), blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD }), st(0), event({ type: "message_stop" }, "message_stop")]],
    ["text in its beginning and in pieces", [AST, blk(0, { type: "text", text: A }), dl(0, { type: "text_delta", text: B }), st(0), ...AEND()]],
    ["all data without names of events", [AST, blk(0, { type: "text", text: "" }), dl(0, { type: "text_delta", text: GOOD }), st(0), ...AEND()].map((one) => one.replace(/^event:.*\n/, ""))],
    ["usage in the words of chat", ab([{ type: "text", text: GOOD }], { usage: { prompt_tokens: 500, completion_tokens: 20 } })],
    ["usage of one token for all of it", ab([{ type: "text", text: GOOD }], { usage: { input_tokens: 1, output_tokens: 1 } })],
    ["a fallback beside", ab([{ type: "fallback", from: "model-2" }, { type: "text", text: GOOD }])],
    ["an error alone with a success", [named("error", { type: "error", error: { type: "api_error", message: "upstream connect error" } })], "retry"],
    ["pieces of a call where text is due", [AST, blk(0, { type: "text", text: "" }), ...[1, 2, 3].map(() => dl(0, { type: "input_json_delta", partial_json: "" })), st(0), ...AEND()], "retry"],
    ["malformed_tool_use", ab([{ type: "text", text: GOOD }], { stop_reason: "malformed_tool_use" }), "retry"],
    ["malformed_model_output", ab([{ type: "text", text: "{" }], { stop_reason: "malformed_model_output" }), "retry"],
    ["Bedrock's envelope", json(JSON.stringify({ message: { id: "m", type: "message", role: "assistant", model: "model-1", content: [{ type: "text", text: GOOD }], stop_reason: "end_turn", usage: { input_tokens: 500, output_tokens: 20 } } })), "retry"],
  ]),
  ...wired("anthropic", "writer", "accept", [
    ["input whole in its beginning, and an empty object in pieces", [AST, blk(0, USE), dl(0, { type: "input_json_delta", partial_json: "{}" }), st(0), ...AEND("tool_use")]],
    ["a caller beside", ab([{ ...USE, caller: { type: "direct" } }], { stop_reason: "tool_use" })],
    ["the reason of an end with a call", ab([{ type: "text", text: "I edit." }, USE], { stop_reason: "end_turn" })],
    ["two calls under one index, pieces in turn", [AST, blk(0, { type: "tool_use", id: "t1", name: "read_file", input: {} }), dl(0, { type: "input_json_delta", partial_json: READ }), st(0), blk(0, { type: "tool_use", id: "t2", name: "edit_file", input: {} }), dl(0, { type: "input_json_delta", partial_json: ARGS.slice(0, HALF) }), dl(0, { type: "input_json_delta", partial_json: ARGS.slice(HALF) }), st(0), ...AEND("tool_use")]],
    ["a thought signed in two pieces", [AST, blk(0, { type: "thinking", thinking: "", signature: "" }), dl(0, { type: "thinking_delta", thinking: "hm" }), dl(0, { type: "signature_delta", signature: "c2" }), dl(0, { type: "signature_delta", signature: "ln" }), st(0), blk(1, { ...USE, input: {} }), dl(1, { type: "input_json_delta", partial_json: ARGS }), st(1), ...AEND("tool_use")]],
    ["a call in a text of Qwen's marks", ab([{ type: "text", text: MARKED }])],
    ["the reason taken back by a last word", [AST, blk(0, { ...USE, input: {} }), dl(0, { type: "input_json_delta", partial_json: ARGS }), st(0), event({ type: "message_delta", delta: { stop_reason: "tool_use" } }, "message_delta"), event({ type: "message_delta", delta: { stop_reason: "" }, usage: { output_tokens: 9 } }, "message_delta"), event({ type: "message_stop" }, "message_stop")]],
  ]),
  ...wired("openai-responses", "reviewer", "accept", [
    ["no model in the last word", [BEG, comp([MSG], { model: null })]],
    ["a keepalive between", [BEG, event({ type: "keepalive", sequence_number: 2 }), comp([MSG])]],
    ["an end of nulls behind pieces", [BEG, item("added", { ...MSG, content: [] }), event({ type: "response.output_text.delta", output_index: 0, delta: A }), event({ type: "response.output_text.delta", output_index: 0, delta: B }), event({ type: "response.output_text.done", output_index: 0, text: "" }), item("done", { ...MSG, content: [] }), comp(null)]],
    ["usage of one token for all of it", [BEG, comp([MSG], { usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } })]],
    ["text in parts that were announced", [BEG, item("added", { ...MSG, content: [] }), event({ type: "response.content_part.added", output_index: 0, content_index: 0, part: { type: "output_text", text: "" } }), event({ type: "response.output_text.delta", output_index: 0, content_index: 0, delta: GOOD }), event({ type: "response.content_part.done", output_index: 0, content_index: 0, part: { type: "output_text", text: GOOD } }), item("done", MSG), comp([MSG])]],
    ["a status at the top of an error", [BEG, event({ type: "error", status: 503, code: "service_unavailable", message: "Try again" })], "retry"],
    ["an end of the old kind", [BEG, item("done", MSG), event({ type: "response.done", response: { ...R, status: "completed", usage: CNT } })]],
  ]),
  ...wired("openai-responses", "writer", "accept", [
    ["arguments of an empty object in its last word", [BEG, item("added", { ...RC, arguments: "" }), event({ type: "response.function_call_arguments.delta", output_index: 0, delta: ARGS }), item("done", { ...RC, arguments: "{}" }), comp([{ ...RC, arguments: "{}" }])]],
    ["a call that only its last word names", [BEG, event({ type: "response.function_call_arguments.delta", item_id: "fc", output_index: 0, delta: ARGS }), event({ type: "response.function_call_arguments.done", item_id: "fc", output_index: 0, name: "edit_file", arguments: ARGS }), comp([])]],
    ["a namespace beside", [BEG, comp([{ ...RC, namespace: "functions" }])]],
    ["two calls in turn, without indices", [BEG, event({ type: "response.output_item.added", item: { ...RC, id: "f1", call_id: "c1", name: "read_file", arguments: "" } }), event({ type: "response.output_item.added", item: { ...RC, id: "f2", call_id: "c2", arguments: "" } }), event({ type: "response.function_call_arguments.delta", item_id: "f2", delta: ARGS.slice(0, HALF) }), event({ type: "response.function_call_arguments.delta", item_id: "f1", delta: READ }), event({ type: "response.function_call_arguments.delta", item_id: "f2", delta: ARGS.slice(HALF) }), comp([])]],
    ["a call in the text of a message, with an empty list of calls", [BEG, comp([{ ...MSG, tool_calls: [], content: [{ type: "output_text", text: HERMES }] }])]],
    ["the server cannot read the call, 500", json(JSON.stringify({ error: { message: `Failed to parse tool call output: ${HERMES}`, type: "server_error", code: null } }), 500), "retry"],
  ]),
];
