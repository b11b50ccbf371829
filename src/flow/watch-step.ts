// Held by test/scenarios/interrupt.test.ts
import { setTimeout as sleep } from "node:timers/promises";
import type { Entry } from "../core/ledger/entry.ts";
import type { StepName } from "../core/ledger/entries.ts";
import { endedBy } from "../core/rules/interrupt.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge } from "../forge/forge.ts";
import type { Signals } from "../queue/queue.ts";
import { Interrupted } from "../steps/step.ts";
import { type Book, readBook } from "./book.ts";
import { drawWhenItLasts } from "./draw-in-step.ts";
import { guardedForge } from "./guarded-forge.ts";
import type { Lease } from "./lease.ts";
import { interruptible } from "./interruptible.ts";
import { laneOfStored } from "./lanes.ts";
import type { World } from "./world.ts";

/**
 * Watches over a step while it runs. People are heard beside it, in another lane and perhaps in another process; what they say
 * reaches the step through the ledger. It is looked at every second and right before each call of a model, each run in the
 * sandbox and each effect, which also wait for what lies in the inbox to be heard. An entry that ends the step aborts whatever is under way.
 */
export type Watch = {
  /** The step's ports: none of them begins anything once the step has to end. */
  readonly world: World;
  readonly forge: Forge;
  readonly signal: AbortSignal;
  /** The ticket with what was written beside the step. */
  latest(): Ticket;
  /** The entry that ends the step, or null. */
  ending(): Entry | null;
  stop(): void;
};

/** People see that `/coop stop` stops; one look is one row of an index. */
const LOOK_EVERY_MS = 1_000;
/** So long a call, a run and an effect wait for what people said a moment ago to be heard; more is a lane in trouble. */
const HEARING_WAIT_MS = 10_000;
const HEARING_LOOK_MS = 100;

export function watchStep(world: World, forge: Forge, book: Book, ticket: Ticket, how: How): Watch {
  const begun = book.entries.length;
  const ending = new AbortController();
  const signal = AbortSignal.any([how.signals.abort, ending.signal]);
  const seen: { length: number; ticket: Ticket; end: Entry | null } = { length: begun, ticket, end: null };
  const inVain = new Set<string>();
  const look = async () => {
    if ((await world.ledgers.length(ticket.key)) > seen.length) {
      const now = await readBook(world, ticket.key);
      seen.length = now.entries.length;
      seen.ticket = now.ticket ?? seen.ticket;
      seen.end ??= endedBy(how.step, now.entries.slice(begun));
      if (seen.end) ending.abort(new Interrupted());
    }
    if (seen.end || how.signals.leave.aborted) return "end" as const;
    return "go-on" as const;
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => world.log.warn({ ticket: ticket.key, error: String(error) }, "could not look"));
  }, LOOK_EVERY_MS);
  timer.unref();
  const hearing = () => heard(world, ticket, signal, { inVain, waitMs: how.hearingWaitMs ?? HEARING_WAIT_MS });
  const drawing = drawWhenItLasts(world, () => seen.ticket, how.policy, signal);
  /** From the first effect to the entry that tells of it nothing else is written: neither undoes the other. */
  const beforeEffect = async () => {
    await hearing();
    await how.lease.take(signal);
    if ((await look()) === "end") throw new Interrupted();
    await how.lease.check();
  };
  return {
    world: interruptible(world, look, signal, hearing),
    forge: guardedForge(forge, beforeEffect, () => how.lease.check()),
    signal,
    latest: () => seen.ticket,
    ending: () => seen.end,
    stop: () => {
      clearInterval(timer);
      drawing.stop();
    },
  };
}

type How = {
  readonly step: StepName;
  readonly signals: Signals;
  readonly lease: Lease;
  readonly policy: Policy | null;
  /** Absent: HEARING_WAIT_MS. */
  readonly hearingWaitMs?: number | undefined;
};

/**
 * Somebody may have said stop a moment ago. What the step's own lane hears after it, such as that a check ended, cannot be waited
 * for, nor what nobody hears now: at a desk there is no other lane, and a forge that asked for silence silences the hearing too.
 * @param inVain what was waited for already, and is not again: sixty calls that each wait so long take ten minutes
 */
async function heard(
  world: World,
  { key, ref, forge }: Ticket,
  signal: AbortSignal,
  { inVain, waitMs }: { readonly inVain: Set<string>; readonly waitMs: number },
): Promise<void> {
  if (forge.kind === "desk") return;
  const until = performance.now() + waitMs;
  const unheard = async () => {
    if (world.quiet.msFor(ref.owner) > 0) return [];
    const pending = await world.inbox.pending(key);
    return pending.filter(({ source, payload }) => !inVain.has(source) && laneOfStored(payload) === "hearing");
  };
  let left = await unheard();
  while (left.length > 0 && performance.now() < until && !signal.aborted) {
    await sleep(HEARING_LOOK_MS);
    left = await unheard();
  }
  for (const { source } of left) inVain.add(source);
}
