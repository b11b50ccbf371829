import type { Model, Reply } from "../../src/models/model.ts";
import { type Call, type Tap, tapped } from "./tapped-models.ts";

/** Models of which one call, the first that fits, hangs until it is told to go on or is aborted. */
export type Hanging = Tap & {
  /** Resolves when the call hangs. */
  readonly began: Promise<void>;
  /** How the call that hung ended; null while it hangs. */
  readonly ended: () => "aborted" | "answered" | null;
  /** Lets the model answer. */
  readonly goOn: () => void;
};

/** Tokens that the call has written when it hangs. */
export const WRITTEN = 123;
const STOPPED: Reply = { outcome: "unavailable", reason: "It was stopped.", retryAfterMs: null, cause: "stopped" };

export function hanging(models: readonly Model[], fits: (call: Call) => boolean): Hanging {
  let ended: "aborted" | "answered" | null = null;
  let begin = () => {};
  let goOn = () => {};
  const began = new Promise<void>((resolve) => (begin = resolve));
  const gone = new Promise<"answered">((resolve) => (goOn = () => resolve("answered")));
  let hung = false;
  const tap = tapped(models, async (call, _count, signal, watch) => {
    if (hung || !fits(call)) return null;
    hung = true;
    const aborted = new Promise<"aborted">((resolve) => signal?.addEventListener("abort", () => resolve("aborted")));
    // It has begun to answer.
    watch?.({ outputTokens: WRITTEN, elapsedMs: 1 });
    begin();
    ended = await Promise.race([aborted, gone]);
    return ended === "aborted" ? STOPPED : null;
  });
  return { ...tap, began, ended: () => ended, goOn };
}
