// Held by test/scenarios/feature.test.ts
import { sha256 } from "../core/ledger/chain.ts";
import { doneNow } from "../core/ticket/done-now.ts";
import type { Forge } from "../forge/forge.ts";
import type { Book } from "./book.ts";
import { calledBy } from "./call-people.ts";
import { bodyOf } from "./publish.ts";
import type { World } from "./world.ts";

/**
 * Ticks the Definition of Done in the plan's own comment with what the proof has shown. The comment keeps its entries; what people
 * read of it is drawn and signed anew. Nothing is sent when the boxes stand as they should.
 */
export async function tickDone(world: World, forge: Forge, book: Book): Promise<void> {
  const { key, ticket, entries } = book;
  const planned = entries.findLast((one) => one.kind === "planned");
  // A proof that a new commit voided leaves the boxes as they are until the next one: an edit in between says nothing.
  if (!ticket?.proof || !planned) return;
  const wanted = [String(planned.seq), ...doneNow(ticket)].join(" ");
  const drawn = await world.projections.get(key, DONE);
  if (drawn ? drawn.bodySha256 === wanted : doneNow(ticket).size === 0) return;
  const standing = (await world.publications.list(key)).find(
    (one) => one.firstSeq <= planned.seq && planned.seq <= one.lastSeq,
  );
  if (!standing?.remoteId || standing.place === "review") return;
  const group = entries.slice(standing.firstSeq - 1, standing.lastSeq);
  const call = await calledBy(world, key, group);
  const body = bodyOf(world, book, group, call);
  if ((await forge.editComment(standing.remoteId, body, call?.logins)) === "edited")
    await world.publications.posted(key, standing.firstSeq, standing.remoteId, world.now(), sha256(body));
  await world.projections.put(key, DONE, { remoteId: standing.remoteId, bodySha256: wanted });
}

const DONE = "done";
