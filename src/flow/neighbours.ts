// Held by test/scenarios/branches.test.ts
import { neighbourOf } from "../core/rules/overlap.ts";
import type { Neighbour } from "../core/rules/facts.ts";
import { PHASES } from "../core/ticket/phase.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { readOther } from "./book.ts";
import type { World } from "./world.ts";

/** A repository with more open tickets than that has other troubles; those that moved last are looked at. */
const NEIGHBOURS_MAX = 100;

/** The other open tickets of the same repository, with the files that they write. */
export async function lookAtNeighbours(world: World, ticket: Ticket): Promise<Neighbour[]> {
  const others = (await openBeside(world, ticket)).slice(-NEIGHBOURS_MAX);
  const seen: Neighbour[] = [];
  for (const other of others) {
    const read = await readOther(world, other.ticket);
    const neighbour = read && read !== "broken" ? neighbourOf(read) : null;
    if (neighbour) seen.push(neighbour);
  }
  return seen;
}

/** A ticket has ended or waits for a person: whoever waits for its files looks again. */
export async function tellNeighbours(world: World, ticket: Ticket): Promise<void> {
  if (!ticket.plan || (!ticket.end && PHASES[phaseOf(ticket)].turn !== "person")) return;
  const waiting = (await openBeside(world, ticket)).filter((one) => one.phase === "implementing");
  for (const one of waiting) await world.nudge(one.ticket, { lane: "work", reason: "a ticket beside it moved on" });
}

async function openBeside(world: World, { key, ref }: Ticket) {
  const open = await world.index.openIn(`${ref.owner}/${ref.name}`);
  return open.filter((one) => one.ticket !== key);
}
