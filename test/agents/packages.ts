import { execFile } from "node:child_process";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Packages that are too large to be everybody's, a folder each: a gigabyte, so they are kept. */
export const FOLDER = process.env["COOP_AGENTS_FOLDER"] ?? join(homedir(), ".cache/cooperations/agents");
const INSTALL_MS = 5 * 60_000;

/** @param packages with their exact versions; installed from the registry where the folder is not there yet */
export async function install(name: string, packages: readonly string[]): Promise<void> {
  const folder = join(FOLDER, name);
  if (await isThere(folder)) return;
  // A folder that is half installed is never taken for a whole one.
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--save-exact", "--loglevel=error", ...packages];
  await promisify(execFile)("npm", args, { cwd: draft, timeout: INSTALL_MS });
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
