import { setTimeout as wait } from "node:timers/promises";
import { lastLook } from "../forge/forge.ts";

/**
 * Keeps writes of one installation apart. It has the shape of the throttling plugin's groups, whose own spacing cannot
 * be set without depending on its queue library. Goes by a clock that nobody can set: after one hour back on the wall clock
 * everything would wait for an hour.
 */
export function spacing(betweenMs: number) {
  const nextAt = new Map<string, number>();
  return {
    key: (id: string) => ({
      schedule: async (_options: unknown, job: () => Promise<unknown>): Promise<unknown> => {
        const now = performance.now();
        const startAt = Math.max(now, nextAt.get(id) ?? 0);
        nextAt.set(id, startAt + betweenMs);
        if (startAt > now) {
          await wait(startAt - now);
          // Whoever was frozen while it waited wakes up here.
          await lastLook.getStore()?.();
        }
        return job();
      },
    }),
  };
}
