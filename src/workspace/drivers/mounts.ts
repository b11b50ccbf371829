import { chown, mkdir, stat, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { staysInside } from "../../trees/paths.ts";
import type { Tree } from "../../trees/tree.ts";
import type { Mount, RunRequest } from "../sandbox.ts";
import { PROXY_SOCKET_INSIDE } from "./forwarder.ts";
import { quoted } from "./inside.ts";
import type { Runtime } from "./runtime.ts";

/** How the folders of a request, and its way out, come into one run. */
export type Mounted = {
  /** Host path → path inside, in the order they are mounted. */
  readonly binds: readonly Bind[];
  /** Shell lines that run inside before the command. */
  readonly prepare: readonly string[];
  /** What has to be bound elsewhere first, because the run's user may not enter the folders above it. */
  readonly staged: readonly { readonly from: string; readonly to: string }[];
};

export type Bind = { readonly from: string; readonly to: string; readonly writable: boolean };

/** Where the sandbox keeps things of its own, which no mount may hide. */
const OWN = ["/opt/coop/bin", "/opt/coop/npm", "/opt/coop/run", "/opt/coop/copies"];

/**
 * @param folder of this run alone, on the host
 * @throws for a place that only a bug of ours can name
 */
export async function mountsFor(request: RunRequest, runtime: Runtime, folder: string): Promise<Mounted> {
  const binds: Bind[] = [];
  const prepare: string[] = [];
  for (const [index, mount] of (request.mounts ?? []).entries()) {
    const to = placeOf(mount);
    if (mount.writes === "kept" && runtime.user) await chown(mount.from, runtime.user.uid, runtime.user.gid);
    if (mount.writes !== "discarded") {
      binds.push({ from: mount.from, to, writable: mount.writes === "kept" });
      continue;
    }
    const copy = `/opt/coop/copies/${index}`;
    binds.push({ from: mount.from, to: copy, writable: false });
    prepare.push(`mkdir -p ${quoted(to)}`, `cp -a ${copy}/. ${quoted(`${to}/`)}`);
  }
  if (request.proxySocket !== undefined) {
    if (runtime.user) await chown(request.proxySocket, runtime.user.uid, runtime.user.gid);
    binds.push({ from: request.proxySocket, to: PROXY_SOCKET_INSIDE, writable: false });
  }
  return runtime.user ? await stage(binds, prepare, folder) : { binds, prepare, staged: [] };
}

function placeOf({ at }: Mount): string {
  const absolute = at.startsWith("/");
  const to = absolute ? posix.normalize(at) : `/workspace/${at}`;
  const fits = absolute ? to === at && at.startsWith("/opt/coop/") : staysInside(at);
  if (!fits || OWN.some((own) => to === own || to.startsWith(`${own}/`)))
    throw new Error(`Nothing can be mounted at ${at}`);
  return to;
}

/** A server that is root has folders which only root may enter; the run's user reaches them by these stand-ins. */
async function stage(binds: readonly Bind[], prepare: readonly string[], folder: string): Promise<Mounted> {
  const staged: { from: string; to: string }[] = [];
  const reached: Bind[] = [];
  for (const [index, bind] of binds.entries()) {
    const to = join(folder, `mount-${index}`);
    if ((await stat(bind.from)).isDirectory()) await mkdir(to);
    else await writeFile(to, "");
    staged.push({ from: bind.from, to });
    reached.push({ ...bind, from: to });
  }
  return { binds: reached, prepare, staged };
}

/** What lies where something is mounted is not written: the mount would hide it or refuse it. */
export function withoutMounted(tree: Tree, mounts: readonly Mount[]): Tree {
  const places = mounts.map(({ at }) => at).filter((at) => !at.startsWith("/"));
  if (places.length === 0) return tree;
  const hidden = (path: string) => places.some((at) => path === at || path.startsWith(`${at}/`));
  return new Map([...tree].filter(([path]) => !hidden(path)));
}
