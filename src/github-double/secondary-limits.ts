import { Refusal } from "./refusal.ts";

/**
 * GitHub's secondary limits for one installation, counted exactly: by arrival and over every window that ends with a request.
 * Two writes that come too soon after each other are not refused, on GitHub neither; they are counted.
 */
export type SecondaryLimits = {
  readonly concurrent: number;
  readonly pointsPerMinute: number;
  readonly createsPerMinute: number;
  readonly createsPerHour: number;
  readonly betweenWritesMs: number;
};

export const SECONDARY_LIMITS: SecondaryLimits = {
  concurrent: 100,
  pointsPerMinute: 900,
  createsPerMinute: 80,
  createsPerHour: 500,
  betweenWritesMs: 1_000,
};

export type Arrival = "read" | "write" | "create";
export type Broken = { readonly limit: keyof SecondaryLimits | "retryAfter" | "banned"; readonly atMs: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WRITE_POINTS = 5;
/** What a refusal asks for. */
const RETRY_AFTER_MS = MINUTE_MS;
/** Requests on their way when the refusal came are not held against anybody for so long. */
const EXCUSED_MS = 2_000;
/** Who knocks so often at a closed door is not let in again. */
const KNOCKS_MAX = 50;

/** What one request counts as. A question in GraphQL is a POST and counts as a read. */
export function arrivalOf(method: string, body: unknown, creates: "content" | "nothing", path: string): Arrival {
  if (method === "GET" || method === "HEAD") return "read";
  const { query } = (body ?? {}) as { query?: unknown };
  if (path === "/graphql") return typeof query === "string" && /^\s*mutation\b/.test(query) ? "write" : "read";
  return creates === "content" ? "create" : "write";
}

export class SecondaryCount {
  readonly broken: Broken[] = [];
  readonly #limits: SecondaryLimits;
  readonly #points = new Windowed(MINUTE_MS);
  readonly #creates = new Windowed(HOUR_MS);
  readonly #createsOfMinute = new Windowed(MINUTE_MS);
  #underWay = 0;
  #lastWriteMs = -Infinity;
  #closed = { sinceMs: -Infinity, untilMs: -Infinity };
  #knocks = 0;

  constructor(limits: SecondaryLimits) {
    this.#limits = limits;
  }

  /** A request is here. @returns how long to wait before another one when it is refused, else null */
  arrive(what: Arrival, atMs: number): number | null {
    this.#underWay++;
    const over = this.#over(what, atMs);
    for (const limit of over) this.broken.push({ limit, atMs });
    if (over.includes("retryAfter") && ++this.#knocks > KNOCKS_MAX) this.broken.push({ limit: "banned", atMs });
    if (this.#knocks > KNOCKS_MAX) return HOUR_MS;
    if (atMs < this.#closed.untilMs) return this.#closed.untilMs - atMs;
    if (over.length === 0 || over.every((limit) => limit === "betweenWritesMs")) return null;
    this.#closed = { sinceMs: atMs, untilMs: atMs + RETRY_AFTER_MS };
    return RETRY_AFTER_MS;
  }

  leave(): void {
    this.#underWay--;
  }

  #over(what: Arrival, atMs: number): Broken["limit"][] {
    const limits = this.#limits;
    const over: Broken["limit"][] = [];
    if (atMs < this.#closed.untilMs && atMs > this.#closed.sinceMs + EXCUSED_MS) over.push("retryAfter");
    if (this.#underWay > limits.concurrent) over.push("concurrent");
    if (this.#points.add(atMs, what === "read" ? 1 : WRITE_POINTS) > limits.pointsPerMinute)
      over.push("pointsPerMinute");
    if (what === "read") return over;
    if (atMs - this.#lastWriteMs < limits.betweenWritesMs) over.push("betweenWritesMs");
    this.#lastWriteMs = atMs;
    if (what === "write") return over;
    if (this.#createsOfMinute.add(atMs, 1) > limits.createsPerMinute) over.push("createsPerMinute");
    if (this.#creates.add(atMs, 1) > limits.createsPerHour) over.push("createsPerHour");
    return over;
  }
}

/** A sum over the last so many milliseconds. */
class Windowed {
  readonly #ms: number;
  #seen: { atMs: number; count: number }[] = [];
  #sum = 0;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(atMs: number, count: number): number {
    this.#seen.push({ atMs, count });
    this.#sum += count;
    let gone = 0;
    for (; (this.#seen[gone]?.atMs ?? atMs) <= atMs - this.#ms; gone++) this.#sum -= this.#seen[gone]?.count ?? 0;
    if (gone > 0) this.#seen = this.#seen.slice(gone);
    return this.#sum;
  }
}

/** All installations, each counted for itself. */
export class Secondary {
  readonly #counts = new Map<number, SecondaryCount>();
  readonly #limits: SecondaryLimits;
  readonly #onBroken: "refuse" | "count";

  /** @param given what to refuse beyond; null: GitHub's own limits are counted, and nothing is refused */
  constructor(given: Partial<SecondaryLimits> | null) {
    this.#limits = { ...SECONDARY_LIMITS, ...given };
    this.#onBroken = given ? "refuse" : "count";
  }

  get broken(): Broken[] {
    return [...this.#counts.values()].flatMap((count) => count.broken);
  }

  /** @returns what to call when the request is answered  @throws Refusal 403 */
  arrive(installationId: number, what: Arrival, atMs: number): () => void {
    const count = this.#counts.get(installationId) ?? new SecondaryCount(this.#limits);
    this.#counts.set(installationId, count);
    const waitMs = count.arrive(what, atMs);
    if (waitMs === null || this.#onBroken === "count") return () => count.leave();
    count.leave();
    const headers = { "Retry-After": String(Math.ceil(waitMs / 1000)) };
    throw new Refusal(403, "You have exceeded a secondary rate limit. Please wait.", undefined, headers);
  }
}
