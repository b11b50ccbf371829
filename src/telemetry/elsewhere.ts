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
  /** A version before this one does not say. */
  doing: z
    .object({
      turn: z.number(),
      tool: z.string().nullable(),
      inputTokens: z.number(),
      outputTokens: z.number(),
    })
    .nullable()
    .default(null),
});
/** Its step has ended: nobody needs to wait until the last message does not hold any more. */
const overSchema = z.object({ from: z.string(), ticket: z.string(), over: z.literal(true) });

/** A page that shows what a step does is behind by no more than this; a message is a few hundred bytes. */
export const TELL_EVERY_MS = 2_000;
/** Two messages may be lost. */
const TOLD_HOLDS_MS = 3 * TELL_EVERY_MS;
/** Far more than all processes together work on at once. */
const TOLD_MAX = 1_000;

/** What this process tells the others, again and again. */
export class Teller {
  readonly #underWay: UnderWay;
  readonly #from: string;
  #before: readonly TicketKey[] = [];

  /** @param from names this process among all that share the database */
  constructor(underWay: UnderWay, from: string) {
    this.#underWay = underWay;
    this.#from = from;
  }

  /** @returns one message for each ticket with a step under way, and one for each whose step has ended since the last time */
  messages(nowMs: number): string[] {
    const from = this.#from;
    const all = this.#underWay.all();
    const over = this.#before.filter((ticket) => !all.has(ticket)).map((ticket) => ({ from, ticket, over: true }));
    this.#before = [...all.keys()];
    const under = [...all].map(([ticket, { step, since, waitsFor, doing }]) => {
      const waits = waitsFor && { what: waitsFor.what, forMs: nowMs - waitsFor.since, role: waitsFor.role };
      return { from, ticket, step, forMs: nowMs - since, waitsFor: waits, doing };
    });
    return [...over, ...under].map((one) => JSON.stringify(one));
  }
}

export class Elsewhere {
  readonly #heard = new Map<string, { readonly now: Now; readonly at: number; readonly from: string | undefined }>();
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
    const told = json(message);
    const over = overSchema.safeParse(told);
    if (over.success) return this.#forget(over.data);
    const read = toldSchema.safeParse(told);
    if (!read.success || read.data.from === this.#own) return;
    const { from, ticket, step, forMs, waitsFor, doing } = read.data;
    for (const [key, { at }] of this.#heard)
      if (nowMs - at > TOLD_HOLDS_MS || this.#heard.size >= TOLD_MAX) this.#heard.delete(key);
    const before = this.#heard.get(ticket)?.now;
    const since = steady(nowMs - forMs, before?.step === step ? before.since : null);
    const waits = waitsFor && { ...waitsFor, since: steady(nowMs - waitsFor.forMs, before?.waitsFor?.since ?? null) };
    this.#heard.set(ticket, { now: { step, since, waitsFor: waits, doing }, at: nowMs, from });
  }

  /** Another process may have taken the ticket's next step meanwhile. */
  #forget({ from, ticket }: { readonly from: string; readonly ticket: string }): void {
    if (this.#heard.get(ticket)?.from === from) this.#heard.delete(ticket);
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
