import type { Entry } from "../core/chain.ts";
import { firstFault, sha256 } from "../core/chain.ts";
import { ticketRef, type TicketKey } from "../core/ids.ts";
import type { EntryDraft } from "../core/ledger.ts";
import type { GitHub, ThreadComment } from "../github/github.ts";
import { readMarker } from "../messages/marker.ts";
import { append, type Book } from "./book.ts";
import { publish } from "./publish.ts";
import type { World } from "./world.ts";

/** What stands in a thread that claims to be a ledger, with what can be believed of it. */
export type ThreadCopy = {
  /** Entries by number, each genuine by its own HMAC. */
  readonly entries: ReadonlyMap<number, Entry>;
  readonly comments: readonly { readonly comment: ThreadComment; readonly first: number; readonly last: number }[];
  readonly faults: readonly ThreadFault[];
};

export type ThreadFault = {
  readonly seq: number;
  readonly place: string;
  readonly problem: string;
  readonly contentHash: string;
};

export type ThreadAccess = Pick<GitHub, "comments" | "reviews">;

/** Reads issue and pull request. Whoever else writes our markers is a forger, whatever the marker says. */
export async function readThread(
  github: ThreadAccess,
  key: TicketKey,
  pull: number | null,
  appId: number,
  ledgerKey: Buffer,
): Promise<ThreadCopy> {
  const { number } = ticketRef(key);
  const parts = [await github.comments(number)];
  if (pull !== null && pull !== number) parts.push(await github.comments(pull));
  if (pull !== null) parts.push(await github.reviews(pull));
  const entries = new Map<number, Entry>();
  const comments: ThreadCopy["comments"][number][] = [];
  const faults: ThreadFault[] = [];
  for (const comment of parts.flat()) {
    const marker = readMarker(comment.body, ledgerKey);
    if (marker.state === "none") continue;
    const fault = (problem: string, seq: number) =>
      faults.push({ seq, place: `${comment.place} ${comment.id}`, problem, contentHash: sha256(comment.body) });
    if (comment.appId !== appId) {
      fault(`by ${comment.author.login} carries a ledger marker, but only this App writes those`, firstSeq(marker));
      continue;
    }
    if (marker.state === "forged") {
      fault(`carries a ledger marker that this server did not write: ${marker.why}`, 1);
      continue;
    }
    const mine = marker.entries.filter((entry) => entry.ticket === key);
    if (mine.length < marker.entries.length) fault("carries entries of another ticket", marker.entries[0]?.seq ?? 1);
    if (marker.state === "edited") fault(`was edited: ${marker.why}`, mine[0]?.seq ?? 1);
    const [first, last] = [mine[0], mine.at(-1)];
    if (!first || !last) continue;
    for (const entry of mine) entries.set(entry.seq, entry);
    comments.push({ comment, first: first.seq, last: last.seq });
  }
  return { entries, comments, faults };
}

function firstSeq(marker: ReturnType<typeof readMarker>): number {
  return "entries" in marker ? (marker.entries[0]?.seq ?? 1) : 1;
}

/** The longest chain from entry 1 that holds. */
export function believable(copy: ThreadCopy, key: TicketKey, ledgerKey: Buffer): Entry[] {
  const chain: Entry[] = [];
  for (let seq = 1; copy.entries.has(seq); seq++) {
    const entry = copy.entries.get(seq);
    if (!entry || firstFault(ledgerKey, key, [...chain, entry])) break;
    chain.push(entry);
  }
  return chain;
}

/** Puts back what somebody deleted, and reports once what somebody edited or forged. The database's copy is believed. */
export async function checkThread(world: World, github: GitHub, book: Book): Promise<void> {
  if (!book.ticket) return;
  const copy = await readThread(github, book.key, book.ticket.pull?.number ?? null, world.appId, world.ledgerKey);
  const standing = new Set(copy.comments.map((one) => one.comment.id));
  for (const publication of await world.publications.list(book.key)) {
    if (
      publication.remoteId !== null &&
      !standing.has(publication.remoteId) &&
      !isFaulted(copy, publication.remoteId)
    ) {
      world.log.warn(
        { ticket: book.key, entries: [publication.firstSeq, publication.lastSeq] },
        "a ledger comment is gone and is put back",
      );
      await world.publications.markMissing(book.key, publication.firstSeq);
    }
  }
  const news = copy.faults.filter((fault) => !book.ticket?.faults.has(fault.contentHash));
  const drafts: EntryDraft[] = news.map(({ seq, place, problem, contentHash }) => ({
    kind: "ledger_fault",
    data: { seq, place, problem: problem.slice(0, 300), contentHash },
  }));
  const next = await append(world, book, drafts);
  if (next !== "stale") await publish(world, github, next, "due");
}

/** Still there, though not as we wrote it: it is reported, not posted a second time. */
function isFaulted(copy: ThreadCopy, id: number): boolean {
  return copy.faults.some((fault) => fault.place.endsWith(` ${id}`));
}
