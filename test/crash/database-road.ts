import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/**
 * The way to a database server, which a test can close, freeze and open again: for whoever comes this way, a server that is away, or one
 * that takes connections and says nothing.
 */
export type DatabaseRoad = {
  readonly port: number;
  is(state: "open" | "gone" | "frozen"): void;
  close(): Promise<void>;
};

/** @param socket the server's own, in the file system */
export async function databaseRoad(socket: string): Promise<DatabaseRoad> {
  let state: "open" | "gone" | "frozen" = "open";
  const pairs = new Map<Socket, Socket>();
  const flow = () => {
    for (const [from, to] of pairs) {
      if (state === "gone") [from, to].forEach((one) => one.destroy());
      else if (state === "frozen") [from, to].forEach((one) => one.unpipe().pause());
      else from.pipe(to).pipe(from);
    }
  };
  const server = createServer((from) => {
    if (state === "gone") return void from.destroy();
    const to = connect(socket);
    pairs.set(from, to);
    for (const one of [from, to])
      one
        .on("error", () => undefined)
        .once("close", () => {
          pairs.delete(from);
          [from, to].forEach((each) => each.destroy());
        });
    if (state === "open") from.pipe(to).pipe(from);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    is: (next) => {
      state = next;
      flow();
    },
    close: async () => {
      state = "gone";
      flow();
      server.close();
    },
  };
}
