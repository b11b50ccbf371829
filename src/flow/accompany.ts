import type { Entry } from "../core/ledger/chain.ts";
import type { EntryData } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge, NewReview } from "../forge/forge.ts";
import { checkOfProof, checkOfReview } from "../messages/check.ts";
import { inlineComments } from "../messages/review.ts";
import { answerToInline } from "../messages/implemented.ts";
import { commentableLines } from "./commentable.ts";
import { sayOnce } from "./say-once.ts";
import type { World } from "./world.ts";

/**
 * What goes with an entry on GitHub besides its comment: check runs, leaving draft, answers in a person's review threads.
 * Each of them may be done twice without harm.
 *
 * @returns inline comments for the review that carries the entries; [] when none of them is a review
 */
export async function accompany(
  world: World,
  forge: Forge,
  ticket: Ticket,
  entries: readonly Entry[],
): Promise<NewReview["comments"]> {
  let inline: NewReview["comments"] = [];
  const link = world.publicUrl ? `${world.publicUrl}/tickets/${ticket.key.replace("#", "/")}` : null;
  for (const entry of entries) {
    if (entry.kind === "reviewed") {
      await forge.publishCheck({ ...checkOfReview(entry.data), detailsUrl: link });
      inline = inlineComments(entry.data, await commentableLines(world, forge, ticket));
    }
    if (entry.kind === "proof_collected") await showProof(forge, ticket, entry.data, link);
    // The proof as it stands with what a person let pass; a later entry may have voided it.
    if (entry.kind === "proof_accepted" && ticket.proof) await showProof(forge, ticket, ticket.proof, link);
    if (entry.kind === "implemented") await answerThreads(world, forge, ticket, entry.data.round);
  }
  return inline;
}

async function showProof(
  forge: Forge,
  ticket: Ticket,
  proof: EntryData<"proof_collected">,
  detailsUrl: string | null,
): Promise<void> {
  await forge.publishCheck({ ...checkOfProof(proof), detailsUrl });
  if (proof.outcome === "ready" && ticket.pull && !ticket.opened.pull) await forge.markReady(ticket.pull.number);
}

/**
 * A person's inline comments are answered in their own threads, once each, when the round they asked for is written. Order,
 * with a crash possible on every line: intend, look whether the answer stands already, answer, note its id.
 */
async function answerThreads(world: World, forge: Forge, ticket: Ticket, round: number): Promise<void> {
  if (!ticket.pull || !ticket.change?.last) return;
  const pull = ticket.pull.number;
  const asked = ticket.rework.instructions.filter((one) => one.round !== null && one.round + 1 === round);
  for (const comment of asked.flatMap((one) => one.comments)) {
    const kind = `reply:${comment.id}`;
    const words = answerToInline(ticket.change.last, comment.path);
    await sayOnce(world, ticket.key, kind, {
      find: async () => (await forge.inlineReplies(pull)).find((one) => one.inReplyTo === comment.id)?.id ?? null,
      say: async () => (await forge.replyInline(pull, comment.id, words)).id,
    });
  }
}
