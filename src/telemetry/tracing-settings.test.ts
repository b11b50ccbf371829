import { globSync, readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { importsOf } from "../../test/support/tidy-rules.ts";
import { loadConfig } from "../config.ts";
import { routeOf } from "./observed.ts";
import { telemetryTo } from "./telemetry.ts";
import { readTracing } from "./tracing-settings.ts";

/** What a collector and a Prometheus get of a ticket: `test/scenarios/telemetry.system.ts`. */
it("loads nothing of OpenTelemetry where nobody asks for traces", () => {
  const imports = globSync("src/**/*.ts").flatMap((path) => importsOf({ path, text: readFileSync(path, "utf8") }));
  const values = imports.filter(({ kind }) => kind === "value");
  const users = values.filter(({ to }) => to.startsWith("@opentelemetry/")).map(({ from }) => from);
  expect([...new Set(users)]).toEqual(["src/telemetry/traces.ts"]);
  const loaders = values.filter(({ to }) => to === "src/telemetry/traces.ts");
  expect(loaders.map(({ from, late }) => [from, late])).toEqual([["src/app-telemetry.ts", true]]);
  // So does its own entry, for what it can say about exemplars.
  expect(values.filter(({ to }) => to === "prom-client")).toEqual([]);
});

it.each([
  ["nothing", {}, null],
  ["an address", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318/" }, "http://c:4318/v1/traces"],
  ["an address for traces", { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c/t", OTEL_EXPORTER_OTLP_ENDPOINT: "http://d" }, "http://c/t"], // prettier-ignore
  ["an exporter", { OTEL_TRACES_EXPORTER: "otlp" }, "http://localhost:4318/v1/traces"],
  ["an address, and no exporter", { OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://c" }, null],
  ["an address, and no SDK", { OTEL_SDK_DISABLED: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://c" }, null],
])("given %s, traces go there", (_what, given, url) => {
  expect(readTracing(given)).toMatchObject({ outcome: "read", tracing: url === null ? null : { url } });
});

it.each([
  [
    { OTEL_TRACES_EXPORTER: "zipkin" },
    'OTEL_TRACES_EXPORTER is "zipkin". Set it to otlp, console or none, or unset it',
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"',
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: "user:key@host" },
    "OTEL_EXPORTER_OTLP_ENDPOINT has a value that this server cannot use",
  ],
  [{ OTEL_TRACES_EXPORTER: "otlp", OTEL_TRACES_SAMPLER_ARG: "2" }, "OTEL_TRACES_SAMPLER_ARG"],
])("given %j, the server does not start", (given, sentence) => {
  const read = readTracing(given);
  expect(read.outcome === "refused" ? read.sentence : "").toContain(sentence);
  const loaded = loadConfig(given);
  expect(loaded.outcome === "refused" ? loaded.problems.join("\n") : "").toContain(sentence);
});

it.each([
  ["/repos/acme/tally/issues/12/comments", "/repos/:owner/:repo/issues/:n/comments"],
  ["/repos/acme/tally/git/ref/heads/coop/issue-1", "/repos/:owner/:repo/git/ref/:name"],
  ["/repos/acme/tally/contents/.github/coop.yml", "/repos/:owner/:repo/contents/:name"],
  [`/repos/acme/tally/commits/${"a1".repeat(20)}/check-runs`, "/repos/:owner/:repo/commits/:sha/check-runs"],
  ["/repos/acme/tally/collaborators/mona/permission", "/repos/:owner/:repo/collaborators/:login/permission"],
  ["/app/installations/7/access_tokens", "/app/installations/:n/access_tokens"],
])("names the route of %s without what is anybody's", (path, route) => expect(routeOf(path)).toBe(route));

it("keeps the work and its result from listeners that throw, and tells the others once", async () => {
  const heard: string[] = [];
  const broken = () => {
    throw new Error("out of memory");
  };
  const telemetry = telemetryTo([broken, () => broken, () => (end) => void heard.push(end.outcome)]);
  const part = { kind: "webhook" } as const;
  expect(await telemetry.part(part, async () => "done")).toBe("done");
  expect(await telemetry.part(part, async () => "counted", broken)).toBe("counted");
  await expect(telemetry.part(part, async () => Promise.reject(new Error("of the work")))).rejects.toThrow(
    "of the work",
  );
  expect(heard).toEqual(["done", "unknown", "threw"]);
});
