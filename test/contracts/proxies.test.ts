import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { seen } from "../../src/hygiene/seen.ts";
import { configuredPool } from "../../src/models/configured-pool.ts";
import type { Question, Reply } from "../../src/models/model.ts";
import { modelOf } from "../../src/models/pool.ts";
import { type Proxy, startProxy, startSocks } from "../support/proxy.ts";
import { OPENAI_CHAT } from "./dialects/openai-chat.ts";
import { type DialectServer, dialectServer } from "./dialects/server.ts";

/** Models through the proxies that the usual variables name, as far as a proxy on this machine can see. */
let provider: DialectServer;
let proxy: Proxy;
beforeAll(async () => {
  provider = await dialectServer(OPENAI_CHAT);
});
beforeEach(async () => {
  proxy = await startProxy(provider.url);
});
afterEach(() => proxy.close());
afterAll(() => provider.close());

const QUESTION: Question = { system: seen("Greet.", "line"), context: [seen("Hello.", "line")], turns: [], tools: [], answer: null, outputTokensMax: 100, timeoutMs: 20_000 }; // prettier-ignore
/** Only the proxy knows this host. */
const FAR = "http://models.test/v1";

async function asked(baseUrl: string, variables: Record<string, string>): Promise<Reply> {
  const entry = { name: "one", vendor: "acme", api: "openai-chat", model: "model-1", family: "openai", baseUrl } as const; // prettier-ignore
  const other = { ...entry, name: "other", vendor: "apex", model: "model-2" };
  const found = configuredPool([entry, other], variables);
  if (found.outcome !== "found" || !found.pool[0]) throw new Error(JSON.stringify(found));
  provider.play([{ text: "Hello to you." }]);
  return modelOf(found.pool[0]).ask(QUESTION);
}
const here = (over = "") => `http://${over}127.0.0.1:${proxy.port}`;
/** Nobody listens there. */
const NOWHERE = "http://127.0.0.1:9";

