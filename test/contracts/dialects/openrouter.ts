import { type Fields, fields, type Kept, list, type Refusal, type Sent } from "./dialect.ts";
import { callsOf, chatDialect, messagesOf } from "./chat-form.ts";
import { badCall, emptyMessage, unpaired, withCalls } from "./chat-rules.ts";

/** What the provider behind it says stands as text within what the gateway says. */
const bad = (message: string): Refusal => ({
  status: 400,
  body: {
    error: {
      message: "Provider returned error",
      code: 400,
      metadata: {
        raw: JSON.stringify({ type: "error", error: { type: "invalid_request_error", message } }),
        provider_name: "Anthropic",
      },
    },
    user_id: "user_1",
  },
});

/** OpenRouter: comments between the events, a provider behind it that wants its signed thoughts back, and its own price. */
export const OPENROUTER = chatDialect({
  name: "openrouter",
  entry: { api: "openai-chat", family: "openrouter" },
  path: "/api/v1/chat/completions",
  base: "/api/v1",
  lost: { status: 404, body: "<!DOCTYPE html><html><head><title>Not Found</title></head></html>" },
  lessonsMax: 0,
  form: {
    id: (nth) => `toolu_${String(nth).padStart(22, "r")}`,
    thought: (nth) => ({
      reasoning: "I think.",
      reasoning_details: [
        {
          type: "reasoning.text",
          text: "I think.",
          signature: `signed-${nth}`,
          format: "anthropic-claude-v1",
          index: 0,
        },
      ],
    }),
    before: ": OPENROUTER PROCESSING\n\n",
    choiceExtra: { native_finish_reason: "tool_use" },
    usage: "always",
    usageFields: { cost: 0.0034, is_byok: false, cost_details: { upstream_inference_cost: null } },
    served: "vendor/model-1",
  },
  refuse: (request, kept) => {
    const unsigned = withCalls(request).find(({ message }) => !isSigned(message, kept));
    if (unsigned)
      return bad(
        `messages.${unsigned.index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\`.`,
      );
    return historyRefused(request);
  },
});

function isSigned(message: Fields, kept: Kept): boolean {
  const given = fields(fields(kept.given.get(String(callsOf(message)[0]?.id))).thought);
  const inOrder = (details: unknown) => list(details).map((one) => JSON.stringify(Object.entries(fields(one)).sort()));
  return inOrder(message.reasoning_details).join() === inOrder(given.reasoning_details).join();
}

function historyRefused(request: Sent): Refusal | null {
  const call = badCall(request, /^[a-zA-Z0-9_-]+$/);
  if (call)
    return bad(
      `messages.${call.index}.content.0.tool_use.${call.what}: String should match pattern '^[a-zA-Z0-9_-]+$'`,
    );
  const pair = unpaired(request);
  if (pair)
    return bad(
      `messages.${pair.index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${pair.id}.`,
    );
  const empty = emptyMessage(request);
  if (empty) return bad(`messages.${empty.index}: text content blocks must be non-empty`);
  return messagesOf(request).at(-1)?.role === "assistant"
    ? bad("This model does not support assistant message prefill. The conversation must end with a user message.")
    : null;
}
