// Held by test/scenarios/feature.test.ts
import { canonicalJson } from "../core/ledger/chain.ts";
import { textHash } from "../core/ticket/text-hash.ts";
import { type Seen, seen } from "../hygiene/seen.ts";
import type { StepContext } from "./step.ts";
import type { StepWorld } from "./step-world.ts";

/** The ticket's words as the roles see them: what a reader of the page sees, nothing hidden. */
export type TicketText = { readonly title: Seen; readonly body: Seen };

/**
 * The text that the ledger names by hash. The ledger itself carries only the hash; the words are kept beside it and, when
 * lost, read from the issue again, if they still are the same words.
 *
 * @returns null when the words of that hash are nowhere any more
 */
export async function ticketText(context: StepContext): Promise<TicketText | null> {
  const { ticket, world, issue } = context;
  if (issue !== null && issue !== "gone" && issue.textHash === ticket.text.hash)
    return keep(context, issue.title, issue.body);
  const kept = await world.artifacts.get(ticket.text.hash);
  if (kept) {
    const [title, body] = JSON.parse(kept.toString("utf8")) as [string, string];
    return { title: seen(title, "line"), body: seen(body, "page") };
  }
  const now = await context.forge.issue(ticket.ref.number);
  if (now === "gone" || textHash(now.title, now.body) !== ticket.text.hash) return null;
  return keep(context, now.title, now.body);
}

async function keep({ world }: StepContext, title: string, body: string): Promise<TicketText> {
  await keepText(world.artifacts, title, body);
  return { title: seen(title, "line"), body: seen(body, "page") };
}

/** Kept as exactly the bytes that were hashed, so that the store finds it under the ticket's own hash. */
export async function keepText(artifacts: StepWorld["artifacts"], title: string, body: string): Promise<void> {
  await artifacts.put(canonicalJson([title, body.replace(/\r\n?/g, "\n")]));
}
