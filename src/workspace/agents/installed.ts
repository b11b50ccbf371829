import { realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import { find } from "../drivers/prepare-runtime.ts";
import type { Mount } from "../sandbox.ts";

/** A program of this machine, as the sandbox is shown it. */
export type Installed =
  | { readonly outcome: "found"; readonly inside: string; readonly mounts: readonly Mount[] }
  | { readonly outcome: "missing" };

const AT = "/opt/coop/agent";
const PACKAGES = "/node_modules/";

/**
 * What npm installs has parts in neighbouring packages, so the whole folder of packages is shown, read-only; of what
 * stands alone, the file.
 * @param program a name on the PATH, or a whole path
 */
export async function installed(program: string, searchPath: string): Promise<Installed> {
  const named = program.startsWith("/") ? program : find(program, searchPath);
  const real = named === null ? null : await realpath(named).catch(() => null);
  if (real === null || !(await stat(real)).isFile()) return { outcome: "missing" };
  if (real.startsWith("/usr/")) return { outcome: "found", inside: real, mounts: [] };
  const at = real.indexOf(PACKAGES);
  if (at === -1) {
    const inside = `${AT}/${basename(real)}`;
    return { outcome: "found", inside, mounts: [{ from: real, at: inside, writes: "refused" }] };
  }
  const folder = real.slice(0, at + PACKAGES.length - 1);
  const inside = `${AT}${real.slice(at)}`;
  return { outcome: "found", inside, mounts: [{ from: folder, at: `${AT}/node_modules`, writes: "refused" }] };
}
