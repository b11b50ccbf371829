import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { checkModel, tableOf } from "../../../src/cli/doctor/models.ts";
import type { ReadyEntry } from "../../../src/models/doors.ts";
import { REVIEW } from "../../../src/agent/loop.fixture.ts";
import { type Dialect, holdsKey, list, type Sent } from "./dialect.ts";
import { DIALECTS } from "./index.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { type DialectServer, dialectServer, sendJson } from "./server.ts";

/** What `coop doctor --models` says of each family, told about it and not told. */
const CALL = { calls: [{ name: "read_file", args: { path: "sky.txt", start_line: 1, end_line: 0, start_column: 1 } }] };
const ANSWER = { text: JSON.stringify(REVIEW) };
const SCRIPT = [CALL, ANSWER, CALL, ANSWER];

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))("doctor and %s", (_name, dialect) => {
  let server: DialectServer;
  beforeAll(async () => {
    server = await dialectServer(dialect);
  });
  afterAll(() => server.close());
  const at = (entry: Dialect["entry"]): ReadyEntry => ({
    ...{ name: "tested", vendor: "acme", model: "model-1", baseUrl: server.url, apiKey: "sk-test" },
    ...entry,
  });

  it("is told that all is well where the settings fit", async () => {
    server.play(SCRIPT);
    const check = await checkModel(at(dialect.entry));
    expect(check).toMatchObject({ call: "yes", answer: "yes", both: "yes", settings: [], problem: null, next: null });
  });

  it("names settings that spare every refusal", async () => {
    const {
      family: _family,
      lacks: _lacks,
      contextTokensMax: _window,
      outputTokensMax: _limit,
      ...entry
    } = dialect.entry;
    // The first call of a stream may be lost.
    server.play(dialect.name === "ollama" ? [CALL, ...SCRIPT] : SCRIPT);
    const first = await checkModel(at(entry));
    expect(first.next).toBeNull();
    server.play(SCRIPT);
    const second = await checkModel(at({ ...entry, ...asSettings(first.settings) }));
    expect([server.refused, second.settings, second.next]).toEqual([[], [], null]);
  });
});

/** What a server does to a request instead of answering it in its dialect. */
type Does = (request: Sent, response: ServerResponse, nth: number) => boolean;
const page =
  (status: number, title: string): Does =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "text/html" }).end(`<!DOCTYPE html><title>${title}</title>`);
    return true;
  };
const says =
  (message: object, model = "model-1"): ((response: ServerResponse) => true) =>
  (response) => {
    sendJson(response, { status: 200, body: { model, choices: [{ finish_reason: "stop", message }] } });
    return true;
  };
const refuses =
  (status: number, message: string, code: string): Does =>
  (_request, response) => {
    sendJson(response, { status, body: { error: { message, code } } });
    return true;
  };
const NOTHING = { call: "unknown", answer: "unknown", both: "unknown", answeredBy: null };
const CALLS = { content: null, tool_calls: [{ id: "c", function: { name: "read_file", arguments: '{"path":"a"}' } }] };
const offers = (request: Sent) => list(request.tools).length > 0;
const asksSchema = (request: Sent) => request.response_format !== undefined;

describe("doctor and a server that", () => {
  it.each<[string, Does, object]>([
    [
      "is behind a firewall",
      page(403, "Blocked"),
      { ...NOTHING, problem: expect.stringContaining('"Blocked"'), next: expect.stringContaining("prox") },
    ],
    [
      "is a web site",
      page(200, "Home"),
      { ...NOTHING, problem: expect.stringContaining('("Home") came'), next: "See what answers at its baseUrl." },
    ],
    [
      "does not know the model",
      refuses(404, "model not found", "model_not_found"),
      {
        ...NOTHING,
        problem: expect.stringMatching(/^turned the request down.*not found/),
        next: expect.stringContaining("may use this model"),
      },
    ],
    [
      "does not know the key",
      refuses(401, "no", "invalid_api_key"),
      { ...NOTHING, next: expect.stringMatching(/^Check its key/) },
    ],
    [
      "has no credit",
      refuses(429, "no", "insufficient_quota"),
      { ...NOTHING, next: "Fill the account at the provider." },
    ],
    [
      "hangs",
      () => true,
      { ...NOTHING, problem: "did not answer within 1 seconds.", next: expect.stringContaining("later") },
    ],
    [
      "is away after the first answer",
      (request, response, nth) => nth > 0 && page(503, "Sorry")(request, response, nth),
      { call: "yes", answer: "unknown", both: "unknown", problem: expect.stringContaining("HTTP 503") },
    ],
    [
      "answers as another model",
      (request, response) =>
        says(
          offers(request) && !holdsKey(request, "tool_call_id") ? CALLS : { content: ANSWER.text },
          "other-9",
        )(response),
      {
        call: "yes",
        answer: "yes",
        both: "yes",
        problem: expect.stringContaining("was asked for model-1, and other-9 answered"),
        next: expect.stringContaining("Correct `model`"),
      },
    ],
    [
      "answers a greeting to all",
      (_request, response) => says({ content: "Hello!" })(response),
      {
        call: "no",
        answer: "no",
        both: "no",
        problem: "lacks: tool call, answer in schema, call, then answer.",
        next: expect.stringContaining("Use a model that calls tools"),
      },
    ],
    [
      "forgets its tools beside a schema",
      (request, response) => offers(request) && asksSchema(request) && says({ content: ANSWER.text })(response),
      {
        call: "yes",
        answer: "yes",
        both: "no",
        next: 'Set "lacks": ["answer-schema-with-tools"] in its entry; so it did all three.',
      },
    ],
  ])("%s", async (_name, does, expected) => {
    const server = await dialectServer(OPENAI_CHAT, (nth, request, response) => does(request, response, nth));
    // Asked again with a setting, it is asked the same once more.
    server.play([...SCRIPT, ...SCRIPT]);
    try {
      const entry = { ...OPENAI_CHAT.entry, name: "tested", vendor: "acme", model: "model-1", apiKey: "sk-test" };
      expect(await checkModel({ ...entry, baseUrl: server.url, firstTokenSeconds: 1 })).toMatchObject(expected);
    } finally {
      await server.close();
    }
  });
});

/** As an operator copies them into the pool's entry. */
function asSettings(settings: readonly string[]): Partial<ReadyEntry> {
  return JSON.parse(`{${settings.join(",")}}`) as Partial<ReadyEntry>;
}

describe("the table", () => {
  it("stands in columns", () => {
    const rest = { settings: [], problem: null, next: null };
    const well = { ...rest, name: "a-long-name", call: "yes", answer: "yes", both: "no", answeredBy: "x" } as const;
    const gone = { ...rest, name: "b", call: "unknown", answer: "unknown", both: "unknown", answeredBy: null } as const;
    expect(tableOf([well, gone])).toEqual([
      "model        tool call  answer in schema  call, then answer  answered by",
      "a-long-name  yes        yes               NO                 x",
      "b            ?          ?                 ?                  (no answer)",
    ]);
  });
});
