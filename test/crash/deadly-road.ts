import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The road between the program and GitHub, on which the program is killed: before a write arrives, and after it was done but
 * before the program hears so. Of three writes to one address the third passes, so that work goes on whatever dies.
 */
export type Death = { readonly at: "before" | "after"; readonly method: string; readonly path: string };

export type Road = {
  readonly url: string;
  readonly deaths: readonly Death[];
  close(): Promise<void>;
};

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const TURNS = ["before", "after", "passes"] as const;

/** @param spare is asked before each death whether it is to be left out */
export async function deadlyRoad(
  forgeUrl: string,
  kill: () => unknown,
  spare: (path: string, deaths: number) => boolean,
): Promise<Road> {
  const deaths: Death[] = [];
  const turns = new Map<string, number>();
  const turnOf = (method: string, path: string) => {
    if (!WRITES.has(method) || path.endsWith("/access_tokens") || path.startsWith("/app/hook/") || path === "/graphql")
      return "passes";
    const turn = turns.get(`${method} ${path}`) ?? 0;
    if (TURNS[turn] !== "passes" && spare(path, deaths.length)) return "passes";
    turns.set(`${method} ${path}`, (turn + 1) % TURNS.length);
    return TURNS[turn] ?? "passes";
  };
  const server = createServer((from, to) => {
    void (async () => {
      const { method = "GET", url: path = "/" } = from;
      const at = turnOf(method, path);
      if (at !== "passes") deaths.push({ at, method, path });
      const body = await bodyOf(from);
      if (at === "before") return void kill();
      const answer = await passOn(forgeUrl, from, body);
      if (at === "after") return void kill();
      to.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => to.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deaths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Passed = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: Buffer };

/** Plain HTTP and not `fetch`, which would follow redirects and unpack what it gets. */
function passOn(forgeUrl: string, from: IncomingMessage, body: Buffer): Promise<Passed> {
  return new Promise((resolve, reject) => {
    const headers = { ...from.headers, host: new URL(forgeUrl).host };
    const sent = request(new URL(from.url ?? "/", forgeUrl), { method: from.method ?? "GET", headers }, (got) => {
      bodyOf(got).then((all) => resolve({ status: got.statusCode ?? 502, headers: got.headers, body: all }), reject);
    });
    sent.on("error", reject).end(body);
  });
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
