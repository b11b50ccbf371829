// Held by test/scenarios/stuck.system.ts
import { jittered } from "../core/rules/jitter.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { RecordedDelivery } from "../forge/forge-app.ts";
import type { ProjectionStore } from "../store/projection-store.ts";

/**
 * Deliveries that could not be taken in after some tries. They hold up nobody who comes after them, and are tried again, later and
 * later, as long as GitHub keeps them; then they stay named for whoever runs `coop doctor`.
 */
export type Aside = Pick<RecordedDelivery, "id" | "guid" | "event" | "deliveredAt"> & {
  readonly tries: number;
  readonly nextAt: number;
};

type Marks = Pick<ProjectionStore, "of" | "put" | "forget">;

/** The same name under which the time of the last one is kept: no ticket can have it. */
const KEY = "deliveries";
const PREFIX = "aside ";
const AGAIN_MS = 5 * 60_000;
const AGAIN_MS_MAX = 60 * 60_000;
/** Tries of one turn: fresh deliveries are not to wait for old ones, nor are all the day's requests for them. */
const TRIES_A_TURN_MAX = 5;
const DAY_MS = 24 * 60 * 60_000;
/** GitHub shows a delivery for three days. */
const SHOWN_MS = 3 * DAY_MS;
/** So long an operator who was away for a week finds it named. */
const NAMED_MS = 14 * DAY_MS;

/** Those of an earlier process. Their tries are spread over some minutes: what hurt together before may do so again. */
export async function asideIn(marks: Pick<Marks, "of">, nowMs: number): Promise<Aside[]> {
  const found = await marks.of(KEY, PREFIX);
  return found.map(({ kind, remoteId, bodySha256 }) => {
    const [event = "", deliveredAt = ""] = bodySha256.split(" ");
    const nextAt = nowMs + Math.random() * AGAIN_MS;
    return { id: remoteId ?? 0, guid: kind.slice(PREFIX.length), event, deliveredAt, tries: 0, nextAt };
  });
}

export async function putAside(
  marks: Pick<Marks, "put">,
  { id, guid, event, deliveredAt }: RecordedDelivery,
  nowMs: number,
): Promise<Aside> {
  await marks.put(KEY, `${PREFIX}${guid}`, { remoteId: id, bodySha256: `${event} ${deliveredAt}` });
  return { id, guid, event, deliveredAt, tries: 1, nextAt: nowMs + jittered(AGAIN_MS, Math.random()) };
}

/**
 * Tries some of those whose time has come.
 * @param take throws when it still cannot be taken in
 * @throws when GitHub says how long to leave it alone
 */
export async function tryAside(
  marks: Pick<Marks, "forget">,
  aside: Map<string, Aside>,
  take: (one: Aside) => Promise<unknown>,
  nowMs: number,
): Promise<void> {
  const due = [...aside.values()].filter(({ nextAt }) => nextAt <= nowMs);
  const ageMs = ({ deliveredAt }: Aside) => nowMs - Date.parse(deliveredAt);
  const forget = async ({ guid }: Aside) => {
    await marks.forget(KEY, `${PREFIX}${guid}`);
    aside.delete(guid);
  };
  for (const one of due.filter((each) => ageMs(each) > NAMED_MS)) await forget(one);
  for (const one of due.filter((each) => ageMs(each) <= SHOWN_MS).slice(0, TRIES_A_TURN_MAX)) {
    const waitMs = Math.min(AGAIN_MS_MAX, AGAIN_MS * 2 ** one.tries);
    aside.set(one.guid, { ...one, tries: one.tries + 1, nextAt: nowMs + jittered(waitMs, Math.random()) });
    if (await isTaken(take, one)) await forget(one);
  }
}

/** Why it fails was logged when it was put aside; that it still does is shown by its name in `coop doctor`. */
async function isTaken(take: (one: Aside) => Promise<unknown>, one: Aside): Promise<boolean> {
  try {
    await take(one);
    return true;
  } catch (error) {
    if (error instanceof ForgeAway && error.retryAfterMs !== null) throw error;
    return false;
  }
}
