import { parseTicketKey } from "../core/ledger/ids.ts";
import type { Now } from "../telemetry/telemetry.ts";
import type { Live } from "./live.ts";
import type { PageDeps } from "./page-deps.ts";

/** People who watch a ticket see the next step within the time that they need to look for it. */
const LIVE_MS = { list: 5_000, ticket: 2_000 } as const;
/** A step makes calls every few seconds; its page is drawn anew this often while nothing else changes. */
const NOW_DRAWN_MS = 20_000;

type Deps = Pick<PageDeps, "tickets" | "ledger" | "underWay" | "liveEveryMs">;

/** @returns what an open page follows under this path: the list, a ticket, or a ticket's change */
export function liveOf(path: string, deps: Deps): Live | null {
  if (path === "/live") {
    const stamp = async () => JSON.stringify(await deps.tickets());
    return { stamp, everyMs: deps.liveEveryMs ?? LIVE_MS.list };
  }
  const [owner, name, number, ...rest] = path.startsWith("/live/") ? path.slice("/live/".length).split("/") : [];
  const key = `${owner}/${name}#${number}`;
  const isChange = rest.length === 1 && rest[0] === "diff";
  if ((rest.length > 0 && !isChange) || !parseTicketKey(key)) return null;
  const stamp = async () => {
    const last = (await deps.ledger(key)).at(-1);
    if (!last) return null;
    return isChange ? last.hash : `${last.hash} ${nowStamp(deps.underWay?.(key) ?? null, Date.now())}`;
  };
  return { stamp, everyMs: deps.liveEveryMs ?? LIVE_MS.ticket };
}

/** The same for all calls of a step within some seconds. */
function nowStamp(now: Now | null, nowMs: number): string {
  return now ? `${now.step} ${now.since} ${Math.floor((nowMs - now.since) / NOW_DRAWN_MS)}` : "";
}
