// Held by test/scenarios/human-review.system.ts
import type { Entry } from "../core/ledger/chain.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge } from "../forge/forge.ts";
import { inlineComments } from "../messages/review.ts";
import { answerToInline } from "../messages/implemented.ts";
import { commentableLines } from "./commentable.ts";
import { drawChecks } from "./draw-checks.ts";
import { sayOnce } from "./say-once.ts";
import type { World } from "./world.ts";

type Inline = ReturnType<typeof inlineComments>;

/**
 * What goes with an entry on GitHub besides its comment: inline comments, checks, leaving draft, answers in a person's review threads.
 * Each of them may be done twice without harm.
 *
 * @returns inline comments for the review that carries the entries; [] when none of them is a review
 */
export async function accompany(
  world: World,
  forge: Forge,
  ticket: Ticket,
  entries: readonly Entry[],
): Promise<Inline> {
  const inline: Inline[number][] = [];
  for (const entry of entries) {
    if (entry.kind === "reviewed" && entry.data.findings.length > 0)
      inline.push(...inlineComments(entry.data, await commentableLines(world, forge, ticket)));
    if (entry.kind === "implemented") await answerThreads(world, forge, ticket, entry.data.round);
  }
  if (ticket.pull && entries.some(tellsOfFindings))
    await forge.settleThreads(ticket.pull.number, fates(ticket, entries));
  const tellsOfProof = entries.some(({ kind }) => kind === "proof_collected" || kind === "proof_accepted");
  // Nobody merges a draft, and a person's pull request is that person's to open for review.
  if (tellsOfProof && ticket.proof?.outcome === "ready" && ticket.pull && !ticket.opened.pull)
    await forge.markReady(ticket.pull.number);
  // Another commit may come next: what was found on this one stands on it.
  if (tellsOfProof || entries.some(({ kind }) => kind === "reviewed")) await drawChecks(world, forge, ticket);
  return inline;
}

/** Findings of before, that is: a first review has no conversation yet. */
function tellsOfFindings(entry: Entry): boolean {
  if (entry.kind === "reviewed") return entry.data.followUps.length > 0;
  return entry.kind === "finding_dismissed" || entry.kind === "dispute_settled";
}

/** What is found again gets a conversation of its own, on its line of today. */
function fates({ findings }: Ticket, entries: readonly Entry[]): ReadonlyMap<string, "settled" | "open"> {
  const again = new Set(
    entries.flatMap((one) => (one.kind === "reviewed" ? one.data.findings.map(({ id }) => id) : [])),
  );
  const told = [...findings].filter(([id]) => !again.has(id));
  return new Map(told.map(([id, { state }]) => [id, SETTLED.has(state) ? "settled" : "open"]));
}

const SETTLED: ReadonlySet<string> = new Set(["resolved", "withdrawn"]);

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
      say: async () => {
        const said = await forge.replyInline(pull, comment.id, words);
        return said === "gone" ? null : said.id;
      },
    });
  }
}
