import { GOOD, good, type Odd } from "./odd-answers.ts";

const called = (...calls: [name: string, args: unknown][]) => ({
  outcome: "answered",
  toolCalls: calls.map(([name, args]) => ({ name, args })),
});
const READ = called(["read_file", { path: "a" }]);

const completion = (choice: object, rest: object = {}) => ({
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: GOOD }, ...choice }],
  usage: { prompt_tokens: 10, completion_tokens: 5 },
  ...rest,
});
const ended = (reason: unknown) => completion({ finish_reason: reason });
const chatCall = (call: object, over: object = {}) =>
  completion({
    finish_reason: "tool_calls",
    message: { role: "assistant", content: null, tool_calls: [call] },
    ...over,
  });

const CALL = { id: "call_1", type: "function", function: { name: "read_file", arguments: '{"path":"a"}' } };

export const CHAT_ODDS: readonly Odd[] = [
  { name: "content in parts", body: completion({ message: { content: [{ type: "text", text: GOOD }] } }), means: good },
  { name: "content as strings", body: completion({ message: { content: ['{"good":', "true}"] } }), means: good },
  {
    name: "content as one part",
    body: completion({ message: { content: { type: "text", text: GOOD } } }),
    means: good,
  },
  {
    name: "a thought as a part",
    body: completion({
      message: {
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "{}" }] },
          { type: "text", text: GOOD },
        ],
      },
    }),
    means: good,
  },
  { name: "text beside the message", body: { choices: [{ text: GOOD, finish_reason: "stop" }] }, means: good },
  { name: "no reason at all", body: { choices: [{ message: { content: GOOD } }] }, means: good },
  {
    name: "a call without type",
    body: chatCall({ id: "c1", function: { name: "read_file", arguments: '{"path":"a"}' } }),
    means: READ,
  },
  {
    name: "a call without arguments",
    body: chatCall({ id: "c1", function: { name: "read_file" } }),
    means: called(["read_file", {}]),
  },
  {
    name: "a call with empty arguments",
    body: chatCall({ id: "c1", function: { name: "read_file", arguments: "" } }),
    means: called(["read_file", {}]),
  },
  { name: "a flat call", body: chatCall({ id: "c1", name: "read_file", arguments: { path: "a" } }), means: READ },
  {
    name: "a call of the old kind",
    body: completion({
      finish_reason: "function_call",
      message: { content: null, function_call: { name: "read_file", arguments: '{"path":"a"}' } },
    }),
    means: READ,
  },
  {
    name: "a call that ends with stop",
    body: chatCall({ id: "c1", function: { name: "read_file", arguments: '{"path":"a"}' } }, { finish_reason: "stop" }),
    means: READ,
  },
  {
    name: "a call in the second choice",
    body: {
      choices: [
        { finish_reason: "stop", message: { content: "Let me see." } },
        {
          finish_reason: "tool_calls",
          message: { tool_calls: [{ function: { name: "read_file", arguments: '{"path":"a"}' } }] },
        },
      ],
    },
    means: READ,
  },
  {
    name: "two calls in one",
    body: chatCall({
      id: "c1",
      function: {
        name: "multi_tool_use.parallel",
        arguments: JSON.stringify({
          tool_uses: [
            { recipient_name: "functions.read_file", parameters: { path: "a" } },
            { recipient_name: "functions.read_file", parameters: { path: "b" } },
          ],
        }),
      },
    }),
    means: called(["read_file", { path: "a" }], ["read_file", { path: "b" }]),
  },
  {
    name: "a call in the text",
    body: completion({
      message: { content: '<tool_call>\n{"name": "read_file", "arguments": {"path": "a"}}\n</tool_call>' },
    }),
    means: READ,
  },
  {
    name: "a call in the text, of Mistral's kind",
    body: completion({ message: { content: '[TOOL_CALLS][{"name": "read_file", "arguments": {"path": "a"}}]' } }),
    means: READ,
  },
  ...["length", "max_tokens", "MAX_TOKENS", "model_length", "weird", null].map((one) => ({
    name: `ended by ${one}`,
    body: ended(one),
    means: { outcome: "cut-off" },
  })),
  ...["content_filter", "SAFETY", "RECITATION", "PROHIBITED_CONTENT", "sensitive"].map((one) => ({
    name: `ended by ${one}`,
    body: ended(one),
    means: { outcome: "refused" },
  })),
  ...["error", "insufficient_system_resource", "network_error"].map((one) => ({
    name: `ended by ${one}`,
    body: ended(one),
    means: { outcome: "unavailable", paid: { outputTokens: 5 } },
  })),
  ...["malformed_function_call", "MALFORMED_FUNCTION_CALL"].map((one) => ({
    name: `ended by ${one}`,
    body: ended(one),
    means: { outcome: "cut-off", unread: true, usage: { outputTokens: 5 } },
  })),
  {
    name: "a refusal",
    body: completion({ message: { content: null, refusal: "No." } }),
    means: { outcome: "refused", reason: "No." },
  },
  {
    name: "an error in the choice",
    body: completion({ finish_reason: "error", error: { code: 429, message: "Busy" } }),
    means: { outcome: "unavailable", cause: "too-fast" },
  },
  {
    name: "the answer in the second choice",
    body: { choices: [{ message: { content: "" } }, { message: { content: GOOD } }] },
    means: good,
  },
  { name: "content as the object itself", body: completion({ message: { content: { good: true } } }), means: good },
  {
    name: "the object beside no content",
    body: completion({ message: { content: null, parsed: { good: true } } }),
    means: good,
  },
  {
    name: "all of the answer taken for thinking",
    body: completion({ message: { content: null, reasoning_content: ` ${GOOD}\n` } }),
    means: good,
  },
  {
    name: "a thought that holds a draft",
    body: completion({ message: { content: null, reasoning: `Maybe ${GOOD}?` } }),
    means: { outcome: "answered", text: "" },
  },
  {
    name: "one call instead of a list",
    body: completion({ message: { content: null, tool_calls: CALL } }),
    means: READ,
  },
  {
    name: "calls as text",
    body: completion({ message: { content: null, tool_calls: JSON.stringify([CALL]) } }),
    means: READ,
  },
  { name: "a body as text", body: JSON.stringify(completion({})), means: good },
  { name: "a body in a list", body: [completion({})], means: good },
  { name: "a body in a gateway's record", body: { code: 0, msg: "success", data: completion({}) }, means: good },
  {
    name: "counts in the words of another SDK",
    body: completion({}, { usage: { promptTokens: 50, completionTokens: 9 } }),
    means: { ...good, usage: { inputTokens: 50, outputTokens: 9 } },
  },
  {
    name: "a message of Ollama's own protocol",
    body: { message: { role: "assistant", content: GOOD }, done: true },
    means: { outcome: "answered", text: GOOD },
  },
];
