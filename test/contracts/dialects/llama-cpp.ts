import type { Refusal, Sent } from "./dialect.ts";
import { callsOf, chatDialect, messagesOf } from "./chat-form.ts";
import {
  badCall,
  emptyMessage,
  formatOf,
  hasTools,
  isText,
  notAlternating,
  userAfterTool,
  withCalls,
} from "./chat-rules.ts";

const bad = (message: string, status = 400, type = "invalid_request_error"): Refusal => ({
  status,
  body: { error: { code: status, message, type } },
});
/** What the model's template says comes as an error of the server. */
const template = (message: string) =>
  bad(`${message} at row 12, column 27:\n{{ raise_exception("…") }}`, 500, "server_error");

/** llama.cpp's server with a strict template: roles alternate, one call a turn, no grammar beside tools. */
export const LLAMA_CPP = chatDialect({
  name: "llama.cpp",
  entry: { api: "openai-chat", family: "llama.cpp" },
  parallel: false,
  lost: { status: 404, body: { error: { code: 404, message: "File Not Found", type: "not_found_error" } } },
  lessonsMax: 4,
  templateLessons: 1,
  form: {
    id: (nth) => `r${String(nth).padStart(31, "L")}`,
    thought: () => ({ reasoning_content: "I think." }),
    usageFields: { prompt_tokens_details: { cached_tokens: 0 } },
  },
  refuse: (request) => {
    if (hasTools(request) && formatOf(request) !== undefined)
      return bad("Cannot use custom grammar constraints with tools.");
    return templateRefused(request);
  },
});

function templateRefused(request: Sent): Refusal | null {
  if (notAlternating(request) || userAfterTool(request))
    return template("Conversation roles must alternate user/assistant/user/assistant/...");
  if (messagesOf(request).some((message) => callsOf(message).length > 1))
    return template("This model only supports single tool-calls at once!");
  if (withCalls(request).some(({ message }) => isText(message.content) && message.content !== ""))
    return template("Assistant message must have either content or tool_calls, but not both!");
  if (emptyMessage(request)) return bad("All non-assistant messages must contain 'content'");
  return badCall(request, /^.+$/s)?.what === "arguments"
    ? bad(
        "Failed to parse tool call arguments as JSON: [json.exception.parse_error.101] parse error",
        500,
        "server_error",
      )
    : null;
}
