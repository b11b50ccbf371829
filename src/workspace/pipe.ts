import { constants, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Pipe, runProcess } from "./process.ts";

/** Making a named pipe takes milliseconds, on a busy machine a second. */
const MAKE_MS = 10_000;

/** One program makes so many at once: starting it takes longer than what it does. */
const AT_ONCE = 4;
/** Made and never used by anybody; each is for one run, so that no process left over from another can write into it. */
const fresh: Pipe[] = [];

/**
 * A pipe for the output of a run. Node gives its children sockets, and nobody can open a socket again by its name: to
 * a program that writes to `/dev/stdout` they are broken. A named pipe can be opened again, also after its name is gone.
 * @param folder of ours, which nobody else may enter
 * @returns null where there is no `mkfifo`; a socket has to do then
 */
export async function makePipe(folder: string, mkfifo: string | null): Promise<Pipe | null> {
  if (mkfifo === null) return null;
  const found = fresh.pop();
  if (found) return found;
  const paths = Array.from({ length: AT_ONCE }, (_, at) => join(folder, `output${at}`));
  const made = await runProcess({
    ...{ file: mkfifo, args: ["-m", "0666", ...paths], user: null, inputs: [] },
    ...{ timeoutMs: MAKE_MS, outputBytesMax: 0, memoryBytesMax: Number.MAX_SAFE_INTEGER },
  });
  if (made.exitCode !== 0) return null;
  for (const path of paths) fresh.push(await opened(path));
  return fresh.pop() ?? null;
}

async function opened(path: string): Promise<Pipe> {
  // The reading end first, and without waiting for somebody who writes.
  const reads = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writes = openSync(path, constants.O_WRONLY);
  await rm(path);
  return { reads, writes };
}
