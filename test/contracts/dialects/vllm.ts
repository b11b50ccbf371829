import { fields, type Refusal, type Sent } from "./dialect.ts";
import { chatDialect } from "./chat-form.ts";
import { badCall, emptyMessage, unpaired } from "./chat-rules.ts";

const WINDOW = 12_000;
const bad = (message: string): Refusal => ({
  status: 400,
  body: { object: "error", message, type: "BadRequestError", param: null, code: 400 },
});
/** Its own count; four characters a token. */
const tokensOf = (request: Sent) => Math.ceil(JSON.stringify([request.messages, request.tools]).length / 4);

/** vLLM with a small window: question and limit together have to fit, ids are longer than OpenAI takes, all fields are named. */
export const VLLM = chatDialect({
  name: "vllm",
  entry: { api: "openai-chat", family: "vllm", contextTokensMax: WINDOW },
  lost: { status: 404, body: { detail: "Not Found" } },
  lessonsMax: 3,
  form: {
    id: (nth) => `chatcmpl-tool-${String(nth).padStart(32, "0")}`,
    thought: () => ({ reasoning: "I think.", refusal: null, annotations: null, audio: null, function_call: null }),
    choiceExtra: { stop_reason: null, token_ids: null },
    usageFields: { prompt_tokens_details: null },
  },
  refuse: (request) => {
    const asked = Number(request.max_tokens ?? request.max_completion_tokens);
    const input = tokensOf(request);
    if (asked + input > WINDOW)
      return bad(
        `'max_tokens' or 'max_completion_tokens' is too large: ${asked}. This model's maximum context length is ${WINDOW} tokens and your request has ${input} input tokens (${asked} > ${WINDOW} - ${input}).`,
      );
    const call = badCall(request, /^.+$/s);
    if (call?.what === "arguments")
      return bad(`Expecting property name enclosed in double quotes: line 1 column 2 (char 1) None`);
    const empty = emptyMessage(request);
    if (empty?.role === "assistant" && fields(request).messages !== undefined)
      return bad('can only concatenate str (not "NoneType") to str None');
    return unpaired(request)
      ? bad("Message has tool role, but there was no previous assistant message with a tool call!")
      : null;
  },
});
