import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import type * as prom from "prom-client";
import { around, type Ended, type Listener, type Under } from "../telemetry/telemetry.ts";

/** Its own entry also loads what it can say about Node and OpenTelemetry: 13 MB and a tenth of a second of every start. */
const part = createRequire(import.meta.url);
const Gauge = part("prom-client/lib/gauge.js") as typeof prom.Gauge;
const Histogram = part("prom-client/lib/histogram.js") as typeof prom.Histogram;
const Registry = part("prom-client/lib/registry.js") as typeof prom.Registry;

/** Numbers of the running process and its database; what nobody counts is left out. */
export type Totals = {
  /** Jobs that wait for a worker. */
  readonly queueDepth?: number;
  /** Jobs that failed too often and are tried no more. */
  readonly queueDead?: number;
  readonly modelCalls?: number;
  readonly costMicroUsd?: number;
  readonly githubRequests?: number;
  readonly githubContentCreating?: number;
};

/** The Prometheus text format, version 0.0.4. @param measures of this process; absent where a reader may not see them */
export async function metricsText(
  phases: ReadonlyMap<string, number>,
  totals: Totals,
  measures?: Measures,
): Promise<string> {
  const own = new Registry();
  const tickets = new Gauge({ name: "coop_tickets", help: "Tickets by phase.", labelNames: ["phase"], registers: [own] }); // prettier-ignore
  for (const [phase, value] of phases) tickets.set({ phase }, value);
  const lines = [
    ...counted("coop_queue_depth", "gauge", "Jobs that wait for a worker.", totals.queueDepth),
    ...counted("coop_queue_dead", "gauge", "Jobs that failed too often.", totals.queueDead),
    ...counted("coop_model_calls_total", "counter", "Journaled model calls.", totals.modelCalls),
    ...counted("coop_model_cost_micro_usd_total", "counter", "Micro-dollars paid for models.", totals.costMicroUsd),
    ...counted("coop_github_requests_total", "counter", "Requests to GitHub.", totals.githubRequests),
    ...counted("coop_github_content_creating_total", "counter", "Requests that created content.", totals.githubContentCreating), // prettier-ignore
    ...counted("process_resident_memory_bytes", "gauge", "Resident memory.", process.memoryUsage.rss()),
    ...counted("process_heap_bytes", "gauge", "Memory in use for JavaScript.", process.memoryUsage().heapUsed),
    ...counted("process_cpu_seconds_total", "counter", "Processor time used.", cpuSeconds()),
    ...counted("process_event_loop_busy_ratio", "gauge", "Share of its life that the process was busy.", busyRatio()),
  ];
  const texts = [await own.metrics(), lines.join("\n"), ...(measures ? [await measures.text()] : [])];
  return `${texts.map((one) => one.trim()).join("\n")}\n`;
}

/** These are counted elsewhere, over all processes; a counter of prom-client would begin at nothing with each start. */
function counted(name: string, type: "gauge" | "counter", help: string, value: number | undefined): string[] {
  return value === undefined ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

function busyRatio(): number {
  return Math.round(performance.eventLoopUtilization().utilization * 10_000) / 10_000;
}

/** Upper bounds in seconds, each for what it measures: an answer in a blink, a request, a model that thinks, a run of tests. */
const BOUNDS = {
  webhook: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 8],
  github: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  model: [0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600],
  run: [0.1, 0.5, 1, 5, 15, 60, 180, 600],
  step: [0.1, 0.5, 1, 5, 15, 60, 180, 600, 1800],
  wait: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
} as const;

/** How long things take in this process. Labels are words of ours and names of the pool, never what a stranger sends. */
export class Measures {
  readonly #registry = new Registry();
  readonly #webhook = this.#histogram("coop_webhook_seconds", "Answers to GitHub's webhooks.", "webhook", ["outcome"]);
  readonly #github = this.#histogram("coop_github_request_seconds", "Requests to GitHub.", "github", ["kind", "outcome"]); // prettier-ignore
  readonly #model = this.#histogram("coop_model_call_seconds", "Calls of models.", "model", ["model", "role", "outcome"]); // prettier-ignore
  readonly #run = this.#histogram("coop_sandbox_run_seconds", "Runs in the sandbox.", "run", ["driver", "outcome"]);
  readonly #step = this.#histogram("coop_step_seconds", "Steps of tickets.", "step", ["step", "outcome"]);
  readonly #wait = this.#histogram("coop_queue_wait_seconds", "From when a job is due until a worker has it.", "wait", ["lane"]); // prettier-ignore

  readonly listener: Listener = (part) => (ended, durationMs) => this.#tell(part, ended, durationMs / 1000);

  waited(lane: string, waitedMs: number): void {
    this.#wait.observe({ lane }, Math.max(0, waitedMs) / 1000);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #tell(part: Under, { outcome }: Ended, seconds: number): void {
    const { what } = part;
    switch (what.kind) {
      case "webhook":
        return this.#webhook.observe({ outcome }, seconds);
      case "github-request":
        return this.#github.observe({ kind: what.does, outcome }, seconds);
      case "model-call":
        return this.#model.observe({ model: what.model, role: around(part, "consultation")?.role ?? "none", outcome }, seconds); // prettier-ignore
      case "sandbox-run":
        return this.#run.observe({ driver: what.driver, outcome }, seconds);
      case "step":
        return this.#step.observe({ step: what.step, outcome }, seconds);
      case "job":
      case "consultation":
        return;
    }
  }

  #histogram(name: string, help: string, bounds: keyof typeof BOUNDS, labelNames: string[]): prom.Histogram {
    return new Histogram({ name, help, labelNames, buckets: [...BOUNDS[bounds]], registers: [this.#registry] });
  }
}
