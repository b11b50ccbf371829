import { constants, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Pipe, runProcess } from "./process.ts";

const MAKE_MS = 10_000;

/**
 * A pipe for the output of a run. Node gives its children sockets, and nobody can open a socket again by its name: to
 * a program that writes to `/dev/stdout` they are broken. A named pipe can be opened again, also after its name is gone.
 * @param folder of ours, which nobody else may enter
 * @returns null where there is no `mkfifo`; a socket has to do then
 */
export async function makePipe(folder: string, mkfifo: string | null): Promise<Pipe | null> {
  if (mkfifo === null) return null;
  const path = join(folder, "output");
  const made = await runProcess({
    ...{ file: mkfifo, args: ["-m", "0666", path], user: null, inputs: [] },
    ...{ timeoutMs: MAKE_MS, outputBytesMax: 0, memoryBytesMax: Number.MAX_SAFE_INTEGER },
  });
  if (made.exitCode !== 0) return null;
  // The reading end first, and without waiting for somebody who writes.
  const reads = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writes = openSync(path, constants.O_WRONLY);
  await rm(path);
  return { reads, writes };
}
