// Held by test/scenarios/webhooks.test.ts
import type { Trigger } from "../core/rules/trigger.ts";
import type { ChangedThing, ForgeApp, RepositoryAccess, Since } from "../forge/forge-app.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { inboxItem, swept, sweptWords } from "./swept.ts";
import type { World } from "./world.ts";

/**
 * What changed in a repository since the last sweep. It is asked for once; the thread's comments are read only where a ticket
 * is among it, and a repository in which nothing changed costs GitHub's limit nothing. How far it was read is kept in the
 * database, so that a server that was away for days goes on where it ended.
 */
export type Sweeping = { readonly world: World; readonly app: ForgeApp };

/** Of a repository that was never swept. */
const FIRST_LOOK_BACK_MS = 24 * 60 * 60 * 1000;
/** Whatever is older was said to a server that was away for a week: its tickets are looked at before anything is done to them. */
const LOOKED_BACK_MS_MAX = 7 * FIRST_LOOK_BACK_MS;
/** GitHub may show a change later than a newer one. */
const OVERLAP_MS = 2 * 60_000;
/** A second, and clocks that differ. */
const SAME_TIME_MS = 60_000;

/** Kept among what is drawn, under names that no ticket can have. */
const READ_TO = "swept to";
const SEEN = "swept as";

/** @param keyedAs under which name the repository's tickets are kept */
export async function readChanges(
  parts: Sweeping,
  repository: RepositoryAccess,
  keyedAs: string,
  open: readonly IndexedTicket[],
): Promise<void> {
  const { world, app } = parts;
  const at = world.now();
  const since = await sinceOf(world, keyedAs, at);
  const read = await app.changedSince(repository, since);
  if (read === "unchanged") return;
  const changes = await newIn(world, repository, read.found, { open, at });
  // Words come first: whoever said something and then closed the issue wants to be heard.
  if (changes.length > 0) await readComments(parts, repository, since.iso, open);
  for (const { ticket, trigger } of changes) await world.inbox.add([inboxItem(ticket, trigger, at)]);
  await keep(world, keyedAs, { ...read, since });
}

async function sinceOf({ projections }: World, keyedAs: string, at: Date): Promise<Since> {
  const [to, seen] = [await projections.get(keyedAs, READ_TO), await projections.get(keyedAs, SEEN)];
  const fromMs = to ? Date.parse(to.bodySha256) - OVERLAP_MS : at.getTime() - FIRST_LOOK_BACK_MS;
  const iso = new Date(Math.max(fromMs, at.getTime() - LOOKED_BACK_MS_MAX)).toISOString();
  // Another time is another question, whatever was seen of the one before.
  const [askedFrom, mark] = seen?.bodySha256.split(" ") ?? [];
  return { iso, seen: mark !== undefined && askedFrom === iso ? mark : null };
}

type Read = { readonly found: readonly ChangedThing[]; readonly mark: string | null; readonly since: Since };

async function keep({ projections }: World, keyedAs: string, { found, mark, since }: Read): Promise<void> {
  const put = (kind: string, bodySha256: string) => projections.put(keyedAs, kind, { remoteId: null, bodySha256 });
  const last = found.at(-1)?.updatedAt;
  if (last !== undefined) await put(READ_TO, last);
  if (mark !== null) await put(SEEN, `${since.iso} ${mark}`);
}

/** @param number of its issue or of its pull request: comments on either concern it */
function ticketOf(open: readonly IndexedTicket[], number: number): IndexedTicket | undefined {
  return open.find((one) => one.issueNumber === number || one.pullNumber === number);
}

/** Nobody said it; GitHub shows it. */
const GITHUB_ITSELF = { login: "github", id: 0, type: "Organization" } as const;

type Change = { readonly ticket: IndexedTicket["ticket"]; readonly trigger: Trigger };

/**
 * A closed issue, a push or a person's merge of which no webhook was ever sent. A change that was looked at before has its source
 * in the inbox, and is not looked at again.
 */
async function newIn(
  world: World,
  repository: RepositoryAccess,
  found: readonly ChangedThing[],
  { open, at }: { readonly open: readonly IndexedTicket[]; readonly at: Date },
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const { number, is, updatedAt } of found) {
    const ticket = ticketOf(open, number)?.ticket;
    if (ticket === undefined) continue;
    // GitHub tells times by the second: what changed just now may change again in it, and is looked at once more.
    const again = at.getTime() - Date.parse(updatedAt) < SAME_TIME_MS ? `:${at.getTime()}` : "";
    const source = `swept:${number}:${updatedAt}${again}`;
    if ((await world.inbox.said(ticket, source)) !== null) continue;
    const told = swept(repository, source);
    const trigger = { kind: "changed" as const, ...told, by: GITHUB_ITSELF, what: "found by the sweep", look: is };
    changes.push({ ticket, trigger });
  }
  return changes;
}

async function readComments(
  { world, app }: Sweeping,
  repository: RepositoryAccess,
  sinceIso: string,
  open: readonly IndexedTicket[],
): Promise<void> {
  const at = world.now();
  for (const comment of await app.recentComments(repository, sinceIso)) {
    const ticket = ticketOf(open, comment.issueNumber);
    // An edited comment is never a command, and here nobody can tell what it said before. What an App wrote with a
    // person's token is not that person's word.
    if (!ticket || comment.edited || comment.author.type !== "User" || comment.appId !== null) continue;
    const { id: commentId, author: by, body } = comment;
    const said = { source: `comment:${commentId}`, by, commentId, body };
    const trigger = sweptWords(repository, said, comment.issueNumber !== ticket.issueNumber);
    await world.inbox.add([inboxItem(ticket.ticket, trigger, at)]);
  }
}
