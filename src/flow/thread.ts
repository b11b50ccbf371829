// Held by test/scenarios/ledger-copies.system.ts
import type { EntryDraft } from "../core/ledger/entries.ts";
import { withKeysOf } from "../core/ledger/seals.ts";
import type { Forge } from "../forge/forge.ts";
import type { Book } from "./book.ts";
import { record } from "./record.ts";
import { readThread, type ThreadFault } from "./thread-copy.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { World } from "./world.ts";
import { LINE_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * Puts back what somebody deleted or made unreadable, and reports once what somebody edited or forged. The database's
 * copy is believed. A comment whose readable text alone was edited still carries its entries, so it is only reported.
 */
export async function checkThread(world: World, forge: Forge, book: Book): Promise<void> {
  if (!book.ticket) return;
  const keys = withKeysOf(world.ledgerKeys, book.entries);
  const copy = await readThread(forge, book.key, book.ticket.pull?.number ?? null, world.appId, keys);
  const standing = new Set(copy.comments.map((one) => `${one.comment.id} ${one.first}`));
  for (const publication of await world.publications.list(book.key)) {
    const { remoteId, firstSeq, lastSeq } = publication;
    if (remoteId === null || standing.has(`${remoteId} ${firstSeq}`)) continue;
    world.log.warn({ ticket: book.key, entries: [firstSeq, lastSeq] }, "a ledger comment is gone and is put back");
    await world.publications.markMissing(book.key, firstSeq);
  }
  const drafts: EntryDraft[] = newsOf(book.ticket, copy.faults).map(({ seq, place, problem, contentHash, by }) => ({
    kind: "ledger_fault",
    data: {
      seq,
      place,
      problem: problem.slice(0, LINE_CHARS_MAX),
      contentHash,
      ...(by === null ? {} : { stranger: by }),
    },
  }));
  await record(world, forge, book, drafts);
}

/** Faults of one stranger that the ledger names: the second and third show that it was no accident. */
export const FAULTS_OF_ONE_STRANGER_MAX = 3;
/** Faults that one ledger names in all. What is believed does not depend on them, and `coop verify` shows every one. */
const FAULTS_ON_TICKET_MAX = 20;

/** A place is told of once, however often its comment is edited, so that nobody lengthens a ledger without end. */
function newsOf(ticket: Ticket, faults: readonly ThreadFault[]): ThreadFault[] {
  const told = [...ticket.faults];
  return faults.filter(({ place, by }) => {
    const known = told.some((one) => one.place === place);
    const ofPerson = by === null ? 0 : told.filter((one) => one.by === by).length;
    if (known || told.length >= FAULTS_ON_TICKET_MAX || ofPerson >= FAULTS_OF_ONE_STRANGER_MAX) return false;
    told.push({ place, by });
    return true;
  });
}
