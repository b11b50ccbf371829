import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Address = { readonly host: string; readonly port: number };

/**
 * @param setting what the names of the settings for this address begin with
 * @returns null when the server listens, or the sentence why it cannot: the operator has to choose another address
 */
export async function listenAt(server: Server, { host, port }: Address, setting = ""): Promise<string | null> {
  const failed = Promise.withResolvers<never>();
  server.once("error", failed.reject);
  try {
    await Promise.race([failed.promise, new Promise<void>((resolve) => server.listen(port, host, resolve))]);
    // It would take the next error for its own, and nobody would hear of that one.
    server.off("error", failed.reject);
    return null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EADDRINUSE")
      return `Port ${port} of ${host} is in use by another program. Stop that one, or choose another ${setting}PORT.`;
    return `Nothing can listen on port ${port} of ${host} (${code ?? String(error)}). Choose another ${setting}HOST or ${setting}PORT.`;
  }
}

export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Heard by whatever answers without an end of its own. */
export const CLOSING = "closing";

/** Requests that are being answered are answered to their end. */
export async function closeServer(server: Server): Promise<void> {
  server.emit(CLOSING);
  server.closeIdleConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

export function notFound(res: ServerResponse): void {
  res.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
  res.end("There is no such page. Tickets are listed at /.\n");
}
