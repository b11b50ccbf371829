import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { seen } from "../../src/hygiene/seen.ts";
import { consult } from "../../src/agent/loop.ts";
import { options, reset } from "../../src/agent/loop.fixture.ts";
import { resolvePoolEntry } from "../../src/models/catalogue.ts";
import type { Model, Question } from "../../src/models/model.ts";
import { buildModel } from "../../src/models/pool.ts";
import { AWS, BEDROCK, GOOGLE, VERTEX } from "../contracts/dialects/clouds.ts";
import type { Dialect } from "../contracts/dialects/dialect.ts";
import { type DialectServer, dialectServer } from "../contracts/dialects/server.ts";
import { PLAYS } from "../contracts/dialects/tasks.ts";
import { install } from "./packages.ts";

/** Anthropic's models through the clouds' own packages, which sign and name each request in the clouds' own ways. */
const PACKAGES = ["@anthropic-ai/bedrock-sdk@1.1.2", "@anthropic-ai/vertex-sdk@1.1.3", "@anthropic-ai/sdk@1.12.0"];
const NAMES = { "anthropic-bedrock": "eu.anthropic.claude-opus-5-5-v1:0", "anthropic-vertex": "claude-opus-5-5@20260101" }; // prettier-ignore
const VARIABLES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT", "AWS_EC2_METADATA_DISABLED", "HOME"] as const; // prettier-ignore
const before = VARIABLES.map((name) => [name, process.env[name]] as const);

let folder = "";
let tokens = { answer: true, asked: 0 };
/** Where Google's library gets its token: a workload that shows a token of its own. */
const source = createServer((_request, response) => {
  tokens.asked += 1;
  const token = { access_token: GOOGLE.token, expires_in: 3600, token_type: "Bearer", issued_token_type: "urn:ietf:params:oauth:token-type:access_token" }; // prettier-ignore
  response.writeHead(tokens.answer ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify(tokens.answer ? token : { error: "unavailable" })); // prettier-ignore
});

beforeAll(async () => {
  await install("clouds@1", PACKAGES);
  folder = await mkdtemp(join(tmpdir(), "coop-clouds-"));
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  source.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  reset();
  tokens = { answer: true, asked: 0 };
  const subject = join(folder, "subject");
  await writeFile(subject, "token-of-the-workload");
  const credentials = {
    type: "external_account",
    audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: `http://127.0.0.1:${(source.address() as AddressInfo).port}/token`,
    credential_source: { file: subject },
  };
  await writeFile(join(folder, "google.json"), JSON.stringify(credentials));
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: AWS.id, AWS_SECRET_ACCESS_KEY: AWS.secret, AWS_EC2_METADATA_DISABLED: "true" },
    ...{ GOOGLE_APPLICATION_CREDENTIALS: join(folder, "google.json"), GOOGLE_CLOUD_PROJECT: GOOGLE.project, HOME: folder }, // prettier-ignore
  });
});
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const modelAt = ({ name, entry }: Dialect, url: string, over: object = {}): Model => {
  const model = NAMES[name as keyof typeof NAMES];
  const spec = resolvePoolEntry({ name, vendor: "anthropic", model, ...entry, ...over, baseUrl: url });
  return buildModel({ ...spec, apiKey: "none" });
};
const QUESTION: Question = { system: seen("Greet.", "line"), context: [seen("Hello.", "line")], turns: [], tools: [], answer: null, outputTokensMax: 100, timeoutMs: 20_000 }; // prettier-ignore

describe.each([BEDROCK, VERTEX].map((dialect) => [dialect.name, dialect] as const))("%s", (_name, dialect) => {
  let server: DialectServer;
  beforeAll(async () => {
    server = await dialectServer(dialect);
  });
  afterAll(() => server.close());

  it.each(PLAYS.map((play) => [play.name, play] as const))("carries %s to its end unrefused", async (_task, play) => {
    server.play(play.script);
    const end = await consult(options(play.task, modelAt(dialect, server.url)));
    if (end.outcome !== "answered") throw new Error(`${JSON.stringify(end)}\n${server.refused.join("\n")}`);
    expect(server.refused).toEqual([]);
    expect(server.answered).toBe(play.script.length);
    expect(end.spend).toMatchObject({ calls: play.script.length, outputTokens: 40 * play.script.length });
  });

  it("streams, and tells how far an answer has come", async () => {
    server.play([{ text: "Hello to you." }]);
    const reply = await modelAt(dialect, server.url).ask(QUESTION, undefined, () => undefined);
    expect(reply).toMatchObject({ outcome: "answered", text: "Hello to you.", served: NAMES[dialect.name as keyof typeof NAMES] }); // prettier-ignore
    expect(server.taken[0]?.stream).toBe(true);
  });

  it("asks without streaming where the entry says so", async () => {
    server.play([{ text: "Hello to you." }]);
    const reply = await modelAt(dialect, server.url, { lacks: ["streaming"] }).ask(QUESTION);
    expect(reply).toMatchObject({ outcome: "answered", text: "Hello to you." });
    expect(server.taken[0]?.stream).toBe(false);
  });

  it("says that credentials are missing, and asks with them as soon as they are there", async () => {
    for (const name of VARIABLES) if (/KEY|CREDENTIALS/.test(name)) delete process.env[name];
    process.env["GOOGLE_APPLICATION_CREDENTIALS"] = join(folder, "nowhere.json");
    server.play([{ text: "Hello." }]);
    const model = modelAt(dialect, server.url);
    expect(await model.ask(QUESTION)).toMatchObject({
      ...{ outcome: "rejected", cause: "key" },
      reason: expect.stringMatching(/was not asked: no credentials of (?:AWS|Google) were found/),
    });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: AWS.id, AWS_SECRET_ACCESS_KEY: AWS.secret, GOOGLE_APPLICATION_CREDENTIALS: join(folder, "google.json") }); // prettier-ignore
    expect(await model.ask(QUESTION)).toMatchObject({ outcome: "answered" });
  });
});

it("Amazon's refusal of a wrong key is no refusal of the question", async () => {
  process.env["AWS_SECRET_ACCESS_KEY"] = "another";
  const server = await dialectServer(BEDROCK);
  try {
    const reply = await modelAt(BEDROCK, server.url).ask(QUESTION);
    expect(reply).toMatchObject({ outcome: "rejected", status: 403, cause: "key" });
    expect(server.refused).toHaveLength(1);
  } finally {
    await server.close();
  }
});

it("Google's source of tokens may be away for a while, and is asked again", async () => {
  tokens.answer = false;
  const server = await dialectServer(VERTEX);
  server.play([{ text: "Hello." }]);
  try {
    const model = modelAt(VERTEX, server.url);
    expect(await model.ask(QUESTION)).toMatchObject({ outcome: "unavailable", cause: "network" });
    tokens.answer = true;
    expect(await model.ask(QUESTION)).toMatchObject({ outcome: "answered" });
  } finally {
    await server.close();
  }
});
