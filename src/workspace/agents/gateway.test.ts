import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request as ask } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { AgentCall } from "../coding-agent.ts";
import { type Gateway, type GatewayOptions, openGateway } from "./gateway.ts";

/** The gateway as a program meets it: over its socket, with a provider that answers when the test says so. */
const KEY = "a-key-that-nobody-reads";
const BODY = { model: "m", max_tokens: 9, messages: [] };
const USED = { model: "m", usage: { input_tokens: 11, output_tokens: 5 } };

type Answer = (init: RequestInit) => Response | Promise<Response>;
type Opened = Awaited<ReturnType<typeof opened>>;

let folder: string | null = null;
let gateway: Gateway | null = null;
afterEach(async () => {
  await gateway?.close();
  if (folder !== null) await rm(folder, { recursive: true, force: true });
});

async function opened(answer: Answer, over: Partial<GatewayOptions> = {}) {
  folder = await mkdtemp(join(tmpdir(), "gateway-"));
  const socket = join(folder, "s");
  const calls: AgentCall[] = [];
  const asked: { url: string; init: RequestInit }[] = [];
  const open = { granted: 0, released: 0, broken: [] as unknown[], refused: 0 };
  gateway = await openGateway(socket, {
    ...{
      base: "http://provider/v1",
      headers: { "x-api-key": KEY },
      model: "m",
      contextTokensMax: 10_000,
      outputTokensMax: 1_000,
    },
    fetch: async (url, init = {}) => {
      asked.push({ url: String(url), init });
      return answer(init);
    },
    clocks: { firstMs: 60_000, idleMs: 60_000 },
    mayCall: async () => {
      open.granted += 1;
      return { outcome: "granted", release: () => void (open.released += 1) };
    },
    onCall: async (call) => void calls.push(call),
    onBroken: (error) => open.broken.push(error),
    onRefused: () => void (open.refused += 1),
    ...over,
  });
  return { socket, gateway, calls, asked, open };
}

async function post({ socket }: Pick<Opened, "socket">, path = "/v1/messages", body: object = BODY, method = "POST") {
  const sent = ask({ socketPath: socket, path, method });
  sent.end(method === "POST" ? JSON.stringify(body) : undefined);
  const [response] = (await once(sent, "response")) as [AsyncIterable<Buffer> & { statusCode: number }];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, text: Buffer.concat(chunks).toString("utf8") };
}

const json = (body: object, status = 200) => Response.json(body, { status });

