import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, request, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcp, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { leadsTo } from "./addresses.ts";
import { LEADS_NOWHERE, openProxy, type Proxy, type ProxyOptions } from "./proxy.ts";

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
    socket.once("close", () => resolve("cut"));
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
    expect([...proxy.traffic().refused.keys()]).toEqual([`127.0.0.1:${port}`, "collector.example"]);
  });

  it("opens the one port of a registry, which is 443 where none is named, and says which other was asked for", async () => {
    const port = await registry((_, response) => response.end("packages"));
    const other = await listening(createTcp((socket) => socket.end("SSH-2.0\r\n")));
    const { proxy, path } = await proxyFor(port, { registries: [
      { host: `localhost:${port}`, configured: true },
      { host: "127.0.0.1", configured: true },
    ] }); // prettier-ignore
    expect(await get(path, `http://LOCALHOST.:${port}/a`)).toMatchObject({ status: 200 });
    for (const target of [`localhost:${other}`, `127.0.0.1:${other}`])
      expect(await tunnel(path, target)).toMatch(/ 403 /);
    expect(await get(path, `http://127.0.0.1:${port}/a`)).toMatchObject({ status: 403 });
    expect([...proxy.traffic().refused.keys()]).toEqual(
      [`localhost:${other}`, `127.0.0.1:${other}`, `127.0.0.1:${port}`], // prettier-ignore
    );
    // Let through, so that it is the registry which is not there.
    expect(await tunnel(path, "127.0.0.1:443")).not.toMatch(/ 403 /);
    expect(proxy.traffic().refused.has("127.0.0.1")).toBe(false);
  });

  it("refuses a name that leads into a private network, unless the operator named it", async () => {
    const port = await registry((_, response) => response.end("x"));
    const registries = [{ host: `localhost:${port}`, configured: false }];
    const { proxy, path } = await proxyFor(port, { registries });
    expect(await tunnel(path, `localhost:${port}`)).toMatch(/ 403 /);
    expect(proxy.traffic().refused.get(`localhost:${port}`)).toMatch(/private network/);
  });

  it("leads nobody to where clouds tell their machines secrets, whoever named the host", async () => {
    const registries = [
      "169.254.169.254:80",
      "[::ffff:169.254.169.254]:80",
      "[64:ff9b::a9fe:a9fe]:80",
      "168.63.129.16:80",
    ];
    const { proxy, path } = await proxyFor(1, { registries: registries.map((host) => ({ host, configured: true })) });
    for (const host of registries) expect(await tunnel(path, host)).toMatch(/ 403 /);
    expect([...proxy.traffic().refused.values()]).toEqual(registries.map(() => LEADS_NOWHERE));
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

describe("an address", () => {
  it.each([
    [
      "internet",
      "8.8.8.8 192.0.1.1 192.0.3.1 100.128.0.1 172.32.0.1 198.20.0.1 ::ffff:8.8.8.8 2606:4700::1111 64:ff9b::8.8.8.8",
    ],
    [
      "neighbour",
      "127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 198.18.0.1 203.0.113.80 192.0.2.1",
    ],
    ["neighbour", "::1 fd00::1 fc00::1 ::ffff:10.0.0.1 ::ffff:a00:1 0:0:0:0:0:ffff:7f00:1 64:ff9b::7f00:1 2001:db8::1"],
    [
      "nowhere",
      "169.254.169.254 100.100.100.200 168.63.129.16 192.0.0.192 192.0.0.8 0.0.0.0 0.1.2.3 224.0.0.1 240.0.0.1",
    ],
    [
      "nowhere",
      "255.255.255.255 192.88.99.1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1",
    ],
    ["nowhere", ":: ::127.0.0.1 ::ffff:0:127.0.0.1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 5f00::1 fd00:ec2::254"],
    ["nowhere", "fd20:ce::254 2002:7f00:1:: 2002:a9fe:a9fe:: 2001:0:7f00:1:: 2001:2::1"],
    ["nowhere", "nonsense 127.1 0177.0.0.1 2130706433 0x7f000001 127.0.0.1:80 [::1]"],
  ])("is of the %s: %s", (place, all) => {
    for (const address of all.split(" ")) expect([address, leadsTo(address)]).toEqual([address, place]);
  });
});
