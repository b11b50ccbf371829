import { AsyncLocalStorage } from "node:async_hooks";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Doing } from "../core/ticket/doing.ts";

/**
 * The port to whoever measures: what is under way is told once, and histograms and traces are both made of it. Names, numbers and
 * codes only: no text of a ticket, no address with a query, no error's message, so that nothing secret can be in it.
 */
export type Telemetry = {
  /**
   * Runs `work` as a part of whatever runs around it.
   * @param work is handed what tells how far this part is; what it tells is for people's eyes, and may come often
   * @param ended what to tell of its result; one that throws is told as `threw`
   */
  part<T>(what: Part, work: (tell: Tell) => Promise<T>, ended?: (result: T) => Ended): Promise<T>;
};

export type Tell = (doing: Doing) => void;

export type Part =
  | { readonly kind: "job"; readonly lane: string; readonly subject: string }
  | { readonly kind: "step"; readonly ticket: TicketKey; readonly step: string; readonly attempt: number }
  | { readonly kind: "consultation"; readonly role: string; readonly model: string }
  | { readonly kind: "model-call"; readonly model: string; readonly vendor: string }
  | { readonly kind: "github-request"; readonly does: string; readonly method: string; readonly route: string }
  | { readonly kind: "sandbox-run"; readonly driver: string }
  | { readonly kind: "webhook" };

/** `failed` counts as an error in a trace. */
export type Ended = {
  readonly outcome: string;
  readonly failed?: boolean;
  readonly numbers?: Readonly<Record<string, number>>;
};

/** Told of each part that begins. @returns whom to tell of its end */
export type Listener = (part: Under) => (ended: Ended, durationMs: number) => void;

/** Told how far a part is that goes on. */
export type Follower = (part: Under, doing: Doing) => void;

/** A part and those it runs in. */
export type Under = { readonly what: Part; readonly above: Under | null };

/** What a ticket's step does right now. */
export type Now = {
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** What it waits for: the innermost call, consultation or run, if there is one. */
  readonly waitsFor: { readonly what: Part; readonly since: number; readonly role: string | null } | null;
  /** How far the consultation is in which it waits. */
  readonly doing: Doing | null;
};

/**
 * Each part knows the ones around it by the chain of calls, so nobody has to hand anything down. A listener that throws is not told
 * more of that part: who measures must neither stop the work nor lose its result.
 */
export function telemetryTo(listeners: readonly Listener[], followers: readonly Follower[] = []): Telemetry {
  const around = new AsyncLocalStorage<Under>();
  return {
    part: (what, work, ended = () => ({ outcome: "done" })) => {
      const under: Under = { what, above: around.getStore() ?? null };
      const told = listeners.flatMap((listener) => unheard(() => listener(under)) ?? []);
      const began = performance.now();
      const tell = (end: Ended) => {
        for (const one of told) unheard(() => one(end, performance.now() - began));
      };
      const follow: Tell = (doing) => {
        for (const one of followers) unheard(() => one(under, doing));
      };
      return around.run(under, async () => {
        let result: Awaited<ReturnType<typeof work>>;
        try {
          result = await work(follow);
        } catch (error) {
          tell({ outcome: "threw", failed: true });
          throw error;
        }
        tell(unheard(() => ended(result)) ?? { outcome: "unknown" });
        return result;
      });
    },
  };
}

function unheard<T>(told: () => T): T | null {
  try {
    return told();
  } catch {
    return null;
  }
}

/** The nearest part of that kind around this one. */
export function around<K extends Part["kind"]>(under: Under, kind: K): Extract<Part, { kind: K }> | null {
  for (let at = under.above; at; at = at.above) if (at.what.kind === kind) return at.what as Extract<Part, { kind: K }>;
  return null;
}
