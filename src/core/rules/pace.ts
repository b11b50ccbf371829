/**
 * How fast one installation may ask a forge, for all workers together. GitHub counts an installation's requests wherever they
 * come from, so the count is shared (`src/store/pace-store.ts`) and this only says what may go now, and when else. All
 * times are the database's: milliseconds of the one clock that all workers share.
 */
export type Doing = "read" | "write" | "create";

export type PaceLimits = {
  /** A read counts 1, anything else 5. */
  readonly pointsPerMinute: number;
  /** Comments, reviews, pull requests, checks. */
  readonly createsPerMinute: number;
  readonly createsPerHour: number;
  readonly concurrent: number;
  readonly betweenWritesMs: number;
};

/** GitHub's secondary limits, as its manual gives them. */
export const GITHUB_PACE: PaceLimits = {
  pointsPerMinute: 900,
  createsPerMinute: 80,
  createsPerHour: 500,
  concurrent: 100,
  betweenWritesMs: 1_000,
};

/** What was let go, by time: `[slot, count]`, oldest first. */
type Tally = readonly (readonly [slot: number, count: number])[];
type Seat = { readonly holder: string; readonly count: number; readonly until: number };

export type Pace = {
  /** When it was last changed. */
  readonly at: number;
  readonly points: Tally;
  readonly creates: Tally;
  readonly createsOfHour: Tally;
  readonly nextWriteAt: number;
  readonly closedUntil: number;
  readonly seats: readonly Seat[];
};

/** `count` reads at most; as many as there is room for are given. Writes go one by one. */
export type Ask = { readonly doing: Doing; readonly count: number };

export type Admission =
  /** `count` may leave, `inMs` from now and not much later. They are counted already. */
  | { readonly outcome: "go"; readonly inMs: number; readonly count: number }
  /** Nothing was counted; asking again is worth it then. */
  | { readonly outcome: "later"; readonly inMs: number };

/** What GitHub counts for a request that writes. */
const WRITE_POINTS = 5;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Slots are small beside their window: what is counted a slot too long is not used. */
const SLOTS = 60;
/** So long after its time a read may leave that was given before: it is counted for that much longer. */
export const READ_LATE_MS = 1_000;
/** So late a write may leave; the next one is kept that much further away. Who wakes up later asks again. */
export const WRITE_LATE_MS = 100;
/** Further ahead no write is promised: its worker has better things to do than to stand still. */
export const AHEAD_MS_MAX = 10_000;

/** One process takes at most so many of the requests that may be under way at once, and never more than half of what is left. */
const SEATS_OF_ONE = 8;
/** Longer than a request can take: whoever holds seats may have died with requests under way. */
const SEAT_MS = 90_000;
/** When there is none, somebody's soon ends. */
const SEAT_AGAIN_MS = 1_000;

const FRESH: Pace = {
  ...{ at: 0, points: [], creates: [], createsOfHour: [] },
  ...{ nextWriteAt: 0, closedUntil: 0, seats: [] },
};

/** The pace as it stands now. A clock that was set back takes all times along, so that nobody waits for the difference. */
export function paceAt(pace: Pace | null, now: number): Pace {
  const known = pace ?? { ...FRESH, at: now };
  const back = known.at - now;
  const shifted = back > 0 ? shift(known, -back) : known;
  return {
    ...{ at: now, nextWriteAt: shifted.nextWriteAt, closedUntil: shifted.closedUntil },
    points: recent(shifted.points, MINUTE_MS, now),
    creates: recent(shifted.creates, MINUTE_MS, now),
    createsOfHour: recent(shifted.createsOfHour, HOUR_MS, now),
    seats: shifted.seats.filter(({ until }) => until > now),
  };
}

