// Held by test/scenarios/ledger-copies.system.ts
import { fold } from "../core/ticket/fold.ts";
import { ticketRef, type TicketKey } from "../core/ledger/ids.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import { readTrigger, type Trigger } from "../core/rules/trigger.ts";
import type { Forge } from "../forge/forge.ts";
import { ticketOfBranch } from "../steps/branch.ts";
import type { InboxItem } from "../store/inbox-store.ts";
import { append, readBook, rowOf } from "./book.ts";
import { restorePublications, restoreStatus } from "./restored.ts";
import { believable, ledgerIn, pullOfTicket, readThread } from "./thread-copy.ts";
import type { World } from "./world.ts";

/**
 * A ticket that the database does not know may still stand in its thread: the database was lost. Then the ledger is taken
 * from there, as far as its chain holds, and the ticket goes on.
 */
export type Rebuilt =
  { readonly outcome: "rebuilt" | "nothing" | "newer" } | { readonly outcome: "forwarded"; readonly to: TicketKey };

export async function rebuild(world: World, forge: Forge, key: TicketKey, item: InboxItem): Promise<Rebuilt> {
  const trigger = readTrigger(item.payload);
  if (!trigger) return { outcome: "nothing" };
  const to = await forward(world, forge, key, item, trigger);
  if (to) return { outcome: "forwarded", to };
  if (!worthLooking(key, trigger)) return { outcome: "nothing" };
  const outcome = await fromThread(world, forge, key);
  const before = outcome === "nothing" ? await keptBefore(world, forge, key, trigger) : null;
  if (!before) return { outcome };
  await bring(world, item, key, before);
  return { outcome: "forwarded", to: before };
}

/** The thread's own ledger, when it began under another name of this repository: from now on its tickets are kept under that name. */
async function keptBefore(world: World, forge: Forge, key: TicketKey, trigger: Trigger): Promise<TicketKey | null> {
  if (trigger.forge.kind !== "github") return null;
  const { number } = ticketRef(key);
  const before = await ledgerIn(forge, { number, ...world }, trigger.forge.repositoryId);
  const { owner, name } = before ? ticketRef(before) : ticketRef(key);
  if (!before || before === key) return null;
  const rekeyed = await world.repositories.rekey(trigger.forge.repositoryId, `${owner}/${name}`);
  if (rekeyed === "taken")
    world.log.warn({ ticket: key, before }, "the thread's ledger belongs to a name that is taken");
  return rekeyed === "done" ? before : null;
}

async function fromThread(world: World, forge: Forge, key: TicketKey): Promise<"rebuilt" | "nothing" | "newer"> {
  const pull = await pullOfTicket(forge, key);
  const copy = await readThread(forge, key, pull, world.appId, world.ledgerKeys);
  const entries = believable(copy, key, world.ledgerKeys);
  // A ledger that begins with what only a newer version understands is that version's to take up.
  if (!fold(entries)) return entries.length > 0 ? "newer" : "nothing";
  // First which comments carry them: whoever dies in between then says none of them a second time.
  await restorePublications(world, key, copy.comments, entries.length);
  await restoreStatus(world, forge, key);
  if ((await world.ledgers.restore(key, entries)) === "occupied") return "rebuilt";
  const book = await readBook(world, key);
  if (book.ticket) await world.index.put(rowOf(book.ticket, world.now()));
  await append(world, book, [{ kind: "ledger_rebuilt", data: { entries: entries.length } }]);
  world.log.warn({ ticket: key, entries: entries.length }, "ledger rebuilt from the thread");
  return "rebuilt";
}

/** A first label on an issue without any of our marks cannot have a ledger: that saves requests on every new ticket. */
function worthLooking(key: TicketKey, trigger: Trigger): boolean {
  if (trigger.kind === "changed") return trigger.look === "thread";
  if (trigger.kind === "reviewed") return false;
  // Said on the pull request and brought here because of its branch.
  if (trigger.issue.number !== ticketRef(key).number) return true;
  return trigger.issue.labels.some((label) => label.startsWith("coop:") && !START_LABELS.includes(label));
}

/** A comment on our pull request, whose ticket the database has lost: it belongs to the issue that the branch names. */
async function forward(
  world: World,
  forge: Forge,
  key: TicketKey,
  item: InboxItem,
  trigger: Trigger,
): Promise<TicketKey | null> {
  if (trigger.kind !== "commented" || !trigger.issue.isPullRequest || trigger.issue.author.type !== "Bot") return null;
  const pull = await forge.pull(trigger.issue.number);
  const owner = pull === "gone" ? null : ticketOfBranch(ticketRef(key), pull.headBranch);
  // Brought here already, from the pull request.
  if (!owner || owner === key) return null;
  await bring(world, item, key, owner);
  return owner;
}

async function bring(world: World, item: InboxItem, from: TicketKey, to: TicketKey): Promise<void> {
  await world.inbox.add([{ ...item, ticket: to }]);
  await world.inbox.handled(from, item.source);
}
