// Held by test/scenarios/webhooks.test.ts
import { createHash } from "node:crypto";
import type { TicketKey } from "../core/ledger/ids.ts";
import { type Phase, PHASES } from "../core/ticket/phase.ts";

/**
 * Which tickets a sweep looks at without a sign that anything happened. Each of them has its job in the queue, or nothing to do
 * until somebody speaks: the look is for a job that was lost, and costs a ledger read and folded.
 */
export type Turn = "program" | "person" | "waits-to-be-heard";

const HOUR_MS = 60 * 60_000;
/** How long a lost job may stay unnoticed; a ticket at work is asked for in each sweep. */
const EACH_MS: Readonly<Record<Turn, number>> = { program: 0, "waits-to-be-heard": HOUR_MS, person: 6 * HOUR_MS };

/** @param phase as the index has it; of a newer version it may be one that is not known here */
export function turnOf(phase: string): Turn {
  return (PHASES as Readonly<Record<string, { turn: string }>>)[phase as Phase]?.turn === "person"
    ? "person"
    : "program";
}

/**
 * Every ticket has a moment of its own in each span, so that ten thousand of them are spread over it, and none is passed over
 * however irregular the sweeps are.
 * @param last when the sweep before began; null: everybody is due
 */
export function dueIn(last: Date | null, now: Date): (key: TicketKey, turn: Turn) => boolean {
  return (key, turn) => {
    const spanMs = EACH_MS[turn];
    if (last === null || spanMs === 0) return true;
    const momentMs = createHash("sha256").update(key).digest().readUInt32BE() % spanMs;
    const spans = (at: Date) => Math.floor((at.getTime() - momentMs) / spanMs);
    return spans(now) > spans(last);
  };
}
