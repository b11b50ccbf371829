import { describe, expect, it } from "@jest/globals";
import type { Reply } from "../../src/models/model.ts";
import { ANSWER, question, READ_TOOL } from "./model.contract.ts";
import { ANTHROPIC, CHAT, RESPONSES, type Wire, wireModel, WIRES } from "./model-wires.ts";
import { ARGUMENTS, BODIES, GOOD, good, IDS, NAMES, SERVED, TEXTS, USAGES } from "./odd-answers.ts";
import { CHAT_ODDS } from "./odd-chat.ts";
import { FAILURES } from "./odd-failures.ts";

/** A server that says one thing to everything. */
const says = (wire: Wire, body: unknown, status = 200): Promise<Reply> => {
  const page = typeof body === "string" ? body : JSON.stringify(body);
  const answering: typeof fetch = () => Promise.resolve(new Response(page, { status }));
  return wireModel(wire, { fetch: answering }).ask(question({ tools: [READ_TOOL], answer: ANSWER }));
};
const call = (args: unknown, name = "read_file", id: unknown = "call_1") => ({ id, name, args });

/** One call, as each wire carries it, raw. */
const withCall = (wire: Wire, { id, name, args }: ReturnType<typeof call>): object => {
  if (wire === ANTHROPIC)
    return {
      ...ANTHROPIC.body({ say: "" }),
      stop_reason: "tool_use",
      content: [{ type: "tool_use", id, name, input: args }],
    };
  if (wire === RESPONSES)
    return { ...RESPONSES.body({ say: "" }), output: [{ type: "function_call", call_id: id, name, arguments: args }] };
  const message = { content: null, tool_calls: [{ id, type: "function", function: { name, arguments: args } }] };
  return { choices: [{ finish_reason: "tool_calls", message }] };
};

const matching = (means: Readonly<Record<string, unknown>>) => {
  const reason = means.reason as { contains?: string } | undefined;
  return reason?.contains ? { ...means, reason: expect.stringContaining(reason.contains) } : means;
};

describe.each(WIRES.map((wire) => [wire.api, wire] as const))("odd answers over %s", (_api, wire) => {
  it.each(TEXTS)("finds the answer %s", async (_name, text) => {
    expect(await says(wire, wire.body({ say: text }))).toMatchObject(good);
  });

  it.each(ARGUMENTS)("reads arguments as %s", async (_name, args) => {
    expect(await says(wire, withCall(wire, call(args)))).toMatchObject({ toolCalls: [{ args: { path: "a" } }] });
  });

  it.each(NAMES)("knows which tool %j is", async (name) => {
    expect(await says(wire, withCall(wire, call({ path: "a" }, name)))).toMatchObject({
      toolCalls: [{ name: "read_file" }],
    });
  });

  it.each(IDS.map((id) => [id]))("gives a call with the id %j one of its own", async (id) => {
    const reply = await says(wire, withCall(wire, call({ path: "a" }, "read_file", id)));
    expect(reply).toMatchObject({
      toolCalls: [{ id: expect.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), name: "read_file" }],
    });
  });

  it.each(USAGES.map((usage) => [usage]))("estimates what usage %j does not say", async (usage) => {
    const reply = await says(wire, { ...wire.body({ say: '{"good":true}' }), usage });
    expect(reply).toMatchObject({ ...good, usage: { estimated: true } });
    expect("usage" in reply && (reply.usage.costMicroUsd ?? 0)).toBeGreaterThan(500);
  });

  it.each(BODIES)("reads a body with %s, and its counts", async (_name, made) => {
    const text = made(JSON.stringify(wire.body({ say: GOOD })));
    const answering: typeof fetch = () =>
      Promise.resolve(new Response(text, { headers: { "content-type": "application/json" } }));
    const reply = await wireModel(wire, { fetch: answering }).ask(question({ tools: [READ_TOOL], answer: ANSWER }));
    expect(reply).toMatchObject({ ...good, usage: { costMicroUsd: 5540 } });
  });

  it.each(SERVED)("keeps of the model's name %j what a ledger takes", async (given, kept) => {
    const reply = await says(wire, { ...wire.body({ say: GOOD }), model: given });
    expect(reply).toMatchObject(good);
    expect("served" in reply ? reply.served : undefined).toBe(kept);
  });

  it.each([408, 409, 423, 425, 498, 499, 502, 520, 522, 524, 529, 530])(
    "waits after a page with %i",
    async (status) => {
      const page = () => Promise.resolve(new Response("<html><h1>Sorry</h1></html>", { status }));
      const reply = await wireModel(wire, { fetch: page }).ask(question());
      expect(reply).toMatchObject({ outcome: "unavailable", reason: expect.stringContaining(`HTTP ${status}`) });
      expect(JSON.stringify(reply)).not.toContain("<h");
    },
  );

  it.each(FAILURES)("tells apart: $name", async ({ body, status, means }) => {
    expect(await says(wire, body, status ?? 200)).toMatchObject(matching(means));
  });
});

describe("odd answers of chat servers", () => {
  it.each(CHAT_ODDS)("$name", async ({ body, means }) => {
    expect(await says(CHAT, body)).toMatchObject(means);
  });
});

const READS = { outcome: "answered", toolCalls: [{ name: "read_file", args: { path: "a" } }] };

describe("odd forms of the other wires", () => {
  const forms: readonly [name: string, wire: Wire, over: object, means: object][] = [
    ["one block instead of a list", ANTHROPIC, { content: { type: "text", text: '{"good":true}' } }, good],
    [
      "arguments as a stream's part",
      ANTHROPIC,
      { content: [{ type: "tool_use", id: "t", name: "read_file", partial_json: '{"path":"a"}' }] },
      READS,
    ],
    [
      "one item instead of a list",
      RESPONSES,
      { output: { type: "message", content: [{ type: "output_text", text: '{"good":true}' }] } },
      good,
    ],
    ["the text alone", RESPONSES, { output: [], output_text: '{"good":true}' }, good],
    [
      "a call of another type",
      RESPONSES,
      { output: [{ type: "custom_tool_call", call_id: "c", name: "read_file", input: '{"path":"a"}' }] },
      READS,
    ],
  ];
  it.each(forms)("reads %s", async (_name, wire, over, means) => {
    expect(await says(wire, { ...wire.body({ say: "" }), ...over })).toMatchObject(means);
  });
});
