import { open, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** A file that exists while somebody does what only one process may do at a time. Its owner touches it; a dead owner does not. */
const TOUCH_MS = 5_000;
/** Six touches missed: the owner is gone, or so starved that somebody else may as well begin. */
const STALE_MS = 30_000;
const LOOK_MS = 200;
const LOOK_MAX_MS = 2_000;

export async function withLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  const seen = { mtimeMs: Number.NaN, at: 0 };
  for (let pause = LOOK_MS; !(await taken(path, seen)); pause = Math.min(LOOK_MAX_MS, pause * 1.5))
    await wait(pause * (0.75 + Math.random() / 2));
  const touch = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, TOUCH_MS);
  touch.unref();
  try {
    return await act();
  } finally {
    clearInterval(touch);
    await rm(path, { force: true });
  }
}

/** @param seen when its owner touched it last, by their clock, and since when we know, by ours: clocks that are set say nothing of an owner */
async function taken(path: string, seen: { mtimeMs: number; at: number }): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs !== seen.mtimeMs) Object.assign(seen, { mtimeMs: found.mtimeMs, at: performance.now() });
    else if (found && performance.now() - seen.at > STALE_MS) await rm(path, { force: true });
    return false;
  }
}
