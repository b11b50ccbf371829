import { setImmediate as turn } from "node:timers/promises";

export type Limits = {
  /** Items of one round. */
  readonly atOnceMax: number;
  /** Rounds under way at the same time. */
  readonly roundsMax: number;
};

/** Turns of the event loop for which a round waits while each brings more: together a millisecond or two. */
const TURNS_MAX = 4;

/**
 * Work that comes in while one round is under way goes together in the next: a commit costs the same for one as for many.
 * Nothing waits for company, but for what is arriving just now. A second round may be under way beside the first: it is made while
 * the database is at work on that one.
 *
 * A round that fails is done again one by one, so that what cannot be stored takes nobody with it.
 */
export function together<In, Out>(
  work: (all: readonly In[]) => Promise<readonly Out[]>,
  { atOnceMax, roundsMax }: Limits,
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
      if (round.length === 1) return round[0]?.reject(error);
      for (const alone of round) await settle([alone]);
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
