import { event, pieces } from "../dialects/dialect.ts";
import type { RawCall, RawSaid } from "./odd.ts";

/** How each wire spells an odd answer: whole, and as a stream. */
export type Spelling = { readonly body: object; readonly events: readonly string[] };
export type WireName = "anthropic" | "openai-chat" | "openai-responses";

const id = (call: RawCall, nth: number): unknown => ("id" in call ? call.id : `call_odd_${nth}`);
const asText = (args: unknown): unknown =>
  typeof args === "string" || args === undefined || args === null ? args : JSON.stringify(args);
const inPieces = (value: unknown): unknown[] =>
  typeof value === "string" ? pieces(value) : value === undefined ? [] : [value];

export const ENCODE: Readonly<Record<WireName, (said: RawSaid) => Spelling>> = {
  "openai-chat": (said) => {
    const calls = (said.calls ?? []).map((call, nth) => ({
      ...{ id: id(call, nth), type: "function" },
      function: { name: call.name, arguments: asText(call.args) },
    }));
    const end = "end" in said ? said.end : calls.length > 0 ? "tool_calls" : "stop";
    const usage = "usage" in said ? said.usage : { prompt_tokens: 500, completion_tokens: 20, total_tokens: 520 };
    const message = {
      role: "assistant",
      content: "text" in said ? said.text : null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
      ...said.extra,
    };
    const chunk = (delta: object, over: object = {}) =>
      event({ id: "c1", choices: [{ index: 0, delta, finish_reason: null, ...over }] });
    return {
      body: {
        id: "c1",
        object: "chat.completion",
        model: "model-1",
        choices: [{ index: 0, finish_reason: end, message }],
        usage,
      },
      events: [
        chunk({ role: "assistant", content: "", ...said.extra }),
        ...inPieces(said.text).map((content) => chunk({ content })),
        ...calls.flatMap((call, index) => [
          chunk({ tool_calls: [{ ...call, index, function: { ...call.function, arguments: "" } }] }),
          ...inPieces(call.function.arguments).map((args) =>
            chunk({ tool_calls: [{ index, function: { arguments: args } }] }),
          ),
        ]),
        chunk({}, { finish_reason: end }),
        event({ id: "c1", choices: [], usage }),
        "data: [DONE]\n\n",
      ],
    };
  },
  anthropic: (said) => {
    const text =
      typeof said.text === "string"
        ? [{ type: "text", text: said.text }]
        : Array.isArray(said.text)
          ? (said.text as object[])
          : [];
    const calls = (said.calls ?? []).map((call, nth) => ({
      type: "tool_use",
      id: id(call, nth),
      name: call.name,
      input: call.args,
    }));
    const content = [...text, ...calls].filter((block) => block !== null);
    const end = "end" in said ? said.end : calls.length > 0 ? "tool_use" : "end_turn";
    const usage = "usage" in said ? said.usage : { input_tokens: 500, output_tokens: 20 };
    const message = {
      id: "m1",
      type: "message",
      role: "assistant",
      model: "model-1",
      content,
      stop_reason: end,
      usage,
      ...said.extra,
    };
    return {
      body: message,
      events: [
        event({ type: "message_start", message: { ...message, content: [], stop_reason: null } }, "message_start"),
        ...content.flatMap((block, index) => blockEvents(block, index)),
        event({ type: "message_delta", delta: { stop_reason: end }, usage }, "message_delta"),
        event({ type: "message_stop" }, "message_stop"),
      ],
    };
  },
  "openai-responses": (said) => {
    const parts =
      typeof said.text === "string" ? [{ type: "output_text", text: said.text, annotations: [] }] : said.text;
    const text =
      said.text === undefined
        ? []
        : [{ type: "message", id: "msg_1", role: "assistant", status: "completed", content: parts }];
    const calls = (said.calls ?? []).map((call, nth) => ({
      ...{
        type: "function_call",
        id: `fc_${nth}`,
        call_id: id(call, nth),
        name: call.name,
        arguments: asText(call.args),
        status: "completed",
      },
    }));
    const output = [{ type: "reasoning", id: "rs_1", summary: [], encrypted_content: "ZW5j" }, ...text, ...calls];
    const usage = "usage" in said ? said.usage : { input_tokens: 500, output_tokens: 20, total_tokens: 520 };
    const { status, ...rest } = endOfResponse(said);
    const response = {
      id: "r1",
      object: "response",
      status,
      error: null,
      incomplete_details: null,
      model: "model-1",
      output,
      usage,
      ...rest,
      ...said.extra,
    };
    return {
      body: response,
      events: [
        event({ type: "response.created", response: { ...response, status: "in_progress", output: [], usage: null } }),
        ...output.map((item, index) => event({ type: "response.output_item.added", output_index: index, item })),
        ...(typeof said.text === "string" ? pieces(said.text) : []).map((delta) =>
          event({ type: "response.output_text.delta", output_index: 1, delta }),
        ),
        event({ type: `response.${String(status)}`, response }),
      ],
    };
  },
};

/** Words of other families mean something here too, where they say why an answer is not whole. */
function endOfResponse(said: RawSaid): Readonly<Record<string, unknown>> {
  if (!("end" in said) || said.end === "stop" || said.end === "tool_calls") return { status: "completed" };
  if (said.end === "length") return { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
  if (said.end === "content_filter") return { status: "incomplete", incomplete_details: { reason: "content_filter" } };
  return { status: said.end };
}

function blockEvents(block: object, index: number): string[] {
  const { type, text, input, ...rest } = block as { type?: unknown; text?: unknown; input?: unknown };
  const start = type === "tool_use" ? { type, ...rest, input: {} } : { type, ...rest, text: "" };
  const deltas =
    type === "tool_use"
      ? inPieces(typeof input === "string" ? input : JSON.stringify(input)).map((one) => ({
          type: "input_json_delta",
          partial_json: one,
        }))
      : inPieces(text).map((one) => ({ type: "text_delta", text: one }));
  return [
    event({ type: "content_block_start", index, content_block: start }, "content_block_start"),
    ...deltas.map((delta) => event({ type: "content_block_delta", index, delta }, "content_block_delta")),
    event({ type: "content_block_stop", index }, "content_block_stop"),
  ];
}
