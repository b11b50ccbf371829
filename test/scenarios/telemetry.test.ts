import { globSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, expect, it } from "@jest/globals";
import { loadConfig } from "../../src/config.ts";
import { readTracing, type Tracing } from "../../src/telemetry/tracing-settings.ts";
import { routeOf } from "../../src/telemetry/observed.ts";
import { importsOf } from "../support/tidy-rules.ts";
import { closeShared, strike } from "../support/scenario.ts";
import { labelled, loudStory, pullOf, raiseChecked, says } from "../support/stories.ts";

/** What is measured of a ticket, seen from outside: by a Prometheus that scrapes, by a collector that is sent traces. */
let collector: Server | null = null;
afterEach(strike);
afterEach(async () => {
  const open = collector;
  collector = null;
  open?.closeAllConnections();
  if (open) await new Promise((closed) => open.close(closed));
});
afterAll(closeShared);

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } };
type Span = { name: string; spanId: string; traceId: string; parentSpanId?: string; attributes: Attribute[]; status: { code?: number } }; // prettier-ignore
type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
const KEY = "Bearer a key of the collector";

/** A collector on this machine that takes OTLP over HTTP, as JSON. */
async function aCollector(status = 200) {
  const [requests, spans]: [IncomingMessage[], Span[]] = [[], []];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      requests.push(req);
      const sent = JSON.parse(Buffer.concat(chunks).toString()) as Sent;
      spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)));
      res.writeHead(status, { "content-type": "application/json" }).end("{}");
    });
  });
  collector = server;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { requests, spans, endpoint };
}

function tracingTo(endpoint: string): Tracing {
  const read = readTracing({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${encodeURIComponent(KEY)}`,
  });
  if (read.outcome === "refused" || !read.tracing) throw new Error("There is no tracing");
  return read.tracing;
}

it("tells a collector of each step, call, request and run, and a scrape how long they took", async () => {
  const { requests, spans, endpoint } = await aCollector();
  const stage = await raiseChecked(loudStory(), {}, { config: { tracing: tracingTo(endpoint) } });
  const issue = await labelled(stage);
  await says(stage, "mona", pullOf(stage), "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");

  const text = await (await fetch(`${stage.app().url}/metrics`)).text();
  const counted = (line: RegExp) => Number(line.exec(text)?.[1] ?? "-1");
  expect(counted(/^coop_model_call_seconds_count\{model="\w+",role="architect",outcome="answered"\} (\d+)$/m)).toBe(1);
  expect(counted(/^coop_step_seconds_count\{step="merge",outcome="done"\} (\d+)$/m)).toBe(1);
  expect(counted(/^coop_github_request_seconds_count\{kind="create",outcome="2xx"\} (\d+)$/m)).toBeGreaterThan(3);
  expect(counted(/^coop_webhook_seconds_count\{outcome="2xx"\} (\d+)$/m)).toBeGreaterThan(2);
  expect(counted(/^coop_queue_wait_seconds_count\{lane="work"\} (\d+)$/m)).toBeGreaterThan(0);
  expect(counted(/^coop_github_requests_total (\d+)$/m)).toBeGreaterThan(10);
  expect(counted(/^coop_queue_dead (\d+)$/m)).toBe(0);

  await stage.restart();
  // All was sent by the end of the process, with its key, and the key stands nowhere else.
  expect(requests[0]?.url).toBe("/v1/traces");
  expect(requests[0]?.headers.authorization).toBe(KEY);
  expect(JSON.stringify(spans)).not.toContain("key of the collector");
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const road = ({ name, parentSpanId }: Span): string[] => {
    const above = byId.get(parentSpanId ?? "");
    return [...(above ? road(above) : []), name];
  };
  const roads = spans.map((span) => road(span).join(" > "));
  expect(roads.filter((one) => /^pass work > step plan > consult architect > chat \w+$/.test(one))).toHaveLength(1);
  expect(roads).toContain("pass work > step merge > PUT /repos/:owner/:repo/pulls/:n/merge");
  expect(roads).toContain("POST webhook");
  const merge = spans.find(({ name }) => name === "step merge");
  expect(merge?.attributes).toContainEqual({ key: "coop.ticket", value: { stringValue: `${stage.repo.fullName}#${issue}` } }); // prettier-ignore
  expect(merge?.traceId).toMatch(/^[0-9a-f]{32}$/);
});

it("works on and ends in time where the collector refuses", async () => {
  const { requests, endpoint } = await aCollector(403);
  const stage = await raiseChecked(loudStory(), {}, { config: { tracing: tracingTo(endpoint) } });
  const issue = await labelled(stage);
  expect(await stage.phase(issue)).toBe("ready");
  await stage.restart();
  expect(requests.length).toBeGreaterThan(0);
});

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
