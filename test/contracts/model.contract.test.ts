import { afterEach, describe, expect, it } from "@jest/globals";
import nock from "nock";
import type { Model } from "../../src/models/model.ts";
import type { ScriptTurn } from "../../src/models/script.ts";
import { scriptedModel } from "../../src/models/scripted.ts";
import { modelContract, question, type Staged } from "./model.contract.ts";
import { KEY, PRICES, USAGE, type Wire, wireModel, WIRES } from "./model-wires.ts";
import { answerWithNock } from "../support/nocked.ts";

answerWithNock();

const UNLIKE = /^tested sent an answer that is not of the documented form\.$/;
const scriptTurn = (staged: Staged): ScriptTurn => {
  if (!("call" in staged)) return { ...staged };
  return { call: staged.call.map(({ name, args }) => ({ name, args })) };
};

modelContract({
  name: "scripted",
  stage: (staged) =>
    scriptedModel({
      ...{ name: "scripted", vendor: "acme", prices: PRICES },
      script: [{ role: "reviewer", turns: [scriptTurn(staged)] }],
    }),
});

for (const wire of WIRES) {
  const reply = (status: number, body: nock.Body, headers: nock.ReplyHeaders = {}) =>
    nock(wire.origin).post(wire.path).reply(status, body, headers);

  modelContract({
    name: wire.api,
    stage: (staged) => {
      reply(200, wire.body(staged) as nock.Body);
      return wireModel(wire);
    },
  });
  describe(`${wire.api} over the wire`, () => failures(wire, reply));
}

