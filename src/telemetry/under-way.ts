import type { TicketKey } from "../core/ledger/ids.ts";
import type { Doing } from "../core/ticket/doing.ts";
import { around, type Follower, type Listener, type Now, type Under } from "./telemetry.ts";

/** Remembers what is under way, for the pages of the same process. */
export class UnderWay {
  readonly #steps = new Map<
    TicketKey,
    { readonly step: string; readonly since: number; readonly inside: Set<Under> }
  >();
  readonly #since = new WeakMap<Under, number>();
  readonly #doing = new WeakMap<Under, Doing>();

  readonly follower: Follower = (under, doing) => void this.#doing.set(under, doing);

  readonly listener: Listener = (under) => {
    const { what } = under;
    this.#since.set(under, Date.now());
    if (what.kind === "step") {
      const begun = { step: what.step, since: Date.now(), inside: new Set<Under>() };
      this.#steps.set(what.ticket, begun);
      return () => void (this.#steps.get(what.ticket) === begun && this.#steps.delete(what.ticket));
    }
    // Requests to GitHub are over before anybody has read of them.
    const step = what.kind === "github-request" ? null : around(under, "step");
    const inside = step && this.#steps.get(step.ticket)?.inside;
    inside?.add(under);
    return () => void inside?.delete(under);
  };

  all(): Map<TicketKey, Now> {
    return new Map(
      [...this.#steps.keys()].flatMap((ticket) => {
        const now = this.of(ticket);
        return now ? [[ticket, now] as const] : [];
      }),
    );
  }

  of(ticket: TicketKey): Now | null {
    const begun = this.#steps.get(ticket);
    if (!begun) return null;
    const last = [...begun.inside].at(-1);
    const waitsFor = last
      ? {
          what: last.what,
          since: this.#since.get(last) ?? begun.since,
          role: around(last, "consultation")?.role ?? null,
        }
      : null;
    return { step: begun.step, since: begun.since, waitsFor, doing: last ? this.#doingOf(last) : null };
  }

  /** Of the nearest part that told how far it is. */
  #doingOf(under: Under): Doing | null {
    for (let at: Under | null = under; at; at = at.above) {
      const doing = this.#doing.get(at);
      if (doing) return doing;
    }
    return null;
  }
}
