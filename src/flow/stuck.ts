// Held by test/scenarios/stuck.system.ts
import { ticketRef, type TicketKey } from "../core/ledger/ids.ts";
import type { ThreadComment } from "../forge/forge.ts";
import { isReplyTo, replyMarker } from "../messages/marker.ts";
import { stuckInThread } from "../messages/stuck.ts";
import { ATTEMPTS_MAX, type Lane } from "../queue/queue.ts";
import { readBook } from "./book.ts";
import { dryable } from "./dry.ts";
import { sayOnce } from "./say-once.ts";
import type { World } from "./world.ts";

/**
 * A ticket's job has failed for good, so no pass of it can say so. Its thread is told, once for each length of its ledger: a ticket
 * that moves on and sticks again is another matter. Nothing here relies on what may be broken, such as the ledger itself.
 */
export async function tellStuck(world: World, { ticket: key, lane }: { ticket: TicketKey; lane: Lane }): Promise<void> {
  world.log.error(
    { ticket: key, lane },
    "a ticket is stuck; `coop doctor --app` names it, `coop revive` tries it again",
  );
  // A pull request that is no ticket has a check that says it.
  if (lane === "guard") return;
  const { owner, name, number } = ticketRef(key);
  const place = (await world.repositories.placesOf([`${owner}/${name}`])).get(`${owner}/${name}`);
  const known = (await world.index.get(key)) ?? (await world.inbox.pending(key))[0];
  if (!place || !known) return;
  const { installationId, repositoryId } = place;
  const access = {
    owner: place.owner,
    name: place.name,
    forge: { kind: "github" as const, installationId, repositoryId },
  };
  const ticket = await readBook(world, key).then(
    (book) => book.ticket,
    () => null,
  );
  const forge = dryable(world, key, world.forge(access), ticket, null);
  const source = `stuck:${await world.ledgers.length(key)}`;
  const isOurs = (one: ThreadComment) => one.appId === world.appId && isReplyTo(one.body, source);
  await sayOnce(world, key, source, {
    find: async () => (await forge.comments(number)).find(isOurs)?.id ?? null,
    say: async () => (await forge.comment(number, `${stuckInThread(key, ATTEMPTS_MAX)}\n\n${replyMarker(source)}`)).id,
  });
}
