import { readFile, statfs } from "node:fs/promises";

/**
 * What lies in the file systems in memory of a run: its workspace, `/tmp` and `/dev/shm`, also files that have no name any more. It
 * is in no process, and the kernel counts it for nobody.
 * @param pid a process in the run's mount namespace; one that is still in the host's has none of them
 * @returns bytes; 0 where there is no /proc
 */
export async function filesInMemory(pid: number): Promise<number> {
  const ours = new Set(mountsIn(await tableOf("self")).map(({ device }) => device));
  const rooms = new Map(
    mountsIn(await tableOf(pid))
      .filter(({ device }) => !ours.has(device))
      .map((one) => [one.room, one]),
  );
  const used = await Promise.all([...rooms.values()].map(({ at }) => usedAt(`/proc/${pid}/root${at}`)));
  return used.reduce((total, bytes) => total + bytes, 0);
}

type Room = { readonly device: string; readonly at: string; readonly room: string };

/** Layers of one run lie in one file system, which they do not tell apart: the folder above their upper ones is its name. */
function mountsIn(table: string): Room[] {
  return table.split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const [, , device = "", , at = ""] = before.split(" ");
    const [kind, , options = ""] = after.split(" ");
    if (kind === "tmpfs") return [{ device, at: unescaped(at), room: device }];
    const upper = /(?:^|,)upperdir=([^,]+)\/[^/,]+(?:,|$)/.exec(options)?.[1];
    return kind === "overlay" && upper !== undefined ? [{ device, at: unescaped(at), room: upper }] : [];
  });
}

function tableOf(pid: number | "self"): Promise<string> {
  return readFile(`/proc/${pid}/mountinfo`, "utf8").catch(() => "");
}

async function usedAt(path: string): Promise<number> {
  // It may have ended since its table was read.
  const { blocks, bfree, bsize } = await statfs(path).catch(() => ({ blocks: 0, bfree: 0, bsize: 0 }));
  return (blocks - bfree) * bsize;
}

/** The table writes spaces and the like as `\040`. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
