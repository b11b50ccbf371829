import { readFileSync } from "node:fs";
import { APART_FILE } from "./apart.ts";
import { environmentOf, insideScript, quoted, REPORTS_FOLDER } from "./inside.ts";
import { asUser, type Job, type Launch, overlayLines } from "./stage.ts";
import type { Layer } from "./layers-shown.ts";
import { COVER_BYTES, FEWER_WATCHES, FILES_MAX, INSIDE_UID, roomSizes, type View } from "./view.ts";

/**
 * The driver for machines without bubblewrap: the same walls from the programs of util-linux, which every Linux has. As
 * root of a user namespace of its own it builds a file system of read-only binds, makes that the root, forbids further
 * user namespaces, becomes an ordinary user, drops every capability, and loads the filter with a small program of ours
 * (see `loader.ts`). The filter program is the first thing that runs as that user.
 */
const LOADER_INSIDE = "/opt/coop/run/loader";
const FIXED_DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];

export function unshareLaunch(job: Job, view: View): Launch & { readonly inputs: readonly Buffer[] } {
  const { runtime, request } = job;
  const script = buildScript(job, view).join("\n");
  const flags = [
    "--user",
    "--map-root-user",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--net",
    "--ipc",
    "--uts",
    "--cgroup",
  ];
  const outer = [runtime.setpriv ?? "setpriv", "--pdeathsig", "KILL", "--", runtime.unshare ?? "unshare", ...flags];
  const inside = insideScript(runtime.prlimit, request, []);
  return { ...asUser(job, [...outer, "--", "/bin/sh", "-c", script, "sh", "/bin/sh", ...inside.slice(1)]), inputs: [] };
}

function buildScript(job: Job, view: View): string[] {
  const root = `${job.folder}/r`;
  return [
    "set -e",
    // One more, the one that is entered below; those who try to make another inside are refused.
    "echo 1 > /proc/sys/user/max_user_namespaces",
    FEWER_WATCHES,
    "hostname sandbox 2>/dev/null || true",
    `mkdir -p ${quoted(root)}`,
    `mount -t tmpfs -o size=16m,mode=0755 none ${quoted(root)}`,
    `cd ${quoted(root)}`,
    ...system(view),
    ...kernelFolders(job),
    ...workspace(job),
    ...mounts(job),
    ...job.mounted.covers.flatMap((one) => layer(one, "")),
    `cp ${quoted(`${job.folder}/loader`)} .${LOADER_INSIDE}`,
    `cp ${quoted(`${job.folder}/apart`)} .${APART_FILE} 2>/dev/null || true`,
    `.${LOADER_INSIDE}`,
    ...enter(environmentOf(job.runtime.toolchain, job.request)),
  ];
}

function system(view: View): string[] {
  const table = readFileSync("/proc/self/mountinfo", "utf8");
  return [
    ...view.layers.flatMap((one) => layer(one, table)),
    ...view.layers.flatMap((one) => (one.kind === "folder" ? [`mount -o remount,bind,ro .${quoted(one.to)}`] : [])),
    ...Object.entries(view.stubs).flatMap(([path, text]) => [
      `mkdir -p .${quoted(path.slice(0, path.lastIndexOf("/")))}`,
      `printf %s ${quoted(text)} > .${quoted(path)}`,
    ]),
    ...view.links.map(({ path, target }) => `ln -s ${quoted(target)} .${quoted(path)}`),
  ];
}

function layer(one: Layer, table: string): string[] {
  if (one.kind === "shown") return readOnly(one.from, one.to, table);
  const at = `.${quoted(one.to)}`;
  return one.kind === "folder"
    ? [`mount -t tmpfs -o size=${COVER_BYTES},mode=0755 none ${at}`]
    : [`mount --bind /dev/null ${at}`];
}

function kernelFolders({ runtime }: Job): string[] {
  const sizes = roomSizes(runtime.memoryBytesMax);
  const still = "nosuid,nodev,noexec";
  return [
    "mkdir -p proc dev tmp workspace opt/coop/run old",
    `mount -t proc -o ${still} proc proc`,
    "mount --bind proc/sys proc/sys",
    `mount -o remount,bind,ro,${still} proc/sys`,
    // Whoever may write there has the kernel watch the whole machine's load for him, as often as he has files.
    `if [ -d proc/pressure ]; then mount --bind proc/pressure proc/pressure; mount -o remount,bind,ro,${still} proc/pressure; fi`,
    "mount -t tmpfs -o size=1m,mode=0755 none dev",
    ...FIXED_DEVICES.flatMap((name) => [`: > dev/${name}`, `mount --bind /dev/${name} dev/${name}`]),
    "mkdir dev/pts dev/shm",
    "mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts dev/pts",
    `mount -t tmpfs -o size=${sizes.sharedMemory},nr_inodes=${FILES_MAX.sharedMemory},mode=1777,nosuid,nodev none dev/shm`,
    "ln -s pts/ptmx dev/ptmx",
    "ln -s /proc/self/fd dev/fd",
    ...["stdin", "stdout", "stderr"].map((name, at) => `ln -s /proc/self/fd/${at} dev/${name}`),
    "mount -o remount,bind,ro dev",
    `mount -t tmpfs -o size=${sizes.temporary},nr_inodes=${FILES_MAX.temporary},mode=1777,nosuid,nodev none tmp`,
    `mkdir -p tmp/home .${REPORTS_FOLDER}`,
  ];
}

