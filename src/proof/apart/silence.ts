/** Of a processor, for one piece of reading: a hundred times what the largest file that is parsed takes on a slow machine. */
export const SILENT_MS = 30_000;
/** So many times as long by the clock: a busy machine is no trait of the change, but no reason to wait without an end either. */
const SILENT_CLOCK_FACTOR = 10;
/** How often it is looked at what the thread used. */
export const LOOK_MS = 1_000;

/** It worked too long without a word, or hardly came to work for far too long. */
export type Silence = "silent" | "starved";

/** A thread, as far as it can be asked what it used. Node 24.0 to 24.5 cannot tell. */
export type Watched = { cpuUsage?(): Promise<NodeJS.CpuUsage> };

/**
 * Tells once a thread has been silent for too long. Counted by what it used of a processor, so that a small honest change is read on a
 * busy machine as well; and in looks and not by the clock, because where the looking thread was held up, the other one was not silent.
 *
 * @param silentMs so much of a processor may be used between two words; ten times as much by the clock
 */
export function silenceOf(thread: Watched, silentMs: number, onSilence: (as: Silence) => void) {
  let [looks, isOver] = [0, false];
  let before: NodeJS.CpuUsage | null = null;
  const look = async (): Promise<void> => {
    looks += 1;
    if (looks * LOOK_MS > silentMs * SILENT_CLOCK_FACTOR) return onSilence("starved");
    if (!thread.cpuUsage) return looks * LOOK_MS > silentMs ? onSilence("silent") : undefined;
    const used = await thread.cpuUsage().catch(() => null);
    // It may have come to its end while it was asked, and may be at work for another proof.
    if (!used || isOver) return;
    before ??= used;
    if ((used.user + used.system - before.user - before.system) / 1_000 > silentMs) onSilence("silent");
  };
  const heard = (): void => {
    looks = 0;
    before = null;
  };
  return { look, heard, end: () => void (isOver = true) };
}
