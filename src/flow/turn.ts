// Held by test/scenarios/feature.test.ts
import { forgeRefOf } from "../core/ledger/forge-ref.ts";
import { ticketRef, type TicketKey } from "../core/ledger/ids.ts";
import { jittered } from "../core/rules/jitter.ts";
import { isLeftToNewer } from "../core/rules/newer.ts";
import { readTrigger } from "../core/rules/trigger.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import type { RepositoryAccess } from "../forge/forge-app.ts";
import type { Lane, Signals } from "../queue/queue.ts";
import { readPolicy } from "../steps/policy-file.ts";
import type { Waiting } from "../store/inbox-store.ts";
import { accessNow } from "./access.ts";
import { type Book, readBook } from "./book.ts";
import { caughtUp } from "./catch-up.ts";
import { dryable } from "./dry.ts";
import { guardedForge } from "./guarded-forge.ts";
import { haltRefused } from "./halt-refused.ts";
import { hear } from "./hear.ts";
import { laneOfStored } from "./lanes.ts";
import { type Lease, LeaseLost, leaseOn } from "./lease.ts";
import { publish } from "./publish.ts";
import { rebuild } from "./rebuild.ts";
import { checkThread } from "./thread.ts";
import { blankView, type View } from "./view.ts";
import type { World } from "./world.ts";

/** One pass of a lane over one ticket ends so. */
export type Pass = { readonly again: { readonly inMs: number } | null };

/** What a pass works with before it knows where the ticket lives. */
export type Visit = {
  readonly world: World;
  readonly key: TicketKey;
  readonly lane: Lane;
  readonly view: View;
  readonly lease: Lease;
  readonly signals: Signals;
};
export type Turn = Visit & { readonly forge: Forge };

/** More turns than this in one pass is a loop; the pass gives way and the queue's retry keeps it visible. */
export const TURNS_MAX = 200;
/** Whoever took over is done by then, or dead. */
const LOST_MS = 1_000;

/** Goes to a ticket with its lease in hand, unless its forge asked to be left alone. */
export async function visit(
  world: World,
  key: TicketKey,
  lane: Lane,
  signals: Signals,
  pass: (visit: Visit) => Promise<Pass>,
): Promise<Pass> {
  const lease = leaseOn(world, key);
  try {
    return await patiently(world, key, lane, async () => {
      await lease.take(signals.leave);
      try {
        return await pass({ world, key, lane, view: blankView(), lease, signals });
      } catch (error) {
        const met = await haltRefused(world, key, lane, error);
        if (met === "may-pass") throw error;
        return met === "over" ? { again: null } : again(0);
      }
    });
  } catch (error) {
    if (error instanceof LeaseLost) return again(LOST_MS);
    throw error;
  } finally {
    await lease.giveBack();
  }
}

/** A forge that asked to be left alone is; one that is away is asked again later and later. */
export async function patiently(world: World, key: TicketKey, lane: Lane, work: () => Promise<Pass>): Promise<Pass> {
  const { owner } = ticketRef(key);
  const quietMs = world.quiet.msFor(owner);
  if (quietMs > 0) return again(quietMs);
  try {
    const ended = await work();
    world.quiet.back(`${lane} ${key}`);
    return ended;
  } catch (error) {
    if (!(error instanceof ForgeAway)) throw error;
    world.log.warn({ ticket: key, reason: error.message }, "GitHub is away; the ticket waits");
    if (error.retryAfterMs !== null) world.quiet.keep(owner, error.retryAfterMs);
    return again(error.retryAfterMs ?? world.quiet.longer(`${lane} ${key}`));
  }
}

function again(ms: number): Pass {
  return { again: { inMs: jittered(ms, Math.random()) } };
}

export type Next =
  /** Something was heard; there may be more. */
  | { readonly outcome: "heard" }
  /** Nothing is left to hear, and this is the ticket as it stands. */
  | { readonly outcome: "silence"; readonly turn: Turn; readonly book: Book; readonly ticket: Ticket }
  /** It is no ticket, or not one for this version. */
  | { readonly outcome: "no-ticket" };

/** Deals with the next thing that was said or done to a ticket. */
export async function hearNext(visit: Visit): Promise<Next> {
  const { world, key, view } = visit;
  let book = await readBook(world, key);
  const item = (await world.inbox.pending(key)).find((one) => mayHear(visit, book, one));
  const access = await accessTo(world, book, item?.payload);
  if (!access) return { outcome: "no-ticket" };
  const place = dryable(world, key, world.forge(access), book.ticket, defaultBranchIn(item?.payload));
  const forge = guardedForge(place, () => visit.lease.check());
  if (!book.ticket && item) {
    const rebuilt = await rebuild(world, forge, key, item);
    if (rebuilt.outcome === "forwarded") await world.nudge(rebuilt.to, { lane: "hearing", reason: "forwarded" });
    if (rebuilt.outcome === "newer") return { outcome: "no-ticket" };
    if (rebuilt.outcome !== "nothing") return { outcome: "heard" };
  }
  if (item) {
    book = await caughtUp(world, forge, book);
    // Who may approve depends on the policy, so nothing is heard without it.
    if (book.ticket?.route && !view.policy) view.policy = await readPolicy(world, forge, book.ticket);
    const heard = await hear(world, forge, book, item, view);
    if (heard === "check-thread") await checkThread(world, forge, await readBook(world, key));
    if (heard !== "stale") await publish(world, forge, await readBook(world, key), "due");
    return { outcome: "heard" };
  }
  if (!book.ticket) return { outcome: "no-ticket" };
  return { outcome: "silence", turn: { ...visit, forge }, book, ticket: book.ticket };
}

/** Nothing is heard that belongs to a newer version, also when that version wrote how the ticket began. */
function mayHear({ lane }: Visit, { entries, ticket }: Book, { payload }: Waiting): boolean {
  const heardIn = laneOfStored(payload);
  if (heardIn === "guard" || (lane === "hearing" && heardIn === "work")) return false;
  if (!ticket) return entries.length === 0;
  if (!ticket.newer) return true;
  const trigger = readTrigger(payload);
  return trigger !== null && !isLeftToNewer(ticket, trigger);
}

function defaultBranchIn(payload: unknown): string | null {
  return readTrigger(payload)?.defaultBranch ?? null;
}

/** Where a ticket is worked on: from its ledger, else from what began it. */
async function accessTo(world: World, { key, ticket }: Book, payload: unknown): Promise<RepositoryAccess | null> {
  const forge = ticket?.forge ?? forgeRefOf((payload ?? {}) as object);
  return forge && accessNow(world.repositories, ticketRef(key), forge);
}
