// Held by test/scenarios/webhooks.test.ts
import { type TicketKey, ticketKey } from "../core/ledger/ids.ts";
import { LIVE_LABELS } from "../core/ticket/phase.ts";
import type { FailedDelivery, ForgeApp, RepositoryAccess } from "../forge/forge-app.ts";
import type { Queue } from "../queue/queue.ts";
import type { Pruned } from "../store/prune.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { takeUpLost } from "./lost.ts";
import { readObjections } from "./objections.ts";
import { readChanges } from "./read-changes.ts";
import { dueIn, turnOf } from "./sweep-turns.ts";
import type { World } from "./world.ts";

/**
 * Finds what webhooks missed. Lost deliveries are asked for again, which keeps who sent them; what changed is read, with its
 * comments; and labelled issues that the database does not know are rebuilt from their threads. What a sweep asks and does goes
 * with what changed since the one before: a ticket that waits for a person is looked at some times a day, not each time.
 */
export type Sweep = {
  readonly world: World;
  readonly app: ForgeApp;
  readonly deliveries: DeliveryStore;
  readonly queue: Queue;
  readonly prune: (now: Date) => Promise<Pruned>;
  /** How webhooks come in that GitHub could not hand over. Absent: they are asked for again. */
  readonly lost?: "are asked for again" | "are polled";
  /** Takes in labels whose webhooks were answered by something else than this server. Absent: nothing is looked for. */
  readonly missed?: (() => Promise<void>) | undefined;
};

/** GitHub keeps failed deliveries for three days. */
const REDELIVERY_MS = 3 * 24 * 60 * 60 * 1000;
/** A delivery may enter the record after later ones. */
const OVERLAP_MS = 10 * 60_000;
/** So many in a row that cannot be asked for again: then it is GitHub that is away, and the rest has its turn with the next sweep. */
const REFUSED_IN_A_ROW_MAX = 5;
/** Stuck tickets of one sweep: where more are, the server is broken, and not a ticket. What fails again goes to the end of the line. */
const STUCK_TRIED_MAX = 200;
/** `full` looks at every ticket, and for labelled issues that the database does not know: needed once, after a start. */
export type Depth = "full" | "light";

/** Kept among what is drawn, under a name that no ticket can have. */
const MARK = { key: "sweep", kind: "begun" } as const;
/** Its own: up to where every lost delivery was asked for, which a sweep may fail to do that did all the rest. */
const ASKED_AGAIN = { key: "sweep", kind: "asked again" } as const;

export async function sweep(parts: Sweep, depth: Depth, signal: AbortSignal): Promise<void> {
  const { world } = parts;
  const at = world.now();
  const last = depth === "full" ? null : await markedAt(world, MARK);
  if (parts.lost !== "are polled") await safely(parts, "redelivery", () => redeliver(parts, depth, signal));
  if (parts.missed) await safely(parts, "labels", parts.missed);
  const waitedBefore = await world.inbox.ticketsPending();
  const open = await world.index.open();
  await safely(parts, "installations", async () => {
    const installations = await parts.app.installations();
    const active = new Set(installations.flatMap(({ id, state }) => (state === "active" ? [id] : [])));
    await readAgain(parts, open, active, signal);
    if (depth === "full") await findAllLost(parts, active, signal);
  });
  await nudge(parts, open, { waitedBefore, due: dueIn(last, at) });
  await safely(parts, "pruning", async () => {
    const gone = await parts.prune(world.now());
    if (Object.values(gone).some((rows) => rows > 0)) world.log.info(gone, "what is old was forgotten");
  });
  await markAt(world, MARK, at);
}

type Mark = typeof MARK | typeof ASKED_AGAIN;

/** Null also where a clock that was ahead has written it: what happened since then is not known. */
async function markedAt({ projections, now }: World, { key, kind }: Mark): Promise<Date | null> {
  const mark = await projections.get(key, kind);
  const at = mark ? new Date(mark.bodySha256) : null;
  return at !== null && at <= now() ? at : null;
}

function markAt({ projections }: World, { key, kind }: Mark, at: Date): Promise<void> {
  return projections.put(key, kind, { remoteId: null, bodySha256: at.toISOString() });
}

type Turns = { readonly waitedBefore: readonly TicketKey[]; readonly due: ReturnType<typeof dueIn> };

/**
 * What has just been found is heard at once, and what is stuck is tried again. For all that waited before there is a job already, at
 * the time that whoever had it last chose; it is asked for again now and then, should that job have been lost.
 */
