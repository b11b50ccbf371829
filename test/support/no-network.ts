import { Socket } from "node:net";

/**
 * No test may reach the network: only servers that a test starts on this machine answer. Every connection of this process
 * goes through here, whatever library makes it; nock alone would slow each request down and see HTTP only.
 */
const LOOPBACK = /^(127\.0\.0\.1|localhost|::1)$/;
const WATCH = Symbol.for("cooperations: no network in tests");

/** Kept on the class itself: one worker runs many files, and the class outlives them. */
const sockets: { [WATCH]?: { by: "us" | "nock" } } = Socket as never;
if (!sockets[WATCH]) {
  const watch: { by: "us" | "nock" } = { by: "us" };
  const connect = Socket.prototype.connect;
  sockets[WATCH] = watch;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const host = watch.by === "us" ? hostOf(args) : null;
    if (host !== null && !LOOPBACK.test(host)) throw new Error(`A test wants to reach ${host}; tests have no network`);
    return connect.apply(this, args as Parameters<typeof connect>);
  };
}

/** nock answers below the sockets that are opened here, so while it is active it has to do the watching itself. */
export function watchedBy(by: "us" | "nock"): void {
  if (sockets[WATCH]) sockets[WATCH].by = by;
}

/** @returns null for a path: sockets of the file system do not leave the machine */
function hostOf([first, second]: readonly unknown[]): string | null {
  // `net.connect` hands its arguments on as one list.
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === "object" && first !== null) {
    const { path, host } = first as { path?: string; host?: string };
    return path ? null : (host ?? "localhost");
  }
  if (typeof first === "string" && !/^\d+$/.test(first)) return null;
  return typeof second === "string" ? second : "localhost";
}
