import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP answer byte by byte: what only shows itself between two sockets, such as encodings and borders of chunks. */
export type Bytes = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly chunks: readonly (string | Buffer)[];
  /** The connection breaks instead of ending. */
  readonly breaks?: boolean;
};

/** `fetch` that asks a server on this machine instead, which answers with the bytes that it is told to. */
export async function loopback(
  answer: (body: string, headers: Headers) => Bytes,
): Promise<{ fetch: typeof fetch; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () =>
      send(response, answer(Buffer.concat(parts).toString(), new Headers(request.headers as Record<string, string>))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    fetch: (input, init) => {
      const { pathname, search } = new URL(input instanceof Request ? input.url : String(input));
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, chunks, breaks }: Bytes): void {
  response.writeHead(status, { "content-type": "text/event-stream", ...headers });
  for (const chunk of chunks) response.write(chunk);
  if (breaks) response.destroy();
  else response.end();
}
