import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import { consult } from "../../../src/agent/loop.ts";
import { options, reset } from "../../../src/agent/loop.fixture.ts";
import type { Model } from "../../../src/models/model.ts";
import { resolvePoolEntry } from "../../../src/models/catalogue.ts";
import { buildModel } from "../../../src/models/pool.ts";
import type { Dialect } from "./dialect.ts";
import { DIALECTS } from "./index.ts";
import { type DialectServer, dialectServer } from "./server.ts";
import { PLAYS } from "./tasks.ts";

/** Every role's task to its end through servers that are as strict as each family is reported to be. */
const modelAt = ({ name, entry }: Dialect, url: string): Model =>
  buildModel({
    ...resolvePoolEntry({ name, vendor: "acme", model: "model-1", ...entry, baseUrl: url }),
    ...{ apiKey: "sk-test", fetch: direct },
  });
/** Past the interceptor of all tests, which waits for a while with each request: these servers are on this machine. */
const direct = undiciFetch as unknown as typeof fetch;

beforeEach(reset);
describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))("%s", (_name, dialect) => {
  let server: DialectServer;
  let known: Model;
  let unknown: Model;
  let lessons = 0;
  beforeAll(async () => {
    server = await dialectServer(dialect);
    known = modelAt(dialect, server.url);
    const {
      family: _family,
      lacks: _lacks,
      contextTokensMax: _window,
      outputTokensMax: _limit,
      ...entry
    } = dialect.entry;
    unknown = modelAt({ ...dialect, entry }, server.url);
  });
  afterAll(() => server.close());

  const consulted = async (model: Model, { task, script }: (typeof PLAYS)[number]) => {
    server.play(script);
    const end = await consult(options(task, model));
    if (end.outcome !== "answered") throw new Error(`${JSON.stringify(end)}\n${server.refused.join("\n")}`);
    expect(server.answered).toBe(script.length);
    expect(end.spend.calls).toBe(script.length);
    expect(end.spend.inputTokens).toBeGreaterThan(0);
  };

  it.each(PLAYS.map((play) => [play.name, play] as const))("carries %s to its end unrefused", async (_task, play) => {
    const before = lessons;
    await consulted(known, play);
    lessons += server.refused.length;
    expect(server.refused.slice(Math.max(0, (dialect.templateLessons ?? 0) - before))).toEqual([]);
  });

  it("learns what it was not told, once", async () => {
    const refused: string[] = [];
    for (const play of PLAYS) {
      await consulted(unknown, play);
      refused.push(...server.refused);
    }
    expect(refused.slice(dialect.lessonsMax)).toEqual([]);
  });
});
