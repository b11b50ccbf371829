import { type Attributes, type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import * as sdk from "@opentelemetry/sdk-trace";
import { within } from "../within.ts";
import type { Listener, Part, Under } from "./telemetry.ts";
import type { Tracing } from "./tracing-settings.ts";

/** Sends what happens as OpenTelemetry traces. Loaded only where somebody asks for them: the packages take memory and start time. */
export type Traces = {
  readonly listener: Listener;
  /** Sends what is left, within a few seconds. Never throws. */
  stop(): Promise<void>;
};

/** A collector that is away must not hold up the end of the process. */
const STOP_MS = 3_000;

/** @param onLost told, in words, that spans could not be delivered */
export function openTraces(settings: Tracing, onLost: (why: string) => void): Traces {
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      "service.name": "cooperations",
      ...settings.resource,
    }),
    sampler: samplerOf(settings),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: heard(exporterOf(settings), onLost) })],
  });
  const tracer = provider.getTracer("cooperations");
  const contexts = new WeakMap<Under, Context>();
  const listener: Listener = (under) => {
    const above = (under.above && contexts.get(under.above)) ?? ROOT_CONTEXT;
    const { name, kind, attributes } = spanOf(under.what);
    const span = tracer.startSpan(name, { kind: SpanKind[kind], attributes }, above);
    contexts.set(under, trace.setSpan(above, span));
    return ({ outcome, failed, numbers }) => {
      span.setAttribute("coop.outcome", outcome);
      for (const [key, value] of Object.entries(numbers ?? {})) span.setAttribute(NUMBERS[key] ?? `coop.${key}`, value);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
  };
  const end = () => provider.shutdown().catch((error: unknown) => onLost(nameOf(error)));
  return { listener, stop: () => within(STOP_MS, end(), undefined).then(() => undefined) };
}

/** OpenTelemetry's own names, where it has one. */
const NUMBERS: Readonly<Record<string, string>> = {
  status: "http.response.status_code",
  inputTokens: "gen_ai.usage.input_tokens",
  outputTokens: "gen_ai.usage.output_tokens",
  exitCode: "process.exit.code",
};

type Named = { readonly name: string; readonly kind: keyof typeof SpanKind; readonly attributes: Attributes };

function spanOf(what: Part): Named {
  switch (what.kind) {
    case "job":
      return inside(`pass ${what.lane}`, { "coop.lane": what.lane, "coop.ticket": what.subject });
    case "step":
      return inside(`step ${what.step}`, { "coop.ticket": what.ticket, "coop.step": what.step, "coop.attempt": what.attempt }); // prettier-ignore
    case "consultation":
      return inside(`consult ${what.role}`, { "coop.role": what.role, "gen_ai.request.model": what.model });
    case "model-call":
      return outside(`chat ${what.model}`, { "gen_ai.operation.name": "chat", "gen_ai.request.model": what.model, "gen_ai.provider.name": what.vendor }); // prettier-ignore
    case "github-request":
      return outside(`${what.method} ${what.route}`, { "http.request.method": what.method, "url.template": what.route, "coop.github.kind": what.does }); // prettier-ignore
    case "sandbox-run":
      return inside("sandbox run", { "coop.sandbox.driver": what.driver });
    case "webhook":
      return { name: "POST webhook", kind: "SERVER", attributes: { "http.request.method": "POST" } };
  }
}

function inside(name: string, attributes: Attributes): Named {
  return { name, kind: "INTERNAL", attributes };
}

function outside(name: string, attributes: Attributes): Named {
  return { name, kind: "CLIENT", attributes };
}

function samplerOf({ sampler: { name, ratio } }: Tracing): sdk.Sampler {
  const plain = name.replace(/^parentbased_/, "");
  const root =
    plain === "always_off"
      ? new sdk.AlwaysOffSampler()
      : plain === "traceidratio"
        ? new sdk.TraceIdRatioBasedSampler(ratio)
        : new sdk.AlwaysOnSampler();
  // A ticket's pass is shown whole or not at all.
  return new sdk.ParentBasedSampler({ root });
}

function exporterOf({ exporter, protocol, url, headers, timeoutMs }: Tracing): sdk.SpanExporter {
  if (exporter === "console") return new sdk.ConsoleSpanExporter();
  const options = { url, headers: { ...headers }, timeoutMillis: timeoutMs };
  return protocol === "http/json" ? new JsonExporter(options) : new ProtobufExporter(options);
}

/** The packages tell nobody when a collector is away. */
function heard(exporter: sdk.SpanExporter, onLost: (why: string) => void): sdk.SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error) onLost(nameOf(result.error));
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

/** An error's own message may hold the collector's address with its key. */
function nameOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [name, code].filter((one) => typeof one === "string" || typeof one === "number").join(" ") || "unknown";
}
