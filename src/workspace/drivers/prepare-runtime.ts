import { createHash } from "node:crypto";
import { accessSync, constants, statSync } from "node:fs";
import { chmod, cp, lstat, mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, delimiter, dirname, join } from "node:path";
import { treeCache } from "../tree-cache.ts";
import { canOverlay } from "./overlay.ts";
import { triedGroups } from "./tried-groups.ts";
import { RUN_MEMORY_BYTES, type Runtime, type RuntimeOptions } from "./runtime.ts";
import { socketFilter } from "./seccomp.ts";

/** Enough of a hash that no two programs share a folder. */
const KEY_DIGITS = 16;

/** "nobody" everywhere: owns nothing. */
const ORDINARY_USER = { uid: 65534, gid: 65534 };

/** @returns one sentence when something that every driver here needs is not on this machine */
export async function prepareRuntime(options: RuntimeOptions): Promise<Runtime | { readonly why: string }> {
  const prlimit = await ownPlace(find("prlimit", options.searchPath));
  if (prlimit === null) return { why: "`prlimit` (package util-linux) is not installed on this machine." };
  if (!/^\/(?:usr|bin)\//.test(prlimit))
    return { why: `\`prlimit\` is at ${prlimit}, and only programs in /usr and /bin are seen in a sandbox. Put one of those first on the PATH.` }; // prettier-ignore
  const user = process.getuid?.() === 0 ? ORDINARY_USER : null;
  const tools = await findTools(options, user !== null).catch((error: Error) => ({ why: `${error.message}.` }));
  if ("why" in tools) return tools;
  const { searchPath, temporary, toolchain, privatePaths, memoryBytesMax = RUN_MEMORY_BYTES } = options;
  const [bwrap, unshare, setpriv, mkfifo] = ["bwrap", "unshare", "setpriv", "mkfifo"].map((name) =>
    find(name, searchPath),
  ) as [string | null, string | null, string | null, string | null];
  const programs = { bwrap, unshare, setpriv, prlimit, mkfifo, ...tools };
  const groups = await triedGroups();
  const limits = {
    memoryBytesMax,
    groups,
    seccomp: socketFilter(process.arch),
    user,
    temporary,
    toolchain,
    privatePaths,
  };
  const overlay = await canOverlay(unshare, user, temporary);
  return { ...programs, ...limits, overlay, trees: treeCache({ parent: temporary, owner: user }) };
}

/** A PATH of links leads to programs that can be seen inside; one link may also be many programs, which go by its name. */
async function ownPlace(program: string | null): Promise<string | null> {
  const real = program && (await realpath(program));
  return real && basename(real) === basename(program) ? real : program;
}

export function find(name: string, searchPath: string): string | null {
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

/**
 * The project's own node goes first on the PATH inside. A server started by root from a folder that only root may enter
 * hands out copies, since bubblewrap itself runs as an ordinary user.
 */
async function findTools(options: RuntimeOptions, asRoot: boolean): Promise<Pick<Runtime, "node" | "npm">> {
  const node = await realpath(options.nodePath);
  const npm = await findNpm(options.searchPath);
  const reachable = async (path: string) =>
    !asRoot || (await openToAll(path)) ? path : await copied(path, options.temporary);
  return { node: await reachable(node), npm: npm && (await reachable(npm)) };
}

/** A copy that is made once and found again by the next start. @throws when somebody else holds its place */
async function copied(from: string, temporary: string): Promise<string> {
  const { size, mtimeMs } = await stat(from);
  const key = createHash("sha256").update(`${from} ${size} ${mtimeMs}`).digest("hex").slice(0, KEY_DIGITS);
  const folder = join(temporary, `coop-tools-${key}`);
  await mkdir(folder, { mode: 0o711, recursive: true });
  // The name can be guessed, so another user may have been there first, to have us run a program of theirs.
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0)
    throw new Error(`${folder} belongs to somebody else; remove it and start again`);
  await chmod(folder, 0o711);
  const to = join(folder, basename(from));
  if (await stat(to).catch(() => null)) return to;
  const draft = join(folder, `draft-${process.pid}`);
  await cp(from, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await chmod(draft, 0o755);
  // Another process that started with us may have been quicker; its copy is as good.
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
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
