import { createServer } from "node:http";
import { expect, it } from "@jest/globals";
import { closeServer, listenAt, urlOf } from "./listen.ts";

it("says in one sentence that a port is taken or an address is not ours", async () => {
  const [first, second] = [createServer(), createServer()];
  expect(await listenAt(first, { host: "127.0.0.1", port: 0 })).toBeNull();
  const port = Number(new URL(urlOf(first, "127.0.0.1")).port);
  expect(await listenAt(second, { host: "127.0.0.1", port })).toBe(
    `Port ${port} of 127.0.0.1 is in use by another program. Stop that one, or choose another PORT.`,
  );
  // 192.0.2.0/24 belongs to nobody (RFC 5737).
  expect(await listenAt(createServer(), { host: "192.0.2.1", port: 0 })).toMatch(/^Nothing can listen on port 0 of/);
  // What goes wrong later is not taken for an answer to this.
  expect(first.listenerCount("error")).toBe(0);
  await closeServer(first);
});
