// Held by test/scenarios/out-of-reach.system.ts
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { RuleDraft } from "../core/rules/draft.ts";
import { halted } from "../core/rules/halt.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { why } from "../core/rules/why.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { Lane } from "../queue/queue.ts";
import { append, type Book, readBook } from "./book.ts";
import { laneOfStored } from "./lanes.ts";
import type { World } from "./world.ts";

/** What GitHub says of a comment and of a review. A branch or a whole repository can be locked too, which nobody sees end. */
const LOCKED = /\b(?:issue|conversation|pull request) is locked\b|\block prevents review\b/i;

const DAY_MS = 24 * 60 * 60_000;
/** So long a ticket waits for a GitHub that keeps its last words out of the thread. */
export const UNSAID_DAYS_MAX = 30;
/** So long words are kept that nobody could be answered to, and an ended ticket tries to say its last ones. */
const LAST_WORDS_MS = DAY_MS;

/**
 * A refusal that lasts (an archived repository, one that went to an owner without the App, a right that nobody gave) ends in one
 * halt with the forge's own sentence: asking on would change nothing, and a thread that says nothing tells nobody what to do.
 * Where not even that can be said for a month, the ticket ends; and what has ended is left alone.
 *
 * @returns `changed`: the ticket stands otherwise now; `over`: nothing is left to try; `may-pass`: it is asked again later
 */
export async function haltRefused(
  world: World,
  key: TicketKey,
  lane: Lane,
  error: unknown,
): Promise<"changed" | "over" | "may-pass"> {
  if (!(error instanceof ForgeAway) || error.nature === "away") return "may-pass";
  // A lock is a person's act, and its end is seen without anybody's command.
  const isLocked = LOCKED.test(error.message);
  if (world.quiet.refused(`${lane} ${key}`) === "may-pass" && !isLocked) return "may-pass";
  const book = await readBook(world, key);
  const { ticket } = book;
  if (!ticket) return (await dropUnheard(world, key, lane, error)) ? "changed" : "may-pass";
  const restedMs = world.now().getTime() - Date.parse(book.entries.at(-1)?.at ?? "");
  if (ticket.newer) return "may-pass";
  if (ticket.end) return restedMs >= LAST_WORDS_MS ? "over" : "may-pass";
  if (ticket.halt && (restedMs < UNSAID_DAYS_MAX * DAY_MS || (await isSaid(world, book)))) return "may-pass";
  const draft = ticket.halt ? tooLong() : standstill(error, isLocked, ticket);
  return (await append(world, book, [draft])) === "stale" ? "may-pass" : "changed";
}

function standstill({ message, nature }: ForgeAway, isLocked: boolean, ticket: Ticket): RuleDraft {
  const reason = message.slice(0, WHY_CHARS_MAX);
  if (isLocked) return halted("github-refused", "policy", why("conversation-locked"));
  if (nature === "out-of-reach") return halted("github-refused", "policy", why("repository-away", { reason }));
  // A halt takes the approval back.
  const helps = ticket.mergeApproval ? { helps: ["resume-when-unblocked", "stop"] as const } : {};
  return halted("github-refused", "policy", why("forge-refuses", { reason }), helps);
}

function tooLong(): RuleDraft {
  return { kind: "stopped", data: { by: "policy", because: why("refused-too-long", { days: UNSAID_DAYS_MAX }) } };
}

/** Whether the thread shows all that the ledger holds. */
async function isSaid(world: World, { key, entries }: Book): Promise<boolean> {
  const said = await world.publications.list(key);
  return said.some(({ state, lastSeq }) => state === "posted" && lastSeq >= entries.length);
}

/**
 * There is no ticket to halt: what was said there a day ago, GitHub lets nobody answer, and a pull request of others that it has
 * not shown for so long is not proven.
 */
export async function dropUnheard(world: World, key: TicketKey, lane: Lane, { message }: ForgeAway): Promise<boolean> {
  const old = (await world.inbox.pending(key)).filter(
    ({ receivedAt, payload }) =>
      (laneOfStored(payload) === "guard") === (lane === "guard") &&
      world.now().getTime() - receivedAt.getTime() >= LAST_WORDS_MS,
  );
  for (const { source } of old) await world.inbox.setAside(key, source, message);
  return old.length > 0;
}
