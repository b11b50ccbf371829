import { createHmac, randomUUID } from "node:crypto";
import { satisfies } from "./auth.ts";
import type { App, Installation } from "./state.ts";
import { accountView, nodeId } from "./views/account.ts";
import { repositoryView } from "./views/repository.ts";
import type { Emission, World } from "./world.ts";

/**
 * Signed deliveries to the Apps' webhook addresses. As on GitHub nothing is repeated by itself, deliveries run beside
 * each other (so they may arrive in another order), and each is remembered until somebody asks for it again.
 */
export type DeliveryMode = "send" | "hold" | "drop" | "duplicate";

export type Delivery = {
  readonly id: number;
  readonly guid: string;
  readonly app: App;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempt: "first" | "redelivery";
  readonly deliveredAt: string;
  /** 0 until the App has answered. */
  statusCode: number;
  status: string;
  durationMs: number;
  answer: { readonly headers: Record<string, string>; readonly body: string } | null;
};

/** GitHub gives an App ten seconds to answer. */
const TIMEOUT_MS = 10_000;
/** What GitHub records for a host that it cannot reach. */
const UNREACHABLE = 502;
/** The permission that an App needs to hear of an event. */
const EVENT_GRANTS: Readonly<Record<string, string>> = {
  issues: "issues:read",
  issue_comment: "issues:read",
  label: "metadata:read",
  repository: "metadata:read",
  pull_request: "pull_requests:read",
  pull_request_review: "pull_requests:read",
  pull_request_review_comment: "pull_requests:read",
  push: "contents:read",
  create: "contents:read",
  delete: "contents:read",
  check_run: "checks:read",
  check_suite: "checks:read",
  status: "statuses:read",
};
/** Events of the App's own life: sent whether it subscribed or not. */
const ALWAYS = new Set(["installation", "installation_repositories", "ping"]);

export class Webhooks {
  mode: DeliveryMode = "send";
  readonly deliveries: Delivery[] = [];
  readonly #world: World;
  readonly #held: Delivery[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(world: World) {
    this.#world = world;
    world.emit = (emission) => this.#emit(emission);
  }

  /** Sends what was held back, in this order or the other way round, and goes on sending. */
  release(order: "as-happened" | "reversed" = "as-happened"): void {
    this.mode = "send";
    const held = this.#held.splice(0);
    for (const delivery of order === "reversed" ? held.reverse() : held) this.#send(delivery);
  }

  /** The same GUID and body again, as a delivery of its own. */
  redeliver(delivery: Delivery): void {
    this.#send({ ...delivery, ...this.#unanswered(), attempt: "redelivery" });
  }

  /** Anything that is still being sent; empty when every delivery was answered. */
  running(): readonly Promise<void>[] {
    return [...this.#running];
  }

  #emit(emission: Emission): void {
    const { repo, event, onlyFor, about } = emission;
    const installations = about ? [about] : repo ? this.#world.installationsOf(repo) : [];
    for (const installation of installations) {
      const { app } = installation;
      if (!app.webhookUrl || (onlyFor && onlyFor !== app)) continue;
      if (!ALWAYS.has(event) && !hears(app, event)) continue;
      this.#take(this.#delivery(emission, installation));
    }
  }

  #take(delivery: Delivery): void {
    switch (this.mode) {
      case "hold":
        this.#held.push(delivery);
        return;
      case "drop":
        // Lost on the way, as when the App is down: GitHub remembers it as failed.
        this.deliveries.push({ ...delivery, statusCode: UNREACHABLE, status: "failed to connect to host" });
        return;
      case "duplicate":
        this.#send(delivery);
        this.#send({ ...delivery, ...this.#unanswered() });
        return;
      case "send":
        this.#send(delivery);
    }
  }

  #unanswered() {
    const id = this.#world.id();
    return { id, deliveredAt: this.#world.time(), statusCode: 0, status: "pending", durationMs: 0, answer: null };
  }

  /** The body is written out at once: later changes must not reach into what has already happened. */
  #delivery({ event, action, repo, sender, payload }: Emission, { id, app }: Installation): Delivery {
    const body = JSON.stringify({
      ...(action === null ? {} : { action }),
      ...payload,
      ...(repo ? { repository: repositoryView(this.#world, repo) } : {}),
      ...(repo?.owner.type === "Organization" ? { organization: accountView(this.#world, repo.owner) } : {}),
      sender: accountView(this.#world, sender),
      installation: ALWAYS.has(event) ? payload["installation"] : { id, node_id: nodeId("IN", id) },
    });
    const guid = randomUUID();
    return {
      ...{ guid, app, event, action, installationId: id, repositoryId: repo?.id ?? null, body, attempt: "first" },
      ...this.#unanswered(),
      headers: {
        Accept: "*/*",
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/local",
        "X-GitHub-Delivery": guid,
        "X-GitHub-Event": event,
        "X-GitHub-Hook-ID": String(app.id),
        "X-GitHub-Hook-Installation-Target-ID": String(app.id),
        "X-GitHub-Hook-Installation-Target-Type": "integration",
        "X-Hub-Signature-256": `sha256=${createHmac("sha256", app.webhookSecret).update(body).digest("hex")}`,
      },
    };
  }

  #send(delivery: Delivery): void {
    this.deliveries.push(delivery);
    const sending = post(delivery).finally(() => this.#running.delete(sending));
    this.#running.add(sending);
  }
}

function hears(app: App, event: string): boolean {
  const grant = EVENT_GRANTS[event];
  return app.events.includes(event) && (grant === undefined || satisfies(app.permissions, grant));
}

async function post(delivery: Delivery): Promise<void> {
  const started = performance.now();
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { headers, body, app } = delivery;
    const response = await fetch(app.webhookUrl ?? "", { method: "POST", headers, body, signal, redirect: "manual" });
    delivery.statusCode = response.status;
    delivery.status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
    delivery.answer = { headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    delivery.statusCode = isLate ? 504 : UNREACHABLE;
    delivery.status = isLate ? "timed out" : "failed to connect to host";
  }
  delivery.durationMs = performance.now() - started;
}