function workspace(job: Job): string[] {
  const { runtime, folder, tree, mounted } = job;
  const lies = runtime.overlay ? ("below" as const) : ("copied" as const);
  const all = [{ from: tree, to: "/workspace", lies }, ...mounted.discarded];
  const pairs = all
    .filter((one) => one.lies === "below")
    .map(({ from, to }) => ({ lower: from, at: `${folder}/r${to}` }));
  return [
    ...(pairs.length > 0 ? overlayLines({ folder, memoryBytesMax: runtime.memoryBytesMax }, pairs) : []),
    ...all
      .filter((one) => one.lies === "copied")
      .flatMap(({ from, to }) => copy(from, to, roomSizes(runtime.memoryBytesMax).workspace)),
  ];
}

function copy(from: string, to: string, bytesMax: number): string[] {
  const at = `.${quoted(to)}`;
  const room = `mount -t tmpfs -o size=${bytesMax},nr_inodes=${FILES_MAX.workspace},mode=0755,nosuid,nodev none ${at}`;
  return [
    `mkdir -p ${at}`,
    ...(to.startsWith("/workspace/") ? [] : [room]),
    `cp -dR --preserve=mode,timestamps,links ${quoted(`${from}/.`)} ${at}/`,
  ];
}

function mounts({ mounted }: Job): string[] {
  return mounted.binds.flatMap(({ from, to, writable }) => {
    const at = `.${quoted(to)}`;
    const parent = `.${quoted(to.slice(0, to.lastIndexOf("/")))}`;
    const make = `if [ -d ${quoted(from)} ]; then mkdir -p ${at}; else mkdir -p ${parent}; : > ${at}; fi`;
    const bind = `mount --bind ${quoted(from)} ${at}`;
    return writable ? [make, bind] : [make, bind, `mount -o remount,bind,ro ${at}`];
  });
}

function enter(environment: Readonly<Record<string, string>>): string[] {
  return [
    "pivot_root . old",
    "umount -l /old",
    "rmdir /old",
    "mount -o remount,bind,ro /",
    "cd /workspace",
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value) || "''"}`),
    [
      `exec unshare --user --map-user=${INSIDE_UID} --map-group=${INSIDE_UID} --keep-caps --`,
      "setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all --no-new-privs --",
      `${LOADER_INSIDE} "$@"`,
    ].join(" "),
  ];
}

/**
 * A bind with everything mounted below it, read-only. A mount that comes from outside the namespace keeps its flags: one
 * that is asked to lose `nodev` is refused as a whole, so each is told its own again.
 */
function readOnly(from: string, to: string, table: string): string[] {
  const at = `.${quoted(to)}`;
  const parent = `.${quoted(to.slice(0, to.lastIndexOf("/")) || "/")}`;
  const make = `if [ -d ${quoted(from)} ]; then mkdir -p ${at}; else mkdir -p ${parent}; : > ${at}; fi`;
  const { flags, below } = mountsAt(from, table);
  return [
    make,
    `mount --rbind ${quoted(from)} ${at}`,
    `mount -o remount,bind,ro,nosuid${flags} ${at}`,
    ...below.map((one) => {
      const there = `.${quoted(to + one.path.slice(from.length))}`;
      // What lies behind a folder that this user may not enter cannot be remounted, and nobody inside can reach it either.
      return `if [ -e ${there} ]; then mount -o remount,bind,ro,nosuid${one.flags} ${there}; fi`;
    }),
  ];
}

type MountsAt = { readonly flags: string; readonly below: readonly { path: string; flags: string }[] };

function mountsAt(path: string, table: string): MountsAt {
  const all = table
    .split("\n")
    .map((line) => line.split(" "))
    .map((fields) => ({ path: unescaped(fields[4] ?? ""), flags: kept(fields[5] ?? "") }));
  const above = all.filter((one) => one.path === "/" || path === one.path || path.startsWith(`${one.path}/`));
  const nearest = above.reduce((best, one) => (one.path.length >= best.path.length ? one : best), {
    path: "",
    flags: "",
  });
  return { flags: nearest.flags, below: all.filter((one) => one.path.startsWith(`${path}/`)) };
}

function kept(options: string): string {
  const locked = options.split(",").filter((one) => /^(nodev|noexec|noatime|nodiratime|relatime)$/.test(one));
  return locked.map((one) => `,${one}`).join("");
}

/** The table writes spaces and the like as `\040`. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
