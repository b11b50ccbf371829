import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { seen } from "../../src/hygiene/seen.ts";
import type { Question } from "../../src/models/model.ts";
import type { AdapterOptions } from "../../src/models/spec.ts";
import { ANSWER, continued, question, READ_TOOL, TWO_CALLS } from "./model.contract.ts";
import { ANTHROPIC, CHAT, KEY, RESPONSES, USAGE, type Wire, wireModel, WIRES } from "./model-wires.ts";
import { answerWithNock } from "../support/nocked.ts";

answerWithNock();

/** What goes over the wire, field by field: a field that moves is a request that is refused, or a cache that is lost. */
type Sent = Record<string, unknown>;

async function sentFor(wire: Wire, asked: Question, over: Partial<AdapterOptions> = {}): Promise<Sent> {
  let sent: Sent = {};
  nock(over.baseUrl ? new URL(over.baseUrl).origin : wire.origin)
    .post(wire.path, (body: Sent) => {
      sent = body;
      return true;
    })
    .reply(200, wire.body({ say: "Fine." }) as nock.Body);
  expect((await wireModel(wire, over).ask(asked)).outcome).toBe("answered");
  return sent;
}

/** A question whose conversation already has one turn of two tool calls, as the provider itself sent it. */
async function afterTools(wire: Wire): Promise<Question> {
  nock(wire.origin)
    .post(wire.path)
    .reply(200, wire.body({ call: TWO_CALLS }) as nock.Body);
  const first = await wireModel(wire).ask(question({ tools: [READ_TOOL] }));
  return question({ tools: [READ_TOOL], turns: continued(first) });
}

describe.each(WIRES.map((wire) => [wire.api, wire] as const))("%s", (_api, wire) => {
  it("sends the key in a header and nowhere else", async () => {
    const requests: Request[] = [];
    const watched: typeof fetch = (input, init) => {
      requests.push(new Request(input, init));
      return fetch(input, init);
    };
    await sentFor(wire, question(), { fetch: watched });
    const [request] = requests;
    expect([...(request?.headers ?? [])].filter(([, value]) => value.includes(KEY))).toHaveLength(1);
    expect(`${request?.url} ${await request?.text()}`).not.toContain(KEY);
  });

  it("sends the headers and fields that its entry adds, and counts and asks as without them", async () => {
    const requests: Request[] = [];
    const watched: typeof fetch = (input, init) => {
      requests.push(new Request(input, init));
      return fetch(input, init);
    };
    const plain = await sentFor(wire, question());
    const extra = { provider: { order: ["acme"], allow_fallbacks: false }, metadata: { team: "tools" } };
    const over = { extraHeaders: { "X-Title": "coop", "cf-aig-authorization": "Bearer gate" }, extraBody: extra };
    expect(await sentFor(wire, question(), { ...over, fetch: watched })).toEqual({ ...plain, ...extra });
    const [headers] = requests.map((one) => one.headers);
    expect([headers?.get("x-title"), headers?.get("cf-aig-authorization")]).toEqual(["coop", "Bearer gate"]);
    expect([...(headers ?? [])].filter(([, value]) => value.includes(KEY))).toHaveLength(1);
    nock(wire.origin)
      .post(wire.path)
      .reply(200, wire.body({ say: "Fine." }) as nock.Body);
    const { contextTokensMax, prices, ask } = wireModel(wire, over);
    const without = wireModel(wire);
    expect([contextTokensMax, prices]).toEqual([without.contextTokensMax, without.prices]);
    expect(await ask(question())).toMatchObject({ outcome: "answered", usage: { costMicroUsd: USAGE.costMicroUsd } });
  });

  it("says the same thing for the same question, byte for byte", async () => {
    const asked = await afterTools(wire);
    expect(JSON.stringify(await sentFor(wire, asked))).toBe(JSON.stringify(await sentFor(wire, asked)));
  });

  it("asks for no more output than the model can give", async () => {
    const sent = await sentFor(wire, question({ outputTokensMax: 900_000 }), { outputTokensMax: 8_000 });
    expect(JSON.stringify(sent)).toMatch(/"max_(completion_|output_)?tokens":8000/);
  });

  it("says the schema in words to a server that cannot be held to it", async () => {
    const sent = await sentFor(wire, question({ answer: ANSWER }), { capabilities: [] });
    expect(JSON.stringify(sent)).not.toContain("json_schema");
    expect(JSON.stringify(sent)).toContain("answer with one JSON object of this JSON Schema");
  });

  it("asks a server on a base URL", async () => {
    const prefix = wire.path.replace(/\/(messages|responses|chat\/completions)$/, "");
    const baseUrl = `http://models.test:8080${wire.api === "anthropic" ? "" : prefix}`;
    expect(await sentFor(wire, question(), { baseUrl })).toMatchObject({ model: "model-1" });
  });
});

