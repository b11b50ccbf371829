import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, request, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcp, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { isPrivate } from "./addresses.ts";
import { openProxy, type Proxy, type ProxyOptions } from "./proxy.ts";

const MB = 1024 * 1024;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function listening(server: Server | TcpServer): Promise<number> {
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

const registry = (answer: RequestListener) => listening(createServer(answer));

async function proxyFor(port: number, more: Partial<ProxyOptions> = {}): Promise<{ proxy: Proxy; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "coop-proxy-test-"));
  closing.push(() => rm(folder, { recursive: true }));
  const path = join(folder, "proxy.sock");
  const registries = [{ host: `127.0.0.1:${port}`, configured: true }];
  const proxy = await openProxy({ path }, { registries, bytesMax: MB, idleMs: 5000, ...more });
  closing.push(() => proxy.close());
  return { proxy, path };
}

/** A plain request through the proxy. @returns status and size, or why it ended */
function get(socketPath: string, url: string): Promise<{ status: number; bytes: number } | string> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: url, headers: { host: new URL(url).host } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, bytes }));
      answer.once("error", () => resolve("cut"));
      answer.once("close", () => resolve("cut"));
    });
    asked.once("error", () => resolve("cut"));
    asked.end();
  });
}

/** @returns the first line of the proxy's answer */
function tunnel(socketPath: string, target: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`));
    socket.once("data", (chunk: Buffer) => {
      resolve(chunk.toString().split("\r\n")[0] ?? "");
      socket.destroy();
    });
    socket.once("error", (error) => resolve(`cut: ${error.message}`));
  });
}

describe("the proxy of the fetch step", () => {
  it("lets through what goes to a registry, plain and by tunnel", async () => {
    const port = await registry((_, response) => response.end("packages"));
    const { proxy, path } = await proxyFor(port);
    expect(await get(path, `http://127.0.0.1:${port}/a`)).toEqual({ status: 200, bytes: 8 });
    expect(await tunnel(path, `127.0.0.1:${port}`)).toMatch(/ 200 /);
    expect(proxy.traffic().refused.size).toBe(0);
  });

  it("refuses every other host, and says which", async () => {
    const port = await registry((_, response) => response.end("secret"));
    const { proxy, path } = await proxyFor(1);
    expect(await get(path, `http://127.0.0.1:${port}/a`)).toMatchObject({ status: 403 });
    expect(await tunnel(path, "collector.example:443")).toMatch(/ 403 /);
    expect([...proxy.traffic().refused.keys()]).toEqual(["127.0.0.1", "collector.example"]);
  });

  it("refuses a name that leads into a private network, unless the operator named it", async () => {
    const port = await registry((_, response) => response.end("x"));
    const registries = [{ host: "localhost", configured: false }];
    const { proxy, path } = await proxyFor(port, { registries });
    expect(await tunnel(path, `localhost:${port}`)).toMatch(/ 403 /);
    expect(proxy.traffic().refused.get("localhost")).toMatch(/private network/);
  });

  it("ends what never ends", async () => {
    const endless: RequestListener = (_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more);
      more();
    };
    const port = await registry(endless);
    const { proxy, path } = await proxyFor(port);
    expect(await get(path, `http://127.0.0.1:${port}/huge`)).toBe("cut");
    expect(proxy.traffic()).toMatchObject({ overflowed: true });
    expect(proxy.traffic().bytes).toBeLessThan(4 * MB);
    expect(await tunnel(path, `127.0.0.1:${port}`)).toMatch(/ 403 /);
  });

  it("gives up on a registry that hangs, and on one that is down", async () => {
    const port = await listening(createTcp((socket) => closing.push(async () => socket.destroy())));
    const { proxy, path } = await proxyFor(port, { idleMs: 100 });
    expect(await get(path, `http://127.0.0.1:${port}/a`)).toMatchObject({ status: 502 });
    expect(proxy.traffic().away.get("127.0.0.1")).toBe("it stopped answering");
    const down = await proxyFor(9, { idleMs: 1000 });
    await get(down.path, "http://127.0.0.1:9/a");
    expect(down.proxy.traffic().away.get("127.0.0.1")).toMatch(/ECONNREFUSED/);
  });
});

describe("private addresses", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "nonsense",
  ])("%s is one", (address) => expect(isPrivate(address)).toBe(true));
  it.each(["8.8.8.8", "203.0.113.80", "2606:4700::1111"])("%s is none", (address) =>
    expect(isPrivate(address)).toBe(false),
  );
});
