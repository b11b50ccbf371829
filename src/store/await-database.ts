import { setTimeout as sleep } from "node:timers/promises";
import type { Opened } from "./database.ts";

/**
 * A server that starts together with its database waits for it: a machine that comes up starts both in any order. What the
 * operator has to mend (another password, a database that does not exist) is not waited for.
 */
const DATABASE_WAIT_MS = 2 * 60_000;
const FIRST_PAUSE_MS = 250;
const PAUSE_MS_MAX = 5_000;

export type Waiting = {
  /** Told before each pause. */
  readonly onWait: (sentence: string, inMs: number) => void;
  readonly waitMs?: number;
  readonly pauseMs?: number;
};

export async function awaitDatabase(open: () => Promise<Opened>, waiting: Waiting): Promise<Opened> {
  const { onWait, waitMs = DATABASE_WAIT_MS, pauseMs = FIRST_PAUSE_MS } = waiting;
  const until = performance.now() + waitMs;
  for (let pause = pauseMs; ; pause = Math.min(pause * 2, PAUSE_MS_MAX)) {
    const opened = await open();
    if (opened.outcome === "open" || opened.because !== "away") return opened;
    const inMs = Math.round(pause * (0.75 + Math.random() / 2));
    if (performance.now() + inMs > until) {
      const seconds = Math.round(waitMs / 1000);
      return {
        ...opened,
        sentence: `${opened.sentence} It was waited for ${seconds} s. Start the database, or correct DATABASE_URL.`,
      };
    }
    onWait(opened.sentence, inMs);
    await sleep(inMs);
  }
}
