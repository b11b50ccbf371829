import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
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
    if (request.stream !== true) return sendJson(response, { status: 200, body: told.body });
    return (dialect.send ?? sendEvents)(response, told);
  };
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const { method = "", url = "", headers } = request;
      const entered = dialect.enter?.(method, url, headers, text) ?? atPath(dialect, url, headers, text);
      if ("headers" in entered) return answer(entered, response);
      if (entered !== dialect.lost) state.refused.push(JSON.stringify(entered.body));
      return sendJson(response, entered as Refusal);
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

function atPath(dialect: Dialect, url: string, headers: IncomingHttpHeaders, text: string): Sent | Refusal {
  if (url.split("?")[0] !== dialect.path) return dialect.lost;
  return { ...(JSON.parse(text) as Record<string, unknown>), headers };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
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
