import { describe, expect, it, jest } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import { resolvePoolEntry } from "../../../src/models/catalogue.ts";
import { chatBridge } from "../../../src/models/chat-bridge.ts";
import type { Model, Question } from "../../../src/models/model.ts";
import { buildModel } from "../../../src/models/pool.ts";
import { type Dialect, type Fields, fields, list, type Said } from "./dialect.ts";
import { DIALECTS } from "./index.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { dialectServer, sendJson, type Trouble } from "./server.ts";

/** A program that knows one server of Chat Completions, and no other, at each of them. */
const direct = undiciFetch as unknown as typeof fetch;
const CHAT = DIALECTS.filter(({ entry }) => entry.api === "openai-chat");

async function atWork(dialect: Dialect, script: readonly Said[], trouble?: Trouble) {
  const server = await dialectServer(dialect, trouble);
  server.play(script);
  const spec = resolvePoolEntry({ name: "agent", vendor: "acme", model: "model-1", ...dialect.entry, baseUrl: server.url }); // prettier-ignore
  const model = buildModel({ ...spec, apiKey: "sk-test", fetch: direct });
  const way = chatBridge({ model, outputTokensMax: spec.outputTokensMax, firstMs: 20_000, otherwise: direct });
  const ask = (messages: readonly Fields[], over: Fields = {}) =>
    way("http://way.out/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify({ model: "model-1", messages, tools: [SHELL], tool_choice: "auto", stream: true, stream_options: { include_usage: true }, max_tokens: 32_000, temperature: 0.3, ...over }), // prettier-ignore
    });
  return { server, ask };
}

const SHELL = { type: "function", function: { name: "bash", description: "A shell.", parameters: { type: "object", properties: { command: { type: "string" }, timeout: { type: "number" } }, required: ["command"], additionalProperties: false } } }; // prettier-ignore
const BEGUN: readonly Fields[] = [
  { role: "system", content: "You are a program." },
  { role: "system", content: "Work in /work." },
  { role: "user", content: [{ type: "text", text: "Write it." }] },
];
const shell = (command: string) => ({ name: "bash", args: { command } });
const SCRIPT: readonly Said[] = [
  { text: "I look first.", calls: [shell("ls"), shell("pwd")] },
  { calls: [shell('echo "“1”" > a.js')] },
  { text: "Half of it.", ended: "length" },
  { text: "Done." },
];

/** As a program puts a stream together, which knows the plain form and nothing else. */
function message(stream: string): { readonly said: Fields; readonly usage: Fields; readonly finish: unknown } {
  const events = stream.split("\n\n").filter((one) => one.startsWith("data: {")).map((one) => fields(JSON.parse(one.slice(6)))); // prettier-ignore
  const choices = events.flatMap(({ choices: all }) => list(all).map(fields));
  const deltas = choices.map(({ delta }) => fields(delta));
  const text = deltas.map(({ content }) => (typeof content === "string" ? content : "")).join("");
  const calls = deltas.flatMap(({ tool_calls: all }) => list(all).map(fields));
  const told = calls.map(({ id, function: named }) => ({ id, type: "function", function: named }));
  const said = { role: "assistant", content: text.trim(), ...(told.length > 0 ? { tool_calls: told } : {}) };
  const finish = choices.map(({ finish_reason: reason }) => reason).findLast((reason) => reason !== null);
  return { said, finish, usage: events.map(({ usage }) => fields(usage)).findLast((one) => "prompt_tokens" in one) ?? {} }; // prettier-ignore
}

const resultsOf = (said: Fields): Fields[] =>
  list(said.tool_calls)
    .map((call) => ({ role: "tool", tool_call_id: fields(call).id, content: "" }))
    .reverse();