describe("anthropic request", () => {
  const EPHEMERAL = { cache_control: { type: "ephemeral" } };
  const { system, context } = question();

  it("has system, context, tools and answer schema where the API wants them", async () => {
    const sent = await sentFor(ANTHROPIC, question({ tools: [READ_TOOL], answer: ANSWER }));
    expect(sent).toEqual({
      model: "model-1",
      max_tokens: 2_000,
      system: [{ type: "text", text: system, ...EPHEMERAL }],
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: context[0] },
            { type: "text", text: context[1], ...EPHEMERAL },
            { type: "text", text: context[2], ...EPHEMERAL },
          ],
        },
      ],
      tools: [{ name: "read_file", description: "Reads a file.", input_schema: READ_TOOL.parameters, strict: true }],
      output_config: { format: { type: "json_schema", schema: ANSWER.schema } },
      stream: true,
    });
  });

  it("returns the model's blocks unchanged, then the results with a cache marker on the last", async () => {
    const { messages } = (await sentFor(ANTHROPIC, await afterTools(ANTHROPIC))) as {
      messages: { content: unknown }[];
    };
    expect(messages[1]).toEqual({
      role: "assistant",
      content: (ANTHROPIC.body({ call: TWO_CALLS }) as { content: unknown }).content,
    });
    expect(messages[2]?.content).toEqual([
      { type: "tool_result", tool_use_id: "call_a", content: "text 0" },
      { type: "tool_result", tool_use_id: "call_b", content: "text 1", is_error: true, ...EPHEMERAL },
    ]);
  });

  it("never has more than the four cache markers that are allowed", async () => {
    const sent = await sentFor(ANTHROPIC, await afterTools(ANTHROPIC));
    expect(JSON.stringify(sent).match(/cache_control/g)).toHaveLength(4);
  });

  it("has none for a server that does not know them", async () => {
    const sent = await sentFor(ANTHROPIC, question({ tools: [READ_TOOL] }), { capabilities: ["answer-schema"] });
    expect(JSON.stringify(sent)).not.toMatch(/cache_control|strict/);
  });

  it("takes a pause for an answer that is not whole", async () => {
    const body = { ...ANTHROPIC.body({ say: "Half." }), stop_reason: "pause_turn" };
    nock(ANTHROPIC.origin).post(ANTHROPIC.path).reply(200, body);
    expect(await wireModel(ANTHROPIC).ask(question())).toMatchObject({ outcome: "cut-off", text: "Half." });
  });
});

