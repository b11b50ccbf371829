// Held by test/scenarios/ledger-copies.system.ts
import { type Entry, firstFault } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { withKeysOf } from "../core/ledger/seals.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Forge } from "../forge/forge.ts";
import { append, type Book, readBook, rowOf } from "./book.ts";
import { restorePublications, restoreStatus } from "./restored.ts";
import { pullOfTicket, readThread, type ThreadCopy } from "./thread-copy.ts";
import type { World } from "./world.ts";

/**
 * A backup that was put back knows less than the threads. Nothing tells a process that this happened, so of each ticket that began
 * before it did, the thread is read once before anything is written: what follows there on the database's last entry is taken over.
 */
type Looked = { readonly since: Date; readonly at: Set<TicketKey> };
const lookedBy = new WeakMap<World, Looked>();

/** The database went on from a backup before anybody looked: the two copies tell different stories, and neither is taken. */
class LedgerForked extends Error {
  constructor(key: TicketKey, seq: number) {
    super(
      `The thread of ${key} holds an entry ${seq} that does not follow on what the database holds. Perhaps a backup was put back and ` +
        "the ticket went on from it. docs/operations.md says how the ledger is taken from the thread.",
    );
    this.name = "LedgerForked";
  }
}

/**
 * @returns the book as it stands after the look
 * @throws LedgerForked
 */
export async function caughtUp(world: World, forge: Forge, book: Book): Promise<Book> {
  const looked = lookedBy.get(world) ?? { since: world.now(), at: new Set() };
  lookedBy.set(world, looked);
  const [first] = book.entries;
  const isApart = book.ticket?.forge.kind === "github";
  if (!first || !isApart || looked.at.has(book.key) || Date.parse(first.at) >= looked.since.getTime()) return book;
  const next = await takeOver(world, forge, book);
  looked.at.add(book.key);
  return next;
}

async function takeOver(world: World, forge: Forge, { key, ticket, entries }: Book): Promise<Book> {
  const pull = ticket?.pull?.number ?? (await pullOfTicket(forge, key));
  const copy = await readThread(forge, key, pull, world.appId, withKeysOf(world.ledgerKeys, entries));
  // Race: another worker may have appended and published meanwhile. What the thread showed is in the database by now.
  const book = await readBook(world, key);
  const chain = continued(world, book, copy);
  if (chain.length === book.entries.length) return book;
  const whole = fold(chain);
  const missing = chain.slice(book.entries.length);
  const known = new Set((await world.publications.list(key)).map(({ firstSeq }) => firstSeq));
  // First which comments carry them: whoever dies in between then says none of them a second time.
  const comments = copy.comments.filter((one) => !known.has(one.first));
  await restorePublications(world, key, comments, chain.length);
  await restoreStatus(world, forge, key);
  const row = whole && rowOf(whole, world.now());
  if ((await world.ledgers.append(key, book.entries.length, missing, row)) === "stale")
    return takeOver(world, forge, book);
  world.log.warn({ ticket: key, entries: missing.length }, "the thread knew more than the database, which caught up");
  if (whole?.newer) return readBook(world, key);
  const noted = await append(world, await readBook(world, key), [
    { kind: "ledger_rebuilt", data: { entries: chain.length } },
  ]);
  return noted === "stale" ? readBook(world, key) : noted;
}

/** The database's entries and those of the thread that follow on them, as far as the chain holds. */
function continued({ ledgerKeys }: World, { key, entries }: Book, copy: ThreadCopy): readonly Entry[] {
  // What stood behind a hole was given up when the ledger was taken from the thread: it follows on nothing any more.
  const rebuiltAt = entries.findLast((one) => one.kind === "ledger_rebuilt")?.at ?? "";
  const chain = [...entries];
  for (;;) {
    const next = copy.entries.get(chain.length + 1)?.entry;
    if (!next || next.at < rebuiltAt) break;
    chain.push(next);
  }
  if (chain.length === entries.length) return entries;
  const fault = firstFault(ledgerKeys, key, chain);
  if (fault && fault.seq <= entries.length + 1) throw new LedgerForked(key, entries.length + 1);
  return fault ? chain.slice(0, fault.seq - 1) : chain;
}
