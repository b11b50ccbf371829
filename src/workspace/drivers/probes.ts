import { createServer } from "node:net";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { Sandbox } from "../sandbox.ts";
import type { PrivatePlace } from "./layers-shown.ts";
import { PROBE_PROGRAM } from "./probe-program.ts";

/** Of the first line that a driver says. */
const LINE_CHARS_SHOWN = 300;

/**
 * A sandbox is believed only after it was attacked. The probes run inside it once, at start-up; a single one that is
 * not blocked means that this driver is not used.
 */
const PROBE_TIMEOUT_MS = 20_000;
const PROBE_OUTPUT_BYTES_MAX = 20_000;

/** What a sandbox that shares this machine's programs must not show. */
const HOST_FOLDERS = ["/etc/shadow", "/root", "/home", "/var", "/run", "/sys", "/boot", "/var/run/docker.sock"];
/** An image has folders of its own; whoever reaches the engine's socket is root of the host. */
const ENGINE_SOCKETS = [
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/run/podman/podman.sock",
  "/host",
  "/boot/vmlinuz",
];

export type Probe = { readonly name: string; readonly blocked: boolean; readonly saw: string };

/** Runs every probe inside. @returns a sentence instead when the run itself failed */
export async function probe(sandbox: Sandbox, places: readonly PrivatePlace[]): Promise<readonly Probe[] | string> {
  const listener = await listen();
  const settings = {
    privatePlaces: places.filter(({ path }) => isHostPath(path)),
    port: listener.port,
    absent: sandbox.driver === "podman" || sandbox.driver === "docker" ? ENGINE_SOCKETS : HOST_FOLDERS,
  };
  const { tree, blobs } = memoryTree([
    ["probe.cjs", Buffer.from(PROBE_PROGRAM)],
    ["settings.json", Buffer.from(JSON.stringify(settings))],
  ]);
  const command = "node probe.cjs";
  const result = await sandbox
    .run({ tree, blobs, command, timeoutMs: PROBE_TIMEOUT_MS, outputBytesMax: PROBE_OUTPUT_BYTES_MAX })
    .finally(listener.close);
  const json = /^PROBES (\[.*\])$/m.exec(result.output)?.[1];
  if (result.outcome === "exited" && result.exitCode === 0 && json) return JSON.parse(json) as Probe[];
  return firstLine(result.output) || `it ended with ${result.outcome} and said nothing.`;
}

/** A server on this host's own loopback, which must not be reachable from inside. */
async function listen(): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : 0, close: () => server.close() };
}

/** Where the sandbox has folders of its own of the same name, a path cannot show whether the host's is visible. */
function isHostPath(path: string): boolean {
  return !/^\/(?:tmp|workspace|proc|dev|opt\/coop)(?:\/|$)/.test(path) && path !== "/";
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, LINE_CHARS_SHOWN) ?? "";
}
