import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

/** Every file of a layer by name, size and times, as one digest. Links are read and never followed. */
export type Listing = { readonly files: number; readonly bytes: number; readonly digest: string };

/** @throws when a folder cannot be read */
export async function listLayer(folder: string): Promise<Listing> {
  const hash = createHash("sha256");
  let files = 0;
  let bytes = 0;
  const open = [""];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    // Synchronous calls are five times as fast as awaited ones; between folders others have their turn.
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        open.push(path);
        hash.update(`d ${path}\0`);
        continue;
      }
      files++;
      const found = lstatSync(join(folder, path));
      // The time of the last change of the inode cannot be set: a changed content shows even when size and date fit.
      const what = entry.isSymbolicLink()
        ? readlinkSync(join(folder, path))
        : `${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
      bytes += found.nlink > 1 ? found.size / found.nlink : found.size;
      hash.update(`${entry.isSymbolicLink() ? "l" : "f"} ${path}\0${found.mode} ${what}\0`);
    }
    await setImmediate();
  }
  return { files, bytes: Math.round(bytes), digest: hash.digest("hex") };
}
