import type { Refusal } from "./dialect.ts";
import { chatDialect } from "./chat-form.ts";
import { badCall, formatOf, hasTools, looseIn, OPENAI_MESSAGE, unknownInMessages, unpaired } from "./chat-rules.ts";

const bad = (message: string, code?: string): Refusal => ({
  status: 400,
  body: { error: { message, type: "invalid_request_error", ...(code === undefined ? {} : { code }) } },
});

/** Groq: what its models thought may not come back, JSON and tools do not go together, usage stands in a field of its own. */
export const GROQ = chatDialect({
  name: "groq",
  entry: { api: "openai-chat", family: "groq" },
  path: "/openai/v1/chat/completions",
  base: "/openai/v1",
  lost: {
    status: 404,
    body: {
      error: {
        message: "Unknown request URL: POST /chat/completions.",
        type: "invalid_request_error",
        code: "unknown_url",
      },
    },
  },
  lessonsMax: 2,
  form: {
    id: (nth) => `fc_${String(nth).padStart(8, "g")}-aaaa-bbbb-cccc`,
    thought: () => ({ reasoning: "I think." }),
    calls: "whole",
    usage: "never",
    first: [
      {
        choices: [],
        x_groq: {
          id: "req_1",
          usage: { prompt_tokens: 900, completion_tokens: 40, total_tokens: 940, queue_time: 0.1 },
        },
      },
    ],
  },
  refuse: (request) => {
    const field = unknownInMessages(request, OPENAI_MESSAGE);
    if (field)
      return bad(
        `'messages.${field.index}' : for 'role:${field.role}' the following must be satisfied[('messages.${field.index}' : property '${field.field}' is unsupported, did you mean 'role'?)]`,
      );
    if (hasTools(request) && formatOf(request) !== undefined)
      return bad("json mode cannot be combined with tool/function calling");
    if (looseIn(request)) return bad(`invalid JSON schema for response_format: ${looseIn(request)}`);
    const pair = unpaired(request);
    if (pair) return bad(`'messages.${pair.index}' : tool_call_id ${pair.id} has no ${pair.lacks}`);
    const call = badCall(request, /^.+$/s);
    return call ? bad(`'messages.${call.index}.tool_calls.0.function.${call.what}' : value is not valid`) : null;
  },
});
