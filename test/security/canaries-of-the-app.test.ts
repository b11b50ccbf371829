import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, expect, it } from "@jest/globals";
import { secretsOf } from "../../src/app-parts.ts";
import type { Config } from "../../src/config.ts";
import type { Exchange } from "../../src/github-double/exchange.ts";
import { holdsKnownSecret } from "../../src/hygiene/redact.ts";
import { readTracing } from "../../src/telemetry/tracing-settings.ts";
import { closeShared, POOL, scripted, strike } from "../support/scenario.ts";
import { labelled, loudStory, NAMELESS, pullOf, raiseChecked, says, sees } from "../support/stories.ts";
import { telling } from "../support/telling.ts";

/** Models that know every secret of a server and say them wherever they can, and every place where somebody could read them. */
let collector: Server | null = null;
afterEach(strike);
afterEach(async () => {
  collector?.closeAllConnections();
  await new Promise((closed) => (collector ? collector.close(closed) : closed(null)));
  collector = null;
});
afterAll(closeShared);

async function aCollector(taken: string[]): Promise<string> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      taken.push(Buffer.concat(chunks).toString());
      res.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  collector = server;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const COLLECTORS_KEY = "Bearer 0f-the-C0llector-6Tb2yK";
const GIVEN: Partial<Config> = {
  ledgerSecret: "a ledger secret 5Wq8nR2vX0",
  ledgerSecretsBefore: ["an older ledger secret 9Lm3cZ7p"],
  pool: POOL.map((one) => {
    const kept = { model: one.name, apiKey: `sk-ant-key-of-${one.name}-4Hd7sJ1g`, roles: null };
    return { ...one, ...kept, api: "openai-chat" as const, baseUrl: "https://m.example/v1?api_key=Gateway-8Bf5tQ0z" };
  }),
  keysAt: { host: "127.0.0.1", port: 0, secret: "a secret of the workers 2Vc6xN9m" },
  namedSecrets: ["cl0ud-Secret-7Yq2mW9xK4uE"],
  proxySecrets: ["Pr0xy-W0rd-3Hs6kD0a"],
};

it("no secret of the server goes to GitHub, to a page, to figures and traces, or into a row", async () => {
  const sinks: Record<string, string> = {};
  const [traces, exchanges]: [string[], Exchange[]] = [[], []];
  const tracing = readTracing({
    OTEL_EXPORTER_OTLP_ENDPOINT: await aCollector(traces),
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${encodeURIComponent(COLLECTORS_KEY)}`,
  });
  if (tracing.outcome === "refused") throw new Error(tracing.sentence);
  const config = { ...GIVEN, tracing: tracing.tracing };
  const forge = { onExchange: (one: Exchange) => void exchanges.push(one) };
  const stage = await raiseChecked(loudStory(), {}, { config, forge });
  const { privateKey, webhookSecret } = stage.forge.app;
  const whole = { databaseUrl: null, ...config, privateKey, webhookSecret } as Config;
  const secrets = secretsOf(whole);
  const line = privateKey.split("\n")[3] ?? "";
  const doubt = sees("reviewer", undefined, { findings: [{ ...NAMELESS, severity: "concern" }] });
  await stage.restart(scripted(telling(loudStory(doubt), [...secrets.filter((one) => one !== privateKey), line])));

  const issue = await labelled(stage);
  // A plan that speaks of secrets is one that a person looks at.
  await says(stage, "mona", issue, "/coop approve");
  const pages = [
    "/",
    "/board",
    "/metrics",
    "/tickets.json",
    "/tickets.csv",
    "/figures",
    "/spend.json",
    "/scorecard.csv",
  ];
  const ticket = `/tickets/${stage.repo.fullName}/${issue}`;
  for (const path of [...pages, ticket, `${ticket}/diff`, `${ticket}/thread`])
    sinks[path] = await (await fetch(`${stage.app().url}${path}`)).text();
  await says(stage, "mona", pullOf(stage), "/coop approve");
  expect(await stage.kinds(issue)).toEqual(expect.arrayContaining(["planned", "implemented", "reviewed"]));

  const tables = (await stage.sql("SELECT name FROM sqlite_master WHERE type = 'table'")) as { name: string }[];
  // The journal has what models answered, word for word; what is made of it is redacted (`coop export`).
  for (const { name } of tables.filter(({ name }) => name !== "journal" && !name.startsWith("sqlite_")))
    sinks[`table ${name}`] = JSON.stringify(await stage.sql(`SELECT * FROM "${name}"`));
  await stage.restart();
  for (const { method, path, requestBody } of exchanges.filter((one) => one.requestBody))
    sinks[`${method} ${path}`] = `${sinks[`${method} ${path}`] ?? ""}${JSON.stringify(requestBody)}`;
  sinks["traces"] = traces.join("\n");

  expect(traces.length).toBeGreaterThan(0);
  expect(secrets).toEqual(expect.arrayContaining([COLLECTORS_KEY, "Gateway-8Bf5tQ0z", "Pr0xy-W0rd-3Hs6kD0a"]));
  expect(Object.values(sinks).join("\n")).toContain("[redacted]");
  expect(Object.keys(sinks).filter((name) => holdsKnownSecret(sinks[name] ?? "", secrets))).toEqual([]);
});
