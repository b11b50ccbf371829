// Held by test/scenarios/branches.test.ts
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge } from "../forge/forge.ts";
import type { Snapshot } from "../trees/tree.ts";

/** The default branch may get another name while a ticket is under way. It is asked for where the old name leads nowhere. */
export async function defaultSnapshot(forge: Forge, ticket: Ticket): Promise<Snapshot | "gone"> {
  const snapshot = await forge.snapshot(ticket.opened.defaultBranch);
  if (snapshot !== "gone") return snapshot;
  const now = await renamedTo(forge, ticket);
  return now === null ? "gone" : forge.snapshot(now);
}

/** @returns null when the default branch has the name that it had, or cannot be asked for */
export async function renamedTo(forge: Forge, { opened }: Ticket): Promise<string | null> {
  const now = await forge.defaultBranch();
  return now === "gone" || now === opened.defaultBranch ? null : now;
}
