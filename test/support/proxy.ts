import { createServer, request as ask } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";

/** A proxy on this machine, as companies have them: it knows hosts that nobody else can look up, all of which are one server. */
export type Proxy = {
  readonly port: number;
  /** Host and port of each request that came through it. */
  readonly asked: string[];
  /** Who each of them said to be. */
  readonly logins: string[];
  refuse: boolean;
  close(): void;
};

export async function startProxy(provider: string): Promise<Proxy> {
  const { port: behind } = new URL(provider);
  const noted = (host: string, login: string | undefined) => {
    proxy.asked.push(host);
    if (login) proxy.logins.push(Buffer.from(login.replace("Basic ", ""), "base64").toString());
    return proxy.refuse;
  };
  const server = createServer((request, response) => {
    const { host, pathname } = new URL(request.url ?? "", "http://nowhere.test");
    if (noted(host, request.headers["proxy-authorization"])) return void response.writeHead(407).end("<html><title>Log in</title></html>"); // prettier-ignore
    const { method, headers } = request;
    const on = ask({ port: behind, host: "127.0.0.1", path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(on);
  });
  server.on("connect", (request, socket) => {
    if (noted(request.url ?? "", request.headers["proxy-authorization"]))
      return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const on = connect(Number(behind), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      on.pipe(socket).pipe(on);
    });
    for (const one of [on, socket]) one.on("error", () => undefined).on("close", () => [on, socket].map((end) => end.destroy())); // prettier-ignore
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: Proxy = {
    port: (server.address() as AddressInfo).port,
    ...{ asked: [], logins: [], refuse: false },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}

/** The same with SOCKS 5, with a password where one is given. */
export async function startSocks(provider: string, login: string | null = null): Promise<Omit<Proxy, "refuse">> {
  const { port: behind } = new URL(provider);
  const server = createTcpServer((socket) => {
    let step: "greeting" | "login" | "request" = "greeting";
    socket.on("error", () => undefined);
    socket.on("data", function heard(bytes: Buffer) {
      if (step === "greeting") {
        step = login === null ? "request" : "login";
        return void socket.write(Buffer.from([5, login === null ? 0 : 2]));
      }
      if (step === "login") {
        const name = bytes.subarray(2, 2 + (bytes[1] ?? 0));
        const word = bytes.subarray(3 + name.length);
        proxy.logins.push(`${name}:${word}`);
        step = "request";
        return void socket.write(Buffer.from([1, `${name}:${word}` === login ? 0 : 1]));
      }
      // 5, connect, 0, kind 3: a name and not a number, so that the name is looked up behind the proxy.
      const host = bytes[3] === 3 ? bytes.subarray(5, 5 + (bytes[4] ?? 0)).toString() : `number of kind ${bytes[3]}`;
      proxy.asked.push(`${host}:${bytes.readUInt16BE(bytes.length - 2)}`);
      socket.off("data", heard);
      const on = connect(Number(behind), "127.0.0.1", () => {
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        on.pipe(socket).pipe(on);
      });
      for (const one of [on, socket]) one.on("error", () => undefined).on("close", () => [on, socket].map((end) => end.destroy())); // prettier-ignore
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy = {
    port: (server.address() as AddressInfo).port,
    ...{ asked: [] as string[], logins: [] as string[] },
    close: () => void server.close(),
  };
  return proxy;
}
