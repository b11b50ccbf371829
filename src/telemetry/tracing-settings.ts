import { withoutPercentCodes } from "../percent-codes.ts";

/** What OpenTelemetry's standard variables say, as far as this program follows them. */
export type Tracing = {
  readonly exporter: "otlp" | "console";
  readonly protocol: "http/protobuf" | "http/json";
  readonly url: string;
  /** Often hold a key: they are secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly sampler: { readonly name: string; readonly ratio: number };
  readonly resource: Readonly<Record<string, string>>;
};

type Given = Readonly<Record<string, string | undefined>>;

export type TracingRead =
  | { readonly outcome: "read"; readonly tracing: Tracing | null }
  | { readonly outcome: "refused"; readonly sentence: string };

const PROTOCOLS = ["http/protobuf", "http/json"] as const;
const SAMPLERS = ["always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"]; // prettier-ignore
const COLLECTOR = "http://localhost:4318";
/** OpenTelemetry's own default. */
const TIMEOUT_MS = 10_000;

/** @returns null where nobody asks for traces: then nothing of OpenTelemetry is loaded */
export function readTracing(given: Given): TracingRead {
  const endpoint = given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporter = given.OTEL_TRACES_EXPORTER ?? (endpoint === undefined ? "none" : "otlp");
  if (given.OTEL_SDK_DISABLED?.toLowerCase() === "true" || exporter === "none")
    return { outcome: "read", tracing: null };
  if (exporter !== "otlp" && exporter !== "console")
    return refused("OTEL_TRACES_EXPORTER", exporter, "otlp, console or none");
  const protocol = of(given, "PROTOCOL") ?? "http/protobuf";
  if (!isOne(PROTOCOLS, protocol)) return refused("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, PROTOCOLS.join(" or "));
  const url = urlOf(given);
  if (url === null) return refused("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint ?? "", `an address such as ${COLLECTOR}`);
  const name = given.OTEL_TRACES_SAMPLER ?? "parentbased_always_on";
  if (!SAMPLERS.includes(name)) return refused("OTEL_TRACES_SAMPLER", name, SAMPLERS.join(", "));
  const ratio = Number(given.OTEL_TRACES_SAMPLER_ARG ?? 1);
  if (!(ratio >= 0 && ratio <= 1))
    return refused("OTEL_TRACES_SAMPLER_ARG", String(given.OTEL_TRACES_SAMPLER_ARG), "a number from 0 to 1");
  const timeoutMs = Number(of(given, "TIMEOUT") ?? TIMEOUT_MS);
  if (!(timeoutMs > 0)) return refused("OTEL_EXPORTER_OTLP_TIMEOUT", String(of(given, "TIMEOUT")), "milliseconds");
  const named = given.OTEL_SERVICE_NAME === undefined ? {} : { "service.name": given.OTEL_SERVICE_NAME };
  const resource = { ...pairs(given.OTEL_RESOURCE_ATTRIBUTES), ...named };
  const headers = { ...pairs(given.OTEL_EXPORTER_OTLP_HEADERS), ...pairs(given.OTEL_EXPORTER_OTLP_TRACES_HEADERS) };
  return {
    outcome: "read",
    tracing: { exporter, protocol, url, headers, timeoutMs, sampler: { name, ratio }, resource },
  };
}

/** The variable for traces alone goes before the one for everything. */
function of(given: Given, name: "PROTOCOL" | "TIMEOUT"): string | undefined {
  return given[`OTEL_EXPORTER_OTLP_TRACES_${name}`] ?? given[`OTEL_EXPORTER_OTLP_${name}`];
}

/** The address for traces alone is taken as it stands; the one for everything gets the path of traces. */
function urlOf(given: Given): string | null {
  const own = given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = given.OTEL_EXPORTER_OTLP_ENDPOINT ?? COLLECTOR;
  const url = own ?? `${base.replace(/\/+$/, "")}/v1/traces`;
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

function isOne<T extends string>(known: readonly T[], value: string): value is T {
  return (known as readonly string[]).includes(value);
}

/** `key=value,key=value`, with percent signs for what has a meaning there; what is no pair is left out, as the standard says. */
function pairs(text = ""): Record<string, string> {
  const found = text.split(",").flatMap((one) => {
    const [key = "", value] = one.split(/=(.*)/s).map((half) => half.trim());
    return key === "" || value === undefined ? [] : [[key, withoutPercentCodes(value)] as const];
  });
  return Object.fromEntries(found);
}

/** The value is not repeated where it may hold a key. */
function refused(name: string, value: string, wanted: string): TracingRead {
  const said = /ENDPOINT|HEADERS/.test(name)
    ? "has a value that this server cannot use"
    : `is ${JSON.stringify(value)}`;
  return { outcome: "refused", sentence: `${name} ${said}. Set it to ${wanted}, or unset it to have no traces.` };
}
