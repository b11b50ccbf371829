import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * A freshly made, empty database as an archive, kept beside the installed packages. To make one takes PGlite six seconds,
 * to unpack one less than a second. It is written once per version and machine, and only ever makes things faster:
 * without it, or where it cannot be written, the database is made anew.
 */
export type Snapshot = {
  /** @returns null when there is none yet */
  read(): Promise<Blob | null>;
  write(archive: Blob): Promise<void>;
  remove(): Promise<void>;
};

const CACHE = "node_modules/.cache/cooperations";

export async function pgliteSnapshot(): Promise<Snapshot> {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const root = entry.slice(0, entry.lastIndexOf("node_modules"));
  const manifest = await readFile(join(dirname(entry), "..", "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const path = join(root, CACHE, `pglite-${version}.tar`);
  return {
    read: () =>
      readFile(path).then(
        (content) => new Blob([content]),
        () => null,
      ),
    write: async (archive) => {
      // A reader sees the whole archive or none, also when two processes make one at the same time.
      const unfinished = `${path}.${process.pid}`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(unfinished, Buffer.from(await archive.arrayBuffer()));
        await rename(unfinished, path);
      } catch {
        await rm(unfinished, { force: true });
      }
    },
    remove: () => rm(path, { force: true }),
  };
}
