// Held by test/scenarios/feature.test.ts
import { type Entry, firstFault, link } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import { type TicketKey, type TicketRef, ticketRef } from "../core/ledger/ids.ts";
import { fitted } from "../core/ledger/fit-entry.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { phaseOf, type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { everyText } from "../hygiene/every-text.ts";
import { worded } from "../messages/worded.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { visible } from "./visible.ts";
import type { World } from "./world.ts";

/** A ticket's ledger as read at one moment: what the next append has to build on. */
export type Book = {
  readonly key: TicketKey;
  readonly ref: TicketRef;
  readonly entries: readonly Entry[];
  readonly ticket: Ticket | null;
};

/** The database's copy does not hold together. Nothing is believed until the operator has looked (`coop verify`). */
export class LedgerBroken extends Error {
  constructor(key: TicketKey, seq: number, problem: string) {
    super(`The ledger of ${key} is broken in the database: entry ${seq} ${problem}. Run "coop verify ${key}".`);
    this.name = "LedgerBroken";
  }
}

export async function readBook(world: World, key: TicketKey): Promise<Book> {
  const entries = await world.ledgers.read(key);
  const fault = firstFault(world.ledgerKeys, key, entries, "last");
  if (fault) throw new LedgerBroken(key, fault.seq, fault.problem);
  return { key, ref: ticketRef(key), entries, ticket: fold(entries) };
}

/**
 * Another ticket, as far as it can be read. A broken ledger stops its own ticket, whose operator is told; those that only look
 * at it go on without it.
 */
export async function readOther(world: World, key: TicketKey): Promise<Ticket | "broken" | null> {
  try {
    return (await readBook(world, key)).ticket;
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
    world.log.warn({ ticket: key, error: String(error) }, "another ticket's ledger cannot be read and is passed over");
    return "broken";
  }
}

/** @returns `stale` when another worker appended first: read again and decide again */
export async function append(world: World, book: Book, drafts: readonly RuleDraft[]): Promise<Book | "stale"> {
  if (drafts.length === 0) return book;
  // A model may have been talked into quoting a secret anywhere.
  const redacted = (draft: RuleDraft) => everyText(visible(worded(draft, book.ticket)), world.redact) as EntryDraft;
  const clean = drafts.map((draft) => fitted(redacted(draft)));
  const linked = link(world.ledgerKeys, book.key, book.entries, clean, world.now());
  const entries = [...book.entries, ...linked];
  const ticket = fold(entries);
  const row = ticket && rowOf(ticket, world.now());
  if ((await world.ledgers.append(book.key, book.entries.length, linked, row)) === "stale") return "stale";
  world.log.info({ ticket: book.key, entries: drafts.map((draft) => draft.kind) }, "ledger extended");
  return { ...book, entries, ticket };
}

/** What the index says of a ticket; it can be made again from the ledger at any time. */
export function rowOf(ticket: Ticket, updatedAt: Date): IndexedTicket {
  const { owner, name, number } = ticket.ref;
  return {
    ticket: ticket.key,
    repository: `${owner}/${name}`,
    issueNumber: number,
    pullNumber: ticket.pull?.number ?? null,
    headSha: ticket.change?.headSha ?? null,
    installationId: ticket.forge.kind === "github" ? ticket.forge.installationId : null,
    phase: phaseOf(ticket),
    standing: ticket.end ? "closed" : "open",
    updatedAt,
    shown: {
      title: ticket.text.title,
      type: typeOf(ticket),
      round: ticket.change?.last?.round ?? 0,
      costMicroUsd: ticket.spend.costMicroUsd,
    },
  };
}
