/**
 * Until when a forge asked to be left alone. Its limits are those of an installation, that is of an owner: no other ticket of
 * theirs, and no webhook that comes meanwhile, may knock again. Who goes on all the same can be banned.
 */
export class Quiet {
  readonly #until = new Map<string, number>();

  keep(owner: string, ms: number, now: Date): void {
    for (const [other, until] of this.#until) if (until <= now.getTime()) this.#until.delete(other);
    this.#until.set(owner, now.getTime() + ms);
  }

  msFor(owner: string, now: Date): number {
    return Math.max(0, (this.#until.get(owner) ?? 0) - now.getTime());
  }
}
