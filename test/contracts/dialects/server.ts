import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Dialect, Kept, Refusal, Said, Sent, Told } from "./dialect.ts";

/** A server of one dialect on this machine, which says what a script says to the requests that it takes. */
export type DialectServer = {
  readonly url: string;
  /** What it refused, in its own words, since the last script began. */
  readonly refused: readonly string[];
  /** How many requests it answered since then. */
  readonly answered: number;
  /** The bodies that it took. */
  readonly taken: readonly Sent[];
  play(script: readonly Said[]): void;
  close(): Promise<void>;
};

/** Something else than an answer or a refusal: an outage, a stream that breaks. It stands before the dialect. */
export type Trouble = (nth: number, request: Sent, response: ServerResponse) => boolean;

export async function dialectServer(dialect: Dialect, trouble: Trouble = () => false): Promise<DialectServer> {
  let script: readonly Said[] = [];
  let seen = 0;
  const state = { refused: [] as string[], answered: 0, taken: [] as Sent[] };
  let kept: Kept = { given: new Map(), count: 0 };
  const answer = (request: Sent, response: ServerResponse) => {
    if (trouble(seen++, request, response)) return;
    const refusal = dialect.refuse(request, kept);
    if (refusal) {
      state.refused.push(JSON.stringify(refusal.body));
      return sendJson(response, refusal);
    }
    const said = script[state.answered] ?? { text: "(The script has ended.)" };
    state.answered += 1;
    state.taken.push(request);
    const told = dialect.answer(dialect.parallel ? said : oneCall(said), request, kept);
    return request.stream === true ? sendEvents(response, told) : sendJson(response, { status: 200, body: told.body });
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = (request.url ?? "").split("?")[0];
      if (path !== dialect.path) return sendJson(response, dialect.lost);
      return answer({ ...body, headers: request.headers }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${dialect.base}`,
    get refused() {
      return state.refused;
    },
    get answered() {
      return state.answered;
    },
    get taken() {
      return state.taken;
    },
    play: (next) => {
      script = next;
      seen = 0;
      kept = { given: new Map(), count: 0 };
      Object.assign(state, { refused: [], answered: 0, taken: [] });
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function oneCall(said: Said): Said {
  return said.calls ? { ...said, calls: said.calls.slice(0, 1) } : said;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
}

export function sendJson(response: ServerResponse, { status, body }: Refusal): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": typeof body === "string" ? "text/plain" : "application/json" });
  response.end(text);
}

export function sendEvents(response: ServerResponse, { events }: Pick<Told, "events">): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const one of events) response.write(one);
  response.end();
}
