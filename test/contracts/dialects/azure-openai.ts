import type { Refusal } from "./dialect.ts";
import { chatDialect } from "./chat-form.ts";
import { refusedByOpenai } from "./openai-chat.ts";

const bad = (message: string, _param: string | null = null, code: string | null = null): Refusal => ({
  status: 400,
  body: { error: { code: code ?? "BadRequest", message, param: null, type: "invalid_request_error" } },
});

/** Azure: the deployment stands in the path, the key in a header of its own, and a chunk about filters comes first. */
export const AZURE_OPENAI = chatDialect({
  name: "azure-openai",
  entry: { api: "azure-openai", apiKeyEnv: "KEY" },
  lessonsMax: 0,
  path: "/openai/deployments/model-1/chat/completions",
  base: "",
  lost: { status: 404, body: { error: { code: "404", message: "Resource not found" } } },
  form: {
    id: (nth) => `call_${String(nth).padStart(24, "Z")}`,
    first: [
      {
        choices: [],
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false } } }],
      },
    ],
    choiceExtra: { content_filter_results: {} },
    served: "gpt-test-2026-01-01",
  },
  refuse: (request) => {
    if (request.headers["api-key"] === undefined)
      return {
        status: 401,
        body: {
          error: { code: "401", message: "Access denied due to invalid subscription key or wrong API endpoint." },
        },
      };
    return refusedByOpenai(request, bad);
  },
});
