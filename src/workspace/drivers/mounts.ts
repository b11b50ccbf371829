import { chown, mkdir, stat, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { staysInside } from "../../trees/paths.ts";
import type { Tree } from "../../trees/tree.ts";
import type { Mount, RunRequest } from "../sandbox.ts";
import { PROXY_SOCKET_INSIDE } from "./forwarder.ts";
import { type Layer, layersOf } from "./layers-shown.ts";
import type { Runtime } from "./runtime.ts";

/** How the folders of a request, and its way out, come into one run. */
export type Mounted = {
  /** Host path → path inside, in the order they are mounted. */
  readonly binds: readonly Bind[];
  readonly discarded: readonly Discarded[];
  /** What lies over private places within those that are bound (a key beside a tool chain). */
  readonly covers: readonly Layer[];
  /** What has to be bound elsewhere first, because the run's user may not enter the folders above it. */
  readonly staged: readonly { readonly from: string; readonly to: string }[];
};

/**
 * A folder whose writes only the run sees. One that belongs to the run's user can lie below an overlay; what belongs to
 * anybody else could not be changed there, and is copied.
 */
export type Discarded = { readonly from: string; readonly to: string; readonly lies: "below" | "copied" };

export type Bind = { readonly from: string; readonly to: string; readonly writable: boolean };

/** Where the sandbox keeps things of its own, which no mount may hide. */
const OWN = ["/opt/coop/bin", "/opt/coop/npm", "/opt/coop/run", "/opt/coop/copies"];

/**
 * @param folder of this run alone, on the host
 * @throws for a place that only a bug of ours can name
 */
export async function mountsFor(request: RunRequest, runtime: Runtime, folder: string): Promise<Mounted> {
  const binds: Bind[] = [];
  const discarded: Discarded[] = [];
  for (const mount of request.mounts ?? []) {
    const to = placeOf(mount);
    if (mount.writes === "kept" && runtime.user) await chown(mount.from, runtime.user.uid, runtime.user.gid);
    if (mount.writes === "discarded")
      discarded.push({ from: mount.from, to, lies: await liesFor(mount.from, runtime) });
    else binds.push({ from: mount.from, to, writable: mount.writes === "kept" });
  }
  if (request.proxySocket !== undefined) {
    if (runtime.user) await chown(request.proxySocket, runtime.user.uid, runtime.user.gid);
    binds.push({ from: request.proxySocket, to: PROXY_SOCKET_INSIDE, writable: false });
  }
  const shown = binds.filter(({ writable }) => !writable);
  const covers = layersOf(shown, runtime.privatePaths).filter(({ kind }) => kind !== "shown");
  return runtime.user
    ? { ...(await stage(binds, discarded, folder)), covers }
    : { binds, discarded, covers, staged: [] };
}

async function liesFor(from: string, { overlay, user }: Runtime): Promise<Discarded["lies"]> {
  const { uid, gid } = await stat(from);
  const whole = uid === (user?.uid ?? process.getuid?.()) && gid === (user?.gid ?? process.getgid?.());
  return overlay && whole ? "below" : "copied";
}

/** Where a mount is seen inside. @throws for a place that only a bug of ours can name */
export function placeOf({ at }: Mount): string {
  const absolute = at.startsWith("/");
  const to = absolute ? posix.normalize(at) : `/workspace/${at}`;
  const fits = absolute ? to === at && at.startsWith("/opt/coop/") : staysInside(at);
  if (!fits || OWN.some((own) => to === own || to.startsWith(`${own}/`)))
    throw new Error(`Nothing can be mounted at ${at}`);
  return to;
}

/** A server that is root has folders which only root may enter; the run's user reaches them by these stand-ins. */
async function stage(
  binds: readonly Bind[],
  discarded: readonly Discarded[],
  folder: string,
): Promise<Omit<Mounted, "covers">> {
  const staged: { from: string; to: string }[] = [];
  const standIn = async <Of extends { readonly from: string }>(one: Of): Promise<Of> => {
    const to = join(folder, `m${staged.length}`);
    if ((await stat(one.from)).isDirectory()) await mkdir(to);
    else await writeFile(to, "");
    staged.push({ from: one.from, to });
    return { ...one, from: to };
  };
  const reached = { binds: [] as Bind[], discarded: [] as Discarded[] };
  for (const bind of binds) reached.binds.push(await standIn(bind));
  for (const one of discarded) reached.discarded.push(await standIn(one));
  return { ...reached, staged };
}

/** What lies where something is mounted is not written: the mount would hide it or refuse it. */
export function withoutMounted(tree: Tree, mounts: readonly Mount[]): Tree {
  const places = mounts.map(({ at }) => at).filter((at) => !at.startsWith("/"));
  if (places.length === 0) return tree;
  const hidden = (path: string) => places.some((at) => path === at || path.startsWith(`${at}/`));
  return new Map([...tree].filter(([path]) => !hidden(path)));
}
