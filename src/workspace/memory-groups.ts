import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { MemoryGroup } from "./process.ts";

/**
 * A second wall around the memory of a run: a control group of its own, where this process may make some. The kernel counts
 * all of it there, at once and whoever holds it; `memory.ts` looks now and then, and says in words what it saw.
 */
export type MemoryGroups = {
  /** "cgroup v2" */
  readonly says: string;
  /** Null where no more can be made. */
  open(bytesMax: number): RunGroup | null;
};

export type RunGroup = MemoryGroup & { close(): Promise<void> };

/** The two generations of the kernel's interface. */
type Kind = {
  readonly says: string;
  readonly limits: (bytesMax: number) => readonly (readonly [file: string, value: string, isNeeded: boolean])[];
  readonly events: string;
  /** All of them stand in the file of events once the kernel ended something for this group's own limit. */
  readonly ranOut: readonly RegExp[];
};

const V2: Kind = {
  says: "cgroup v2",
  limits: (bytesMax) => [
    ["memory.max", `${bytesMax}`, true],
    ["memory.swap.max", "0", false],
    ["memory.oom.group", "1", false],
  ],
  events: "memory.events",
  // Kills because the whole machine is short of memory are counted too: a larger limit of ours would make these worse.
  ranOut: [/^(?:oom_kill|oom_group_kill) [1-9]/m, /^(?:max|oom) [1-9]/m],
};
const V1: Kind = {
  says: "cgroup v1",
  limits: (bytesMax) => [
    ["memory.limit_in_bytes", `${bytesMax}`, true],
    ["memory.memsw.limit_in_bytes", `${bytesMax}`, false],
  ],
  events: "memory.oom_control",
  ranOut: [/^oom_kill [1-9]/m],
};

const PREFIX = "coop-run-";
/** Of this process, whoever looks for groups in it: two of a name would end each other's runs. */
let count = 0;
/** Ended processes leave their group a moment later. */
const CLOSE_TRIES = 20;
const CLOSE_PAUSE_MS = 25;
/** A sandbox has started two or three when it is let in. */
const ENTER_MAX = 200;
/** A limit so high that it is none, in a group without processes. */
const TRIED_BYTES = 1024 ** 4;

/** @param proc where a process's groups are told; elsewhere in tests @returns null where the kernel, the container or the user's rights leave no room for groups of ours */
export function findMemoryGroups(proc = "/proc/self"): MemoryGroups | null {
  const found = placeOf(text(join(proc, "cgroup")), text(join(proc, "mountinfo")));
  if (!found) return null;
  const { kind, place } = found;
  sweep(place);
  return {
    says: kind.says,
    open: (bytesMax) => groupIn(join(place, `${PREFIX}${process.pid}-${count++}`), kind, Math.floor(bytesMax)),
  };
}

type Found = { readonly kind: Kind; readonly place: string };

function placeOf(groups: string, mounts: string): Found | null {
  const old = /^\d+:(?:[\w=]+,)*memory(?:,[\w=]+)*:(\/.*)$/m.exec(groups)?.[1];
  if (old !== undefined) {
    const place = folderOf(old, mounts, (type, options) => type === "cgroup" && options.split(",").includes("memory"));
    return place !== null && canMake(place, V1) ? { kind: V1, place } : null;
  }
  const own = /^0::(\/.*)$/m.exec(groups)?.[1];
  const root = own === undefined ? null : folderOf("/", mounts, (type) => type === "cgroup2");
  const at = own === undefined ? null : folderOf(own, mounts, (type) => type === "cgroup2");
  const place = at === null || root === null ? null : placeV2(at, root);
  return place === null ? null : { kind: V2, place };
}

/** Where a group of this name is seen: of a container's mount a part of the name may be hidden. */
function folderOf(name: string, mounts: string, fits: (type: string, options: string) => boolean): string | null {
  for (const line of mounts.split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , root = "", at = ""] = before.split(" ");
    const [type = "", , options = ""] = after.split(" ");
    if (!fits(type, options)) continue;
    const within = root !== "/" && name.startsWith(root) ? name.slice(root.length) : name;
    const folder = join(at, within);
    return existsSync(folder) ? folder : at;
  }
  return null;
}

/**
 * Below or beside ourselves, in a group whose members are counted already. Where ours would have to be emptied first, nothing is
 * moved: others may be in it, such as whoever started us.
 */
function placeV2(own: string, root: string): string | null {
  const above = dirname(own);
  // Handed to us by `Delegate=memory` and `DelegateSubgroup=`: nobody has said yet that its members are counted.
  if (above.endsWith(".service")) put(join(above, "cgroup.subtree_control"), "+memory");
  for (let at = own; ; at = dirname(at)) {
    if (words(join(at, "cgroup.subtree_control")).includes("memory") && canMake(at, V2)) return at;
    if (at === root || !at.startsWith(`${root.replace(/\/$/, "")}/`)) return null;
  }
}

function canMake(folder: string, kind: Kind): boolean {
  if (!isWritable(folder)) return false;
  const group = groupIn(join(folder, `${PREFIX}${process.pid}-${count++}`), kind, TRIED_BYTES);
  void group?.close();
  return group !== null;
}

function groupIn(folder: string, kind: Kind, bytesMax: number): RunGroup | null {
  if (!made(folder)) return null;
  for (const [file, value, isNeeded] of kind.limits(bytesMax))
    if (!put(join(folder, file), value) && isNeeded) {
      remove(folder);
      return null;
    }
  const close = async () => {
    for (let tries = 0; !remove(folder) && tries < CLOSE_TRIES; tries++) {
      put(join(folder, "cgroup.kill"), "1");
      await wait(CLOSE_PAUSE_MS);
    }
  };
  const ranOut = () => {
    const events = text(join(folder, kind.events));
    return kind.ranOut.every((one) => one.test(events));
  };
  return { enter: (pid) => enter(join(folder, "cgroup.procs"), pid), ranOut, close };
}

/** With what it has started already; what that starts afterwards is born inside. */
function enter(list: string, pid: number): void {
  const open = [pid];
  for (let moved = 0; open.length > 0 && moved < ENTER_MAX; moved++) {
    const one = open.shift() ?? 0;
    put(list, `${one}`);
    open.push(...words(`/proc/${one}/task/${one}/children`).map(Number));
  }
}

/** Groups whose server was killed; one that still has processes cannot be removed, and stays. */
function sweep(place: string): void {
  for (const name of listed(place)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && Number(pid) !== process.pid && !existsSync(`/proc/${pid}`)) remove(join(place, name));
  }
}

/** One that is there already is somebody else's, or tells what happened in an earlier run. */
function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function remove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

function put(file: string, value: string): boolean {
  try {
    // These files exist or the kernel does not have them: none is ever made.
    writeFileSync(file, value, { flag: "r+" });
    return true;
  } catch {
    return false;
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function words(file: string): string[] {
  return text(file)
    .split(/\s+/)
    .filter((one) => one !== "");
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
