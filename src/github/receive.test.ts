import { createHmac, generateKeyPairSync } from "node:crypto";
import { createServer, IncomingMessage, request as httpRequest, type Server, ServerResponse } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { createRequire } from "node:module";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { eventually } from "../../test/support/eventually.ts";
import { startProbot } from "./probot.ts";
import { type Delivery, receiver } from "./receive.ts";

const SECRET = "a webhook secret with 1 digit";
const stored: Delivery[] = [];
let storage: "works" | "fails" | "hangs" = "works";
let server: Server;
let port = 0;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const probot = await startProbot({
    appId: 1,
    privateKey: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    webhookSecret: SECRET,
    baseUrl: "http://127.0.0.1:1",
    log: pino({ level: "silent" }),
  });
  const onDelivery = async (delivery: Delivery) => {
    if (storage === "fails") throw new Error("database away");
    if (storage === "hangs") await new Promise(() => undefined);
    stored.push(delivery);
  };
  const handle = receiver({ verify: probot.verify, onDelivery, answerWithinMs: 100 });
  server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  stored.length = 0;
  storage = "works";
});

const sign = (body: Buffer | string) => `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;

function post(body: Buffer | string, headers: Record<string, string> = {}, method = "POST"): Promise<number> {
  return new Promise((resolve, reject) => {
    const all = {
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-delivery": "d-1",
      "x-hub-signature-256": sign(body),
      "content-length": String(Buffer.byteLength(body)),
      ...headers,
    };
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
    const request = httpRequest({ host: "127.0.0.1", port, method, path: "/", headers: kept }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    request.on("error", reject);
    request.end(body);
  });
}

const BODY = JSON.stringify({ action: "labeled", installation: { id: 1 }, text: "ü€😀" });

describe("the webhook endpoint", () => {
  it("stores what is signed, then answers 202", async () => {
    expect(await post(BODY)).toBe(202);
    expect(stored).toEqual([{ id: "d-1", name: "issues", payload: JSON.parse(BODY) }]);
  });

  it("answers 503 when the database is away or frozen, so that GitHub keeps the delivery as failed", async () => {
    storage = "fails";
    expect(await post(BODY)).toBe(503);
    storage = "hangs";
    expect(await post(BODY)).toBe(503);
    storage = "works";
    expect(await post(BODY)).toBe(202);
  });

  it.each([
    ["another method", 405, BODY, {}, "PUT"],
    ["a form", 415, BODY, { "content-type": "application/x-www-form-urlencoded" }, "POST"],
    ["no event", 400, BODY, { "x-github-event": "" }, "POST"],
    ["an event that is no name", 400, BODY, { "x-github-event": "../x" }, "POST"],
    ["no delivery id", 400, BODY, { "x-github-delivery": "" }, "POST"],
    ["no signature", 401, BODY, { "x-hub-signature-256": "" }, "POST"],
    ["a SHA-1 signature", 401, BODY, { "x-hub-signature-256": "sha1=00" }, "POST"],
    ["a signature of another secret", 401, BODY, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, "POST"],
    ["no JSON", 400, "nonsense", {}, "POST"],
    ["no object", 400, "[1]", {}, "POST"],
    ["an empty body", 401, "", {}, "POST"],
    ["no UTF-8", 400, Buffer.from([0x7b, 0xff, 0x7d]), {}, "POST"],
  ])("refuses %s with %d", async (_what, status, body, headers, method) => {
    expect(await post(body, headers as Record<string, string>, method)).toBe(status);
    expect(stored).toEqual([]);
  });

  it("refuses 25 MB by what is announced, without reading it", async () => {
    const request = new IncomingMessage(new Socket());
    request.method = "POST";
    request.headers = {
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-delivery": "d-1",
      "x-hub-signature-256": sign(""),
      "content-length": String(25 * 1024 * 1024 + 1),
    };
    const response = new ServerResponse(request);
    await receiver({ verify: async () => true, onDelivery: async () => undefined })(request, response);
    expect(response.statusCode).toBe(413);
  });

  it("tells the operator once why it refuses, however many strangers try", async () => {
    const told: unknown[] = [];
    const handle = receiver({
      verify: async () => false,
      onDelivery: async () => undefined,
      onRefused: (refused) => void told.push(refused),
    });
    for (let i = 0; i < 3; i += 1) {
      const request = new IncomingMessage(new Socket());
      request.method = "POST";
      request.complete = true;
      request.headers = { "content-type": "application/json" };
      request.push(null);
      await handle(request, new ServerResponse(request));
    }
    expect(told).toEqual([{ status: 400, why: "The header X-GitHub-Event is missing.", more: 0 }]);
  });

  it("holds no more than 200 MB of what is being sent, hears small ones meanwhile, and all again afterwards", async () => {
    const large = Buffer.alloc(24 * 1024 * 1024, " ");
    const open = Array.from({ length: 12 }, () => {
      const headers = { "content-type": "application/json", "x-github-event": "push", "x-github-delivery": "d-2", "x-hub-signature-256": sign(""), "content-length": large.length + 1 }; // prettier-ignore
      const sending = httpRequest({ host: "127.0.0.1", port, method: "POST", path: "/", headers });
      const refused = new Promise((answered) => sending.on("response", (res) => answered(res.statusCode)));
      sending.on("error", () => undefined).write(large);
      return { sending, refused };
    });
    expect(await Promise.race(open.map(({ refused }) => refused))).toBe(503);
    expect(await post(BODY)).toBe(202);
    for (const { sending } of open) sending.destroy();
    const last = Buffer.from(JSON.stringify({ text: " ".repeat(20_000_000) }));
    await eventually(async () => (await post(last).catch(() => 0)) === 202);
    expect(stored).toHaveLength(2);
  });

  it("refuses the body with any one byte flipped", async () => {
    const body = Buffer.from(BODY);
    for (let i = 0; i < body.length; i += 1) {
      const flipped = Buffer.from(body);
      flipped.writeUInt8(body.readUInt8(i) ^ 1, i);
      expect([400, 401]).toContain(await post(flipped, { "x-hub-signature-256": sign(body) }));
    }
    expect(stored).toEqual([]);
  });

  it("takes every payload of GitHub's collection", async () => {
    type Example = { name: string; examples: object[] };
    const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as Example[];
    for (const { name, examples: payloads } of examples)
      for (const payload of payloads)
        expect(await post(JSON.stringify({ ...payload, installation: { id: 1 } }), { "x-github-event": name })).toBe(
          202,
        );
    expect(stored).toHaveLength(329);
  });
});
