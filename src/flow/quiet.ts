// Held by test/scenarios/github-trouble.system.ts
/** A forge that is away is mostly back within a minute; one that goes on refusing is asked once an hour (see `haltRefused`). */
export const AWAY_MS = 60_000;
export const AWAY_MS_MAX = 60 * 60_000;
/** A right that is taken away and given back, a repository that moves: GitHub agrees with itself again within minutes. */
export const REFUSED_MS = 10 * 60_000;
export const REFUSALS_MIN = 4;
/**
 * Tickets remembered, each lane's work by itself: people may be heard where the rest is refused. A forgotten one is asked
 * sooner than it had to be.
 */
const AWAY_KEPT_MAX = 10_000;

/**
 * Until when a forge asked to be left alone. Its limits are those of an installation, that is of an owner: no other ticket of
 * theirs, and no webhook that comes meanwhile, may knock again. Who goes on all the same can be banned.
 */
export class Quiet {
  readonly #steadyMs: () => number;
  readonly #until = new Map<string, number>();
  /** How often in a row a ticket's forge was away. */
  readonly #away = new Map<string, number>();
  /** How often in a row it refused, and since when. */
  readonly #refused = new Map<string, { readonly times: number; readonly since: number }>();

  /** Until when a ticket rests after a try that failed, by the entry that says so. */
  readonly #rests = new Map<string, { readonly entry: number; readonly until: number }>();

  /** @param steadyMs a clock that nobody sets: after an hour back on the wall clock everybody would be left alone for an hour more */
  constructor(steadyMs: () => number = () => performance.now()) {
    this.#steadyMs = steadyMs;
  }

  keep(owner: string, ms: number): void {
    const now = this.#steadyMs();
    for (const [other, until] of this.#until) if (until <= now) this.#until.delete(other);
    this.#until.set(owner, now + ms);
  }

  /**
   * What is left of the pause after the try that failed in this entry. It is counted from when this process first knew of it: what
   * the wall clock says is left is believed once, where another process wrote the entry, and never longer than the pause.
   * @param left what is left by the entry's own time
   */
  restMs(ticket: string, entry: number, pauseMs: number, left = pauseMs): number {
    const now = this.#steadyMs();
    const known = this.#rests.get(ticket);
    if (known?.entry === entry) return Math.max(0, known.until - now);
    const restMs = Math.min(pauseMs, Math.max(0, left));
    this.#rests.delete(ticket);
    this.#rests.set(ticket, { entry, until: now + restMs });
    for (const oldest of this.#rests.keys()) if (this.#rests.size > AWAY_KEPT_MAX) this.#rests.delete(oldest);
    return restMs;
  }

  /**
   * How long a ticket waits whose forge refused or was away and said nothing about when. Each time in a row it waits longer: a
   * refusal that lasts (a repository taken down, a right taken away) must not be asked for once a minute for ever. What
   * people do on the ticket nudges it at once all the same.
   */
  longer(work: string): number {
    const times = this.#away.get(work) ?? 0;
    this.#away.delete(work);
    this.#away.set(work, times + 1);
    for (const oldest of this.#away.keys()) if (this.#away.size > AWAY_KEPT_MAX) this.#away.delete(oldest);
    return Math.min(AWAY_MS_MAX, AWAY_MS * 2 ** times);
  }

  /** The forge said no. @returns whether that lasts: a person has to be told, since waiting does not help. */
  refused(work: string): "lasts" | "may-pass" {
    const now = this.#steadyMs();
    const { times, since } = this.#refused.get(work) ?? { times: 0, since: now };
    this.#refused.delete(work);
    this.#refused.set(work, { times: times + 1, since });
    for (const oldest of this.#refused.keys()) if (this.#refused.size > AWAY_KEPT_MAX) this.#refused.delete(oldest);
    return times + 1 >= REFUSALS_MIN && now - since >= REFUSED_MS ? "lasts" : "may-pass";
  }

  /** A pass over the ticket came to its end: whatever it needed of the forge was answered. */
  back(work: string): void {
    this.#away.delete(work);
    this.#refused.delete(work);
  }

  msFor(owner: string): number {
    return Math.max(0, (this.#until.get(owner) ?? 0) - this.#steadyMs());
  }
}