/** @param pace as `paceAt` gives it */
export function admit(pace: Pace, ask: Ask, limits: PaceLimits): { readonly pace: Pace; readonly told: Admission } {
  const now = pace.at;
  const later = (at: number) => ({ pace, told: { outcome: "later", inMs: Math.max(1, at - now) } as const });
  if (pace.closedUntil > now) return later(pace.closedUntil);
  if (ask.doing === "read") {
    const room = limits.pointsPerMinute - sum(pace.points);
    if (room < Math.min(1, ask.count)) return later(freeAt(pace.points, MINUTE_MS, limits.pointsPerMinute - 1));
    const count = Math.min(room, ask.count);
    return {
      pace: { ...pace, points: add(pace.points, MINUTE_MS, now, count) },
      told: { outcome: "go", inMs: 0, count },
    };
  }
  const at = writeAt(pace, ask.doing, limits);
  if (at - now > AHEAD_MS_MAX) return later(at);
  const counted = { ...pace, points: add(pace.points, MINUTE_MS, at, WRITE_POINTS) };
  const created = ask.doing === "create" && {
    creates: add(pace.creates, MINUTE_MS, at, 1),
    createsOfHour: add(pace.createsOfHour, HOUR_MS, at, 1),
  };
  const nextWriteAt = at + limits.betweenWritesMs + WRITE_LATE_MS;
  return { pace: { ...counted, ...created, nextWriteAt }, told: { outcome: "go", inMs: at - now, count: 1 } };
}

/** The forge asked to be left alone. */
export function closed(pace: Pace, forMs: number): Pace {
  return { ...pace, closedUntil: Math.max(pace.closedUntil, pace.at + forMs) };
}

/** How many requests of this holder may be under way at once; they are its own for a while. It keeps those in use. */
export function seated(
  pace: Pace,
  claim: { readonly holder: string; readonly inUse: number },
  limits: PaceLimits,
): { readonly pace: Pace; readonly seats: number; readonly againInMs: number } {
  const others = pace.seats.filter((one) => one.holder !== claim.holder);
  const free = limits.concurrent - others.reduce((all, { count }) => all + count, 0);
  const seats = Math.max(claim.inUse, Math.min(SEATS_OF_ONE, Math.ceil(free / 2)));
  if (seats < 1) return { pace: { ...pace, seats: others }, seats: 0, againInMs: SEAT_AGAIN_MS };
  const mine = { holder: claim.holder, count: seats, until: pace.at + SEAT_MS };
  return { pace: { ...pace, seats: [...others, mine] }, seats, againInMs: 0 };
}

function writeAt(pace: Pace, doing: Doing, limits: PaceLimits): number {
  const times = [pace.at, pace.nextWriteAt, freeAt(pace.points, MINUTE_MS, limits.pointsPerMinute - WRITE_POINTS)];
  if (doing === "create") {
    times.push(freeAt(pace.creates, MINUTE_MS, limits.createsPerMinute - 1));
    times.push(freeAt(pace.createsOfHour, HOUR_MS, limits.createsPerHour - 1));
  }
  return Math.max(...times);
}

/** When no more than `left` of it counts any longer. */
function freeAt(tally: Tally, windowMs: number, left: number): number {
  let over = sum(tally) - left;
  for (const [slot, count] of tally) {
    if (over <= 0) break;
    over -= count;
    if (over <= 0) return endOf(slot, windowMs);
  }
  return 0;
}

/** A request of the slot's last moment, late by as much as is allowed, has then left the window. */
function endOf(slot: number, windowMs: number): number {
  return (slot + 1) * (windowMs / SLOTS) + windowMs + READ_LATE_MS;
}

function recent(tally: Tally, windowMs: number, now: number): Tally {
  return tally.filter(([slot]) => endOf(slot, windowMs) > now);
}

function add(tally: Tally, windowMs: number, at: number, count: number): Tally {
  const slot = Math.floor(at / (windowMs / SLOTS));
  const known = tally.find(([one]) => one === slot)?.[1] ?? 0;
  const others = tally.filter(([one]) => one !== slot);
  return [...others, [slot, known + count] as const].sort(([one], [other]) => one - other);
}

function sum(tally: Tally): number {
  return tally.reduce((all, [, count]) => all + count, 0);
}

function shift(pace: Pace, byMs: number): Pace {
  const moved = (tally: Tally, windowMs: number): Tally => {
    const slots = Math.ceil(byMs / (windowMs / SLOTS));
    return tally.map(([slot, count]) => [slot + slots, count] as const);
  };
  return {
    at: pace.at + byMs,
    points: moved(pace.points, MINUTE_MS),
    creates: moved(pace.creates, MINUTE_MS),
    createsOfHour: moved(pace.createsOfHour, HOUR_MS),
    nextWriteAt: pace.nextWriteAt + byMs,
    closedUntil: pace.closedUntil + byMs,
    seats: pace.seats.map((seat) => ({ ...seat, until: seat.until + byMs })),
  };
}
