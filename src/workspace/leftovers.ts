import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** What a killed server left in the folder of temporary files: trees, folders of runs and sockets. Those of live processes stay. */
export async function sweepLeftovers(temporary: string): Promise<void> {
  for (const name of await readdir(temporary).catch(() => [] as string[])) {
    const pid = /^coop-(?:run|tree|agent|proxy)-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // Another start may be sweeping too, and somebody else's folder is not ours to remove.
    await rm(join(temporary, name), { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
