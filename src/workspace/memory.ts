import { readdir, readFile, readlink } from "node:fs/promises";
import { filesInMemory } from "./files-in-memory.ts";

/** Less shared memory in one process is not looked at more closely. */
const SHARED_LOOKED_AT_BYTES = 8 * 1024 * 1024;

/** Local sockets of a run that nobody counts; test runners and their servers have fewer. */
const SOCKETS_UNCOUNTED = 512;
/** What a local socket may hold in the kernel (`net.core.wmem_default`), where it is in no process's memory. */
const SOCKET_BYTES = 208 * 1024;
/** A pipe; beyond 64 MB of one user's the kernel gives each two pages. */
const PIPE_BYTES = 16 * 1024;
/** An open file, event or timer. */
const DESCRIPTOR_BYTES = 512;
/** Of more, so many are looked at. */
const DESCRIPTORS_LOOKED_AT = 1024;
/** Room for open files of a run that is not looked into; each process has 64 from the start. */
const ROOM_UNCOUNTED = 4096;

/**
 * Memory that a process and all its descendants hold, in bytes, as the kernel counts it now: their own pages, and what
 * they share in memory, once. Program files that many of them share would count many times and are left out. Tables of pages and
 * what stands in pipes, sockets and files in memory is the kernel's, and would be nobody's. 0 where there is no /proc.
 */
export async function residentBytes(root: number): Promise<number> {
  const all = await processes();
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of all) children.set(parent, [...(children.get(parent) ?? []), pid]);
  let sum = 0;
  /** Of those whose share the kernel does not tell, the largest: how much of it is the same is not known. */
  let untold = 0;
  const family: [number, Held][] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const held = all.get(pid);
    if (held) family.push([pid, held]);
    open.push(...(children.get(pid) ?? []));
  }
  for (const [pid, { own, shared }] of family) {
    const share = shared < SHARED_LOOKED_AT_BYTES ? null : await sharePart(pid);
    sum += own + (share ?? 0);
    if (share === null) untold = Math.max(untold, shared);
  }
  const first = family[1]?.[0] ?? root;
  const kernels = await Promise.all([pipeBytes(family), socketBytes(first), filesInMemory(first)]);
  return sum + untold + kernels.reduce((total, bytes) => total + bytes, 0);
}

/** Memory that is shared and no file: what lies in files is counted where they lie, also while somebody maps it. */
const NO_FILE = /^[\da-f]+-[\da-f]+ \S+ \S+ \S+ \d+ +(?:\/dev\/zero|\/memfd:|\/SYSV|\[anon_shmem)/;

/** A page that four processes share is a quarter of a page for each of them. */
async function sharePart(pid: number): Promise<number | null> {
  const maps = await readFile(`/proc/${pid}/smaps`, "latin1").catch(() => "");
  if (maps === "") return null;
  const parts = maps.split(/\n(?=[\da-f]+-[\da-f]+ )/).filter((one) => NO_FILE.test(one));
  return parts.reduce((total, one) => total + Number(/^Pss:\s+(\d+) kB/m.exec(one)?.[1] ?? "0") * 1024, 0);
}

/** Of pipes, and of open files as such. Those that several processes have by inheritance are one. */
async function pipeBytes(family: readonly [number, Held][]): Promise<number> {
  if (family.reduce((total, [, { room }]) => total + room, 0) <= ROOM_UNCOUNTED) return 0;
  const lists = await Promise.all(
    family.map(async ([pid, { room }]) => {
      const names = await readdir(`/proc/${pid}/fd`).catch(() => null);
      // It does not say: then its table is as full as its room, which is at most twice as large.
      return (names ?? Array.from({ length: room }, (_, at) => `untold ${at}`)).map((fd) => `/proc/${pid}/fd/${fd}`);
    }),
  );
  const every = lists.flat();
  const step = Math.max(1, every.length / DESCRIPTORS_LOOKED_AT);
  const some = Array.from({ length: Math.floor(every.length / step) }, (_, at) => every[Math.floor(at * step)] ?? "");
  const targets = await Promise.all(some.map((fd) => readlink(fd).catch(() => fd)));
  const pipes = new Set(targets.filter((one) => /^pipe:|untold/.test(one))).size * step;
  return pipes * PIPE_BYTES + every.length * DESCRIPTOR_BYTES;
}

/**
 * Of sockets, as the network of the run tells: also those that were sent from one process to another, and are in the table of
 * neither. 0 in the host's own network, which is everybody's.
 * @param pid the sandbox's first process, which no command can end or replace
 */
async function socketBytes(pid: number): Promise<number> {
  const read = (name: string) => readFile(`/proc/${pid}/net/${name}`, "latin1").catch(() => "");
  const interfaces = (await read("dev"))
    .split("\n")
    .slice(2)
    .filter((line) => line.includes(":"));
  if (interfaces.length !== 1 || !interfaces[0]?.trim().startsWith("lo:")) return 0;
  const local = (await read("unix")).split("\n").length - 2;
  const queues = (await Promise.all(["tcp", "tcp6", "udp", "udp6"].map(read))).join("\n");
  const queued = [...queues.matchAll(/ ([0-9A-F]{8}):([0-9A-F]{8}) \d\d:/g)].reduce(
    (total, [, sent = "", come = ""]) => total + Number.parseInt(sent, 16) + Number.parseInt(come, 16),
    0,
  );
  return Math.max(0, local - SOCKETS_UNCOUNTED) * SOCKET_BYTES + queued;
}

type Held = {
  readonly parent: number;
  readonly own: number;
  readonly shared: number;
  /** Room of its table of open files, a power of two. */
  readonly room: number;
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
    const room = Number(/^FDSize:\s+(\d+)/m.exec(status)?.[1] ?? "0");
    if (parent !== undefined) found.set(Number(name), { parent: Number(parent), own, shared, room });
  }
  return found;
}