describe("a proxy of the environment", () => {
  it.each<[string, () => Record<string, string>]>([
    ["HTTP_PROXY", () => ({ HTTP_PROXY: here() })],
    ["http_proxy", () => ({ http_proxy: here() })],
    ["ALL_PROXY", () => ({ ALL_PROXY: here() })],
    ["all_proxy", () => ({ all_proxy: here() })],
    ["the small letters before the capital ones", () => ({ http_proxy: here(), HTTP_PROXY: NOWHERE })],
    ["the protocol's own before the one for all", () => ({ HTTP_PROXY: here(), ALL_PROXY: NOWHERE })],
    ["not that of the other protocol", () => ({ HTTP_PROXY: here(), HTTPS_PROXY: NOWHERE })],
    ["beside hosts that need none", () => ({ HTTP_PROXY: here(), NO_PROXY: "localhost,.internal,other.test" })],
  ])("is asked: %s", async (_name, variables) => {
    expect(await asked(FAR, variables())).toMatchObject({ outcome: "answered", text: "Hello to you." });
    expect(proxy.asked).toEqual([expect.stringMatching(/^models\.test(?::80)?$/)]);
  });

  it.each<[string, () => Record<string, string>]>([
    ["HTTPS_PROXY", () => ({ HTTPS_PROXY: here() })],
    ["https_proxy", () => ({ https_proxy: here(), HTTP_PROXY: NOWHERE })],
    ["ALL_PROXY", () => ({ ALL_PROXY: here() })],
  ])("is asked for a tunnel to a server with TLS: %s", async (_name, variables) => {
    await asked("https://models.test/v1", variables());
    expect(proxy.asked).toContain("models.test:443");
  });

  it.each<[string, (port: string) => Record<string, string>]>([
    ["by its name", () => ({ NO_PROXY: "127.0.0.1" })],
    ["by name and port", (port) => ({ NO_PROXY: `example.org, 127.0.0.1:${port}` })],
    ["all hosts", () => ({ NO_PROXY: "*" })],
    ["in small letters", () => ({ no_proxy: "127.0.0.1", NO_PROXY: "example.org" })],
    ["by its domain", () => ({ NO_PROXY: ".0.0.1" })],
  ])("is passed by for a host that needs none: %s", async (_name, more) => {
    const variables = { HTTP_PROXY: here(), ALL_PROXY: here(), ...more(new URL(provider.url).port) };
    expect(await asked(provider.url, variables)).toMatchObject({ outcome: "answered" });
    expect(proxy.asked).toEqual([]);
  });

  it("of HTTP is not that of TLS", async () => {
    const reply = await asked("https://127.0.0.1:9/v1", { HTTP_PROXY: here() });
    expect(reply).toMatchObject({ outcome: "unavailable", cause: "network" });
    expect(proxy.asked).toEqual([]);
  });

  it("is not passed by for another port of that host", async () => {
    expect(await asked(provider.url, { HTTP_PROXY: here(), NO_PROXY: "127.0.0.1:9" })).toMatchObject({
      outcome: "answered",
    });
    expect(proxy.asked).toEqual([new URL(provider.url).host]);
  });

  it("is told who asks, and its password stands in no reason", async () => {
    expect(await asked(FAR, { HTTP_PROXY: here("me:Pr0xy%21Word@") })).toMatchObject({ outcome: "answered" });
    expect(proxy.logins).toEqual(["me:Pr0xy!Word"]);
    proxy.refuse = true;
    const reply = await asked(FAR, { HTTP_PROXY: here("me:Wr0ng%21Word@") });
    expect(reply.outcome).not.toBe("answered");
    expect(JSON.stringify(reply)).not.toMatch(/Wr0ng/);
  });

  it("that is away is a network that is away, and the ticket waits", async () => {
    expect(await asked(FAR, { HTTP_PROXY: NOWHERE })).toMatchObject({ outcome: "unavailable", cause: "network" });
  });
});

describe("a proxy of SOCKS", () => {
  it.each([
    ["socks5h", "ALL_PROXY", null],
    ["socks5", "HTTP_PROXY", null],
    ["socks", "all_proxy", null],
    ["socks5h", "ALL_PROXY", "me:Pr0xy!Word"],
  ])("is asked by the name of the host: %s in %s, login %s", async (protocol, variable, login) => {
    const socks = await startSocks(provider.url, login);
    const over = login === null ? "" : `${login.replace("!", "%21")}@`;
    try {
      const reply = await asked(FAR, { [variable]: `${protocol}://${over}127.0.0.1:${socks.port}` });
      expect(reply).toMatchObject({ outcome: "answered", text: "Hello to you." });
      expect([socks.asked, socks.logins]).toEqual([["models.test:80"], login === null ? [] : [login]]);
    } finally {
      socks.close();
    }
  });

  it.each(["socks5h", "socks5"])("that is away is a network that is away: %s", async (protocol) => {
    const reply = await asked(FAR, { ALL_PROXY: `${protocol}://me:Pr0xy%21Word@127.0.0.1:9` });
    expect(reply).toMatchObject({ outcome: "unavailable", cause: "network" });
    expect(JSON.stringify(reply)).not.toMatch(/Pr0xy/);
  });
});

it.each(["socks4://127.0.0.1:9", "socks4a://127.0.0.1:9", "ftp://127.0.0.1:9", "127.0.0.1:9", "quic://127.0.0.1:9"])(
  "%s is refused at the start, with those that work",
  (address) => {
    const given = { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k", HTTPS_PROXY: address };
    expect(configuredPool(null, given)).toEqual({
      outcome: "refused",
      sentence:
        "HTTPS_PROXY must be the whole address of a proxy of HTTP (http://, https://) or SOCKS 5 (socks5://, socks5h://), such as http://proxy.example.org:3128.",
    });
  },
);
