import { within } from "../within.ts";

/** Whether the promise settles in time. Its failure is reported by whoever else awaits it, or is of no interest. */
export async function settled(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  const done = promise.then(
    () => true,
    () => true,
  );
  return within(withinMs, done, false);
}

/** Rejects with the signal's reason when it is aborted, and never otherwise. */
export function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