async function nudge({ world, queue }: Sweep, open: readonly IndexedTicket[], { waitedBefore, due }: Turns) {
  const before = new Set(waitedBefore);
  const waiting = (await world.inbox.ticketsPending()).filter(
    (key) => !before.has(key) || due(key, "waits-to-be-heard"),
  );
  for (const { ticket, lane } of (await queue.dead()).slice(-STUCK_TRIED_MAX))
    await queue.nudge(ticket, { lane, reason: "sweep" });
  for (const lane of ["hearing", "guard"] as const)
    for (const ticket of waiting) await queue.nudge(ticket, { lane, reason: "sweep" });
  for (const { ticket, phase } of open)
    if (due(ticket, turnOf(phase))) await queue.nudge(ticket, { lane: "work", reason: "sweep" });
}

async function redeliver(parts: Sweep, depth: Depth, signal: AbortSignal): Promise<void> {
  const { app, deliveries, world } = parts;
  const at = world.now();
  const last = depth === "full" ? null : await markedAt(world, ASKED_AGAIN);
  const kept = at.getTime() - REDELIVERY_MS;
  // What was asked for again and failed again stands in the record anew.
  const since = new Date(last ? Math.max(kept, last.getTime() - OVERLAP_MS) : kept).toISOString();
  const failed = await app.failedDeliveries(since);
  const known = await deliveries.known(failed.map((one) => one.guid));
  const lost = failed.filter(({ guid }) => !known.has(guid));
  if (await askForAll(parts, lost, signal)) await markAt(world, ASKED_AGAIN, at);
}

/** Each for itself: one that GitHub refuses must not keep those behind it from being asked for. @returns whether all were */
async function askForAll(parts: Sweep, lost: readonly FailedDelivery[], signal: AbortSignal): Promise<boolean> {
  const { app, world } = parts;
  // Another beginning in each sweep: whatever comes behind some that are refused has a turn too.
  const from = world.now().getTime() % Math.max(1, lost.length);
  let [refused, inARow] = [0, 0];
  for (const { id, guid, event } of [...lost.slice(from), ...lost.slice(0, from)]) {
    if (signal.aborted || inARow >= REFUSED_IN_A_ROW_MAX) return false;
    const isAsked = await safely(parts, `delivery ${guid}`, () => app.redeliver(id));
    if (isAsked) world.log.info({ delivery: guid, event }, "asked for a lost delivery again");
    else refused += 1;
    inARow = isAsked ? 0 : inARow + 1;
  }
  return refused === 0;
}

/** Only where tickets are open: an installation may cover thousands of repositories that never had one. */
async function readAgain(
  parts: Sweep,
  open: readonly IndexedTicket[],
  active: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<void> {
  const tickets = Map.groupBy(open, ({ repository }) => repository);
  const places = await parts.world.repositories.placesOf([...tickets.keys()]);
  for (const [keyedAs, place] of places) {
    if (signal.aborted) return;
    if (!active.has(place.installationId)) continue;
    const { owner, name, installationId, repositoryId } = place;
    const access = { owner, name, forge: { kind: "github" as const, installationId, repositoryId } };
    const here = tickets.get(keyedAs) ?? [];
    await safely(parts, `${owner}/${name}`, () => readChanges(parts, access, keyedAs, here));
    await safely(parts, `${owner}/${name}`, () => readObjections(parts, access, keyedAs, here));
  }
}

/** Under which name a repository's tickets are kept. */
async function keyOf({ world }: Sweep, { owner, name, forge }: RepositoryAccess): Promise<string> {
  if (forge.kind !== "github") return `${owner}/${name}`;
  const keys = await world.repositories.note([{ owner, name, ...forge }]);
  return keys.get(forge.repositoryId) ?? `${owner}/${name}`;
}

async function findAllLost(parts: Sweep, active: ReadonlySet<number>, signal: AbortSignal): Promise<void> {
  for (const installationId of active)
    await safely(parts, `installation ${installationId}`, async () => {
      for (const { hasOpen, ...repository } of await parts.app.repositories(installationId)) {
        if (signal.aborted) return;
        // Nobody carries a label there; of a thousand repositories most are quiet.
        if (!hasOpen) continue;
        await safely(parts, `${repository.owner}/${repository.name}`, async () =>
          findLost(parts, repository, await keyOf(parts, repository)),
        );
      }
    });
}

/** The database was lost, the threads were not: whoever carries the label of a phase in which a ticket lives is looked at. */
async function findLost({ world, app }: Sweep, repository: RepositoryAccess, keyedAs: string): Promise<void> {
  const [owner = "", name = ""] = keyedAs.split("/");
  for (const issue of await app.openIssuesWithLabels(repository, LIVE_LABELS)) {
    const key = ticketKey({ owner, name, number: issue.number });
    if (!(await world.index.get(key))) await takeUpLost(world, key, repository.forge, "found by the sweep");
  }
}

/** One repository that cannot be read must not keep the others from being swept. @returns whether it went well */
async function safely({ world }: Sweep, what: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    world.log.warn({ what, error: String(error) }, "a part of the sweep failed and is tried again next time");
    return false;
  }
}
