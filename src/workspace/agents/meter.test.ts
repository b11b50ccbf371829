import { describe, expect, it } from "@jest/globals";
import { meter } from "./meter.ts";

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const stream = (...all: object[]) => all.map(event).join("");
const REQUEST = JSON.stringify({ messages: ["x".repeat(350)] });

describe("what a call of a coding agent took", () => {
  it.each<[string, string, string, object]>([
    [
      "Anthropic, a stream that counts up",
      "/messages",
      stream(
        { type: "message_start", message: { model: "claude-x", usage: { input_tokens: 9, cache_read_input_tokens: 40, cache_creation_input_tokens: 5, output_tokens: 1 } } }, // prettier-ignore
        { type: "message_delta", usage: { output_tokens: 70 } },
      ),
      { counts: { inputTokens: 9, cachedInputTokens: 40, cacheWriteTokens: 5, outputTokens: 70 }, served: "claude-x" },
    ],
    [
      "OpenAI Responses, cached tokens counted in",
      "/responses",
      stream({ type: "response.completed", response: { model: "gpt-x", usage: { input_tokens: 150, input_tokens_details: { cached_tokens: 30 }, output_tokens: 40 } } }), // prettier-ignore
      { counts: { inputTokens: 120, cachedInputTokens: 30, cacheWriteTokens: 0, outputTokens: 40 }, served: "gpt-x" },
    ],
    [
      "chat, usage in the last event",
      "/chat/completions",
      `${stream({ model: "m", choices: [] }, { usage: null }, { usage: { prompt_tokens: 150, completion_tokens: 40, prompt_tokens_details: { cached_tokens: 30 } } })}data: [DONE]\n\n`, // prettier-ignore
      { counts: { inputTokens: 120, cachedInputTokens: 30, cacheWriteTokens: 0, outputTokens: 40 }, served: "m" },
    ],
    [
      "one object",
      "/messages",
      JSON.stringify({ model: "c", usage: { input_tokens: 7, output_tokens: 3 } }),
      { counts: { inputTokens: 7, outputTokens: 3 }, served: "c" },
    ],
    [
      "a name that no database takes",
      "/messages",
      JSON.stringify({ model: "\u0000 c\n\u001b1\u0000", usage: { input_tokens: 7, output_tokens: 3 } }),
      { served: "c 1" },
    ],
    [
      "a name of nothing, and one behind it",
      "/messages",
      stream({ model: "\u0000 ", message: { model: "c", usage: { input_tokens: 7, output_tokens: 3 } } }),
      { served: "c" },
    ],
  ])("is what the provider counted: %s", (_name, path, answer, expected) => {
    const metered = meter(path, REQUEST, answer);
    expect(metered).toMatchObject(expected);
    expect(metered.counts.estimated).toBeUndefined();
  });

  it.each<[string, string]>([
    ["nothing is said", stream({ choices: [{ delta: { content: "a" } }] }, { choices: [{ delta: { content: "b" } }] })],
    ["zeros", JSON.stringify({ text: "a long answer", usage: { prompt_tokens: 0, completion_tokens: 0 } })],
    ["nonsense", JSON.stringify({ text: "a long answer", usage: { prompt_tokens: "many", completion_tokens: -4 } })],
    ["a number in another unit", JSON.stringify({ text: "a long answer", usage: { prompt_tokens: 9e12 } })],
    ["no JSON", "<html>a page of some proxy that says nothing of use</html>"],
  ])("is estimated and marked where the provider says nothing: %s", (_name, answer) => {
    const { counts } = meter("/chat/completions", REQUEST, answer);
    expect(counts.estimated).toBe(true);
    expect(counts.inputTokens).toBeGreaterThan(90);
    expect(counts.outputTokens).toBeGreaterThan(1);
  });

  it("counts what came before a stream broke off", () => {
    const begun = stream({ type: "message_start", message: { usage: { input_tokens: 50, output_tokens: 1 } } }, { type: "content_block_delta" }, { type: "content_block_delta" }); // prettier-ignore
    const { counts } = meter("/messages", REQUEST, `${begun}data: {"type":"mess`);
    expect(counts).toEqual({
      inputTokens: 50,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 3,
      estimated: true,
    });
  });
});
