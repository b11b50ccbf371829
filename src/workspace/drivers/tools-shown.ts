import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Bits of a mode for everybody else. */
const [READ_AND_ENTER, ENTER] = [0o005, 0o001];

/**
 * Folders with tools that can be shown inside. One that the runs' user may not enter (`/root/.cargo` for a server that is
 * root) would keep the whole sandbox from starting; without it only its own tools are missing.
 * @param asRoot whether runs drop to an ordinary user
 */
export async function toolsShown(
  folders: readonly string[],
  asRoot: boolean,
): Promise<{ readonly shown: string[]; readonly closed: string[] }> {
  const [shown, closed]: [string[], string[]] = [[], []];
  for (const folder of folders) ((await isClosed(folder, asRoot)) ? closed : shown).push(folder);
  return { shown, closed };
}

async function isClosed(folder: string, asRoot: boolean): Promise<boolean> {
  try {
    const real = await realpath(folder);
    if (!asRoot) await access(real, constants.R_OK | constants.X_OK);
    return asRoot && !((await isOpen(real)) && (await isOpen(folder)));
  } catch (error) {
    // What is not there is in nobody's way.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

async function isOpen(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & READ_AND_ENTER) !== READ_AND_ENTER) return false;
  for (let at = dirname(folder); ; at = dirname(at)) {
    if (((await stat(at)).mode & ENTER) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
