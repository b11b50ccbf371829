/** Numbers of the running process and its database; what nobody counts is left out. */
export type Totals = {
  /** Jobs that wait for a worker. */
  readonly queueDepth?: number;
  readonly modelCalls?: number;
  readonly costMicroUsd?: number;
  readonly githubRequests?: number;
  readonly githubContentCreating?: number;
};

/** The Prometheus text format, version 0.0.4. */
export function metricsText(phases: ReadonlyMap<string, number>, totals: Totals): string {
  return [
    ...family(
      "coop_tickets",
      "gauge",
      "Tickets by phase.",
      [...phases].map(([phase, value]) => [`{phase="${phase}"}`, value]),
    ),
    ...single("coop_queue_depth", "gauge", "Jobs that wait for a worker.", totals.queueDepth),
    ...single("coop_model_calls_total", "counter", "Journaled model calls.", totals.modelCalls),
    ...single("coop_model_cost_micro_usd_total", "counter", "Micro-dollars paid for models.", totals.costMicroUsd),
    ...single("coop_github_requests_total", "counter", "Requests to GitHub.", totals.githubRequests),
    ...single("coop_github_content_creating_total", "counter", "Requests that created content.", totals.githubContentCreating), // prettier-ignore
    ...single("process_resident_memory_bytes", "gauge", "Resident memory.", process.memoryUsage.rss()),
    "",
  ].join("\n");
}

function single(name: string, type: "gauge" | "counter", help: string, value: number | undefined): string[] {
  return value === undefined ? [] : family(name, type, help, [["", value]]);
}

function family(name: string, type: "gauge" | "counter", help: string, samples: readonly [string, number][]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map(([label, value]) => `${name}${label} ${value}`)]; // prettier-ignore
}
