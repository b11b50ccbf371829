import { tmpdir } from "node:os";
import type { Blobs, Tree, TreeFile } from "../../src/trees/tree.ts";
import { blobSha } from "../../src/trees/blob-sha.ts";
import { checkSandbox, type DriverChoice, type SandboxOptions } from "../../src/workspace/drivers/check.ts";
import type { Sandbox, SandboxCheck } from "../../src/workspace/sandbox.ts";

export const SANDBOX_OPTIONS: SandboxOptions = {
  searchPath: process.env["PATH"] ?? "",
  nodePath: process.execPath,
  temporary: tmpdir(),
  toolchain: [],
  privatePaths: [process.cwd()],
};

/**
 * The sandbox of this machine, or null where it has none. `COOP_REQUIRE_SANDBOX=1` makes that an error, so that a build
 * machine cannot lose its sandbox without anybody noticing.
 */
export async function sandboxHere(
  driver: DriverChoice = "auto",
): Promise<Extract<SandboxCheck, { state: "available" }> | null> {
  const check = await checkSandbox({ ...SANDBOX_OPTIONS, driver });
  if (check.state === "available") return check;
  if (process.env["COOP_REQUIRE_SANDBOX"] === "1") throw new Error(`A sandbox is required here: ${check.why}`);
  console.warn(`No sandbox (${driver}) on this machine, so tests that need one are SKIPPED: ${check.why}`);
  return null;
}

/** Every driver, so that one suite holds them all. */
export const DRIVERS: readonly DriverChoice[] = ["bubblewrap", "unshare"];

export async function driversHere(): Promise<readonly (readonly [DriverChoice, Sandbox | null])[]> {
  const found: [DriverChoice, Sandbox | null][] = [];
  for (const driver of DRIVERS) found.push([driver, (await sandboxHere(driver))?.sandbox ?? null]);
  return found;
}

/** A repository in memory. */
export function memoryStore(): { blobs: Blobs; tree(files: Readonly<Record<string, string>>): Tree } {
  const contents = new Map<string, Buffer>();
  const put = (content: Buffer): TreeFile => {
    const sha = blobSha(content);
    contents.set(sha, content);
    return { mode: "100644", sha, sizeBytes: content.length };
  };
  return {
    blobs: {
      get: (sha) => Promise.resolve(contents.get(sha) ?? null),
      put: (content) => Promise.resolve(put(content).sha),
    },
    tree: (files) => new Map(Object.entries(files).map(([path, text]) => [path, put(Buffer.from(text))])),
  };
}

/* Ways to hold memory of the kernel that is in no process: each more than 200 MB, until it is ended. */
const tables =
  "import ctypes\nc = ctypes.CDLL(None); c.mmap.restype = ctypes.c_void_p\nT = 1 << 40\n" +
  "p = c.mmap(None, ctypes.c_size_t(T), 1, 0x4022, -1, ctypes.c_long(0))\nc.madvise(ctypes.c_void_p(p), ctypes.c_size_t(T), 15)\n" +
  "for o in range(0, T, 2 << 20): ctypes.c_char.from_address(p + o).value\nimport time\ntime.sleep(300)\n";
const sockets =
  "import socket, time\nk = []\ntry:\n" +
  "    while True: k += socket.socketpair()\nexcept OSError: pass\nprint(len(k), flush=True)\ntime.sleep(300)\n";

/** A hundred each: no process has many. */
const byMany = (make: string) =>
  `import os, socket, time\nfor _ in range(40):\n    if os.fork() == 0:\n        k = [${make} for _ in range(100)]\n        time.sleep(300)\ntime.sleep(300)\n`;
const onTheirWay =
  "import array, socket, time\nk = []\nfor _ in range(150):\n    x, y = socket.socketpair()\n    k.append((x, y))\n    for _ in range(10):\n" +
  "        pair = socket.socketpair()\n        fds = array.array('i', [one.fileno() for one in pair])\n        x.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])\n" +
  "        for one in pair: one.close()\ntime.sleep(300)\n";
const onLoopback =
  "import socket, time\nl = socket.create_server(('127.0.0.1', 0), backlog=500)\nk = []\nfor _ in range(150):\n    a = socket.create_connection(l.getsockname())\n    k.append((a, l.accept()[0]))\n" +
  "    a.setblocking(False)\n    try:\n        while True: a.send(b'x' * 65536)\n    except BlockingIOError: pass\ntime.sleep(300)\n";

export const KERNEL_MEMORY: readonly (readonly [what: string, script: string])[] = [
  ["tables of pages", tables],
  ["what stands in sockets", sockets],
  ["sockets of many processes", byMany("socket.socketpair()")],
  ["sockets that were sent and are nobody's", onTheirWay],
  ["what waits on the loopback", onLoopback],
  ["pipes of many processes", byMany("[os.pipe() for _ in range(4)]")],
];

const files = (unlink: string, mb: number) =>
  "import os, time\nk = []\nfor d in ('/workspace', '/tmp', '/dev/shm'):\n    try:\n        f = open(d + '/a', 'wb', 0)\n" +
  `        ${unlink}\n        k.append(f)\n        while True: f.write(b'x' * (1 << 20))\n    except OSError: pass\n` +
  `k.append(bytearray(b'x' * (${mb} << 20)))\ntime.sleep(3)\nprint('well')\n`;
const mapped =
  "import mmap, time\nf = open('/workspace/a', 'w+b')\nf.truncate(90 << 20)\nm = mmap.mmap(f.fileno(), 90 << 20)\n" +
  "for o in range(0, 90 << 20, 4096): m[o] = 1\nk = bytearray(b'x' * (60 << 20))\ntime.sleep(3)\nprint('well')\n";

/** Under a limit of 200 MB: all rooms together hold at most 160 MB, and a process of 80 MB beside them is too much. */
export const FILE_MEMORY: readonly (readonly [what: string, "killed" | "exited", script: string])[] = [
  ["what lies in files, beside a process,", "killed", files("pass", 80)],
  ["what lies in files without a name", "killed", files("os.unlink(d + '/a')", 80)],
  ["all that fits in files, beside a small process,", "exited", files("pass", 5)],
  ["a file that a process maps, which counts once,", "exited", mapped],
];
