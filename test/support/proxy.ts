import { createServer, request as ask } from "node:http";
import { type AddressInfo, connect } from "node:net";

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
