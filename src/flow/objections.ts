import type { TicketKey } from "../core/ledger/ids.ts";
import { fold } from "../core/ticket/fold.ts";
import { isOpen } from "../core/ticket/ticket.ts";
import type { ForgeApp, RepositoryAccess } from "../forge/forge-app.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { inboxItem, sweptWords } from "./swept.ts";
import type { World } from "./world.ts";

/** GitHub tells nobody of a 👎, and does not count it as a change of the comment: so far back comments are looked at. */
const LOOKED_BACK_MS = 7 * 24 * 60 * 60 * 1000;
/** In one sweep and repository; each needs two questions. The rest is found by the next ones. */
const OBJECTIONS_MAX = 20;

/** A 👎 of somebody who may write, below the inline comment of an open finding, is heard as `/coop dismiss`. */
export async function readObjections(
  { world, app }: { readonly world: World; readonly app: ForgeApp },
  repository: RepositoryAccess,
  open: readonly IndexedTicket[],
): Promise<void> {
  if (open.every(({ pullNumber }) => pullNumber === null)) return;
  const at = world.now();
  const since = new Date(at.getTime() - LOOKED_BACK_MS).toISOString();
  for (const { commentId, pullNumber, headline, by } of await app.objections(repository, since, OBJECTIONS_MAX)) {
    const ticket = open.find((one) => one.pullNumber === pullNumber);
    const id = ticket && (await openFindingIn(world, ticket.ticket, headline));
    if (!ticket || !id) continue;
    const permission = await world.forge(repository).permission(by.login, by.id);
    // Whoever may not ask for it is not answered either: there would be no end of such answers.
    if (permission !== "admin" && permission !== "maintain" && permission !== "write") continue;
    const said = {
      ...{ source: `inline:${commentId}/thumbs-down/${by.id}`, by },
      // It has no place among the comments: what was published before it was found could be seen.
      ...{ commentId: Number.MAX_SAFE_INTEGER, body: `/coop dismiss ${id} 👎 below the finding` },
    };
    await world.inbox.add([inboxItem(ticket.ticket, sweptWords(repository, said, true), at)]);
  }
}

/** @param headline of an inline comment of ours, which names its finding by id */
async function openFindingIn(world: World, key: TicketKey, headline: string): Promise<string | null> {
  const findings = fold(await world.ledgers.read(key))?.findings ?? [];
  return [...findings].find(([id, one]) => isOpen(one) && headline.includes(`\`${id}\``))?.[0] ?? null;
}
