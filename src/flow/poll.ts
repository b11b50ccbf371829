// Held by test/scenarios/webhooks.test.ts
import { jittered } from "../core/rules/jitter.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { DeliveryPage, ForgeApp, RecordedDelivery } from "../forge/forge-app.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";
import type { ProjectionStore } from "../store/projection-store.ts";
import { type Aside, asideIn, putAside, tryAside } from "./put-aside.ts";
import type { Log } from "../steps/step-world.ts";

/**
 * Fetches what GitHub recorded of its webhooks, for a server that GitHub cannot reach. What was fetched goes the same way as a webhook
 * that came in, under the same id, so both ways at once make one; whichever was missed, the other heals. The time up to which
 * all was taken in is kept in the database. A turn may die on any line: what it took in twice counts once.
 */
export type Polling = {
  readonly app: Pick<ForgeApp, "deliveryPage" | "deliveryPayload">;
  readonly deliveries: Pick<DeliveryStore, "known">;
  readonly marks: Pick<ProjectionStore, "get" | "put" | "of" | "forget">;
  /** Of what nothing depends on the payload is not fetched. */
  readonly concerns: (delivery: RecordedDelivery) => boolean;
  readonly take: (delivery: {
    readonly id: string;
    readonly name: string;
    readonly payload: unknown;
  }) => Promise<unknown>;
  readonly now: () => Date;
  readonly log: Log;
  /** For tests. */
  readonly everyMs?: number | undefined;
};

/** A person who has put a label on sees the first sign within seconds; 720 looks an hour leave the App most of its 5,000. */
const EVERY_MS = 5_000;
/** While GitHub is away the wait doubles up to this. */
const EVERY_MS_MAX = 5 * 60_000;
/** A server that starts for the first time takes in what happened while it was set up, and no old stories. */
const FIRST_LOOK_BACK_MS = 60 * 60_000;
/** A delivery may enter the record after later ones: its address has ten seconds to answer. */
const OVERLAP_MS = 2 * 60_000;
/** 10,000 deliveries: more than three days of a busy App, and an end to the loop. */
const PAGES_MAX = 100;
/** Then the time is noted, so that a long backlog is not begun anew when the process ends. */
const TAKEN_A_TURN_MAX = 100;
/** What cannot be taken in after so many turns (two and a half minutes) is set aside, or nothing after it would ever be heard. */
const TRIES_MAX = 5;
/** Remembered so that what lies in the overlap is not fetched again. */
const TAKEN_KEPT_MAX = 20_000;

/** What this process has dealt with, by guid; for what failed, how often; and what is tried again later, once that was read. */
export type Memory = {
  readonly taken: Set<string>;
  readonly tries: Map<string, number>;
  aside: Map<string, Aside> | null;
};

export function memory(): Memory {
  return { taken: new Set(), tries: new Map(), aside: null };
}

/** @returns whether there is more to take at once */
export async function poll(polling: Polling, known: Memory): Promise<"more" | "all"> {
  const { taken } = known;
  const nowMs = polling.now().getTime();
  const aside = (known.aside ??= new Map((await asideIn(polling.marks, nowMs)).map((one) => [one.guid, one])));
  const mark = await polling.marks.get(MARK.key, MARK.kind);
  const at = mark ? Date.parse(mark.bodySha256) : nowMs - FIRST_LOOK_BACK_MS;
  const recorded = await recordedSince(polling, at - OVERLAP_MS);
  const fresh = recorded.filter(({ guid }) => !taken.has(guid));
  const stored = await polling.deliveries.known(fresh.map(({ guid }) => guid));
  let upTo = at;
  let fetched = 0;
  try {
    for (const one of fresh) {
      if (fetched >= TAKEN_A_TURN_MAX) return "more";
      if (!stored.has(one.guid) && !taken.has(one.guid) && !aside.has(one.guid) && polling.concerns(one)) {
        fetched += 1;
        await takeIn(polling, one, known);
      }
      taken.add(one.guid);
      upTo = Math.max(upTo, Date.parse(one.deliveredAt));
    }
    // After the fresh ones: what failed for hours holds up nobody.
    await tryAside(polling.marks, aside, (one) => fetchAndTake(polling, one), nowMs);
    return "all";
  } finally {
    for (const oldest of taken) if (taken.size > TAKEN_KEPT_MAX) taken.delete(oldest);
    if (upTo > at) await noteMark(polling, upTo);
    else if (!mark) await noteMark(polling, at);
  }
}

