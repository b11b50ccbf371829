import type { Config } from "./config.ts";
import { createsContent } from "./github/pacing.ts";
import { observedFetch } from "./telemetry/observed.ts";
import { type Telemetry, telemetryTo } from "./telemetry/telemetry.ts";
import type { Traces } from "./telemetry/traces.ts";
import { UnderWay } from "./telemetry/under-way.ts";
import { Measures } from "./web/metrics.ts";
import type { Parts } from "./app-parts.ts";

/** Who measures this process: histograms always, traces where OpenTelemetry's variables ask for them. */
export type Measuring = {
  readonly measures: Measures;
  readonly underWay: UnderWay;
  readonly telemetry: Telemetry;
  readonly traces: Traces | null;
  /** For requests to GitHub. */
  readonly fetch: typeof globalThis.fetch;
};

/** A collector that is away is told of once in a while, not with every batch of spans. */
const LOST_TOLD_EVERY_MS = 5 * 60_000;

export async function measuring({ tracing }: Config, { log }: Parts): Promise<Measuring> {
  const measures = new Measures();
  let told = -Infinity;
  const onLost = (why: string) => {
    if (performance.now() - told < LOST_TOLD_EVERY_MS) return;
    told = performance.now();
    log.warn({ why }, "traces could not be delivered; check OTEL_EXPORTER_OTLP_ENDPOINT");
  };
  const traces = tracing ? (await import("./telemetry/traces.ts")).openTraces(tracing, onLost) : null;
  const underWay = new UnderWay();
  const telemetry = telemetryTo([measures.listener, underWay.listener, ...(traces ? [traces.listener] : [])]);
  return { measures, underWay, telemetry, traces, fetch: observedFetch(telemetry, kindOf) };
}

/** What decides how fast GitHub takes it; questions of GraphQL and tokens have limits of their own. */
function kindOf(method: string, path: string): string {
  if (path.endsWith("/graphql")) return "graphql";
  if (path.endsWith("/access_tokens")) return "token";
  if (method === "GET" || method === "HEAD") return "read";
  return createsContent(method, path) ? "create" : "write";
}
