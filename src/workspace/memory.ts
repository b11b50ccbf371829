import { readdir, readFile, readlink } from "node:fs/promises";

/** Less shared memory in one process is not looked at more closely. */
const SHARED_LOOKED_AT_BYTES = 8 * 1024 * 1024;

/** Descriptors of one process that nobody counts; test runners and their servers have fewer. */
const PIPES_UNCOUNTED = 256;
/** What a pipe or socket may hold in the kernel, where it is in no process's memory: a socket twice as much, a pipe half. */
const PIPE_BYTES = 128 * 1024;
/** Of thousands, so many are looked at. */
const DESCRIPTORS_LOOKED_AT = 64;

/**
 * Memory that a process and all its descendants hold, in bytes, as the kernel counts it now: their own pages, and what
 * they share in memory, once. Program files that many of them share would count many times and are left out. Tables of pages and
 * what stands in pipes and sockets is the kernel's, and would be nobody's. 0 where there is no /proc.
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
    const { own = 0, shared = 0, descriptors = 0 } = all.get(pid) ?? {};
    const share = shared < SHARED_LOOKED_AT_BYTES ? null : await sharePart(pid);
    const pipes = descriptors <= PIPES_UNCOUNTED ? 0 : await pipesOf(pid, descriptors);
    sum += own + (share ?? 0) + Math.max(0, pipes - PIPES_UNCOUNTED) * PIPE_BYTES;
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

/** How many of its descriptors are pipes or sockets, about. @param room of its table, which is what is left when it does not say */
async function pipesOf(pid: number, room: number): Promise<number> {
  const all = await readdir(`/proc/${pid}/fd`).catch(() => null);
  if (!all) return room;
  if (all.length <= PIPES_UNCOUNTED) return 0;
  const step = all.length / DESCRIPTORS_LOOKED_AT;
  const some = Array.from({ length: DESCRIPTORS_LOOKED_AT }, (_, at) => all[Math.floor(at * step)] ?? "");
  const targets = await Promise.all(some.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")));
  const pipes = targets.filter((one) => /^(?:pipe|socket):/.test(one)).length;
  return (pipes / DESCRIPTORS_LOOKED_AT) * all.length;
}

type Held = {
  readonly parent: number;
  readonly own: number;
  readonly shared: number;
  /** Room of its table of open files, a power of two. */
  readonly descriptors: number;
};

async function processes(): Promise<Map<number, Held>> {
  const names = await readdir("/proc").catch(() => [] as string[]);
  const found = new Map<number, Held>();
  for (const name of names.filter((one) => /^\d+$/.test(one))) {
    // It may have ended since the folder was listed.
    const status = await readFile(`/proc/${name}/status`, "latin1").catch(() => "");
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    const held = (what: RegExp) => Number(what.exec(status)?.[1] ?? "0") * 1024;
    const own = held(/^RssAnon:\s+(\d+) kB/m) + held(/^VmPTE:\s+(\d+) kB/m);
    const shared = held(/^RssShmem:\s+(\d+) kB/m);
    const descriptors = Number(/^FDSize:\s+(\d+)/m.exec(status)?.[1] ?? "0");
    if (parent !== undefined) found.set(Number(name), { parent: Number(parent), own, shared, descriptors });
  }
  return found;
}
