import { existsSync, lstatSync, realpathSync } from "node:fs";

/**
 * Folders of this machine that are shown inside, and the private places within them, which something empty covers. One place of the
 * host may be seen at several inside (`/lib` is `/usr/lib`, a link to a tool chain), and a tool chain may lie within a private folder.
 */
export type Shown = { readonly from: string; readonly to: string };
export type Layer = (Shown & { readonly kind: "shown" }) | { readonly kind: "folder" | "file"; readonly to: string };

/** @returns what is mounted inside, in this order: a place after the one that it lies in */
export function layersOf(shown: readonly Shown[], privatePaths: readonly string[]): readonly Layer[] {
  const covers = privatePaths.flatMap((path) => placesInside(path, shown).map((to) => ({ kind: kindOf(path), to })));
  const all: Layer[] = [...shown.map((one) => ({ ...one, kind: "shown" as const })), ...covers];
  const kept: Layer[] = [];
  // A folder that is private and shown by name is shown: the operator said so.
  const first = ({ kind }: Layer) => (kind === "shown" ? 1 : 0);
  for (const one of all.sort((a, b) => depth(a.to) - depth(b.to) || first(a) - first(b))) {
    const below = kept.findLast(({ to }) => one.to === to || one.to.startsWith(`${to}/`));
    // What lies within something covered is gone with it; only another folder that is shown can lie there.
    if (one.kind === "shown" || below?.kind === "shown") kept.push(one);
  }
  return kept;
}

/** Where a place of the host is seen inside, by whatever folder shows it; not where it is itself what is shown. */
function placesInside(path: string, shown: readonly Shown[]): string[] {
  if (!existsSync(path)) return [];
  const real = realpathSync(path);
  const found = shown.flatMap(({ from, to }) => {
    const root = existsSync(from) ? realpathSync(from) : from;
    return real.startsWith(`${root}/`) ? [to + real.slice(root.length)] : [];
  });
  return [...new Set(found)];
}

/** A private place, and what may be seen there all the same: the way to folders that are shown. */
export type PrivatePlace = { readonly path: string; readonly but: readonly string[] };

/** For the probes, which look at every name that a private place could have inside. */
export function privatePlacesInside(privatePaths: readonly string[], shown: readonly Shown[]): PrivatePlace[] {
  const names = privatePaths.flatMap((path) => [path, ...placesInside(path, shown)]);
  return [...new Set(names)].map((path) => {
    const within = shown.filter(({ to }) => to.startsWith(`${path}/`));
    return { path, but: within.map(({ to }) => to.slice(path.length + 1).split("/")[0] ?? "") };
  });
}

function kindOf(path: string): "folder" | "file" {
  return existsSync(path) && lstatSync(realpathSync(path)).isDirectory() ? "folder" : "file";
}

function depth(path: string): number {
  return path.split("/").length;
}
