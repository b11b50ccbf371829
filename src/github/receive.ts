import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { within } from "../within.ts";
import { isParseable } from "./payload-shape.ts";
import { sparing } from "./sparing.ts";

/**
 * The webhook endpoint. It answers 202 only when `onDelivery` has resolved, that is when the delivery is committed to
 * the database: GitHub never sends a delivery again by itself, so an early 2xx would lose it with the process. No work
 * is done here.
 */
export type Delivery = { readonly id: string; readonly name: string; readonly payload: unknown };

export type ReceiverOptions = {
  /** Checks the signature over the raw bytes, in constant time. */
  readonly verify: (raw: string, signature: string) => Promise<boolean>;
  readonly onDelivery: (delivery: Delivery) => Promise<unknown>;
  /** Told about what could not be stored; the answer is 503 and GitHub lists the delivery as failed. */
  readonly onError?: (error: unknown) => void;
  /** For tests; GitHub hangs up after ten seconds, and an answer before that says why. */
  readonly answerWithinMs?: number;
  /** Told why a delivery was refused, sparingly (`sparing`): a wrong secret must show in the log. */
  readonly onRefused?: (refused: { readonly status: number; readonly why: string; readonly more: number }) => void;
};

/** GitHub's own limit for a payload; it drops larger ones itself. */
const BODY_BYTES_MAX = 25 * 1024 * 1024;

/** All that is being received: strangers can send as well, and whether something is signed is known only at its end. */
const BODIES_BYTES_MAX = 8 * BODY_BYTES_MAX;
/** As small as most are: received also while others fill the room. */
const SMALL_BYTES = 256 * 1024;
type Room = { bytes: number };

/** An event's name and a delivery's id become keys and log fields, so they are kept to what GitHub sends. */
const EVENT_NAME = /^[a-z0-9_]{1,60}$/;
const DELIVERY_ID = /^[A-Za-z0-9-]{1,100}$/;

/** GitHub waits ten seconds. Whatever is stored after this answer is recognised when it is sent again. */
const ANSWER_WITHIN_MS = 8_000;

const LATE = Symbol("late");

async function inTime(work: Promise<unknown>, ms: number): Promise<void> {
  if ((await within(ms, work, LATE)) === LATE) throw new Error(`The database did not answer in ${ms} ms`);
}

type Reply = { readonly status: number; readonly text: string };

export function receiver(options: ReceiverOptions): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const refused = sparing<{ status: number; why: string }>(options.onRefused ?? (() => undefined));
  const room: Room = { bytes: BODIES_BYTES_MAX };
  return async (req, res) => {
    const reply = await answer(options, req, room).catch((error: unknown) => {
      options.onError?.(error);
      return STORED_NOT;
    });
    if (reply.status >= 400 && reply !== STORED_NOT) refused({ status: reply.status, why: reply.text });
    // What was not read cannot be skipped over on this connection.
    const close = req.complete ? {} : { connection: "close" };
    const allow = reply.status === 405 ? { allow: "POST" } : {};
    const text = `${reply.text}\n`;
    // With its length the answer goes out in one piece.
    const length = { "content-length": Buffer.byteLength(text) };
    res.writeHead(reply.status, { "content-type": "text/plain; charset=utf-8", ...length, ...close, ...allow });
    res.end(text);
  };
}

const STORED_NOT: Reply = { status: 503, text: "The delivery could not be stored; redeliver it later." };

async function answer(options: ReceiverOptions, req: IncomingMessage, room: Room): Promise<Reply> {
  const wrong = wrongHead(req);
  // A refusal sent over an unread body resets the connection, and the sender may never see the sentence.
  if (wrong && wrong.status !== 413) await readBody(req, room);
  if (wrong) return wrong;
  const body = await readBody(req, room);
  if (body === "no-room") return { status: 503, text: "Too much is being sent at once; redeliver it later." };
  if (body === "too-large") return { status: 413, text: "The payload is larger than 25 MB." };
  if (body === "broken-off") return { status: 400, text: "The payload ended early." };
  // Bytes that are no UTF-8 would change when decoded, and the signature is over the bytes.
  if (!isUtf8(body)) return { status: 400, text: "The payload is not UTF-8." };
  const raw = body.toString("utf8");
  if (!(await options.verify(raw, header(req, "x-hub-signature-256"))))
    return { status: 401, text: "The signature does not fit the payload and this server's webhook secret." };
  if (!(await isParseable(body))) return { status: 400, text: "The payload has a shape that GitHub does not send." };
  const payload = parsed(raw);
  if (payload === null) return { status: 400, text: "The payload is no JSON object." };
  const delivery = { id: header(req, "x-github-delivery"), name: header(req, "x-github-event"), payload };
  // Not awaited in here, where the body and the payload would be held meanwhile.
  return whenStored(options.onDelivery(delivery), options.answerWithinMs ?? ANSWER_WITHIN_MS);
}

async function whenStored(work: Promise<unknown>, ms: number): Promise<Reply> {
  await inTime(work, ms);
  return { status: 202, text: "Stored." };
}

function wrongHead(req: IncomingMessage): Reply | null {
  if (req.method !== "POST") return { status: 405, text: "Webhooks are sent with POST." };
  if (!/^application\/json\s*(?:;|$)/i.test(header(req, "content-type")))
    return { status: 415, text: "Set the webhook's content type to application/json." };
  if (!EVENT_NAME.test(header(req, "x-github-event")))
    return { status: 400, text: "The header X-GitHub-Event is missing." };
  if (!DELIVERY_ID.test(header(req, "x-github-delivery")))
    return { status: 400, text: "The header X-GitHub-Delivery is missing." };
  if (!/^sha256=[0-9a-f]{64}$/.test(header(req, "x-hub-signature-256")))
    return { status: 401, text: "The header X-Hub-Signature-256 is missing: set a webhook secret." };
  if (Number(header(req, "content-length")) > BODY_BYTES_MAX)
    return { status: 413, text: "The payload is larger than 25 MB." };
  return null;
}

function header(req: IncomingMessage, name: string): string {
  const value = req.headers[name];
  return typeof value === "string" ? value : "";
}

function readBody(req: IncomingMessage, room: Room): Promise<Buffer | "too-large" | "no-room" | "broken-off"> {
  const chunks: Buffer[] = [];
  let size = 0;
  const leave = () => {
    room.bytes += size;
    size = 0;
  };
  req.once("close", leave);
  return new Promise((resolve) => {
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      room.bytes -= chunk.length;
      chunks.push(chunk);
      if (size <= BODY_BYTES_MAX && (room.bytes >= 0 || size <= SMALL_BYTES)) return;
      req.pause().removeAllListeners("data");
      chunks.length = 0;
      resolve(size > BODY_BYTES_MAX ? "too-large" : "no-room");
      // What is not read to its end is not always told to be closed.
      leave();
    });
    req.on("end", () => {
      // The request, which is answered later, keeps its listeners, but shall not keep the body.
      const all = chunks.splice(0);
      resolve(all.length === 1 ? (all[0] as Buffer) : Buffer.concat(all));
    });
    req.on("error", () => resolve("broken-off"));
    req.on("close", () => resolve("broken-off"));
  });
}

function parsed(raw: string): object | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
