import { fork } from "node:child_process";
import { once } from "node:events";
import type { SabotageName } from "./sabotage.ts";
import type { Told } from "./story.ts";

/**
 * Processes that tell stories side by side, one seed at a time each: what a seed meets is chance of its own, and a story that ends
 * its process or hangs is one seed's and nobody else's.
 */
export type Wanted = { readonly seed: number; readonly sabotage: SabotageName | null };
export type Teller = { tell(wanted: Wanted): Promise<Told>; close(): void };

/** Stories of one process: what a thousand of them leave behind shall not make one of them fail. */
const STORIES_MAX = 25;
/** A story takes a second or two; on a crowded machine twenty. */
const STORY_MS_MAX = 3 * 60_000;

export function openTeller(): Teller {
  let [child, told] = [begin(), 0];
  const again = () => {
    child.kill("SIGKILL");
    [child, told] = [begin(), 0];
  };
  return {
    tell: async (wanted) => {
      if (told++ >= STORIES_MAX) again();
      const fell = (why: string): Told => ({ seed: wanted.seed, story: [], broken: [why] });
      const limit = AbortSignal.timeout(STORY_MS_MAX);
      const over = new AbortController();
      const signal = AbortSignal.any([limit, over.signal]);
      child.send(wanted);
      const heard = once(child, "message", { signal }).then(([message]) => message as Told);
      const ended = once(child, "exit", { signal }).then(([code, name]) => {
        again();
        return fell(`the process of the simulator ended with ${code ?? name}`);
      });
      ended.catch(() => undefined);
      return Promise.race([heard, ended])
        .catch(() => {
          again();
          return fell(`the story has no end after ${STORY_MS_MAX / 1_000} s`);
        })
        .finally(() => over.abort());
    },
    close: () => void child.kill("SIGKILL"),
  };
}

function begin() {
  return fork(new URL("./teller.ts", import.meta.url), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}
