import { z } from "zod";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Now } from "./telemetry.ts";
import type { UnderWay } from "./under-way.ts";

/**
 * What other processes have under way, as they tell it each other through the database. Times travel as durations: no two machines'
 * clocks are compared. Nothing of it is kept: a process that ends tells nothing any more.
 */
const toldSchema = z.object({
  /** The process that tells it; a version before this one does not say. */
  from: z.string().optional(),
  ticket: z.string(),
  step: z.string(),
  forMs: z.number(),
  waitsFor: z
    .object({
      what: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("consultation"), role: z.string(), model: z.string() }),
        z.object({ kind: z.literal("model-call"), model: z.string(), vendor: z.string() }),
        z.object({ kind: z.literal("sandbox-run"), driver: z.string() }),
      ]),
      forMs: z.number(),
      role: z.string().nullable(),
    })
    .nullable(),
});

/** A page that shows what a step does is behind by no more than this; a message is a few hundred bytes. */
export const TELL_EVERY_MS = 2_000;
/** Two messages may be lost. */
const TOLD_HOLDS_MS = 3 * TELL_EVERY_MS;
/** Far more than all processes together work on at once. */
const TOLD_MAX = 1_000;

/**
 * @param from names this process among all that share the database
 * @returns one message for each ticket with a step under way
 */
export function told(underWay: UnderWay, nowMs: number, from: string): string[] {
  return [...underWay.all()].map(([ticket, { step, since, waitsFor }]) => {
    const waits = waitsFor && { what: waitsFor.what, forMs: nowMs - waitsFor.since, role: waitsFor.role };
    return JSON.stringify({ from, ticket, step, forMs: nowMs - since, waitsFor: waits });
  });
}

export class Elsewhere {
  readonly #heard = new Map<string, { readonly now: Now; readonly at: number }>();
  readonly #own: string;

  /** @param own how this process names itself in what it tells */
  constructor(own: string) {
    this.#own = own;
  }

  /**
   * What is no message of ours, such as a newer version's, is passed over. So is this process's own, which the database hands back
   * to whoever listens: a step that has ended here would be shown for as long as the message holds.
   */
  hear(message: string, nowMs: number): void {
    const read = toldSchema.safeParse(json(message));
    if (!read.success || read.data.from === this.#own) return;
    const { ticket, step, forMs, waitsFor } = read.data;
    for (const [key, { at }] of this.#heard)
      if (nowMs - at > TOLD_HOLDS_MS || this.#heard.size >= TOLD_MAX) this.#heard.delete(key);
    const before = this.#heard.get(ticket)?.now;
    const since = steady(nowMs - forMs, before?.step === step ? before.since : null);
    const waits = waitsFor && { ...waitsFor, since: steady(nowMs - waitsFor.forMs, before?.waitsFor?.since ?? null) };
    this.#heard.set(ticket, { now: { step, since, waitsFor: waits }, at: nowMs });
  }

  of(ticket: TicketKey, nowMs: number): Now | null {
    const heard = this.#heard.get(ticket);
    return heard && nowMs - heard.at <= TOLD_HOLDS_MS ? heard.now : null;
  }
}

/** Messages take more or less long; who follows a page must not see it drawn anew for that. */
function steady(since: number, before: number | null): number {
  return before !== null && Math.abs(since - before) < TELL_EVERY_MS ? before : since;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
