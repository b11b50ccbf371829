import { describe, expect, it } from "@jest/globals";
import { asked, headersToSend } from "./asking.ts";

const MODEL = { model: "m", contextTokensMax: 200_000, outputTokensMax: 64_000 };
const ask = (path: string, body: object) => asked(path, JSON.stringify({ model: "m", ...body }), MODEL);
const sent = (path: string, body: object) => {
  const made = ask(path, body);
  return made.outcome !== "may-be-asked" ? made.why : (JSON.parse(made.body) as Record<string, unknown>);
};
const tool = (definition: unknown) => ({
  content: [{ type: "tool_addition", tool: { type: "tool_definition", definition } }],
});
const USER = { role: "user", content: "Write it." };

describe("what a coding agent asks its provider", () => {
  it.each<[string, string, object]>([
    ["an address to read", "/messages", { content: [{ type: "image", source: { type: "url", url: "https://evil" } }] }],
    ["a document by address", "/messages", { content: [{ type: "document", source: { type: "url", url: "x" } }] }],
    ["a file of the account", "/messages", { content: [{ type: "document", source: { type: "file", file_id: "f" } }] }],
    ["a result with an address", "/messages", { content: [{ type: "tool_result", content: [{ type: "image", source: { type: "url" } }] }] }], // prettier-ignore
    ["an image's address", "/chat/completions", { content: [{ type: "image_url", image_url: { url: "https://evil" } }] }], // prettier-ignore
    ["a stored file", "/chat/completions", { content: [{ type: "file", file: { file_id: "f" } }] }],
    ["a tool of the provider", "/messages", tool({ type: "web_fetch_20250910", name: "web_fetch" })],
    ["a tool of another server", "/messages", tool({ type: "mcp_toolset", mcp_server_name: "x" })],
    ["a tool that is none", "/messages", tool("web_fetch")],
    ["a whole set of tools", "/messages", { content: [{ type: "tool_addition", tool: { type: "toolset", name: "web" } }] }], // prettier-ignore
    ["an upload", "/messages", { content: [{ type: "container_upload", file_id: "f" }] }],
  ])("may not be %s", (_what, path, message) => {
    expect(sent(path, { messages: [USER, { role: "user", ...message }] })).toContain("cannot be used here");
  });

  it.each<[string, object]>([
    ["an image's address", { type: "message", content: [{ type: "input_image", image_url: "https://evil" }] }],
    ["a file's address", { type: "message", content: [{ type: "input_file", file_url: "https://evil" }] }],
    ["another answer's part", { type: "item_reference", id: "rs_1" }],
    ["another server", { type: "mcp_approval_response", approve: true }],
  ])("may not be %s among the items", (_what, item) => {
    expect(sent("/responses", { input: [item] })).toContain("cannot be used here");
  });

  it("may be anything that stands in the request itself, and what a call was made with", () => {
    const call = { type: "tool_use", id: "1", name: "get", input: { type: "url", file_id: "x", server_url: "y" } };
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } };
    const messages = [USER, { role: "assistant", content: [call] }, { role: "user", content: [image] }];
    expect(sent("/messages", { messages, max_tokens: 9 })).toEqual({ model: "m", messages, max_tokens: 9 });
    const item = { type: "function_call", name: "a", arguments: { file_id: "x" } };
    const shown = { type: "message", content: [{ type: "input_image", image_url: "data:image/png;base64,AA==" }] };
    expect(sent("/responses", { input: [item, shown] })).toMatchObject({ input: [item, shown] });
  });

  it("may bring a tool of the program in the middle, whatever its arguments are called", () => {
    const definition = { name: "attach", input_schema: { properties: { file_id: { type: "string" } } } };
    const messages = [USER, { role: "system", ...tool(definition) }];
    expect(sent("/messages", { messages, max_tokens: 9 })).toEqual({ model: "m", messages, max_tokens: 9 });
  });

  it("names what nobody can see, wherever it stands, and leaves what the provider signed and what people see as they are", () => {
    const [hidden, named] = ["a\u200bb\u{e0041}", "a‹U+200B›b‹U+E0041›"];
    const conversation = (text: string) => [
      { role: "user", content: text },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: hidden, signature: "c2ln" },
          { type: "text", text },
        ],
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "1", content: [{ type: "text", text }] }] },
    ];
    const tools = (text: string) => [{ name: "get", description: text, input_schema: { properties: { [text]: {} } } }];
    expect(sent("/messages", { system: hidden, messages: conversation(hidden), tools: tools(hidden), max_tokens: 9 })).toEqual({
      ...{ model: "m", max_tokens: 9, system: named, messages: conversation(named), tools: tools(named) },
    }); // prettier-ignore
    const thought = { type: "reasoning", summary: [{ type: "summary_text", text: hidden }], encrypted_content: "x" };
    const items = (output: string) => [{ type: "function_call_output", call_id: "1", output }, thought];
    expect(sent("/responses", { instructions: hidden, input: items(hidden) })).toMatchObject({ instructions: named, input: items(named) }); // prettier-ignore
    const plain = [{ role: "user", content: "Grüße 👩‍💻 می‌خواهم\r\n\tif (a < b) {} \\u200b &#8203; 日本" }];
    expect(sent("/messages", { messages: plain })).toMatchObject({ messages: plain });
  });

  it("has only the program's own tools", () => {
    const own = { name: "edit", input_schema: {} };
    const tools = [own, { type: "web_search_20250305", name: "web_search" }, { type: "web_fetch_20250910" }];
    expect(sent("/messages", { messages: [], tools })).toMatchObject({ tools: [own] });
    const shell = { type: "local_shell" };
    const hosted = ["web_search", "mcp", "code_interpreter", "file_search", "computer_use_preview"];
    const all = [shell, ...hosted.map((type) => ({ type, server_url: "https://evil" }))];
    expect(sent("/responses", { input: "a", tools: all })).toMatchObject({ tools: [shell] });
    const group = (inner: object[]) => ({ type: "namespace", name: "functions", tools: inner });
    const item = (inner: object[]) => ({ type: "additional_tools", role: "developer", tools: [group(inner)] });
    expect(sent("/responses", { input: [item([...all, shell])] })).toMatchObject({ input: [item([shell, shell])] });
  });

  it.each<[string, object]>([
    ["/messages", { mcp_servers: [{ url: "https://evil" }], container: "c", service_tier: "priority", speed: "fast" }],
    [
      "/responses",
      { previous_response_id: "r", conversation: "c", prompt: { id: "p" }, background: true, store: true },
    ],
    ["/chat/completions", { models: ["dearer"], n: 8, store: true, web_search_options: {}, plugins: [], Model: "x" }],
  ])("loses what reaches further on %s", (path, more) => {
    const plain = path === "/responses" ? { input: "a" } : { messages: [USER] };
    expect(sent(path, { ...plain, ...more })).toEqual(sent(path, plain));
  });

  it.each<[string, object, number, object]>([
    ["/messages", { max_tokens: 9 }, 9, { max_tokens: 9 }],
    ["/messages", { max_tokens: 900_000 }, 64_000, { max_tokens: 64_000 }],
    ["/messages", { max_tokens: -1 }, 32_000, { max_tokens: 32_000 }],
    ["/messages", {}, 32_000, { max_tokens: 32_000 }],
    ["/responses", {}, 32_000, { max_output_tokens: 32_000 }],
    ["/chat/completions", { max_tokens: 1, max_completion_tokens: 128_000 }, 1, { max_tokens: 1, max_completion_tokens: 1 }], // prettier-ignore
    ["/chat/completions", {}, 64_000, {}],
  ])("has an answer's limit that is asked for: %s %j", (path, named, tokens, limits) => {
    const made = ask(path, named);
    expect(made).toMatchObject({ outcome: "may-be-asked", size: { outputTokens: tokens } });
    expect(sent(path, named)).toMatchObject(limits);
  });

  it("says in a stream what it took, and asks no other model", () => {
    const streamed = sent("/chat/completions", {
      messages: [],
      stream: true,
      stream_options: { include_usage: false },
    });
    expect(streamed).toMatchObject({ stream_options: { include_usage: true } });
    expect(asked("/messages", '{"model":"dearer"}', MODEL)).toMatchObject({ why: "Only m may be asked here." });
    expect(asked("/messages", "[]", MODEL)).toMatchObject({ outcome: "refused" });
  });

  it("fits into the window of its model; an image takes what it takes on a screen", () => {
    const small = { model: "m", contextTokensMax: 10_000, outputTokensMax: 64_000 };
    const long = (content: unknown) => asked("/messages", JSON.stringify({ model: "m", messages: [{ role: "user", content }] }), small); // prettier-ignore
    expect(long("a".repeat(30_000))).toMatchObject({ outcome: "may-be-asked" });
    expect(long("a".repeat(40_000))).toMatchObject({ outcome: "too-long", why: expect.stringMatching(/^prompt is too long: 114\d\d tokens > 10000 maximum/) }); // prettier-ignore
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "A".repeat(90_000) } };
    expect(long([image])).toMatchObject({ outcome: "may-be-asked", size: { inputTokens: expect.any(Number) } });
    expect(long([{ ...image, source: { ...image.source, media_type: "text/plain" } }])).toMatchObject({ outcome: "too-long" }); // prettier-ignore
    expect(long(`data:image/png;base64,${"A".repeat(90_000)}`)).toMatchObject({ outcome: "too-long" });
  });

  it.each(["messages", "metadata"])(
    "may not be nested so deeply in %s that looking through it would end this process",
    (name) => {
      const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
      expect(asked("/messages", `{"model":"m","${name}":${deep}}`, MODEL)).toMatchObject({ outcome: "refused" });
    },
  );
});

it("lets through only headers on which an answer depends, and puts ours in whatever theirs are called", () => {
  const theirs = {
    ...{ host: "h", accept: "a", "anthropic-version": "v", "x-portkey-custom-host": "evil", "openai-project": "p" },
    ...{ "x-tenant": "evil", expect: "100-continue", "x-api-key": "none", "x-stainless-lang": "js" },
    "anthropic-beta": "claude-code-20250219, mcp-client-2025-04-04,context-1m-2025-08-07",
  };
  expect(headersToSend(theirs, { "X-Tenant": "ours", "x-api-key": "key" })).toEqual({
    ...{ accept: "a", "anthropic-version": "v", "x-stainless-lang": "js", "anthropic-beta": "claude-code-20250219" },
    ...{ "x-tenant": "ours", "x-api-key": "key" },
  });
});
