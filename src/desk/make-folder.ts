import { mkdir } from "node:fs/promises";

/** A folder, with those above it. By itself first: where the disk can only be read, Node says of a recursive one that it does not exist. */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const more = mode === undefined ? {} : { mode };
  await mkdir(path, more).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST" && error.code !== "ENOENT") throw error;
    await mkdir(path, { ...more, recursive: true });
  });
}
