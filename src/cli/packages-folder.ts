import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { environment } from "../config.ts";

/** The same before anybody has looked whether it can be written. */
export function packagesPlace(home = homedir()): string {
  const { COOP_DATA_DIR } = environment();
  return COOP_DATA_DIR ? resolve(COOP_DATA_DIR) : join(home, ".cache", "cooperations");
}

/**
 * Where the packages that repositories ask for are kept for the next run: one folder for every repository of this person, because
 * compiling a tool chain's own library takes a minute, whoever asks for it.
 *
 * @param otherwise a folder for machines on which the home cannot be written, such as some of CI
 */
export function packagesFolder(otherwise: string, home = homedir()): string {
  const folder = packagesPlace(home);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return otherwise;
  }
}
