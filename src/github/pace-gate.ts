import { setTimeout as sleep } from "node:timers/promises";
import {
  admit,
  type Admission,
  AHEAD_MS_MAX,
  type Ask,
  closed,
  type Doing,
  type Pace,
  paceAt,
  type PaceLimits,
  READ_LATE_MS,
  seated as claimSeats,
  WRITE_LATE_MS,
} from "../core/rules/pace.ts";
import { ForgeAway, lastLook } from "../forge/forge.ts";

/**
 * Every request of this process passes here right before it leaves, and leaves when the pace that it shares with all other
 * workers allows it. A wait of seconds is waited for; a longer one is handed back to the queue, which gives the worker free.
 */
export type PaceGate = {
  /** @returns what to call when the answer is there  @throws ForgeAway when the wait is too long */
  pass(doing: Doing): Promise<() => void>;
  /** The forge asked everybody to wait. */
  close(ms: number): Promise<void>;
};

export type GateSettings = {
  readonly paces: {
    change<T>(
      name: string,
      work: (pace: Pace | null, now: number) => { readonly pace: Pace; readonly told: T },
    ): Promise<T>;
  };
  readonly limits: PaceLimits;
  /** This process, as long as it runs. */
  readonly holder: string;
  readonly clock?: Clock;
};
export type Clock = { now(): number; sleep(ms: number): Promise<unknown> };

/** One that nobody can set: after an hour back on the wall clock everything would wait for an hour. */
const MONOTONIC: Clock = { now: () => performance.now(), sleep: (ms) => sleep(ms) };

/** Reads that are taken along with one that is needed, so that a burst asks the database once and not each time. */
const READS_AHEAD_MAX = 8;
/** Whoever sleeps through its turn so often is on a machine that cannot keep time; going then is the lesser evil. */
const MISSED_MAX = 3;
/** The rest of what a write may be late is for its way to GitHub. */
const LATE_MS_MAX = WRITE_LATE_MS / 2;

type Claim = { readonly holder: string; readonly inUse: number };
type Waiting = { readonly ask: Ask; resolve(told: Told): void; reject(error: unknown): void };
type Told = { readonly admission: Admission; readonly answeredAt: number };

export function paceGate(name: string, settings: GateSettings): PaceGate {
  const { paces, clock = MONOTONIC } = settings;
  const reads = { left: 0, until: 0, usedLately: 0 };
  const seats = seatsOfOne();
  const ask = lineOf(name, { ...settings, clock }, seats);

  const admitted = async (doing: Doing): Promise<Told> => {
    const patience = clock.now() + AHEAD_MS_MAX;
    for (;;) {
      const ahead = doing === "read" ? Math.min(READS_AHEAD_MAX, reads.usedLately) : 0;
      const told = await ask({ doing, count: 1 + ahead });
      const { outcome, inMs } = told.admission;
      if (outcome === "go") return told;
      reads.left = 0;
      if (clock.now() + inMs > patience) throw tooLong(inMs);
      await clock.sleep(inMs);
    }
  };
  /** @returns until when a read may leave */
  const readTurn = async (): Promise<number> => {
    reads.usedLately++;
    if (reads.left > 0 && clock.now() < reads.until) {
      reads.left--;
      return reads.until;
    }
    const { admission, answeredAt } = await admitted("read");
    const until = answeredAt + READ_LATE_MS;
    if (admission.outcome === "go") Object.assign(reads, { left: admission.count - 1, until, usedLately: 1 });
    return until;
  };
  /** @returns until when the write may leave; its time has come */
  const writeTurn = async (doing: Doing): Promise<number> => {
    for (;;) {
      const { admission, answeredAt } = await admitted(doing);
      const until = answeredAt + admission.inMs + LATE_MS_MAX;
      if (admission.inMs === 0) return until;
      await clock.sleep(admission.inMs);
      // Somebody may have been told meanwhile that all have to wait.
      if ((await ask({ doing: "read", count: 0 })).admission.outcome === "go") return until;
    }
  };

  return {
    pass: async (doing) => {
      for (let missed = 0; ; missed++) {
        const until = await (doing === "read" ? readTurn() : writeTurn(doing));
        await seats.take();
        if (clock.now() <= until || missed >= MISSED_MAX) break;
        seats.leave();
      }
      try {
        // Whoever was frozen while it waited wakes up here.
        await lastLook.getStore()?.();
        return seats.leave;
      } catch (error) {
        seats.leave();
        throw error;
      }
    },
    close: (ms) => {
      reads.left = 0;
      return paces.change(name, (pace, now) => ({ pace: closed(paceAt(pace, now), ms), told: undefined }));
    },
  };
}

/** All of this process that wait ask together: in the order in which they came, in one change of the shared pace. */
function lineOf(name: string, { paces, limits, holder, clock }: Required<GateSettings>, seats: Seats) {
  const line: Waiting[] = [];
  let asking = false;
  const askTogether = async () => {
    asking = true;
    while (line.length > 0) {
      const round = line.splice(0);
      const claim = { holder, inUse: seats.hold() };
      try {
        const answers = await paces.change(name, (pace, now) => answersTo(round, paceAt(pace, now), claim, limits));
        seats.have(answers.seats);
        const answeredAt = clock.now();
        round.forEach(({ resolve }, index) => resolve({ admission: answers.told[index] as Admission, answeredAt }));
      } catch (error) {
        seats.have(claim.inUse);
        for (const { reject } of round) reject(error);
      }
    }
    asking = false;
  };
  return (ask: Ask) =>
    new Promise<Told>((resolve, reject) => {
      line.push({ ask, resolve, reject });
      if (!asking) void askTogether();
    });
}

type Seats = ReturnType<typeof seatsOfOne>;

/** How many requests of this process are under way, and may be. */
function seatsOfOne() {
  const waiting: (() => void)[] = [];
  let [mine, taken] = [1, 0];
  const fill = () => {
    for (; taken < mine && waiting.length > 0; taken++) waiting.shift()?.();
  };
  return {
    /** No more than now until the answer is there. @returns how many are under way */
    hold: () => {
      mine = Math.max(1, taken);
      return taken;
    },
    have: (count: number) => {
      mine = Math.max(1, count);
      fill();
    },
    take: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        fill();
      }),
    leave: () => {
      taken--;
      fill();
    },
  };
}

function answersTo(round: readonly Waiting[], begun: Pace, claim: Claim, limits: PaceLimits) {
  const { seats, againInMs, ...claimed } = claimSeats(begun, claim, limits);
  let pace = claimed.pace;
  const told = round.map(({ ask }): Admission => {
    if (seats === 0) return { outcome: "later", inMs: againInMs };
    const admitted = admit(pace, ask, limits);
    pace = admitted.pace;
    return admitted.told;
  });
  return { pace, told: { told, seats } };
}

function tooLong(inMs: number): ForgeAway {
  const seconds = Math.ceil(inMs / 1000);
  return new ForgeAway(
    `GitHub's limits leave no room for ${seconds} seconds: this installation asked a lot.`,
    inMs,
    "not-done",
  );
}

/** For a server without limits. */
export const OPEN_GATE: PaceGate = { pass: async () => () => undefined, close: async () => undefined };

/** One gate a name: connections to several repositories of an installation share it. */
export function gates(pace: GateSettings | null): (name: string) => PaceGate {
  const known = new Map<string, PaceGate>();
  return (name) => {
    const gate = known.get(name) ?? (pace ? paceGate(name, pace) : OPEN_GATE);
    known.set(name, gate);
    return gate;
  };
}
