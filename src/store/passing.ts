import { setTimeout as sleep } from "node:timers/promises";

/** SQLSTATE of a database that can only be read just now: the one that stands by, or one that is being handed over. */
const READ_ONLY = "25006";
/** SQLSTATE of what a user may not do. */
const NO_RIGHT = "42501";
/** Classes of what ends by itself: connections, resources, what holds locks, somebody who steps in, the system beneath. */
const PASSING = /^(?:08|53|55|57|58)...$/;
const NETWORK = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET)/;
/** The driver's own words have no code. */
const BROKEN_OFF = /^(?:Connection terminated|Query read timeout|timeout exceeded)/;

/** Longer than a failover takes, shorter than anybody waits for a step. */
const PERSEVERED_MS = 90_000;
/** Somebody sits and waits, and can resume. */
export const PERSEVERED_AT_A_DESK_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const PAUSE_MS_MAX = 5_000;

export function isReadOnly(error: unknown): boolean {
  return codeOf(error) === READ_ONLY;
}

/** What only somebody with more rights can mend. */
export function isForbidden(error: unknown): boolean {
  return codeOf(error) === NO_RIGHT;
}

/** Whether a database says so that is away, full, handed over or being stopped, and may take the same in a moment. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null) return code === READ_ONLY || PASSING.test(code) || NETWORK.test(code);
  return error instanceof Error && BROKEN_OFF.test(error.message);
}

/**
 * For what cannot be had again if it is not stored, such as an answer that was paid for. It may have been stored by a try whose
 * answer was lost, so `work` has to stand being done twice.
 */
export async function persevere<T>(
  work: () => Promise<T>,
  forMs = PERSEVERED_MS,
  pauseMs = FIRST_PAUSE_MS,
): Promise<T> {
  const until = performance.now() + forMs;
  for (let pause = pauseMs; ; pause = Math.min(pause * 2, PAUSE_MS_MAX)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || performance.now() + pause > until) throw error;
      await sleep(pause);
    }
  }
}

function codeOf(error: unknown): string | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : null;
}
