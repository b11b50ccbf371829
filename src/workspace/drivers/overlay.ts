import { chown, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freshFolder } from "../materialise.ts";
import { runProcess } from "../process.ts";
import { overlayLines } from "./stage.ts";

/** A mount takes milliseconds, on a busy machine a second. */
const TRY_MS = 10_000;
/** Of two small files. */
const TRY_BYTES = 16 * 1024 * 1024;

/**
 * Whether the run's user may lay a writable folder over another (Linux 5.11 and later, where nothing forbids user
 * namespaces): written to, read from and listed once, before anything relies on it.
 */
export async function canOverlay(
  unshare: string | null,
  user: { readonly uid: number; readonly gid: number } | null,
  temporary: string,
): Promise<boolean> {
  if (unshare === null) return false;
  const folder = await freshFolder({ parent: temporary, owner: user });
  try {
    const lower = join(folder, "lower");
    await mkdir(join(lower, "a"), { recursive: true });
    await writeFile(join(lower, "a/b"), "below\n");
    if (user)
      for (const path of ["", "lower", "lower/a", "lower/a/b"]) await chown(join(folder, path), user.uid, user.gid);
    const script = [
      "set -e",
      ...overlayLines({ folder, memoryBytesMax: TRY_BYTES }, [{ lower, at: join(folder, "o") }]),
      `cd ${folder}/o`,
      "echo above >> a/b",
      "mv a c",
      "cat c/b",
    ];
    const result = await runProcess({
      ...{ file: unshare, args: ["--user", "--map-root-user", "--mount", "--", "/bin/sh", "-c", script.join("\n")] },
      ...{ user, timeoutMs: TRY_MS, outputBytesMax: 1000, memoryBytesMax: Number.MAX_SAFE_INTEGER, inputs: [] },
    });
    return result.exitCode === 0 && result.output === "below\nabove\n";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
