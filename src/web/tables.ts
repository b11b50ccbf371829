import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import { headline, reasonCode } from "../messages/headline.ts";
import { summaryOf, type TicketSummary } from "./summary.ts";

/** What the pages show as tables, for programs: JSON with whole values, CSV for spreadsheets. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

export function ticketRow(one: TicketSummary): Row {
  const { key: ticket, title, phase, type, round: fixRounds, costMicroUsd, updatedAt, pull: pullRequest } = one;
  return { ticket, title, phase, type, fixRounds, costMicroUsd, updatedAt, pullRequest };
}

/** The tables of one ticket; null where there is none. */
export function ticketTables(entries: readonly Entry[]): Readonly<Record<TableName, readonly Row[]>> | null {
  const [ticket, summary] = [fold(entries), summaryOf(entries)];
  if (!ticket || !summary) return null;
  return {
    ticket: [ticketRow(summary)],
    entries: entries.map((one) => ({
      seq: one.seq,
      at: one.at,
      kind: one.kind,
      says: headline(one, ticket.forge.kind),
      reason: reasonCode(one),
      hash: one.hash,
    })),
    findings: [...ticket.findings.values()].map(({ finding, state, survived }) => {
      const { id, by, severity, kind, title, path, line } = finding;
      return { id, by, severity, kind, title, path, line, state, survivedRounds: survived };
    }),
    proof: (ticket.proof?.items ?? []).map(({ id, code = null, state, required, evidence, accepted }) => {
      const { by: acceptedBy = null, why = null } = accepted ?? {};
      return { item: id, code, state, required, evidence, acceptedBy, why };
    }),
    roles: Object.entries(ticket.assignment ?? {}).map(([role, { model, vendor }]) => {
      const paid = [...ticket.spendByRole].find(([one]) => one === role)?.[1];
      const { calls = 0, inputTokens = 0, outputTokens = 0, costMicroUsd = 0 } = paid ?? {};
      return { role, model, vendor, calls, inputTokens, outputTokens, costMicroUsd };
    }),
  };
}

export const TABLES = ["ticket", "entries", "findings", "proof", "roles"] as const;
export type TableName = (typeof TABLES)[number];

export function isTable(name: string): name is TableName {
  return (TABLES as readonly string[]).includes(name);
}

/** RFC 4180, with the names of the columns first. */
export function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? null))];
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** A text that begins like a formula is run by spreadsheets; strangers write titles. */
function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
