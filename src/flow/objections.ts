// Held by test/scenarios/human-review.system.ts
import type { TicketKey } from "../core/ledger/ids.ts";
import { mayWrite, type Permission } from "../core/rules/heard.ts";
import { findingNamedIn } from "../core/ticket/finding.ts";
import { fold } from "../core/ticket/fold.ts";
import { isOpen } from "../core/ticket/ticket.ts";
import type { Person } from "../core/rules/trigger.ts";
import type { ForgeApp, RepositoryAccess, Since } from "../forge/forge-app.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { inboxItem, sweptWords } from "./swept.ts";
import type { World } from "./world.ts";

/** GitHub tells nobody of a 👎, and does not count it as a change of the comment: so far back comments are looked at. */
const DAY_MS = 24 * 60 * 60 * 1000;
const LOOKED_BACK_MS = 7 * DAY_MS;
/** Kept among what is drawn, under a name that no ticket can have. */
const SEEN = "swept signs";
/** Comments of open findings, in one sweep and repository; each needs a question. A settled one makes room for the next. */
const OBJECTIONS_MAX = 20;
/** Strangers may put 👎 below each of them; what each of these may do is one question. */
const PEOPLE_ASKED_MAX = 50;

/** A 👎 of somebody who may write, below the inline comment of an open finding, is heard as `/coop dismiss`. */
export async function readObjections(
  { world, app }: { readonly world: World; readonly app: ForgeApp },
  repository: RepositoryAccess,
  keyedAs: string,
  open: readonly IndexedTicket[],
): Promise<void> {
  if (open.every(({ pullNumber }) => pullNumber === null)) return;
  const at = world.now();
  const since = await sinceOf(world, keyedAs, at);
  const openFindings = openFindingsOf(world);
  const permission = permissionsIn(world, repository);
  const meant = async ({ pullNumber, headline }: { pullNumber: number; headline: string }) => {
    const ticket = open.find((one) => one.pullNumber === pullNumber)?.ticket;
    const id = ticket === undefined ? null : findingNamedIn(headline);
    return ticket !== undefined && id !== null && (await openFindings(ticket)).has(id) ? { ticket, id } : null;
  };
  const isAskedAbout = async (comment: { pullNumber: number; headline: string }) => (await meant(comment)) !== null;
  const read = await app.objections(repository, since, OBJECTIONS_MAX, isAskedAbout);
  if (read === "unchanged") return;
  const { found, mark } = read;
  if (mark !== null) await world.projections.put(keyedAs, SEEN, { remoteId: null, bodySha256: `${since.iso} ${mark}` });
  // Another beginning in each sweep: whoever comes behind a crowd of strangers has a turn too.
  const from = at.getTime() % Math.max(1, found.length);
  for (const objection of [...found.slice(from), ...found.slice(0, from)]) {
    const { commentId, by } = objection;
    const about = await meant(objection);
    // Whoever may not ask for it is not answered either: there would be no end of such answers.
    if (!about || !mayWrite(await permission(by))) continue;
    const said = {
      ...{ source: `inline:${commentId}/thumbs-down/${by.id}`, by },
      // It has no place among the comments: what was published before it was found could be seen.
      ...{ commentId: Number.MAX_SAFE_INTEGER, body: `/coop dismiss ${about.id} 👎 below the finding` },
    };
    await world.inbox.add([inboxItem(about.ticket, sweptWords(repository, said, true), at)]);
  }
}

/** From the beginning of a day, so that the question stays the same over that day and its answer is known again by its mark. */
async function sinceOf({ projections }: World, keyedAs: string, at: Date): Promise<Since> {
  const fromMs = at.getTime() - LOOKED_BACK_MS;
  const iso = new Date(fromMs - (fromMs % DAY_MS)).toISOString();
  const [askedFrom, mark] = (await projections.get(keyedAs, SEEN))?.bodySha256.split(" ") ?? [];
  return { iso, seen: mark !== undefined && askedFrom === iso ? mark : null };
}

/** Each ticket is folded once. */
function openFindingsOf(world: World): (ticket: TicketKey) => Promise<ReadonlySet<string>> {
  const known = new Map<TicketKey, ReadonlySet<string>>();
  return async (ticket) => {
    const before = known.get(ticket);
    if (before) return before;
    const findings = fold(await world.ledgers.read(ticket))?.findings ?? [];
    const ids = new Set([...findings].flatMap(([id, one]) => (isOpen(one) ? [id] : [])));
    known.set(ticket, ids);
    return ids;
  };
}

function permissionsIn(world: World, repository: RepositoryAccess): (person: Person) => Promise<Permission> {
  const known = new Map<number, Permission>();
  return async ({ login, id }) => {
    const before = known.get(id) ?? (known.size >= PEOPLE_ASKED_MAX ? "unknown" : null);
    if (before !== null) return before;
    const told = await world.forge(repository).permission(login, id);
    known.set(id, told);
    return told;
  };
}
