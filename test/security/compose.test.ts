import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { loadConfig } from "../../src/config.ts";
import { readTracing } from "../../src/telemetry/tracing-settings.ts";

/** `compose.yaml` hands each process what is named there and nothing else: not too much, and nothing that somebody needs is dropped. */
type Service = {
  readonly environment: Record<string, string>;
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
};
const { services } = parse(readFileSync("compose.yaml", "utf8"), { merge: true }) as {
  services: Record<"web" | "worker" | "database", Service>;
};
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const WRITTEN = {
  APP_ID: "1",
  PRIVATE_KEY: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  WEBHOOK_SECRET: "e2c7a1f0b95d4836c1d0",
  COOP_LEDGER_SECRET: "0f2b6c1d8e9a4b7c5d3e",
  COOP_KEYS_SECRET: "4c1aTz9Qe7mWx2Rb8Kd5Vn0Hs",
  POSTGRES_PASSWORD: "p",
  OPENAI_API_KEY: "b",
};

/** As Docker puts the values of `.env` in. */
function environmentOf(name: "web" | "worker", written: Record<string, string>): Record<string, string> {
  const filled = (text: string) =>
    text.replace(/\$\{(\w+)(:-|:\?)([^}]*)\}/g, (_all, variable: string, kind: string, other: string) => {
      if (!written[variable] && kind === ":?") throw new Error(`${variable}: ${other}`);
      return written[variable] || other;
    });
  const given = Object.entries(services[name].environment).map(([one, text]) => [one, filled(text)] as const);
  return { HOST: "0.0.0.0", PORT: "3000", COOP_DATA_DIR: "/data", ...Object.fromEntries(given) };
}

describe("compose.yaml", () => {
  it("gives each process the secrets of its role alone", () => {
    const secrets = (name: "web" | "worker") =>
      Object.keys(services[name].environment)
        .filter((one) => /(?:KEY|SECRET|SECRETS_BEFORE|HEADERS|TOKEN|PASSWORD)$|^DATABASE_URL$/.test(one))
        .sort();
    const both = ["COOP_KEYS_SECRET", "DATABASE_URL"];
    both.push("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS");
    expect(secrets("web")).toEqual([...both, "GITHUB_CLIENT_SECRET", "PRIVATE_KEY", "WEBHOOK_SECRET"].sort());
    const vendors = ["ANTHROPIC", "AZURE_OPENAI", "DEEPSEEK", "GEMINI", "GROQ", "MISTRAL", "OPENAI", "OPENROUTER"];
    const models = vendors.map((vendor) => `${vendor}_API_KEY`);
    expect(secrets("worker")).toEqual([...both, ...models, "COOP_LEDGER_SECRET", "COOP_LEDGER_SECRETS_BEFORE"].sort());
    for (const service of Object.values(services)) expect(service).not.toHaveProperty("env_file");
  });

  it("shows ports to this machine alone, one of each or as many as several web processes need", () => {
    const ports = (written: Record<string, string>) =>
      services.web.ports?.map((port) => port.replace(/\$\{(\w+):-(\d+)\}/, (_, name, other) => written[name] ?? other));
    expect(ports({})).toEqual(["127.0.0.1:3000:3000", "127.0.0.1:3001:3001"]);
    const many = { WEB_PORTS: "3100-3109", PAGES_PORTS: "3200-3209" };
    expect(ports(many)).toEqual(["127.0.0.1:3100-3109:3000", "127.0.0.1:3200-3209:3001"]);
    expect([services.worker.ports, services.database.ports]).toEqual([undefined, undefined]);
  });

  it("lets both processes start, with little in .env", () => {
    for (const name of ["web", "worker"] as const)
      expect(loadConfig(environmentOf(name, WRITTEN))).toMatchObject({ outcome: "loaded", config: { role: name } });
  });

  it.each(["OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_"])("passes on the settings of traces: %s", (prefix) => {
    const collector = { ENDPOINT: "http://o:4318", PROTOCOL: "http/json", TIMEOUT: "5", HEADERS: "a=b" };
    const traced = {
      ...Object.fromEntries(Object.entries(collector).map(([one, value]) => [prefix + one, value])),
      ...{ OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.5" },
      ...{ OTEL_SERVICE_NAME: "coop", OTEL_RESOURCE_ATTRIBUTES: "x=y", OTEL_TRACES_EXPORTER: "otlp" },
    };
    const wanted = readTracing(traced);
    expect(wanted).toHaveProperty("tracing.headers", { a: "b" });
    for (const name of ["web", "worker"] as const)
      expect(loadConfig(environmentOf(name, { ...WRITTEN, ...traced }))).toMatchObject({
        config: { tracing: (wanted as { tracing: object }).tracing },
      });
  });

  it("passes on every variable of the README, or docs/operations.md says that it does not", () => {
    const table = /^\| variable \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
    const rows = table.split("\n").map((row) => row.split("|")[1] ?? "");
    const variables = rows.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
    expect(variables.length).toBeGreaterThan(30);
    const named = /It does not pass on ([\s\S]*?)\n\n/.exec(readFileSync("docs/operations.md", "utf8"))?.[1] ?? "";
    const passed = new Set(Object.values(services).flatMap(({ environment }) => Object.keys(environment)));
    const told = (name: string) => named.includes(`\`${name}\``);
    expect(variables.filter((name) => passed.has(name) === told(name))).toEqual([]);
  });

  it("gives the web process no folder that a worker writes", () => {
    const sources = ({ volumes }: Service) => volumes.map((one) => one.split(":")[0]);
    expect(sources(services.web).filter((one) => sources(services.worker).includes(one))).toEqual([]);
  });
});
