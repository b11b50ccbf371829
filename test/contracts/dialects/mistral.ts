import { type Refusal, type Sent, unknownField } from "./dialect.ts";
import { chatDialect, messagesOf } from "./chat-form.ts";
import { badCall, unknownInMessages, unpaired, userAfterTool } from "./chat-rules.ts";

const KNOWN = [
  ...["model", "messages", "max_tokens", "tools", "tool_choice", "response_format", "stream", "temperature", "top_p"],
  ...["parallel_tool_calls", "random_seed", "stop", "safe_prompt", "prompt_mode", "headers"],
];
const MESSAGE = {
  system: ["role", "content"],
  user: ["role", "content"],
  assistant: ["role", "content", "tool_calls", "prefix"],
  tool: ["role", "content", "tool_call_id", "name"],
};

const extra = (...loc: readonly (string | number)[]): Refusal => ({
  status: 422,
  body: {
    object: "error",
    message: {
      detail: [{ type: "extra_forbidden", loc: ["body", ...loc], msg: "Extra inputs are not permitted", input: {} }],
    },
    ...{ type: "invalid_request_error", param: null, code: null },
  },
});
const bad = (message: string, type: string, code: string): Refusal => ({
  status: 400,
  body: { object: "error", message, type, param: null, code },
});

/** Mistral: closed models of its input, ids of nine letters and digits, roles in one order, thoughts as parts. */
export const MISTRAL = chatDialect({
  name: "mistral",
  entry: { api: "openai-chat", family: "mistral" },
  lessonsMax: 3,
  lost: { status: 404, body: { message: "no Route matched with those values" } },
  form: {
    id: (nth) => String(nth).padStart(9, "D"),
    content: (text) => [
      { type: "thinking", thinking: [{ type: "text", text: "Hm, {}." }] },
      { type: "text", text },
    ],
    calls: "whole",
    usage: "always",
    finish: { length: "model_length" },
  },
  refuse: (request) => {
    const unknown = unknownField(request, KNOWN);
    if (unknown) return extra(unknown);
    const field = unknownInMessages(request, MESSAGE);
    if (field) return extra("messages", field.index, field.role, field.field);
    return orderRefused(request);
  },
});

function orderRefused(request: Sent): Refusal | null {
  const call = badCall(request, /^[a-zA-Z0-9]{9}$/);
  if (call?.what === "id")
    return bad(
      `Tool call id was ${call.value} but must be a-z, A-Z, 0-9, with a length of 9.`,
      "invalid_function_call",
      "3280",
    );
  if (call) return bad("Invalid tool call.", "invalid_function_call", "3281");
  if (userAfterTool(request))
    return bad("Unexpected role 'user' after role 'tool'", "invalid_request_message_order", "3230");
  if (unpaired(request))
    return bad("Not the same number of function calls and responses", "invalid_request_message_order", "3230");
  if (messagesOf(request).at(-1)?.role === "assistant")
    return bad(
      "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant",
      "invalid_request_message_order",
      "3230",
    );
  return null;
}