/** Kept among what is drawn, under a name that no ticket can have. */
const MARK = { key: "deliveries", kind: "taken up to" } as const;

async function noteMark({ marks }: Polling, at: number): Promise<void> {
  await marks.put(MARK.key, MARK.kind, { remoteId: null, bodySha256: new Date(at).toISOString() });
}

async function fetchAndTake(polling: Polling, { id, guid, event }: Pick<RecordedDelivery, "id" | "guid" | "event">) {
  const payload = await polling.app.deliveryPayload({ id });
  // GitHub keeps a delivery for some days only.
  if (payload !== null) await polling.take({ id: guid, name: event, payload });
}

async function takeIn(polling: Polling, one: RecordedDelivery, { tries, aside }: Memory): Promise<void> {
  let payload: unknown;
  try {
    payload = await polling.app.deliveryPayload(one);
    // GitHub keeps a delivery for some days only.
    if (payload !== null) await polling.take({ id: one.guid, name: one.event, payload });
    tries.delete(one.guid);
  } catch (error) {
    // GitHub has just shown the list, so that a payload without a time to come again may never be shown.
    if (error instanceof ForgeAway && (payload !== undefined || error.retryAfterMs !== null)) throw error;
    const failed = (tries.get(one.guid) ?? 0) + 1;
    tries.set(one.guid, failed);
    if (failed < TRIES_MAX) throw error;
    tries.delete(one.guid);
    aside?.set(one.guid, await putAside(polling.marks, one, polling.now().getTime()));
    polling.log.error(
      { delivery: one.guid, event: one.event, error: String(error) },
      "a delivery is set aside and tried again later",
    );
  }
}

/** Oldest first, each once. */
async function recordedSince({ app, log }: Polling, since: number): Promise<RecordedDelivery[]> {
  const found = new Map<string, RecordedDelivery>();
  let cursor: string | null = null;
  for (let page = 0; ; page += 1) {
    const { deliveries, next }: DeliveryPage = await app.deliveryPage(cursor);
    const wanted = deliveries.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= since);
    // Of a delivery and its redelivery the first one says when it was.
    for (const one of wanted) found.set(one.guid, one);
    if (!next || wanted.length < deliveries.length) break;
    if (page + 1 >= PAGES_MAX) {
      log.warn({ pages: PAGES_MAX }, "more webhooks are recorded than are read; the sweep finds what is missing");
      break;
    }
    cursor = next;
  }
  return [...found.values()]
    .reverse()
    .sort((one, other) => Date.parse(one.deliveredAt) - Date.parse(other.deliveredAt));
}

/** Goes on until it is stopped. Whatever fails is tried again later. */
export function startPolling(polling: Polling): { readonly stop: () => Promise<void> } {
  const known = memory();
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let state: "on" | "stopped" = "on";
  const next = (ms: number) => {
    if (state === "stopped") return;
    timer = setTimeout(
      () => {
        running = turn();
      },
      jittered(ms, Math.random()),
    );
  };
  const turn = async () => {
    try {
      const left = await poll(polling, known);
      failures = 0;
      next(left === "more" ? 0 : (polling.everyMs ?? EVERY_MS));
    } catch (error) {
      failures += 1;
      const ms = waitMs(error, failures);
      polling.log.warn({ error: String(error), inMs: ms }, "webhooks could not be fetched and are fetched later");
      next(ms);
    }
  };
  next(0);
  return {
    stop: async () => {
      state = "stopped";
      clearTimeout(timer);
      await running;
    },
  };
}

function waitMs(error: unknown, failures: number): number {
  const asked = error instanceof ForgeAway ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(asked, Math.min(EVERY_MS_MAX, EVERY_MS * 2 ** failures));
}
