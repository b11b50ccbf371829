import { expect, it } from "@jest/globals";
import type { Entry } from "../core/ledger/entry.ts";
import { type LedgerRow, rememberedLedgers } from "./remembered-ledgers.ts";

const HASH = "a".repeat(64);

/** @param letters how often the content repeats `of` */
function rowsOf(ticket: number, entries: number, letters: number, of = "x"): LedgerRow[] {
  return Array.from({ length: entries }, (_, index) => ({
    ...{ seq: index + 1, kind: "planned", at: new Date(0), prev: HASH, hash: HASH, mac: HASH },
    content: `${ticket}.${index} ${of.repeat(letters)}`,
  }));
}

/** How many of the tickets that were read last are remembered. */
function kept(tickets: number, entries: number, letters: number, of?: string): number {
  const remembered = rememberedLedgers();
  let parsed = 0;
  const read = (ticket: number) =>
    remembered(`acme/shop#${ticket}`, rowsOf(ticket, entries, letters, of), () => ++parsed as unknown as Entry);
  for (let ticket = 1; ticket <= tickets; ticket++) read(ticket);
  parsed = 0;
  for (let ticket = tickets; ticket >= 1; ticket--) {
    read(ticket);
    if (parsed > 0) return tickets - ticket;
  }
  return tickets;
}

it.each([
  ["thirty tickets of sixty usual entries", [30, 60, 4_000], 30],
  ["many short entries", [100, 100, 100], 100],
  ["seven tickets whose entries are long", [12, 10, 100_000], 7],
  ["half as many of letters that take two bytes", [12, 10, 100_000, "é"], 3],
  ["nothing of a single ticket that is longer than all of it", [1, 10, 1_000_000], 0],
] as const)("remembers %s", (_, [tickets, entries, letters, of], expected) => {
  expect(kept(tickets, entries, letters, of)).toBe(expected);
});

it("leaves the others remembered where one is longer than all of it", () => {
  const remembered = rememberedLedgers();
  let parsed = 0;
  const parse = () => ++parsed as unknown as Entry;
  const small = rowsOf(1, 10, 100);
  remembered("acme/shop#1", small, parse);
  remembered("acme/shop#2", rowsOf(2, 10, 1_000_000), parse);
  parsed = 0;
  remembered("acme/shop#1", small, parse);
  expect(parsed).toBe(0);
});
