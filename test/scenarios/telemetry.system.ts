import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, expect, it } from "@jest/globals";
import { readTracing, type Tracing } from "../../src/telemetry/tracing-settings.ts";
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
