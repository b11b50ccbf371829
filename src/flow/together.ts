// Held by test/scenarios/interrupt.test.ts
import { setImmediate as turn } from "node:timers/promises";

export type Limits = {
  /** Items of one round. */
  readonly atOnceMax: number;
  /** Rounds under way at the same time. */
  readonly roundsMax: number;
  /** Items that wait for a round; what comes beyond is refused at once, so that waiting takes no more room and time than that. */
  readonly waitingMax: number;
};

/** Turns of the event loop for which a round waits while each brings more: together a millisecond or two. */
const TURNS_MAX = 4;

/**
 * Work that comes in while one round is under way goes together in the next: a commit costs the same for one as for many.
 * Nothing waits for company, but for what is arriving just now. A second round may be under way beside the first: it is made while
 * the database is at work on that one.
 *
 * A round that fails by what is in it is done again in halves, so that what cannot be stored takes nobody with it. Any other failure is
 * that of all: who asked a database that is away again for each of them would keep those waiting who come when it is back.
 *
 * @param isOfOne whether an error may be that of one item, and the others would go well without it
 */
export function together<In, Out>(
  work: (all: readonly In[]) => Promise<readonly Out[]>,
  { atOnceMax, roundsMax, waitingMax }: Limits,
  isOfOne: (error: unknown) => boolean,
): (one: In) => Promise<Out> {
  type Waiting = { readonly one: In; resolve(out: Out): void; reject(error: unknown): void };
  const waiting: Waiting[] = [];
  let underWay = 0;

  const settle = async (round: readonly Waiting[]): Promise<void> => {
    if (round.length === 0) return;
    try {
      const done = await work(round.map(({ one }) => one));
      round.forEach(({ resolve }, index) => resolve(done[index] as Out));
    } catch (error) {
      if (round.length === 1 || !isOfOne(error)) return round.forEach(({ reject }) => reject(error));
      const half = Math.ceil(round.length / 2);
      await settle(round.slice(0, half));
      await settle(round.slice(half));
    }
  };
  const go = async (): Promise<void> => {
    underWay += 1;
    while (waiting.length > 0) {
      await arrived(waiting);
      await settle(waiting.splice(0, atOnceMax));
    }
    underWay -= 1;
  };
  return (one) =>
    new Promise<Out>((resolve, reject) => {
      if (waiting.length >= waitingMax) return reject(new Error(`${waitingMax} wait already, and no more are taken`));
      waiting.push({ one, resolve, reject });
      if (underWay < roundsMax) void go();
    });
}

async function arrived(waiting: readonly unknown[]): Promise<void> {
  for (let [turns, before] = [0, 0]; turns < TURNS_MAX && waiting.length > before; turns++) {
    before = waiting.length;
    await turn();
  }
}
