import { buildModel } from "../../src/models/pool.ts";
import type { Model } from "../../src/models/model.ts";
import type { AdapterOptions, Api } from "../../src/models/spec.ts";
import { resolvePoolEntry } from "../../src/models/catalogue.ts";
import type { Staged } from "./model.contract.ts";

/** How each provider says things, after the types of its SDK. */
export type Wire = {
  readonly api: Api;
  readonly origin: string;
  readonly path: string;
  body(staged: Staged): object;
  /** One call of `read_file` whose arguments are no JSON; `null` where the protocol cannot carry such. */
  readonly malformedArgs: object | null;
  error(message: string, code: string): object;
};

export const KEY = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz";
export const PRICES = { input: 4_000_000, cachedInput: 200_000, cacheWrite: 5_000_000, output: 20_000_000 };
/** What every body below reports, and what it costs at those prices: 4000 + 40 + 500 + 1000. */
export const USAGE = {
  inputTokens: 1000,
  cachedInputTokens: 200,
  cacheWriteTokens: 100,
  outputTokens: 50,
  costMicroUsd: 5540,
};

export function wireModel(wire: Wire, over: Partial<AdapterOptions> = {}): Model {
  const entry = { name: "tested", vendor: "acme", api: wire.api, model: "model-1", prices: PRICES };
  return buildModel({ ...resolvePoolEntry(entry), apiKey: KEY, ...over });
}

const text = (staged: Staged) => ("say" in staged ? staged.say : "cutOff" in staged ? staged.cutOff : "");

const anthropic: Wire = {
  api: "anthropic",
  origin: "https://api.anthropic.com",
  path: "/v1/messages",
  body: (staged) => ({
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "model-1",
    content: [
      { type: "thinking", thinking: "", signature: "c2lnbmVk" },
      ...(text(staged) ? [{ type: "text", text: text(staged), citations: null }] : []),
      ...("call" in staged
        ? staged.call.map(({ id, name, args }) => ({ type: "tool_use", id, name, input: args, caller: null }))
        : []),
    ],
    stop_reason:
      "call" in staged ? "tool_use" : "refuse" in staged ? "refusal" : "cutOff" in staged ? "max_tokens" : "end_turn",
    stop_details: "refuse" in staged ? { type: "refusal", category: null, explanation: staged.refuse } : null,
    usage: {
      input_tokens: 1000,
      cache_read_input_tokens: 200,
      cache_creation_input_tokens: 100,
      output_tokens: 50,
      service_tier: "standard",
    },
  }),
  malformedArgs: null,
  error: (message, code) => ({ type: "error", error: { type: code, message }, request_id: "req_1" }),
};

const responsesBody = (output: object[], over: object = {}) => ({
  id: "resp_1",
  object: "response",
  status: "completed",
  error: null,
  incomplete_details: null,
  output: [{ type: "reasoning", id: "rs_1", summary: [], encrypted_content: "ZW5jcnlwdGVk" }, ...output],
  usage: {
    input_tokens: 1300,
    input_tokens_details: { cached_tokens: 200, cache_write_tokens: 100 },
    output_tokens: 50,
    output_tokens_details: { reasoning_tokens: 20 },
    total_tokens: 1350,
  },
  ...over,
});
const responsesMessage = (part: object) => ({
  type: "message",
  id: "msg_1",
  role: "assistant",
  status: "completed",
  content: [part],
});
const responsesCall = (id: string, name: string, args: string) => ({
  ...{ type: "function_call", id: `fc_${id}`, call_id: id, name, arguments: args, status: "completed" },
});

const responses: Wire = {
  api: "openai-responses",
  origin: "https://api.openai.com",
  path: "/v1/responses",
  body: (staged) => {
    if ("call" in staged)
      return responsesBody(staged.call.map(({ id, name, args }) => responsesCall(id, name, JSON.stringify(args))));
    if ("refuse" in staged) return responsesBody([responsesMessage({ type: "refusal", refusal: staged.refuse })]);
    const said = responsesMessage({ type: "output_text", text: text(staged), annotations: [] });
    const incomplete = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
    return responsesBody([said], "cutOff" in staged ? incomplete : {});
  },
  malformedArgs: responsesBody([responsesCall("call_a", "read_file", '{"path": "a.ts')]),
  error: (message, code) => ({ error: { message, type: "invalid_request_error", param: null, code } }),
};

const chatBody = (message: object, finishReason: string) => ({
  id: "chatcmpl_1",
  object: "chat.completion",
  choices: [
    { index: 0, finish_reason: finishReason, message: { role: "assistant", content: null, refusal: null, ...message } },
  ],
  usage: {
    prompt_tokens: 1300,
    completion_tokens: 50,
    total_tokens: 1350,
    prompt_tokens_details: { cached_tokens: 200, cache_write_tokens: 100 },
  },
});
const chatCall = (id: string, name: string, args: string) => ({
  ...{ id, type: "function", function: { name, arguments: args } },
});

const chat: Wire = {
  api: "openai-chat",
  origin: "https://api.openai.com",
  path: "/v1/chat/completions",
  body: (staged) => {
    if ("call" in staged) {
      const calls = staged.call.map(({ id, name, args }) => chatCall(id, name, JSON.stringify(args)));
      return chatBody({ tool_calls: calls }, "tool_calls");
    }
    if ("refuse" in staged) return chatBody({ refusal: staged.refuse }, "stop");
    return chatBody({ content: text(staged) }, "cutOff" in staged ? "length" : "stop");
  },
  malformedArgs: chatBody({ tool_calls: [chatCall("call_a", "read_file", '{"path": "a.ts')] }, "tool_calls"),
  error: responses.error,
};

export const WIRES: readonly Wire[] = [anthropic, responses, chat];
export const [ANTHROPIC, RESPONSES, CHAT] = [anthropic, responses, chat];
