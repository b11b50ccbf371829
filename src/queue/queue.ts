import type { TicketKey } from "../core/ledger/ids.ts";
import { inWords } from "../errors-in-words.ts";
import type { Query } from "../store/database.ts";

/**
 * The port to the queue. A job says only "look at this ticket": what there is to do is read from the ledger and from
 * GitHub. So jobs of one ticket and lane are all alike, and one waiting job stands for any number of nudges.
 *
 * Contract, held by `test/contracts/queue.test.ts` over all three databases:
 * - Of one ticket at most one job a lane is active, on whatever machine, and at most one more is waiting.
 * - A nudge is never lost: it is either seen by a handler that starts after the nudge is committed, or still waiting.
 * - A job whose worker died is run again by another one; a job that fails is run again later, then put aside as dead.
 * - Owners take turns within a lane: the ticket of one does not wait for all tickets of another.
 * - Lanes do not wait for each other: neither for a running job of the same ticket nor for busy workers.
 */
export type Queue = {
  /**
   * Asks that somebody looks at the ticket, at once or in `inMs`. An earlier time wins over a later one.
   * @param tx  the transaction that stores what the nudge is about; the nudge then exists if and only if that does
   */
  nudge(ticket: TicketKey, when: When, tx?: Query): Promise<void>;
  /** The same for many at once, each due now; every ticket of a lane at most once. What it asks of the database it asks at once. */
  nudgeAll(nudges: readonly AtOnce[], tx: Query): Promise<void>;
  /** Starts `concurrency` workers of a lane in this process. */
  work(lane: Lane, concurrency: number, handler: Handler): Promise<void>;
  /** Runs `sweep` every `everyMs` and once now, in one process at a time however many there are. */
  sweepEvery(everyMs: number, sweep: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /**
   * Resolves when nothing runs and nothing is due within `horizonMs` (0 when left out). Looks at the whole queue, not
   * only at this process. For tests and tools; it needs a worker somewhere.
   */
  idle(horizonMs?: number): Promise<void>;
  depth(): Promise<Depth>;
  /** Jobs that failed ATTEMPTS_MAX times and have not run well since, the latest first: all, since whoever lists them tries them again. */
  dead(): Promise<Dead[]>;
  /** Takes no more jobs, tells running ones that they should end, then aborts their signals, then gives them back. */
  stop(limits?: StopLimits): Promise<void>;
};

/**
 * `work`: the flow, whose steps take minutes. `hearing`: what people say, answered while a step runs. `guard`: the proof of
 * pull requests that are no tickets, which shall hold up neither.
 */
export type Lane = "work" | "hearing" | "guard";

export type When = { readonly lane: Lane; readonly inMs?: number; readonly reason: string };

export type AtOnce = { readonly ticket: TicketKey; readonly lane: Lane; readonly reason: string };

export type Handler = (ticket: TicketKey, signals: Signals) => Promise<HandlerResult>;

/** How a handler is told to end. */
export type Signals = {
  /** At once: its job was lost to another worker, hangs, or the process has no time left. */
  readonly abort: AbortSignal;
  /** At the next good place: the process is about to stop. What is under way may be finished. */
  readonly leave: AbortSignal;
};

/** `again`: look once more in that time. `null`: until somebody nudges. */
export type HandlerResult = { readonly again: { readonly inMs: number } | null };

export type Depth = {
  /** Waiting and due. */
  readonly ready: number;
  /** Waiting for their time. */
  readonly deferred: number;
  readonly active: number;
  /** Jobs that failed ATTEMPTS_MAX times. A nudge starts one afresh; when it then runs well it counts no more. */
  readonly dead: number;
};

/** A job that is put aside: which one, why it failed the last time, and when. */
export type Dead = { readonly ticket: TicketKey; readonly lane: Lane; readonly why: string; readonly at: Date };

/** Of the last error: two lines of a terminal. */
const WHY_CHARS_MAX = 300;

export type QueueSettings = {
  /** Told about what goes wrong in the background: handlers that throw, a database that is away. */
  readonly onError?: (error: Error) => void;
  /** Told when a worker takes a job, and how long that had been due. */
  readonly onTaken?: (lane: Lane, waitedMs: number) => void;
  /** Takes secrets out of an error before it is stored. */
  readonly redact?: (text: string) => string;
  /** Told when a job is put aside. Nothing waits for it; what it throws goes to `onError`. */
  readonly onDead?: (dead: Pick<Dead, "ticket" | "lane">) => Promise<void>;
  readonly retryBaseMs?: number;
  /** How often dead workers of other machines are looked for, where there can be any. */
  readonly superviseSeconds?: number;
  /** Told inside the transaction in which what waits is taken along, after the database's clock was set back; never where there is none. */
  readonly onClockBack?: (tx: Query, backMs: number) => Promise<void>;
};

export type StopLimits = {
  /** How long running jobs may go on before their signals abort. */
  readonly graceMs?: number;
  /** How long they may then take to end before they are given back. */
  readonly unwindMs?: number;
};

/** Twenty seconds let a model finish its answer; together with UNWIND_MS it fits the 30 s that most platforms give. */
export const STOP_GRACE_MS = 20_000;
export const STOP_UNWIND_MS = 5_000;

/** Runs of one job before it is dead: with the waits of `retry-delay.ts`, about two and a half minutes of trying. A provider or
 * GitHub being away is not a failure here (the handler asks for `again`): what throws so often is a bug. */
export const ATTEMPTS_MAX = 6;
/** Nothing a step does takes this long: the handler hangs, and its signal is aborted. */
export const JOB_SECONDS_MAX = 2 * 60 * 60;

/** Of a job whose worker ended each time. */
const LOST_WORDS = "the process that worked on it ended each time before it was done";

/** Why a job failed the last time, as it is stored. @param thrown absent: its worker is gone */
export function whyDead(
  thrown: { readonly error: unknown } | null,
  { redact = (text) => text }: QueueSettings,
): string {
  const words = thrown ? inWords(thrown.error).replaceAll(/\s+/g, " ") : LOST_WORDS;
  return redact(words).slice(0, WHY_CHARS_MAX);
}
