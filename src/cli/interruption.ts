import { EXIT } from "./exit.ts";

export type Interruption = { readonly signal: AbortSignal; stop(): void };

/** A launcher hands on what its whole group has heard already (`timeout` signals both): that is one signal, not two. */
const SAME_SIGNAL_MS = 1_000;

/** The first signal parks; a second one ends at once, which loses nothing either. */
export function interrupted(): Interruption {
  const controller = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now();
      controller.abort(new Error("A person interrupted the run"));
    } else if (performance.now() - firstAt >= SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const stop = () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  return { signal: controller.signal, stop };
}
