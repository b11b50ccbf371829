import type { Refusal } from "./dialect.ts";
import { chatDialect } from "./chat-form.ts";
import { badCall, emptyMessage, hasTools } from "./chat-rules.ts";
import { chatAnswer, type ChatForm } from "./chat-form.ts";

const bad = (message: string, status = 400): Refusal => ({
  status,
  body: {
    error: { message, type: status === 404 ? "not_found_error" : "invalid_request_error", param: null, code: null },
  },
});

const FORM: ChatForm = {
  id: (nth) => `call_${String(nth).padStart(8, "o")}`,
  thought: () => ({ reasoning: "I think." }),
  index: () => 0,
  calls: "whole",
};

/** Ollama: knows most fields and ignores them; where tools are offered, its streams lose the calls and end as if all were said. */
export const OLLAMA = {
  ...chatDialect({
    name: "ollama",
    entry: { api: "openai-chat", family: "ollama" },
    lost: { status: 404, body: "404 page not found" },
    lessonsMax: 0,
    form: FORM,
    refuse: (request) => {
      const empty = emptyMessage(request);
      if (empty?.role === "assistant") return bad("invalid message content type: <nil>");
      return badCall(request, /^.*$/s)?.what === "arguments" ? bad("invalid tool call arguments", 500) : null;
    },
  }),
  answer: (...[said, request, kept]: Parameters<typeof chatAnswer> extends [unknown, ...infer Rest] ? Rest : never) =>
    chatAnswer(FORM, request.stream === true && hasTools(request) && said.calls ? { text: "" } : said, request, kept),
};