describe.each(CHAT.map((dialect) => [dialect.name, dialect] as const))("a program at %s", (_name, dialect) => {
  it("is carried to its end unrefused, with what its provider counted", async () => {
    const { server, ask } = await atWork(dialect, SCRIPT);
    try {
      const messages = [...BEGUN];
      const ends: unknown[] = [];
      for (const [nth] of SCRIPT.entries()) {
        const response = await ask(messages);
        const { said, usage, finish } = message(await response.text());
        expect([nth, response.status, usage]).toMatchObject([nth, 200, { prompt_tokens: 900, completion_tokens: 40 }]);
        messages.push(said, ...resultsOf(said));
        if (finish === "length") messages.push({ role: "user", content: "Go on." });
        ends.push(finish);
      }
      expect(ends).toEqual(["tool_calls", "tool_calls", "length", "stop"]);
      expect(server.refused.slice(dialect.templateLessons ?? 0)).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

describe("what goes wrong at a provider", () => {
  const refuses =
    (status: number, code: string, headers: Record<string, string> = {}): Trouble =>
    (_nth, _request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      sendJson(response, { status, body: { error: { message: `no: ${code}`, code } } });
      return true;
    };
  it.each<[string, Trouble, number, string | null]>([
    ["a wrong key", refuses(401, "invalid_api_key"), 401, null],
    ["an empty account, said as a rate limit", refuses(429, "insufficient_quota"), 402, null],
    ["a rate limit", refuses(429, "rate_limit_exceeded", { "retry-after": "7" }), 429, "7"],
    ["no such model", refuses(404, "model_not_found"), 404, null],
    ["an overload", refuses(503, "overloaded"), 529, null],
    ["a closed connection", (_nth, _request, response) => Boolean(response.destroy()), 502, null],
  ])("%s reaches the program as its status", async (_what, trouble, status, later) => {
    const { server, ask } = await atWork(OPENAI_CHAT, [], trouble);
    try {
      const response = await ask(BEGUN);
      expect([response.status, response.headers.get("retry-after")]).toEqual([status, later]);
      expect(fields(fields(await response.json()).error).message).toEqual(expect.any(String));
    } finally {
      await server.close();
    }
  });

  it("in the middle of an answer reaches it as a connection that was lost, so that it is counted at its worst", async () => {
    const begun = { choices: [{ index: 0, delta: { content: "Half of an ans" }, finish_reason: null }] };
    const { server, ask } = await atWork(OPENAI_CHAT, [], (_nth, _request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify(begun)}\n\n`, () => response.destroy());
      return true;
    });
    try {
      const response = await ask(BEGUN);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
      await expect((await ask(BEGUN, { stream: false })).text()).rejects.toThrow();
    } finally {
      await server.close();
    }
  });

  it("does no harm when the program has left a stream whose answer still comes", async () => {
    const never = new Promise<never>(() => undefined);
    const model = {
      contextTokensMax: 100_000,
      ask: (_question: unknown, _signal: unknown, watch: () => void) => (watch(), never),
    } as unknown as Model;
    const way = chatBridge({ model, outputTokensMax: 1_000, firstMs: 20_000, otherwise: direct });
    jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "setTimeout"] });
    try {
      const body = JSON.stringify({ messages: BEGUN, stream: true });
      const response = await way("http://way.out/v1/chat/completions", { method: "POST", body });
      await response.body?.cancel();
      expect(() => jest.advanceTimersByTime(60_000)).not.toThrow();
    } finally {
      jest.useRealTimers();
    }
  });

  it("an answer without a stream is whole", async () => {
    const { server, ask } = await atWork(OPENAI_CHAT, [{ text: "Done." }]);
    try {
      const body = fields(await (await ask(BEGUN, { stream: false, tool_choice: "none" })).json());
      expect(body).toMatchObject({ choices: [{ finish_reason: "stop", message: { role: "assistant", content: "Done." } }], usage: { completion_tokens: 40 } }); // prettier-ignore
      expect(server.taken[0]).not.toHaveProperty("tools");
    } finally {
      await server.close();
    }
  });
});

describe("what a provider wants to see again of an answer", () => {
  /** Calls of one id with the same words, as servers that count them in each answer anew send them. */
  const answer = (thought: string) => ({ outcome: "answered", text: "", toolCalls: [{ id: "call_0", ...shell("ls") }], echo: thought, usage: { inputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 1, costMicroUsd: null } }); // prettier-ignore
  const said = { role: "assistant", content: "", tool_calls: [{ id: "call_0", type: "function", function: { name: "bash", arguments: JSON.stringify({ command: "ls" }) } }] }; // prettier-ignore
  const result = { role: "tool", tool_call_id: "call_0", content: "a.js" };

  /** A run whose model thinks a new thought with each answer. @returns the thoughts that it was shown at last */
  function run(name: string) {
    const asked: Question[] = [];
    const ask = async (question: Question) => (asked.push(question), answer(`${name} ${asked.length}`));
    const model = { contextTokensMax: 100_000, ask } as unknown as Model;
    return { model, shown: () => asked.at(-1)?.turns.flatMap((turn) => (turn.from === "model" ? [turn.echo] : [])) };
  }
  const over = (model: Model) => {
    const way = chatBridge({ model, outputTokensMax: 1_000, firstMs: 20_000, otherwise: direct });
    return (messages: readonly Fields[]) => way("http://way.out/v1/chat/completions", { method: "POST", body: JSON.stringify({ messages, tools: [SHELL] }) }); // prettier-ignore
  };

  it("is that of its own place, where a run says the same twice", async () => {
    const { model, shown } = run("one");
    const ask = over(model);
    const twice = [...BEGUN, said, result, said, result];
    for (const length of [0, 2, 4]) await ask(twice.slice(0, BEGUN.length + length));
    expect(shown()).toEqual(["one 1", "one 2"]);
    // A history that was shortened: the last answer of these words is the nearest.
    await ask([...BEGUN, { role: "assistant", content: "I looked." }, { role: "user", content: "Go on." }, said, result]); // prettier-ignore
    expect(shown()?.[1]).toMatch(/^one \d$/);
  });

  it("is never that of another conversation of the same run", async () => {
    const { model, shown } = run("one");
    const ask = over(model);
    const helper = [
      { role: "system", content: "You search." },
      { role: "user", content: "Find it." },
    ];
    await ask(BEGUN);
    await ask(helper);
    await ask([...BEGUN, said, result]);
    expect(shown()).toEqual(["one 1"]);
  });

  it("is never that of another run of the same model at the same time", async () => {
    const { model, shown } = run("both");
    const [first, second] = [over(model), over(model)];
    await first(BEGUN);
    await second(BEGUN);
    await first([...BEGUN, said, result]);
    expect(shown()).toEqual(["both 1"]);
    await second([...BEGUN, said, result]);
    expect(shown()).toEqual(["both 2"]);
  });
});
