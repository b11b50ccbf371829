import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { seen } from "../../src/hygiene/seen.ts";
import type { Question, Turn } from "../../src/models/model.ts";
import type { Script } from "../../src/models/script.ts";
import { placeOf, scriptedModel } from "../../src/models/scripted.ts";
import { ANTHROPIC, RESPONSES, type Wire } from "../contracts/model-wires.ts";

/**
 * Anthropic's Messages and OpenAI's Responses on this machine: what they say comes from a script, what passes over the wire
 * is what the SDKs send and read. For tests of the whole program as a process of its own.
 */
export type Asked = ReturnType<typeof placeOf> & { readonly path: string; readonly body: string };

export type FakeProviders = {
  readonly url: string;
  /** Requests that were answered, in order: each of them would have cost money. */
  readonly answered: readonly Asked[];
  close(): Promise<void>;
};

type AnthropicBody = {
  system: { text: string }[];
  messages: { role: string; content: { text?: string }[] }[];
};
type ResponsesBody = { instructions: string; input: { type?: string; content?: { text?: string }[] }[] };

/** @param hold resolves to false for a request that is never answered */
export async function fakeProviders(
  script: Script,
  hold: (asked: Asked) => Promise<boolean> | boolean,
): Promise<FakeProviders> {
  const answered: Asked[] = [];
  const model = scriptedModel({ name: "fake", vendor: "fake", script });
  const server = createServer((request, response) => {
    void (async () => {
      const wire = [ANTHROPIC, RESPONSES].find((one) => one.path === request.url);
      const body = await textOf(request);
      if (!wire) return void response.writeHead(404).end();
      const question = questionOf(wire, body);
      const asked = { ...placeOf(question), path: wire.path, body };
      if (!(await hold(asked))) return;
      const reply = await model.ask(question);
      if (reply.outcome !== "answered") throw new Error(`The script has no answer: ${JSON.stringify(reply)}`);
      answered.push(asked);
      const staged = reply.toolCalls.length > 0 ? { call: [...reply.toolCalls] } : { say: reply.text };
      response.writeHead(200, { "content-type": "application/json" });
      // A provider says which model answered, and a review by another one does not count.
      const { model: asks } = JSON.parse(body) as { model?: string };
      response.end(JSON.stringify({ ...(wire.body(staged) as object), model: asks }));
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** What the script has to know of a request: system text, first message, and how often the model has spoken. */
function questionOf(wire: Wire, body: string): Question {
  const bare = { tools: [], answer: null, outputTokensMax: 1, timeoutMs: 1 };
  if (wire === ANTHROPIC) {
    const { system, messages } = JSON.parse(body) as AnthropicBody;
    const context = messages[0]?.content.map((part) => seen(part.text ?? "", "code")) ?? [];
    const spoken = messages.filter((message) => message.role === "assistant").length;
    return { ...bare, system: seen(system[0]?.text ?? "", "code"), context, turns: turns(spoken) };
  }
  const { instructions, input } = JSON.parse(body) as ResponsesBody;
  const context = input[0]?.content?.map((part) => seen(part.text ?? "", "code")) ?? [];
  return {
    ...bare,
    system: seen(instructions, "code"),
    context,
    turns: turns(input.filter((one) => one.type === "reasoning").length),
  };
}

function turns(count: number): Turn[] {
  return Array.from({ length: count }, () => ({ from: "model", text: "", toolCalls: [], echo: null }));
}
