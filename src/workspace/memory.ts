import { readdir, readFile } from "node:fs/promises";

/** Less shared memory in one process is not looked at more closely. */
const SHARED_LOOKED_AT_BYTES = 8 * 1024 * 1024;

/**
 * Memory that a process and all its descendants hold, in bytes, as the kernel counts it now: their own pages, and what
 * they share in memory, once. Program files that many of them share would count many times and are left out. 0 where
 * there is no /proc.
 */
export async function residentBytes(root: number): Promise<number> {
  const all = await processes();
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of all) children.set(parent, [...(children.get(parent) ?? []), pid]);
  let sum = 0;
  /** Of those whose share the kernel does not tell, the largest: how much of it is the same is not known. */
  let untold = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const { own = 0, shared = 0 } = all.get(pid) ?? {};
    const share = shared < SHARED_LOOKED_AT_BYTES ? null : await sharePart(pid);
    sum += own + (share ?? 0);
    if (share === null) untold = Math.max(untold, shared);
    open.push(...(children.get(pid) ?? []));
  }
  return sum + untold;
}

/** A page that four processes share is a quarter of a page for each of them. */
async function sharePart(pid: number): Promise<number | null> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "latin1").catch(() => "");
  const kilobytes = /^Pss_Shmem:\s+(\d+) kB/m.exec(rollup)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

type Held = { readonly parent: number; readonly own: number; readonly shared: number };

async function processes(): Promise<Map<number, Held>> {
  const names = await readdir("/proc").catch(() => [] as string[]);
  const found = new Map<number, Held>();
  for (const name of names.filter((one) => /^\d+$/.test(one))) {
    // It may have ended since the folder was listed.
    const status = await readFile(`/proc/${name}/status`, "latin1").catch(() => "");
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    const held = (what: RegExp) => Number(what.exec(status)?.[1] ?? "0") * 1024;
    const [own, shared] = [held(/^RssAnon:\s+(\d+) kB/m), held(/^RssShmem:\s+(\d+) kB/m)];
    if (parent !== undefined) found.set(Number(name), { parent: Number(parent), own, shared });
  }
  return found;
}
