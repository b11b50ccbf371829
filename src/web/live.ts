import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Tells a page that is open in a browser when something of it changed, as server-sent events. Nothing of a ticket is in the
 * stream but what its step does right now: the page asks for itself again, with whatever rights its reader has by then.
 */
export type Live = {
  /** What stands for the page's content as it is now; null when it is not there, or not for this reader. */
  stamp(): Promise<string | null>;
  /** One line that may change at every look, as HTML; the page puts it into its place without asking for anything. */
  now?(): string | null;
  /** Between two looks. */
  readonly everyMs: number;
};

/** Browsers connect again by themselves; until then nobody needs to notice that a login or a page is gone. */
const STREAM_MS = 5 * 60_000;
/** A proxy takes a silent answer for a dead one, mostly after a minute. */
const SILENCE_MS = 20_000;
/** Each open page asks the database every few seconds. Further ones are as they were without this. */
const STREAMS_MAX = 100;

/** The open pages of one server. */
export class Streams {
  readonly #open = new Map<ServerResponse, AbortController>();

  /** @returns aborted when the reader has left or the server is about to close; null when too many are open */
  begin(res: ServerResponse): AbortSignal | null {
    if (this.#open.size >= STREAMS_MAX) return null;
    const over = new AbortController();
    this.#open.set(res, over);
    res.once("close", () => {
      this.#open.delete(res);
      over.abort();
    });
    if (res.destroyed) over.abort();
    return over.signal;
  }

  endAll(): void {
    for (const over of this.#open.values()) over.abort();
  }
}

const STILL = ": still here\n\n";

/** @returns when the stream has ended */
export async function liveStream(
  req: IncomingMessage,
  res: ServerResponse,
  headers: object,
  live: Live,
  streams: Streams,
): Promise<void> {
  const over = streams.begin(res);
  const first = over && (await live.stamp());
  if (first === null || over === null) {
    // 204 tells a browser not to come again.
    res.writeHead(204, { ...headers, "cache-control": "no-store" }).end();
    return;
  }
  res.writeHead(200, { ...headers, "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
  if (req.method !== "HEAD") await tell(res, live, first, over);
  res.end();
}

async function tell(res: ServerResponse, live: Live, first: string, over: AbortSignal): Promise<void> {
  const { stamp, everyMs } = live;
  const until = performance.now() + STREAM_MS;
  let [seen, saw] = [first, ""];
  let spoke = performance.now();
  res.write("retry: 3000\n\n");
  while (!over.aborted && performance.now() < until) {
    await sleep(everyMs, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    const now = await stamp().catch(() => seen);
    if (now === null) return;
    // A page that is drawn anew shows it already.
    const does = now === seen ? (live.now?.() ?? "") : saw;
    if (now === seen && does === saw && performance.now() - spoke < SILENCE_MS) continue;
    res.write(now !== seen ? "event: changed\ndata: .\n\n" : does !== saw ? `event: now\ndata: ${does}\n\n` : STILL);
    [seen, saw] = [now, does];
    spoke = performance.now();
  }
}
