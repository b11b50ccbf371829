import { lstat, realpath } from "node:fs/promises";
import { join } from "node:path";

/**
 * While a layer is made, programs of packages write into it: one can move a folder that is mounted later out of the way and leave a
 * link to a folder of this machine in its place. No program of theirs runs any more when this is asked.
 * @returns the first of the places that is a link, lies behind one, or is gone
 */
export async function replacedIn(folder: string, places: readonly string[]): Promise<string | null> {
  const root = await realpath(folder);
  for (const place of places) {
    const real = await realpath(join(folder, place)).catch(() => null);
    if (real !== join(root, place)) return place;
  }
  return null;
}

/** Those that are still there, as whatever they are. */
export async function stillIn(folder: string, places: readonly string[]): Promise<string[]> {
  const there = await Promise.all(places.map((place) => lstat(join(folder, place)).catch(() => null)));
  return places.filter((_, index) => there[index] !== null);
}

export function replacedSentence(place: string): string {
  return `A package put a link in the place of \`${place}\` while the packages came in, so nothing of it is used. Take that package out of the manifests, or look at it: packages have no reason to do this.`;
}
