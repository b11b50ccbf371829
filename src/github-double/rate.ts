import type { Actor } from "./auth.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** The primary rate limit: so many requests an hour for each installation or person. A 304 costs nothing. */
const HOUR_MS = 60 * 60_000;
/** Without a token GitHub gives an address sixty requests an hour. */
const ANONYMOUS_PER_HOUR = 60;

type Window = { used: number; untilMs: number };

export class RateLimit {
  readonly #world: World;
  readonly #perHour: number;
  readonly #windows = new Map<string, Window>();

  constructor(world: World, perHour: number) {
    this.#world = world;
    this.#perHour = perHour;
  }

  /** Counts one request. @throws Refusal 403 when the hour's requests are used up */
  spend(actor: Actor): void {
    const window = this.#window(actor);
    if (window.used >= this.#limit(actor)) {
      const message = `API rate limit exceeded for ${keyOf(actor)}.`;
      throw new Refusal(403, message, undefined, this.headers(actor));
    }
    window.used++;
  }

  giveBack(actor: Actor): void {
    this.#window(actor).used--;
  }

  headers(actor: Actor): Record<string, string> {
    const { used, untilMs } = this.#window(actor);
    const limit = this.#limit(actor);
    return {
      "X-RateLimit-Limit": String(limit),
      "X-RateLimit-Remaining": String(Math.max(0, limit - used)),
      "X-RateLimit-Used": String(used),
      "X-RateLimit-Reset": String(Math.ceil(untilMs / 1000)),
      "X-RateLimit-Resource": "core",
    };
  }

  #limit(actor: Actor): number {
    return actor.kind === "anonymous" ? ANONYMOUS_PER_HOUR : this.#perHour;
  }

  #window(actor: Actor): Window {
    const key = keyOf(actor);
    const nowMs = this.#world.now().getTime();
    const known = this.#windows.get(key);
    if (known && known.untilMs > nowMs) return known;
    const fresh = { used: 0, untilMs: nowMs + HOUR_MS };
    this.#windows.set(key, fresh);
    return fresh;
  }
}

function keyOf(actor: Actor): string {
  if (actor.kind === "installation") return `installation ID ${actor.installation.id}`;
  if (actor.kind === "app") return `app ID ${actor.app.id}`;
  return actor.kind === "person" ? `user ID ${actor.account.id}` : "127.0.0.1";
}
