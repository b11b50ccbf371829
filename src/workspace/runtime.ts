import { accessSync, constants, rmSync, statSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, realpath, stat, writeFile } from "node:fs/promises";
import { basename, delimiter, dirname, join } from "node:path";
import { socketFilter } from "./seccomp.ts";

/** What the sandbox shows inside besides the system's own programs; made once, at start-up. */
export type Runtime = {
  readonly bwrap: string;
  readonly prlimit: string;
  /** The program `node`, first on the PATH inside. */
  readonly node: string;
  /** Folder of npm's package, or null when the host has none. */
  readonly npm: string | null;
  /** Stand-ins for /etc/passwd, /etc/group, /etc/hosts. */
  readonly etc: string;
  /** The system call filter; null on a processor for which there is none. */
  readonly seccomp: string | null;
  /** An ordinary user to drop to when the server runs as root; null when it does not. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly temporary: string;
  readonly toolchain: readonly string[];
};

export type RuntimeOptions = {
  /** The host's PATH: where `bwrap`, `prlimit` and `npm` are looked for. */
  readonly searchPath: string;
  /** The node that runs us, which repository code will be run by. */
  readonly nodePath: string;
  readonly temporary: string;
  /** Further folders with tools, shown read-only at their own place; their `bin` goes on the PATH. */
  readonly toolchain: readonly string[];
};

/** "nobody" everywhere: owns nothing. */
const ORDINARY_USER = { uid: 65534, gid: 65534 };
export const INSIDE_UID = 1000;

/** @returns one sentence when something that the sandbox needs is not on this machine */
export async function prepareRuntime(options: RuntimeOptions): Promise<Runtime | { readonly why: string }> {
  const bwrap = find("bwrap", options.searchPath);
  if (!bwrap) return { why: "bubblewrap (`bwrap`) is not installed on this machine." };
  const prlimit = find("prlimit", options.searchPath);
  if (!prlimit?.startsWith("/usr/") && !prlimit?.startsWith("/bin/"))
    return { why: "`prlimit` (package util-linux) is not installed on this machine." };
  const user = process.getuid?.() === 0 ? ORDINARY_USER : null;
  const home = await mkdtemp(join(options.temporary, "coop-sandbox-"));
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  const etc = await writeEtc(home);
  const tools = await findTools(home, options, user !== null);
  const seccomp = await writeFilter(home);
  if (user) await chown(home, user.uid, user.gid);
  return { bwrap, prlimit, etc, seccomp, user, ...tools, temporary: options.temporary, toolchain: options.toolchain };
}

function find(name: string, searchPath: string): string | null {
  for (const folder of searchPath.split(delimiter)) {
    const file = join(folder, name);
    if (folder.startsWith("/") && isExecutable(file)) return file;
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function writeEtc(home: string): Promise<string> {
  const etc = join(home, "etc");
  await mkdir(etc);
  await write(join(etc, "passwd"), `coop:x:${INSIDE_UID}:${INSIDE_UID}::/tmp/home:/bin/sh\n`);
  await write(join(etc, "group"), `coop:x:${INSIDE_UID}:\n`);
  await write(join(etc, "hosts"), "127.0.0.1 localhost sandbox\n::1 localhost\n");
  await chmod(etc, 0o755);
  return etc;
}

async function writeFilter(home: string): Promise<string | null> {
  const filter = socketFilter(process.arch);
  if (!filter) return null;
  await writeFile(join(home, "seccomp"), filter);
  return join(home, "seccomp");
}

/**
 * The project's own node goes first on the PATH inside. A server started by root from a folder that only root may enter
 * hands out copies, since bubblewrap itself runs as an ordinary user.
 */
async function findTools(
  home: string,
  options: RuntimeOptions,
  asRoot: boolean,
): Promise<Pick<Runtime, "node" | "npm">> {
  const node = await realpath(options.nodePath);
  const npm = await findNpm(options.searchPath);
  return {
    node: !asRoot || (await openToAll(node)) ? node : await copied(node, join(home, "node")),
    npm:
      npm === null || npm.startsWith("/usr/") || !asRoot || (await openToAll(npm))
        ? npm
        : await copied(npm, join(home, "npm")),
  };
}

async function copied(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await chmod(to, 0o755);
  return to;
}

/** The folder of npm's package, found through the command on the host's PATH. */
async function findNpm(searchPath: string): Promise<string | null> {
  const command = find("npm", searchPath);
  if (!command) return null;
  const script = await realpath(command);
  return basename(script) === "npm-cli.js" ? dirname(dirname(script)) : null;
}

async function openToAll(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o644);
}
