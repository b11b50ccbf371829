import { setImmediate as turn } from "node:timers/promises";

/**
 * Work that comes in while one round is under way goes together in the next: a commit costs the same for one as for many.
 * Nothing waits for company beyond what has reached this process already: a database inside it lets nothing else come in
 * while it is at work.
 *
 * A round that fails is done again one by one, so that what cannot be stored takes nobody with it.
 */
export function together<In, Out>(
  work: (all: readonly In[]) => Promise<readonly Out[]>,
  atOnceMax: number,
): (one: In) => Promise<Out> {
  type Waiting = { readonly one: In; resolve(out: Out): void; reject(error: unknown): void };
  const waiting: Waiting[] = [];
  let underWay = false;

  const settle = async (round: readonly Waiting[]): Promise<void> => {
    try {
      const done = await work(round.map(({ one }) => one));
      round.forEach(({ resolve }, index) => resolve(done[index] as Out));
    } catch (error) {
      if (round.length === 1) return round[0]?.reject(error);
      for (const alone of round) await settle([alone]);
    }
  };
  const go = async (): Promise<void> => {
    underWay = true;
    while (waiting.length > 0) {
      await turn();
      await settle(waiting.splice(0, atOnceMax));
    }
    underWay = false;
  };
  return (one) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (!underWay) void go();
    });
}
