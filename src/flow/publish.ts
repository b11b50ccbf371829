// Held by test/scenarios/feature.test.ts
import type { Entry } from "../core/ledger/chain.ts";
import { sha256 } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import type { EntryKind } from "../core/ledger/entries.ts";
import { KINDS } from "../core/ticket/kinds.ts";
import type { Kind } from "../core/ticket/kinds/kind.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import { withKeysOf } from "../core/ledger/seals.ts";
import { commentSource } from "../core/rules/each-command.ts";
import { readTrigger } from "../core/rules/trigger.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge, ThreadComment } from "../forge/forge.ts";
import { callLine } from "../messages/call-people.ts";
import { renderEntries } from "../messages/entry.ts";
import { readMarker, withMarker } from "../messages/marker.ts";
import { publications } from "../messages/split-comments.ts";
import type { Publication } from "../store/publication-store.ts";
import { accompany } from "./accompany.ts";
import type { Book } from "./book.ts";
import { type Call, callFor, noteCall } from "./call-people.ts";
import { isHeld } from "./dry.ts";
import { removeTwins } from "./twins.ts";
import type { World } from "./world.ts";

/**
 * Brings entries into the thread. An entry that is not there is not real, so this is repeated until it is. Order, with a
 * crash possible on every line: intend (database), look whether it stands already, create, note its id.
 */

export type Urgency = "due" | "all";

export async function publish(world: World, forge: Forge, book: Book, urgency: Urgency): Promise<void> {
  if (!book.ticket || isHeld(world, book.ticket)) return;
  const known = await world.publications.list(book.key);
  for (const unfinished of known.filter((one) => one.state === "intended")) {
    await post(world, forge, book, unfinished, "look-first");
  }
  const inIssue = await askedInIssue(world, book, known);
  const due = groups(book, known, urgency, inIssue);
  for (const { entries: group } of due.flatMap((one) => publications(book.entries, one))) {
    const { place, number } = placeOf(book, group, inIssue);
    const body = bodyOf(world, book, group, null);
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) continue;
    const intent = {
      ticket: book.key,
      firstSeq: first.seq,
      lastSeq: last.seq,
      place,
      number,
      bodySha256: sha256(body),
    };
    await post(world, forge, book, await world.publications.intend(intent), "first-try");
  }
}

/**
 * Unpublished entries, cut after every entry that people wait for. An answer that goes elsewhere takes nothing along. A group
 * may be empty.
 */
function groups(book: Book, known: readonly Publication[], urgency: Urgency, inIssue: ReadonlySet<number>): Entry[][] {
  const cut: Entry[][] = [];
  let open: Entry[] = [];
  for (const entry of unpublished(book, known)) {
    if (inIssue.has(entry.seq)) cut.push(open.splice(0));
    open.push(entry);
    if (!isAtOnce(entry, book)) continue;
    cut.push(open);
    open = [];
  }
  if (urgency === "all") cut.push(open);
  return cut;
}

function unpublished({ entries }: Book, known: readonly Publication[]): Entry[] {
  return entries.slice(Math.max(0, ...known.map((one) => one.lastSeq)));
}

/** Numbers of answers to commands of the issue's thread: whoever asks there reads there, wherever the record goes on. */
async function askedInIssue(world: World, book: Book, known: readonly Publication[]): Promise<ReadonlySet<number>> {
  const asked = new Set<number>();
  for (const entry of unpublished(book, known)) {
    if (entry.kind !== "commanded" || !isAtOnce(entry, book)) continue;
    const trigger = readTrigger(await world.inbox.said(book.key, commentSource(entry.data.source)));
    if (trigger?.kind === "commented" && trigger.issue.number === book.ref.number) asked.add(entry.seq);
  }
  return asked;
}

function isAtOnce(entry: Entry, book: Book): boolean {
  if (entry.kind === "newer") return false;
  const ticket = before(book, entry.seq);
  const { isAwaited } = KINDS[entry.kind] as Kind<EntryKind>;
  return ticket !== null && isAwaited(entry.data, ticket);
}

function before(book: Book, seq: number): Ticket | null {
  return fold(book.entries.slice(0, seq - 1));
}

type Place = { readonly place: Publication["place"]; readonly number: number };

/** The issue until there is a pull request, the pull request after; reviews in the review that carries their comments. */
function placeOf(book: Book, group: readonly Entry[], inIssue: ReadonlySet<number>): Place {
  const last = group.at(-1);
  if (last && inIssue.has(last.seq)) return { place: "issue", number: book.ref.number };
  const pull = fold(book.entries.slice(0, last?.seq))?.pull?.number;
  if (pull === undefined) return { place: "issue", number: book.ref.number };
  return { place: group.some((one) => one.kind === "reviewed") ? "review" : "pull", number: pull };
}

/** Names are made harmless before the line is added that calls somebody on purpose. @param onLines findings shown in the code */
export function bodyOf(
  world: World,
  book: Book,
  group: readonly Entry[],
  call: Call | null,
  onLines: ReadonlySet<string> = new Set(),
): string {
  const said = world.guard(renderEntries(book.entries, group, onLines));
  return withMarker(call ? `${said}\n\n${callLine(call.for, call.logins)}` : said, group, world.ledgerKeys);
}

async function post(
  world: World,
  forge: Forge,
  book: Book,
  publication: Publication,
  certainty: "first-try" | "look-first",
): Promise<void> {
  const entries = book.entries.slice(publication.firstSeq - 1, publication.lastSeq);
  if (entries.length === 0) return;
  const standing = certainty === "look-first" ? await find(world, forge, book, publication) : null;
  const { id, body } = standing ?? (await create(world, forge, book, publication, entries));
  // Somebody else began this one, and may have been at it until just now.
  const mayBeTwice = certainty === "look-first" && !standing && publication.place !== "review";
  if (mayBeTwice) await removeTwins(forge, publication.number, id);
  await world.publications.posted(book.key, publication.firstSeq, id, world.now(), sha256(body));
}

async function create(
  world: World,
  forge: Forge,
  book: Book,
  publication: Publication,
  entries: readonly Entry[],
): Promise<{ readonly id: number; readonly body: string }> {
  const ticket = fold(book.entries.slice(0, publication.lastSeq));
  const call = await callFor(world, forge, book, entries);
  const inline = ticket ? await accompany(world, forge, ticket, entries) : [];
  const body = bodyOf(world, book, entries, call, new Set(inline.map(({ finding }) => finding)));
  const headSha = ticket?.change?.headSha ?? "";
  const calls = call?.logins ?? [];
  const { id } =
    publication.place === "review"
      ? await forge.review(publication.number, {
          ...{ headSha, body, calls, comments: inline },
          alone: bodyOf(world, book, entries, call),
        })
      : await forge.comment(publication.number, body, calls);
  if (call) await noteCall(world, book.key, entries, call);
  return { id, body };
}

/** A comment of ours that carries these entries already: made just before a crash, or by a request that seemed to fail. */
async function find(world: World, forge: Forge, book: Book, publication: Publication): Promise<ThreadComment | null> {
  const keys = withKeysOf(world.ledgerKeys, book.entries);
  const thread =
    publication.place === "review" ? await forge.reviews(publication.number) : await forge.comments(publication.number);
  return thread.find((one) => one.appId === world.appId && carries(keys, one, publication)) ?? null;
}

function carries(keys: LedgerKeys, comment: ThreadComment, publication: Publication): boolean {
  const marker = readMarker(comment.body, keys);
  if (marker.state !== "genuine" && marker.state !== "edited") return false;
  return marker.entries[0]?.ticket === publication.ticket && marker.entries[0].seq === publication.firstSeq;
}
