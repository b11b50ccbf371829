import { createHash } from "node:crypto";
import {
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** Enough of a hash that no two programs share a folder. */
const KEY_DIGITS = 16;

/**
 * Puts together a tool chain whose parts lie in several places: a link that leads out of it, to where a run sees nothing,
 * becomes the file it leads to. Everything else is a hard link where the disk allows it, so this costs no room.
 * @returns the folder; made once for each version and found again
 */
export async function shelve(
  home: string,
  shelf: string,
  name: string,
  leaveOut: (path: string) => boolean = () => false,
): Promise<string> {
  const root = await realpath(home);
  const { mtimeMs } = await stat(root);
  const key = createHash("sha256").update(`${root} ${name} ${mtimeMs}`).digest("hex").slice(0, KEY_DIGITS);
  const place = join(shelf, key);
  if (await stat(place).catch(() => null)) return place;
  const draft = join(shelf, `draft-${key}-${process.pid}`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await copyFolder({ root, leaveOut }, root, draft, "");
  // Another process that started with us may have been quicker; its copy is as good.
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  return place;
}

type Shelving = { readonly root: string; readonly leaveOut: (path: string) => boolean };

async function copyFolder(one: Shelving, from: string, to: string, at: string): Promise<void> {
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const path = at === "" ? entry.name : `${at}/${entry.name}`;
    if (one.leaveOut(path)) continue;
    await copyEntry(one, join(from, entry.name), join(to, entry.name), path);
  }
}

async function copyEntry(one: Shelving, from: string, to: string, path: string): Promise<void> {
  const found = await lstat(from);
  if (found.isSymbolicLink()) {
    const target = resolve(dirname(from), await readlink(from));
    const real = await realpath(from).catch(() => null);
    if (real === null) return;
    if (target.startsWith(`${one.root}/`) || real.startsWith("/usr/"))
      return await symlink(target.startsWith(`${one.root}/`) ? await readlink(from) : real, to);
    return await copyEntry(one, real, to, path);
  }
  if (found.isDirectory()) {
    await mkdir(to);
    return await copyFolder(one, from, to, path);
  }
  if (!found.isFile()) return;
  // A file that only root may read is not meant for a run; it is left out like one that is not there.
  if ((found.mode & 0o004) === 0) return;
  await link(from, to).catch(() => copyFile(from, to));
}

type Own = { readonly text: string } | { readonly linkTo: string } | { readonly copyOf: string };

/** A small folder of programs and settings of ours beside a tool chain. @returns the folder; made once and found again */
export async function shelveFiles(shelf: string, name: string, files: Readonly<Record<string, Own>>): Promise<string> {
  const key = createHash("sha256")
    .update(`${name} ${JSON.stringify(files)}`)
    .digest("hex")
    .slice(0, KEY_DIGITS);
  const place = join(shelf, key);
  if (await stat(place).catch(() => null)) return place;
  const draft = join(shelf, `draft-${key}-${process.pid}`);
  await rm(draft, { recursive: true, force: true });
  for (const [path, one] of Object.entries(files)) {
    const file = join(draft, path);
    await mkdir(dirname(file), { recursive: true });
    for (let at = dirname(path); ; at = dirname(at)) {
      await chmod(join(draft, at), 0o755);
      if (at === ".") break;
    }
    if ("linkTo" in one) await symlink(one.linkTo, file);
    else {
      await ("copyOf" in one ? copyFile(one.copyOf, file) : writeFile(file, one.text));
      await chmod(file, 0o755);
    }
  }
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  return place;
}
