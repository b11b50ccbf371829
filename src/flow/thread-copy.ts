// Held by test/scenarios/moved-repository.system.ts
import { type Entry, firstFault, sha256 } from "../core/ledger/chain.ts";
import { forgeRefOf } from "../core/ledger/forge-ref.ts";
import { ticketRef, type TicketKey } from "../core/ledger/ids.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import type { Forge, ThreadComment } from "../forge/forge.ts";
import { readMarker } from "../messages/marker.ts";
import { type Fault, faultInWords } from "../messages/thread-faults.ts";
import { branchOf } from "../steps/branch.ts";

/** What stands in a thread that claims to be a ledger, with what can be believed of it. */
export type ThreadCopy = {
  /** Entries by number, each from a marker that this server signed; of two with one number the later stands. */
  readonly entries: ReadonlyMap<number, PublishedEntry>;
  readonly comments: readonly LedgerComment[];
  readonly faults: readonly ThreadFault[];
};

export type PublishedEntry = { readonly entry: Entry; readonly place: string };

/** A comment or review of ours, where it stands and the entries it carries. */
export type LedgerComment = {
  readonly comment: ThreadComment;
  readonly place: "issue" | "pull" | "review";
  readonly number: number;
  readonly first: number;
  readonly last: number;
};

export type ThreadFault = {
  readonly seq: number;
  /** `edited`: ours, with another readable text. `forged`: ours, with a marker we did not write. `stranger`: not ours. */
  readonly nature: "edited" | "forged" | "stranger";
  readonly place: string;
  readonly problem: string;
  readonly contentHash: string;
  /** Who wrote the comment, when it is not ours. */
  readonly by: string | null;
};

export type ThreadAccess = Pick<Forge, "comments" | "reviews">;

type Standing = Pick<LedgerComment, "comment" | "place" | "number">;

/** Reads issue and pull request. Whoever else writes our markers is a forger, whatever the marker says. */
export async function readThread(
  forge: ThreadAccess,
  key: TicketKey,
  pull: number | null,
  appId: number,
  ledgerKeys: LedgerKeys,
): Promise<ThreadCopy> {
  const entries = new Map<number, PublishedEntry>();
  const comments: LedgerComment[] = [];
  const faults: ThreadFault[] = [];
  for (const standing of await standingIn(forge, ticketRef(key).number, pull)) {
    const reading = readComment(standing.comment, key, appId, ledgerKeys);
    faults.push(...reading.faults);
    const place = placeOf(standing.comment);
    for (const entry of reading.entries) entries.set(entry.seq, { entry, place });
    const [first, last] = [reading.entries[0], reading.entries.at(-1)];
    if (first && last) comments.push({ ...standing, first: first.seq, last: last.seq });
  }
  return { entries, comments, faults };
}

/** Whose ledger begins in a thread: by our own hand, for this issue and this repository, whatever that was called then. */
export async function ledgerIn(
  forge: Pick<Forge, "comments">,
  at: { readonly number: number; readonly appId: number; readonly ledgerKeys: LedgerKeys },
  repositoryId: number,
): Promise<TicketKey | null> {
  for (const { appId, body } of await forge.comments(at.number)) {
    const marker = appId === at.appId ? readMarker(body, at.ledgerKeys) : null;
    const first = marker?.state === "genuine" ? marker.entries[0] : undefined;
    if (first?.kind !== "opened" || ticketRef(first.ticket).number !== at.number) continue;
    const forgeThen = forgeRefOf(first.data);
    if (forgeThen?.kind === "github" && forgeThen.repositoryId === repositoryId) return first.ticket;
  }
  return null;
}

/** A ticket's pull request as GitHub knows it, for when the ledger cannot be asked: its branch's, or the ticket itself. */
export async function pullOfTicket(forge: Pick<Forge, "pullOf" | "pull">, key: TicketKey): Promise<number | null> {
  const { number } = ticketRef(key);
  const ofBranch = await forge.pullOf(branchOf(key));
  if (ofBranch !== null) return ofBranch;
  return (await forge.pull(number)) === "gone" ? null : number;
}

async function standingIn(forge: ThreadAccess, issue: number, pull: number | null): Promise<Standing[]> {
  const at = (place: LedgerComment["place"], number: number, list: readonly ThreadComment[]) =>
    list.map((comment) => ({ comment, place, number }));
  const standing = at("issue", issue, await forge.comments(issue));
  if (pull === null) return standing;
  if (pull !== issue) standing.push(...at("pull", pull, await forge.comments(pull)));
  standing.push(...at("review", pull, await forge.reviews(pull)));
  return standing;
}

type CommentReading = { readonly entries: readonly Entry[]; readonly faults: readonly ThreadFault[] };

function readComment(comment: ThreadComment, key: TicketKey, appId: number, ledgerKeys: LedgerKeys): CommentReading {
  const marker = readMarker(comment.body, ledgerKeys);
  if (marker.state === "none") return { entries: [], faults: [] };
  const carried = "entries" in marker ? marker.entries : [];
  const { login } = comment.author;
  const fault = (nature: ThreadFault["nature"], found: Fault): ThreadFault => ({
    ...{ seq: carried[0]?.seq ?? 1, nature, place: placeOf(comment), contentHash: sha256(comment.body) },
    problem: faultInWords(found),
    by: nature === "stranger" ? login : null,
  });
  if (comment.appId !== appId)
    return { entries: [], faults: [fault("stranger", { code: "by-another", facts: { login } })] };
  if (marker.state === "forged")
    return { entries: [], faults: [fault("forged", { code: "changed", facts: { why: marker.why } })] };
  const entries = carried.filter((entry) => entry.ticket === key);
  const faults: ThreadFault[] = [];
  if (entries.length < carried.length) faults.push(fault("forged", { code: "of-another-ticket", facts: {} }));
  if (marker.state === "edited") faults.push(fault("edited", { code: "edited", facts: { why: marker.why } }));
  return { entries, faults };
}

function placeOf(comment: ThreadComment): string {
  return `${comment.place} ${comment.id}`;
}

/** The longest chain from entry 1 that holds. */
export function believable(copy: ThreadCopy, key: TicketKey, ledgerKeys: LedgerKeys): Entry[] {
  const chain: Entry[] = [];
  for (let next = copy.entries.get(1); next; next = copy.entries.get(chain.length + 1)) chain.push(next.entry);
  const fault = firstFault(ledgerKeys, key, chain);
  return fault ? chain.slice(0, fault.seq - 1) : chain;
}