describe("openai-responses request", () => {
  it("stores nothing and has instructions, tools and answer schema where the API wants them", async () => {
    const sent = await sentFor(RESPONSES, question({ tools: [READ_TOOL], answer: ANSWER }));
    expect(sent).toEqual({
      model: "model-1",
      instructions: question().system,
      input: [{ role: "user", content: question().context.map((text) => ({ type: "input_text", text })) }],
      max_output_tokens: 2_000,
      store: false,
      prompt_cache_key: expect.stringMatching(/^[0-9a-f]{64}$/),
      include: ["reasoning.encrypted_content"],
      tools: [{ type: "function", ...READ_TOOL, strict: true }],
      text: { format: { type: "json_schema", ...ANSWER, strict: true } },
      stream: true,
    });
  });

  it("returns reasoning and calls unchanged, then the outputs", async () => {
    const { input } = (await sentFor(RESPONSES, await afterTools(RESPONSES))) as { input: unknown[] };
    expect(input.slice(1, 4)).toEqual((RESPONSES.body({ call: TWO_CALLS }) as { output: unknown[] }).output);
    expect(input.slice(4)).toEqual([
      { type: "function_call_output", call_id: "call_a", output: "text 0" },
      { type: "function_call_output", call_id: "call_b", output: "Error: text 1" },
    ]);
  });

  it("leaves out reasoning that a server did not encrypt, because nobody stored it", async () => {
    const echo = [{ type: "reasoning", id: "rs_9", summary: [] }];
    const turns = [{ from: "model" as const, text: "Hm.", toolCalls: [], echo }];
    const sent = await sentFor(
      RESPONSES,
      question({ turns: [...turns, { from: "user", text: seen("Go on.", "line") }] }),
    );
    expect(JSON.stringify(sent)).not.toContain("rs_9");
  });

  it("takes a content filter for a refusal", async () => {
    const cut = { status: "incomplete", incomplete_details: { reason: "content_filter" } };
    nock(RESPONSES.origin)
      .post(RESPONSES.path)
      .reply(200, { ...RESPONSES.body({ say: "" }), ...cut });
    expect(await wireModel(RESPONSES).ask(question())).toMatchObject({ outcome: "refused" });
  });

  it.each([
    ["server_error", "unavailable"],
    ["invalid_prompt", "rejected"],
  ])("takes a failure told in a success for what it is: %s", async (code, outcome) => {
    const failure = { status: "failed", error: { code, message: "It failed." }, output: [] };
    nock(RESPONSES.origin)
      .post(RESPONSES.path)
      .reply(200, { ...RESPONSES.body({ say: "" }), ...failure });
    expect(await wireModel(RESPONSES).ask(question())).toMatchObject({ outcome });
  });
});

describe("openai-chat request", () => {
  it("has one system and one user message, tools and answer schema", async () => {
    const sent = await sentFor(CHAT, question({ tools: [READ_TOOL], answer: ANSWER }));
    expect(sent).toEqual({
      model: "model-1",
      messages: [
        { role: "system", content: question().system },
        { role: "user", content: question().context.join("\n\n") },
      ],
      max_completion_tokens: 2_000,
      tools: [{ type: "function", function: READ_TOOL }],
      response_format: { type: "json_schema", json_schema: { ...ANSWER, strict: true } },
      ...{ stream: true, stream_options: { include_usage: true } },
    });
  });

  it("repeats the calls, then the results", async () => {
    const { messages } = (await sentFor(CHAT, await afterTools(CHAT))) as { messages: unknown[] };
    const calls = TWO_CALLS.map(({ id, name, args }) => ({
      ...{ id, type: "function", function: { name, arguments: JSON.stringify(args) } },
    }));
    expect(messages.slice(2)).toEqual([
      { role: "assistant", content: null, tool_calls: calls },
      { role: "tool", tool_call_id: "call_a", content: "text 0" },
      { role: "tool", tool_call_id: "call_b", content: "Error: text 1" },
    ]);
  });

  it("limits the output of other servers by the name that they all know", async () => {
    const sent = await sentFor(CHAT, question(), { baseUrl: "http://models.test:8080/v1" });
    expect(sent).toMatchObject({ max_tokens: 2_000 });
    expect(sent).not.toHaveProperty("max_completion_tokens");
  });

  it("takes arguments that a server sent as an object, and a content filter for a refusal", async () => {
    const message = {
      content: null,
      tool_calls: [{ id: "c", function: { name: "read_file", arguments: { path: "a" } } }],
    };
    nock(CHAT.origin)
      .post(CHAT.path)
      .reply(200, { choices: [{ finish_reason: "tool_calls", message }] });
    nock(CHAT.origin)
      .post(CHAT.path)
      .reply(200, { choices: [{ finish_reason: "content_filter", message }] });
    expect(await wireModel(CHAT).ask(question())).toMatchObject({ toolCalls: [{ args: { path: "a" } }] });
    expect(await wireModel(CHAT).ask(question())).toMatchObject({ outcome: "refused" });
  });
});
