import { setTimeout as sleep } from "node:timers/promises";
import { jittered } from "../core/rules/jitter.ts";

/** SQLSTATE of a database that can only be read just now: the one that stands by, or one that is being handed over. */
const READ_ONLY = "25006";
/** SQLSTATE of what a user may not do. */
const NO_RIGHT = "42501";
/**
 * What ends by itself: classes of connections, of what others undid, resources, what holds locks, somebody who steps in, the system
 * beneath; and a transaction that a busy process left alone for too long.
 */
const PASSING = /^(?:08|40|53|55|57|58)...$|^25P0[34]$/;
/** A container that is started again has no name meanwhile. */
const NETWORK = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/;
/** The driver's own words have no code. A session that was ended between two statements says "is not queryable" to the second. */
const BROKEN_OFF = /^(?:Connection terminated|Query read timeout|timeout exceeded|Client .* is not queryable$)/;
/** SQLite's codes for a file that others hold, and for a full disk. */
const FILE_PASSING: ReadonlySet<number> = new Set([5, 13]);

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
      // What comes back for one worker comes back for all of them.
      const inMs = jittered(pause, Math.random());
      if (!(isPassing(error) || isFileBusy(error)) || performance.now() + inMs > until) throw error;
      await sleep(inMs);
    }
  }
}

/** Apart from `isPassing`: at the start whoever owns the file is told what to do about it. */
function isFileBusy(error: unknown): boolean {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === "number" && FILE_PASSING.has(errcode & 0xff);
}

function codeOf(error: unknown): string | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : null;
}