describe("the way out of a coding agent's sandbox", () => {
  it("puts in the key, tells what a call took, and lets it go", async () => {
    const way = await opened(() => json(USED));
    expect(await post(way, "/v1/messages?beta=true&x=1")).toMatchObject({ status: 200 });
    expect(await post(way, "/v1/messages?beta=true")).toMatchObject({ status: 200 });
    expect(way.asked.map(({ url }) => url)).toEqual([
      "http://provider/v1/messages",
      "http://provider/v1/messages?beta=true",
    ]);
    expect(way.asked[0]?.init.headers).toMatchObject({ "x-api-key": KEY });
    expect(way.calls).toMatchObject([{ path: "/messages", counts: { inputTokens: 11, outputTokens: 5 } }, {}]);
    expect(way.open).toMatchObject({ granted: 2, released: 2 });
  });

  it("says before it is paid what is longer than the model's window, in words that programs know", async () => {
    const way = await opened(() => json(USED));
    const long = { ...BODY, messages: [{ role: "user", content: "a".repeat(40_000) }] };
    const refused = await post(way, "/v1/messages", long);
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining("prompt is too long: ") });
    expect(JSON.parse(refused.text)).toMatchObject({ error: { type: "invalid_request_error", code: "context_length_exceeded" } }); // prettier-ignore
    expect(way.gateway.trouble()).toMatchObject({ is: "provider", status: 400 });
    expect(way).toMatchObject({ asked: [], calls: [], open: { granted: 0 } });
    expect(await post(way)).toMatchObject({ status: 200 });
    expect(way.gateway.trouble()).toBeNull();
  });

  it("reads nothing of the account", async () => {
    const way = await opened(() => json({ data: [] }));
    expect(await post(way, "/v1/chat/completions?limit=9", {}, "GET")).toMatchObject({ status: 405 });
    expect(await post(way, "/v1/responses", {}, "DELETE")).toMatchObject({ status: 405 });
    expect(await post(way, "/v1/files", {}, "GET")).toMatchObject({ status: 403 });
    expect(await post(way, "/v1/models?limit=9", {}, "GET")).toMatchObject({ status: 200 });
    expect(way.asked.map(({ url }) => url)).toEqual(["http://provider/v1/models"]);
    expect(way.calls).toEqual([]);
  });

  it("outlives whoever asks for a tunnel, sends half a request, or hangs up", async () => {
    const way = await opened(() => json(USED));
    for (const words of [
      "CONNECT a:1 HTTP/1.1\r\n\r\n",
      "POST /v1/messages HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{",
    ]) {
      const client = connect(way.socket).on("error", () => undefined);
      await once(client, "connect");
      client.end(words);
      client.resume();
      await once(client, "close");
    }
    expect(await post(way)).toMatchObject({ status: 200 });
    expect(way.open).toMatchObject({ broken: [], refused: 0 });
    expect(way.gateway.trouble()).toBeNull();
  });

  it("tells what a call took also when the program is gone before the answer", async () => {
    let answer: (response: Response) => void = () => undefined;
    const came = new Promise<Response>((resolve) => (answer = resolve));
    let heard: () => void = () => undefined;
    const sent = new Promise<void>((resolve) => (heard = resolve));
    const way = await opened(() => {
      heard();
      return came;
    });
    const client = ask({ socketPath: way.socket, path: "/v1/messages", method: "POST" }).on("error", () => undefined);
    client.end(JSON.stringify(BODY));
    await sent;
    client.destroy();
    const closed = way.gateway.close();
    answer(json(USED));
    await closed;
    expect(way.calls).toMatchObject([{ counts: { inputTokens: 11, outputTokens: 5 } }]);
    expect(way.open).toMatchObject({ granted: 1, released: 1 });
  });

  it("counts an answer that broke off at its worst", async () => {
    const way = await opened(() => {
      const event = `data: ${JSON.stringify({ message: { usage: { input_tokens: 11, output_tokens: 1 } } })}\n\n`;
      const parts = [event];
      const pull = (controller: ReadableStreamDefaultController) => {
        const part = parts.shift();
        if (part === undefined) controller.error(new Error("torn"));
        else controller.enqueue(Buffer.from(part));
      };
      return new Response(new ReadableStream({ pull }), { headers: { "content-type": "text/event-stream" } });
    });
    await post(way).catch(() => undefined);
    await way.gateway.close();
    expect(way.calls).toMatchObject([{ counts: { outputTokens: 9, estimated: true } }]);
  });

  it("says when its provider is silent", async () => {
    const away: Answer = ({ signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("cut"))));
    const way = await opened(away, { clocks: { firstMs: 5, idleMs: 5 } });
    const answer = await post(way);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([502, { error: { code: "no_answer" } }]);
    expect(way.gateway.trouble()).toMatchObject({ is: "provider", status: null, sentence: expect.stringContaining("silent") }); // prettier-ignore
  });

  it("keeps a denial whatever else is answered afterwards", async () => {
    let left = 1;
    const mayCall = async () =>
      left-- > 0 ? { outcome: "granted" as const, release: () => undefined } : { outcome: "denied" as const };
    const way = await opened(() => json(USED), { mayCall });
    expect(await post(way)).toMatchObject({ status: 200 });
    expect(await post(way)).toMatchObject({ status: 403 });
    left = 1;
    expect(await post(way)).toMatchObject({ status: 200 });
    expect(way.gateway.trouble()).toEqual({ is: "denied" });
  });

  it.each<[number, number, string]>([
    [401, 1, "no such key [left out]"],
    [529, 0, "no such key [left out]"],
  ])("passes its provider's %i on without the key that it echoes", async (status, refused, words) => {
    const way = await opened(() => json({ error: { message: `no such key ${KEY}` } }, status));
    expect(await post(way)).toEqual({ status, text: JSON.stringify({ error: { message: words } }) });
    expect(way.open.refused).toBe(refused);
    expect(way.gateway.trouble()).toMatchObject({ status, sentence: `The provider answered ${status}: ${words}` });
    expect(way.calls).toEqual([]);
  });

  it("ends nothing for a path that is free", async () => {
    const way = await opened(() => json({ error: { message: "not here" } }, 404));
    expect(await post(way, "/v1/messages/count_tokens")).toMatchObject({ status: 404 });
    expect(way.open).toMatchObject({ granted: 0, refused: 0 });
    expect(way.gateway.trouble()).toBeNull();
  });

  it("lets nothing more through once a call could not be told", async () => {
    const way = await opened(() => json(USED), { onCall: () => Promise.reject(new Error("no database")) });
    await post(way).catch(() => undefined);
    expect(way.open.broken).toEqual([new Error("no database")]);
    expect(await post(way)).toMatchObject({ status: 403 });
    expect(way.asked).toHaveLength(1);
  });

  it("refuses what is too large, and says so", async () => {
    const way = await opened(() => json(USED));
    expect(await post(way, "/v1/messages", { ...BODY, system: "a".repeat(33 * 1024 * 1024) })).toMatchObject({ status: 413 }); // prettier-ignore
    expect(way.asked).toEqual([]);
  });
});
