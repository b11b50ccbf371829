import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import type { TaskType, TicketKey } from "../core/ledger/ids.ts";
import type { Phase } from "../core/ticket/phase.ts";
import type { IndexedTicket, Shown } from "../store/ticket-index.ts";
import { phaseOf, typeOf } from "../core/ticket/ticket.ts";

/** One line of the list of tickets. */
export type TicketSummary = {
  readonly key: TicketKey;
  readonly title: string;
  readonly phase: Phase;
  readonly type: TaskType;
  /** Fix rounds used. */
  readonly round: number;
  readonly costMicroUsd: number;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** Number of the pull request. */
  readonly pull: number | null;
};

/** As the index has it, without a look into the ledger. */
export function summaryOfRow(row: IndexedTicket, { title, type, round, costMicroUsd }: Shown): TicketSummary {
  return {
    key: row.ticket,
    title,
    phase: row.phase as Phase,
    type: type as TaskType,
    round,
    costMicroUsd,
    updatedAt: row.updatedAt.toISOString(),
    pull: row.pullNumber,
  };
}

/** @returns null for an empty ledger */
export function summaryOf(entries: readonly Entry[]): TicketSummary | null {
  const ticket = fold(entries);
  if (!ticket) return null;
  return {
    key: ticket.key,
    title: ticket.text.title,
    phase: phaseOf(ticket),
    type: typeOf(ticket),
    round: ticket.change?.last?.round ?? 0,
    costMicroUsd: ticket.spend.costMicroUsd,
    updatedAt: entries.at(-1)?.at ?? "",
    pull: ticket.pull?.number ?? null,
  };
}
