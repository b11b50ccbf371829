import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { Lane } from "../queue/queue.ts";
import { append, readBook } from "./book.ts";
import type { World } from "./world.ts";

/** What GitHub says of a comment and of a review. A branch or a whole repository can be locked too, which nobody sees end. */
const LOCKED = /\b(?:issue|conversation|pull request) is locked\b|\block prevents review\b/i;

/**
 * A refusal that lasts (an archived repository, a right that nobody gave, a tree too large to read) ends in one halt with the
 * forge's own sentence: asking on would change nothing, and a thread that says nothing tells nobody what to do.
 * @returns whether the ticket stands still now
 */
export async function haltRefused(world: World, key: TicketKey, lane: Lane, error: unknown): Promise<boolean> {
  if (!(error instanceof ForgeAway) || error.nature !== "refused") return false;
  const isLocked = LOCKED.test(error.message);
  // A lock is a person's act, and its end is seen without anybody's command.
  if (world.quiet.refused(`${lane} ${key}`, world.now()) === "may-pass" && !isLocked) return false;
  const book = await readBook(world, key);
  const { ticket } = book;
  if (!ticket || ticket.end || ticket.halt || ticket.newer) return false;
  const because = isLocked
    ? why("conversation-locked")
    : why("forge-refuses", { reason: error.message.slice(0, WHY_CHARS_MAX) });
  const halt = halted("github-refused", "policy", because, isLocked ? { helps: ["unlock", "retry", "stop"] } : {});
  return (await append(world, book, [halt])) !== "stale";
}