function failures(wire: Wire, reply: (status: number, body: nock.Body, headers?: nock.ReplyHeaders) => nock.Scope) {
  const failing = (status: number, code: string, headers: nock.ReplyHeaders = {}, message = "It went wrong.") =>
    reply(status, wire.error(message, code) as nock.Body, headers);
  const model: Model = wireModel(wire);
  afterEach(() => nock.abortPendingRequests());

  it("prices cached and cache-written tokens apart", async () => {
    reply(200, wire.body({ say: "Fine." }) as nock.Body);
    expect(await model.ask(question())).toMatchObject({ usage: USAGE });
  });

  it("knows no cost without a price, and counts tokens all the same", async () => {
    reply(200, wire.body({ say: "Fine." }) as nock.Body);
    const answer = await wireModel(wire, { prices: null }).ask(question());
    expect(answer).toMatchObject({ usage: { ...USAGE, costMicroUsd: null } });
  });

  it("estimates the tokens of a server that reports none", async () => {
    reply(200, { ...wire.body({ say: "Fine." }), usage: undefined } as nock.Body);
    const answer = await model.ask(question());
    expect(answer).toMatchObject({ outcome: "answered", usage: { cachedInputTokens: 0 } });
    expect("usage" in answer && answer.usage.inputTokens).toBeGreaterThan(20);
  });

  it.each([
    [429, { "retry-after": "7" }, 7_000],
    [429, { "retry-after-ms": "250", "retry-after": "1" }, 250],
    [529, {}, null],
    [500, {}, null],
    [503, { "retry-after": "999999" }, 3_600_000],
  ])("is unavailable on %i with %j, and asks only once", async (status, headers, retryAfterMs) => {
    failing(status, "overloaded_error", headers as nock.ReplyHeaders);
    expect(await model.ask(question())).toEqual({
      outcome: "unavailable",
      reason: expect.stringContaining(`HTTP ${status}`),
      retryAfterMs,
      cause: expect.stringMatching(/^(too-fast|overloaded|server)$/),
    });
  });

  it("understands a retry-after that is a date", async () => {
    failing(429, "rate_limit_error", { "retry-after": new Date(Date.now() + 60_000).toUTCString() });
    const answer = await model.ask(question());
    const waitMs = answer.outcome === "unavailable" ? (answer.retryAfterMs ?? 0) : 0;
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  it("does not wait for an account without credit", async () => {
    failing(429, "insufficient_quota");
    expect(await model.ask(question())).toMatchObject({ outcome: "rejected", status: 429 });
  });

  it("rejects a wrong key without telling any part of it", async () => {
    failing(401, "invalid_api_key", {}, `Incorrect API key provided: ${KEY.slice(0, 12)}****${KEY.slice(-4)}.`);
    const answer = await model.ask(question());
    expect(answer).toMatchObject({ outcome: "rejected", status: 401 });
    expect(JSON.stringify(answer)).not.toMatch(/sk-test|wxyz/);
  });

  it("passes on why a request was turned down, without the key in it", async () => {
    failing(400, "invalid_request_error", {}, `The schema is too deep. Key: ${KEY}`);
    const answer = await model.ask(question());
    expect(answer).toMatchObject({ outcome: "rejected", status: 400 });
    expect(answer).toMatchObject({ reason: expect.stringContaining("The schema is too deep.") });
    expect(JSON.stringify(answer)).not.toContain("0123456789");
  });

  it.each([403, 404, 413, 422])("rejects on %i", async (status) => {
    // A request that is too large is tried again with less of its history before it is given up.
    for (let tries = 0; tries < 4; tries += 1) failing(status, "nope");
    expect(await model.ask(question())).toMatchObject({ outcome: "rejected", status });
  });

  it.each([
    ["JSON that breaks off", '{"content": [', { "content-type": "application/json" }, UNLIKE],
    ["a page", "<html>502</html>", { "content-type": "text/html" }, /^tested was not reached at .*: a web page came/],
    ["JSON of another form", { hello: "world" }, {}, UNLIKE],
    ["nothing", "", { "content-type": "application/json" }, UNLIKE],
  ])("is unavailable when a success carries %s", async (_what, body, headers, reason) => {
    reply(200, body, headers as nock.ReplyHeaders);
    expect(await model.ask(question())).toEqual({
      outcome: "unavailable",
      reason: expect.stringMatching(reason),
      retryAfterMs: null,
      cause: "unreadable",
    });
  });

  it("ends a call whose headers do not come in time", async () => {
    nock(wire.origin).post(wire.path).delay(20_000).reply(200, {});
    const answer = await model.ask(question({ timeoutMs: 40 }));
    expect(answer).toMatchObject({ outcome: "unavailable", reason: "tested did not answer within 1 seconds." });
  });

  it("ends a call whose body never ends", async () => {
    const endless: typeof fetch = () => Promise.resolve(new Response(new ReadableStream({})));
    const answer = await wireModel(wire, { fetch: endless }).ask(question({ timeoutMs: 40 }));
    expect(answer).toMatchObject({ outcome: "unavailable", reason: expect.stringContaining("did not answer") });
  });

  it("ends a call when it is stopped", async () => {
    nock(wire.origin).post(wire.path).delay(20_000).reply(200, {});
    const stopping = new AbortController();
    const asked = model.ask(question(), stopping.signal);
    stopping.abort();
    expect(await asked).toMatchObject({ outcome: "unavailable", reason: expect.stringContaining("was stopped") });
  });

  it("leaves no clock running behind an answer", async () => {
    const clocks = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const answering: typeof fetch = () => Promise.resolve(Response.json(wire.body({ say: "Fine." })));
    const before = clocks();
    await wireModel(wire, { fetch: answering }).ask(question({ timeoutMs: 600_000 }));
    expect(clocks()).toBe(before);
  });

  it("names what kept it from the network", async () => {
    nock(wire.origin)
      .post(wire.path)
      .replyWithError(Object.assign(new Error("no"), { code: "ECONNREFUSED" }));
    const answer = await model.ask(question());
    expect(answer).toMatchObject({
      outcome: "unavailable",
      reason: expect.stringMatching(
        /^tested could not be reached at [\w.:-]+: the connection was refused, .* \(ECONNREFUSED\)\.$/,
      ),
    });
  });

  if (wire.malformedArgs !== null) {
    it("gives null for arguments that are not JSON", async () => {
      reply(200, wire.malformedArgs as nock.Body);
      expect(await model.ask(question())).toMatchObject({ outcome: "answered", toolCalls: [{ args: null }] });
    });
  }
}
