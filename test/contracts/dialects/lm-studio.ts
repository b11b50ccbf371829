import type { Refusal } from "./dialect.ts";
import { chatDialect, messagesOf } from "./chat-form.ts";
import { badCall, formatOf, notAlternating, userAfterTool } from "./chat-rules.ts";

/** An error is only a text. */
const bad = (message: string): Refusal => ({ status: 400, body: { error: message } });
const template = (message: string) =>
  bad(
    `Error rendering prompt with jinja template: "${message}". This is usually an issue with the model's prompt template.`,
  );

/** LM Studio with a model whose template knows no system role. An address that it does not know is answered with a success. */
export const LM_STUDIO = chatDialect({
  name: "lm-studio",
  entry: { api: "openai-chat", family: "lm-studio", lacks: ["system-role", "user-after-tools"] },
  lost: {
    status: 200,
    body: { error: "Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway" },
  },
  lessonsMax: 3,
  form: {
    id: (nth) => String(365_174_480 + nth),
    thought: () => ({ reasoning_content: "I think." }),
    usageFields: { completion_tokens_details: { reasoning_tokens: 3 } },
  },
  refuse: (request) => {
    const format = formatOf(request);
    if (format !== undefined && format !== "json_schema" && format !== "text")
      return bad("'response_format.type' must be 'json_schema' or 'text'");
    if (messagesOf(request).some(({ role }) => role === "system")) return template("System role not supported");
    if (notAlternating(request) || userAfterTool(request))
      return template("Conversation roles must alternate user/assistant/user/assistant/...");
    return badCall(request, /^.+$/s) ? bad("Invalid 'messages' in payload") : null;
  },
});
