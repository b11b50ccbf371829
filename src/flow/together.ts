// Held by test/scenarios/interrupt.test.ts
import { setImmediate as turn } from "node:timers/promises";

export type Limits = {
  /** Items of one round. */
  readonly atOnceMax: number;
  /** Rounds under way at the same time. */
  readonly roundsMax: number;
  /** A round goes beside others when the oldest of them has been under way for so long. */
  readonly besideAfterMs: number;
  /** Items that wait for a round; what comes beyond is refused at once, so that waiting takes no more room and time than that. */
  readonly waitingMax: number;
};

/** Turns of the event loop for which a round waits while each brings more: together a millisecond or two. */
const TURNS_MAX = 4;

/** So few always go in one round: it costs nearly the same for them as for one. */
const WHOLE_MAX = 8;

/**
 * Work that comes in while one round is under way goes together in the next: a commit costs the same for one as for many.
 * Nothing waits for company, but for what is arriving just now.
 *
 * Of many, a round takes half, counting with those of the round before, who are on their way again. So this process makes the one half
 * while the database is at work on the other. All in one round would be answered together and come again together, and each of the two
 * would wait for the other in turn. Another round goes beside the oldest only where that one is slow: where it waits for a lock, a
 * disk or a server far away; and then it goes, whether or not anybody else comes. Two that are begun together end together too.
 *
 * A round that fails by what is in it is done again in halves, so that what cannot be stored takes nobody with it. Any other failure is
 * that of all: who asked a database that is away again for each of them would keep those waiting who come when it is back.
 *
 * @param isOfOne whether an error may be that of one item, and the others would go well without it
 */
export function together<In, Out>(
  work: (all: readonly In[]) => Promise<readonly Out[]>,
  { atOnceMax, roundsMax, besideAfterMs, waitingMax }: Limits,
  isOfOne: (error: unknown) => boolean,
): (one: In) => Promise<Out> {
  type Waiting = { readonly one: In; resolve(out: Out): void; reject(error: unknown): void };
  const waiting: Waiting[] = [];
  const underWay = new Set<{ beganAt: number }>();
  let later: NodeJS.Timeout | null = null;

  const settle = async (round: readonly Waiting[]): Promise<void> => {
    if (round.length === 0) return;
    try {
      const done = await work(round.map(({ one }) => one));
      round.forEach(({ resolve }, index) => resolve(done[index] as Out));
    } catch (error) {
      if (round.length === 1 || !isOfOne(error)) return round.forEach(({ reject }) => reject(error));
      const half = Math.floor(round.length / 2);
      await settle(round.slice(0, half));
      await settle(round.slice(half));
    }
  };
  const go = async (last: number): Promise<void> => {
    const own = { beganAt: performance.now() };
    underWay.add(own);
    await arrived(waiting, Math.max(WHOLE_MAX, last));
    const half = Math.max(WHOLE_MAX, Math.ceil((waiting.length + last) / 2));
    const round = waiting.splice(0, Math.min(half, atOnceMax));
    own.beganAt = performance.now();
    look();
    await settle(round);
    underWay.delete(own);
    look(round.length);
  };
  /** Begins a round for those who wait as soon as there may be one. @param last how many were in the round that has just ended */
  const look = (last = 0): void => {
    if (waiting.length === 0 || underWay.size >= roundsMax) return;
    if (underWay.size === 0) return void go(last);
    // A time that is set is never too late, since the oldest only ever becomes a younger one.
    if (later) return;
    const oldest = Math.min(...[...underWay].map(({ beganAt }) => beganAt));
    const inMs = oldest + besideAfterMs - performance.now();
    if (inMs > 0) later = setTimeout(lookAgain, inMs).unref();
    else void go(last);
  };
  const lookAgain = () => {
    later = null;
    look();
  };
  return (one) =>
    new Promise<Out>((resolve, reject) => {
      if (waiting.length >= waitingMax) return reject(new Error(`${waitingMax} wait already, and no more are taken`));
      waiting.push({ one, resolve, reject });
      look();
    });
}

async function arrived(waiting: readonly unknown[], enough: number): Promise<void> {
  for (let [turns, before] = [0, 0]; turns < TURNS_MAX && waiting.length > before && waiting.length < enough; turns++) {
    before = waiting.length;
    await turn();
  }
}
