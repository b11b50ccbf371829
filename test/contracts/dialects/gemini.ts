import { type Fields, fields, holdsKey, type Kept, list, type Refusal, type Sent, unknownField } from "./dialect.ts";
import { callsOf, chatDialect, messagesOf } from "./chat-form.ts";
import { badCall, emptyMessage, formatOf, hasTools, unpaired, withCalls } from "./chat-rules.ts";

const KNOWN = [
  ...["model", "messages", "max_tokens", "max_completion_tokens", "tools", "tool_choice", "response_format", "stream"],
  ...["stream_options", "temperature", "top_p", "n", "stop", "reasoning_effort", "headers"],
];
/** Errors come in a list. */
const bad = (message: string): Refusal => ({
  status: 400,
  body: [{ error: { code: 400, message, status: "INVALID_ARGUMENT" } }],
});

/**
 * Gemini behind its OpenAI-compatible address: tools are translated to a format that knows no `additionalProperties`, a
 * thought's signature has to come back with its call, and all calls of a stream have the index 0.
 */
export const GEMINI = chatDialect({
  name: "gemini",
  entry: { api: "openai-chat", family: "gemini" },
  path: "/v1beta/openai/chat/completions",
  base: "/v1beta/openai",
  lost: { status: 404, body: "" },
  lessonsMax: 2,
  form: {
    id: (nth) => `function-call-${String(nth).padStart(19, "1")}`,
    callExtra: (nth, first) => (first ? { extra_content: { google: { thought_signature: `sig-${nth}` } } } : {}),
    index: () => 0,
    calls: "whole",
    finish: { calls: "stop" },
    usage: "always",
  },
  refuse: (request, kept) => unknownRefused(request) ?? callsRefused(request, kept),
});

function unknownRefused(request: Sent): Refusal | null {
  const unknown = unknownField(request, KNOWN);
  if (unknown) return bad(`Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`);
  const tool = list(request.tools).findIndex((one) => holdsKey(fields(one).function, "additionalProperties"));
  if (tool >= 0)
    return bad(
      `Invalid JSON payload received. Unknown name "additionalProperties" at 'tools[0].function_declarations[${tool}].parameters': Cannot find field.`,
    );
  if (list(request.tools).some((one) => holdsKey(fields(one).function, "strict")))
    return bad(`Invalid JSON payload received. Unknown name "strict" at 'tools[0].function': Cannot find field.`);
  if (hasTools(request) && formatOf(request) !== undefined)
    return bad("Function calling with a response mime type: 'application/json' is unsupported");
  return null;
}

function callsRefused(request: Sent, kept: Kept): Refusal | null {
  const bare = withCalls(request).find(({ message }) => !hasSignature(callsOf(message)[0] ?? {}, kept));
  if (bare)
    return bad(
      `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:read_file\` , position ${bare.index}.`,
    );
  if (unpaired(request))
    return bad(
      "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
    );
  if (badCall(request, /^.{1,256}$/s))
    return bad(
      "Invalid value at 'contents[1].parts[0].function_call.args' (type.googleapis.com/google.protobuf.Struct)",
    );
  const empty = emptyMessage(request);
  if (empty) return bad(`* GenerateContentRequest.contents[${empty.index}].parts: contents.parts must not be empty.`);
  return messagesOf(request).at(-1)?.role === "assistant"
    ? bad("Please ensure that single turn requests end with a user role.")
    : null;
}

function hasSignature(call: Fields, kept: Kept): boolean {
  const given = kept.given.get(String(call.id));
  const extra = fields(fields(given).extra).extra_content;
  return given !== undefined && JSON.stringify(call.extra_content) === JSON.stringify(extra);
}
