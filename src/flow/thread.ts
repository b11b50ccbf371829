import type { EntryDraft } from "../core/ledger/entries.ts";
import type { Forge } from "../forge/forge.ts";
import { append, type Book } from "./book.ts";
import { publish } from "./publish.ts";
import { readThread } from "./thread-copy.ts";
import type { World } from "./world.ts";

/**
 * Puts back what somebody deleted or made unreadable, and reports once what somebody edited or forged. The database's
 * copy is believed. A comment whose readable text alone was edited still carries its entries, so it is only reported.
 */
export async function checkThread(world: World, forge: Forge, book: Book): Promise<void> {
  if (!book.ticket) return;
  const copy = await readThread(forge, book.key, book.ticket.pull?.number ?? null, world.appId, world.ledgerKey);
  const standing = new Set(copy.comments.map((one) => `${one.comment.id} ${one.first}`));
  for (const publication of await world.publications.list(book.key)) {
    const { remoteId, firstSeq, lastSeq } = publication;
    if (remoteId === null || standing.has(`${remoteId} ${firstSeq}`)) continue;
    world.log.warn({ ticket: book.key, entries: [firstSeq, lastSeq] }, "a ledger comment is gone and is put back");
    await world.publications.markMissing(book.key, firstSeq);
  }
  const news = copy.faults.filter((fault) => !book.ticket?.faults.has(fault.contentHash));
  const drafts: EntryDraft[] = news.map(({ seq, place, problem, contentHash }) => ({
    kind: "ledger_fault",
    data: { seq, place, problem: problem.slice(0, 300), contentHash },
  }));
  const next = await append(world, book, drafts);
  if (next !== "stale") await publish(world, forge, next, "due");
}
