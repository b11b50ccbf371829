import { randomUUID } from "node:crypto";
import type { Config } from "./config.ts";
import { createsContent } from "./github/pacing.ts";
import { observedFetch } from "./telemetry/observed.ts";
import { type Now, type Telemetry, telemetryTo } from "./telemetry/telemetry.ts";
import type { TicketKey } from "./core/ledger/ids.ts";
import type { Database } from "./store/database.ts";
import { Elsewhere, TELL_EVERY_MS, Teller } from "./telemetry/elsewhere.ts";
import { UnderWay } from "./telemetry/under-way.ts";
import { Measures } from "./web/metrics.ts";
import type { Parts } from "./app-parts.ts";

/** Who measures this process: histograms always, traces where OpenTelemetry's variables ask for them. */
export type Measuring = {
  readonly measures: Measures;
  readonly telemetry: Telemetry;
  /** What a ticket's step does right now, in whatever process. */
  readonly now: (ticket: TicketKey) => Now | null;
  readonly stop: () => Promise<void>;
  /** For requests to GitHub. */
  readonly fetch: typeof globalThis.fetch;
};

/** A collector that is away is told of once in a while, not with every batch of spans. */
const LOST_TOLD_EVERY_MS = 5 * 60_000;

export async function measuring({ tracing, role }: Config, { log }: Parts, database: Database): Promise<Measuring> {
  const measures = new Measures();
  let lastTold = -Infinity;
  const onLost = (why: string) => {
    if (performance.now() - lastTold < LOST_TOLD_EVERY_MS) return;
    lastTold = performance.now();
    log.warn({ why }, "traces could not be delivered; check OTEL_EXPORTER_OTLP_ENDPOINT");
  };
  const traces = tracing ? (await import("./telemetry/traces.ts")).openTraces(tracing, onLost) : null;
  const underWay = new UnderWay();
  const listeners = [measures.listener, underWay.listener, ...(traces ? [traces.listener] : [])];
  const telemetry = telemetryTo(listeners, [underWay.follower]);
  const shared = database.kind === "postgres" ? await share(database, underWay, role) : null;
  const stop = async () => {
    await shared?.stop();
    await traces?.stop();
  };
  const now = (ticket: TicketKey) => underWay.of(ticket) ?? shared?.of(ticket) ?? null;
  return { measures, now, telemetry, stop, fetch: observedFetch(telemetry, kindOf) };
}

const CHANNEL = "coop_under_way";

/**
 * Workers tell what they do to the processes that show pages, and to one another: any of them answers `/coop status`. A message
 * that is lost, or a database that is away, is only a page that shows less.
 */
async function share(database: Database, underWay: UnderWay, role: Config["role"]) {
  const own = randomUUID();
  const elsewhere = new Elsewhere(own);
  const teller = new Teller(underWay, own);
  const listening = await database.listen(
    CHANNEL,
    (message) => elsewhere.hear(message, Date.now()),
    () => undefined,
  );
  const tell = () => {
    const messages = teller.messages(Date.now());
    if (messages.length === 0) return;
    const sent = database.query("SELECT pg_notify($1, message) FROM unnest($2::text[]) AS message", [
      CHANNEL,
      messages,
    ]);
    sent.catch(() => undefined);
  };
  const telling = role === "web" ? undefined : setInterval(tell, TELL_EVERY_MS).unref();
  return {
    of: (ticket: TicketKey) => elsewhere.of(ticket, Date.now()),
    stop: async () => {
      clearInterval(telling);
      await listening.close();
    },
  };
}

/** What decides how fast GitHub takes it; questions of GraphQL and tokens have limits of their own. */
function kindOf(method: string, path: string): string {
  if (path.endsWith("/graphql")) return "graphql";
  if (path.endsWith("/access_tokens")) return "token";
  if (method === "GET" || method === "HEAD") return "read";
  return createsContent(method, path) ? "create" : "write";
}
