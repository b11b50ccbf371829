import { parseTicketKey } from "../core/ledger/ids.ts";
import type { Now } from "../telemetry/telemetry.ts";
import type { Live } from "./live.ts";
import { nowShown } from "./now.ts";
import type { PageDeps } from "./page-deps.ts";

/** People who watch a ticket see the next step within the time that they need to look for it. */
const LIVE_MS = { list: 5_000, ticket: 2_000 } as const;

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
    return isChange ? last.hash : `${last.hash} ${stepStamp(deps.underWay?.(key) ?? null)}`;
  };
  const now = () => nowShown(deps.underWay?.(key) ?? null, Date.now())?.html.replaceAll("\n", " ") ?? null;
  return { stamp, everyMs: deps.liveEveryMs ?? LIVE_MS.ticket, ...(isChange ? {} : { now }) };
}

/** The same for all calls of a step: what changes in between is one line. */
function stepStamp(now: Now | null): string {
  return now ? `${now.step} ${now.since}` : "";
}
