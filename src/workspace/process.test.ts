import { expect, it } from "@jest/globals";
import { runProcess } from "./process.ts";

/** Whole in the pipe when its writer ends, and several slices long. */
const LINES = Array.from({ length: 9_000 }, (_, index) => `${index}\n`).join("");

it.each(["onErrors", "onOutput"] as const)(
  "hears what a process says in its last moment in its order (%s)",
  async (to) => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const heard: Buffer[] = [];
      const result = await runProcess({
        ...{ file: "/bin/sh", args: ["-c", `seq 0 8999 ${to === "onErrors" ? ">&2" : ""}`], user: null, inputs: [] },
        ...{ timeoutMs: 20_000, outputBytesMax: 1_000, memoryBytesMax: Number.MAX_SAFE_INTEGER },
        [to]: (chunk: Buffer) => void heard.push(chunk),
      });
      expect(result).toMatchObject({ outcome: "exited", exitCode: 0 });
      // Not toBe: a difference of 50 kB is nothing that anybody reads.
      expect(Buffer.concat(heard).toString() === LINES).toBe(true);
    }
  },
);
