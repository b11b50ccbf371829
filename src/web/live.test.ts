import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "@jest/globals";
import { Streams } from "./live.ts";

const reader = () => new ServerResponse(new IncomingMessage(new Socket()));

/** `src/web/pages.test.ts` and `test/contracts/web.system.ts` hold what such a page is told. */
it("follows a hundred open pages at once, makes room when one is left, and ends them all", () => {
  const streams = new Streams();
  const readers = Array.from({ length: 100 }, reader);
  const over = readers.map((one) => streams.begin(one));
  expect(over).not.toContain(null);
  expect(streams.begin(reader())).toBeNull();
  readers[0]?.emit("close");
  expect(over.map((signal) => signal?.aborted)).toEqual([true, ...Array.from({ length: 99 }, () => false)]);
  const late = reader().destroy();
  expect(streams.begin(late)?.aborted).toBe(true);
  streams.endAll();
  expect(over.every((signal) => signal?.aborted)).toBe(true);
});
