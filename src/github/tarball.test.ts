import { gzipSync } from "node:zlib";
import { expect, it } from "@jest/globals";
import type { Client } from "./client.ts";
import { readTarball } from "./tarball.ts";

/** Contents out of an archive, as they come, in pieces of any size. */
function file(text: string, size = text.length.toString(8).padStart(11, "0")): Buffer {
  const header = Buffer.alloc(512);
  header.write("name");
  header.write(size, 124);
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);
}
const END = Buffer.alloc(1_024);

async function read(
  data: Buffer | "none" | "broken",
  isWanted: (bytes: number) => boolean = () => true,
  pieces = 1e9,
  bytesMax?: number,
) {
  const asked: unknown[] = [];
  const request = async (...args: unknown[]) => {
    asked.push(args);
    if (data === "broken") throw new Error("no such archive");
    if (data === "none") return { data: "text" };
    const parts = Array.from({ length: Math.ceil(data.length / pieces) }, (_, at) => data.subarray(at * pieces, (at + 1) * pieces)); // prettier-ignore
    return { data: ReadableStream.from(parts) };
  };
  const client = { rest: { request }, at: { owner: "a", repo: "b" } } as unknown as Client;
  const found: string[] = [];
  for await (const content of readTarball(client, "c", isWanted, bytesMax)) found.push(content.toString());
  return { found, asked };
}

const long = "x".repeat(100_000);

it("asks for the archive of the commit, and does not let it be read into memory", async () => {
  const { asked } = await read("none");
  const how = { owner: "a", repo: "b", ref: "c", request: { parseSuccessResponseBody: false } };
  expect(asked).toEqual([["GET /repos/{owner}/{repo}/tarball/{ref}", how]]);
});

it.each<[string, Buffer | "none" | "broken", readonly string[]]>([
  ["every content", Buffer.concat([file("one"), file("y".repeat(512)), file(long), file(""), file("two"), END]), ["one", "y".repeat(512), long, "", "two"]],
  ["what stands before the end", Buffer.concat([file("one"), END, file("two")]), ["one"]],
  ["what stands there without an end", Buffer.concat([file("one"), file("two")]), ["one", "two"]],
  ["what came before it broke off", Buffer.concat([file("one"), file(long).subarray(0, 50_000)]), ["one"]],
  ["what came before half a header", Buffer.concat([file("one"), Buffer.alloc(511, "h")]), ["one"]],
  ["what came before a size that is none", Buffer.concat([file("one"), file("two", "zzzzzzzzzzz"), file("three")]), ["one"]],
  ["nothing where there is no archive", "none", []],
  ["nothing where it cannot be had", "broken", []],
])("gives %s", async (_what, data, contents) => {
  const packed = typeof data === "string" ? data : gzipSync(data);
  expect((await read(packed)).found).toEqual(contents);
  expect((await read(packed, () => true, 7)).found).toEqual(contents);
}); // prettier-ignore

it("passes over what has a size that nobody wants", async () => {
  const packed = gzipSync(
    Buffer.concat([file(long), file("two"), file(`${long}!`), file("four!"), file("fives"), END]),
  );
  const only = (size: number) => (bytes: number) => bytes === size;
  expect((await read(packed, only(3))).found).toEqual(["two"]);
  expect((await read(packed, only(5), 100)).found).toEqual(["four!", "fives"]);
  expect((await read(gzipSync(Buffer.concat([file("two"), file(long).subarray(0, 90_000)])), only(3))).found).toEqual(["two"]); // prettier-ignore
});

it("ends where what was sent is no archive", async () => {
  expect((await read(Buffer.from("nonsense"))).found).toEqual([]);
});

it("ends where more is unpacked than anybody has", async () => {
  const all = Buffer.concat([file("one"), file("two"), file("three")]);
  const upTo = async (bytesMax: number) => (await read(gzipSync(all), () => true, 1e9, bytesMax)).found.length;
  expect([await upTo(all.length), await upTo(all.length - 1)]).toEqual([3, 0]);
});
