// Held by test/scenarios/dry-run.test.ts
import type { RepositoryRef } from "../core/ledger/ids.ts";
import type { Ticket } from "../core/ticket/ticket.ts";

/** The policy of a repository may change at any time; a wish for silence is heard after so long at the latest. */
const NOTED_MS = 60_000;
/** So long a new ticket of an unknown repository waits for its first step, which reads the policy anyway. */
const HELD_MS = 20_000;
/** A forgotten one is asked for again. */
const NOTED_MAX = 1_000;

/** Whether something may be written to GitHub. `held`: not yet, because the policy is about to be read. */
type Writing = "real" | "dry" | "held" | "unknown";

/**
 * Which repositories want nothing written to them, as their policies said a moment ago. A ticket that was routed has it in its
 * ledger; this is for what comes before, so that the first sign on a ticket costs no question of its own.
 */
export class DryRuns {
  readonly #noted = new Map<string, { readonly dry: boolean; readonly at: number }>();
  /** Since when a repository's tickets wait to know. */
  readonly #held = new Map<string, number>();

  readonly #steadyMs: () => number;

  /** @param steadyMs a clock that nobody sets, so that no wish for silence is heard an hour late */
  constructor(steadyMs: () => number = () => performance.now()) {
    this.#steadyMs = steadyMs;
  }

  note(repository: RepositoryRef, dry: boolean): void {
    this.#held.delete(keyOf(repository));
    this.#noted.set(keyOf(repository), { dry, at: this.#steadyMs() });
    for (const oldest of this.#noted.keys()) if (this.#noted.size > NOTED_MAX) this.#noted.delete(oldest);
  }

  writing(repository: RepositoryRef, ticket: Ticket | null): Writing {
    const now = this.#steadyMs();
    if (ticket?.route) return ticket.route.dryRun ? "dry" : "real";
    const noted = this.#noted.get(keyOf(repository));
    if (noted && now - noted.at < NOTED_MS) return noted.dry ? "dry" : "real";
    if (!ticket || ticket.halt || ticket.end) return "unknown";
    const since = this.#held.get(keyOf(repository)) ?? now;
    this.#held.set(keyOf(repository), since);
    return now - since < HELD_MS ? "held" : "unknown";
  }
}

function keyOf({ owner, name }: RepositoryRef): string {
  return `${owner}/${name}`.toLowerCase();
}
