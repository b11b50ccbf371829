import { createHmac, randomUUID } from "node:crypto";
import { connect } from "node:net";

/** Signed deliveries over 32 connections that stay open, each sent when the one before it is answered; raw sockets, so that little of the machine goes to asking. */
export type Load = { readonly perSecond: number; readonly p99Ms: number; readonly refused: number };

export type Event = { readonly name: string; readonly bodies: readonly Buffer[] };

const CONNECTIONS = 32;

export async function load(port: number, event: Event, secret: string, forMs: number): Promise<Load> {
  const until = performance.now() + forMs;
  const latencies: number[] = [];
  let refused = 0;
  const heads = event.bodies.map((body) => head(event.name, body, secret));
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, index) =>
      overOne(
        port,
        until,
        (sent) => {
          const at = (index + sent * CONNECTIONS) % event.bodies.length;
          const unique = `x-github-delivery: ${randomUUID()}\r\n\r\n`;
          return Buffer.concat([heads[at] as Buffer, Buffer.from(unique), event.bodies[at] as Buffer]);
        },
        (ms, status) => {
          latencies.push(ms);
          if (status < 200 || status > 299) refused += 1;
        },
      ),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  return { perSecond: latencies.length / seconds, p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0, refused };
}

function head(name: string, body: Buffer, secret: string): Buffer {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const lines = [
    "POST /api/github/webhooks HTTP/1.1",
    "host: 127.0.0.1",
    "content-type: application/json",
    `content-length: ${body.length}`,
    `x-github-event: ${name}`,
    `x-hub-signature-256: sha256=${signature}`,
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

function overOne(
  port: number,
  until: number,
  next: (sent: number) => Buffer,
  answered: (ms: number, status: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sent = 0;
    let at = 0;
    let text = "";
    const send = () => {
      at = performance.now();
      socket.write(next(sent++));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!isWhole(text)) return;
      answered(performance.now() - at, Number(text.slice(9, 12)));
      text = "";
      if (performance.now() < until) send();
      else socket.end(() => resolve());
    });
  });
}

function isWhole(text: string): boolean {
  const body = text.indexOf("\r\n\r\n") + 4;
  if (body < 4) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, body))?.[1];
  return length === undefined ? text.endsWith("\r\n0\r\n\r\n") : text.length >= body + Number(length);
}
