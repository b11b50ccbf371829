import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A provider on the loopback interface that answers at once: each turn it asks for one more file, after the last it gives
 * the answer. What lies between its answer and the next request is the time that whoever asks takes for a turn.
 */
export type BenchServer = {
  readonly url: string;
  /** Milliseconds between answer n and request n + 1, for the model of that name. */
  gaps(model: string): number[];
  /** The bodies of that model's requests, parsed. */
  requests(model: string): ChatRequest[];
  close(): void;
};

export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly { readonly role: string }[];
  readonly tools?: unknown;
};

export async function benchServer(turns: number, finalAnswer: string): Promise<BenchServer> {
  const seen = new Map<string, { answeredAt: number | null; gaps: number[]; requests: ChatRequest[] }>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const arrived = performance.now();
      const body = JSON.parse(text) as ChatRequest;
      const one = seen.get(body.model) ?? { answeredAt: null, gaps: [], requests: [] };
      seen.set(body.model, one);
      one.requests.push(body);
      if (one.answeredAt !== null) one.gaps.push(arrived - one.answeredAt);
      const said = body.messages.filter((message) => message.role === "assistant").length;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(completion(said, turns, finalAnswer)), () => (one.answeredAt = performance.now()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    gaps: (model) => seen.get(model)?.gaps ?? [],
    requests: (model) => seen.get(model)?.requests ?? [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const fileOf = (turn: number) => `src/file-${turn}.txt`;

function completion(said: number, turns: number, finalAnswer: string): object {
  const args = { path: fileOf(said), start_line: 1, end_line: 0, start_column: 1 };
  const call = {
    id: `call-${said}`,
    type: "function",
    function: { name: "read_file", arguments: JSON.stringify(args) },
  };
  const last = said >= turns;
  return {
    choices: [
      {
        finish_reason: last ? "stop" : "tool_calls",
        message: { role: "assistant", content: last ? finalAnswer : "Next.", ...(last ? {} : { tool_calls: [call] }) },
      },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 10 },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
