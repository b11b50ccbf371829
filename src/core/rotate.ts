import { createHash } from "node:crypto";
import { type Role, ROLES, type TicketKey, ticketRef } from "./ids.ts";
import type { Assignment } from "./ledger.ts";
import type { Ticket } from "./ticket.ts";

/**
 * Who plays which role. The pool turns by one seat a ticket, so that no model stays in one role and no blind spot becomes
 * permanent. The same ticket and pool always give the same assignment.
 *
 * Never bent: whoever wrote a head does not review it. Bent only when the pool allows nothing else, and then said: the
 * Adversary is of another vendor than the author; Reviewer and Adversary are different models.
 */
export type PoolModel = { readonly name: string; readonly vendor: string; readonly roles: readonly Role[] | null };

export type Rotation =
  | { readonly outcome: "assigned"; readonly assignment: Assignment; readonly reasons: string[] }
  | { readonly outcome: "impossible"; readonly why: string };

export function rotate(key: TicketKey, pool: readonly PoolModel[], pins: Partial<Record<Role, string>>): Rotation {
  const unknown = Object.entries(pins).find(([, name]) => !pool.some((model) => model.name === name));
  if (unknown)
    return {
      outcome: "impossible",
      why: `The policy pins ${unknown[0]} to ${unknown[1]}, which is not in the pool (${names(pool)}).`,
    };
  const turned = turn(key, pool);
  const reasons = [`Seat ${seat(key, pool.length) + 1} of ${pool.length} begins on this ticket.`];
  const able = (role: Role) => turned.filter((model) => model.roles === null || model.roles.includes(role));
  const pick = (role: Role, among: readonly PoolModel[]): PoolModel | undefined => {
    const pinned = turned.find((model) => model.name === pins[role]);
    if (pinned) reasons.push(`${role}: pinned to ${pinned.name} by the policy.`);
    return pinned ?? among[0];
  };
  const implementer = pick("implementer", able("implementer"));
  if (!implementer) return { outcome: "impossible", why: "No model of the pool may be the implementer." };
  const doubters = able("reviewer").filter((model) => model.name !== implementer.name);
  const adversary = pick(
    "adversary",
    preferOther(
      able("adversary").filter((model) => model.name !== implementer.name),
      implementer.vendor,
    ),
  );
  // The reviewer gives way to the adversary: who is of another vendor is worth most as the last doubter.
  const reviewer = pick("reviewer", [...doubters.filter((model) => model.name !== adversary?.name), ...doubters]);
  if (!reviewer || !adversary || reviewer.name === implementer.name || adversary.name === implementer.name) {
    return {
      outcome: "impossible",
      why: `Two models that did not write the change are needed as reviewers; the pool and pins leave none beside ${implementer.name}.`,
    };
  }
  const architect = pick(
    "architect",
    able("architect")
      .filter((model) => model.name !== implementer.name)
      .concat(able("architect")),
  );
  const navigator = pick(
    "navigator",
    able("navigator")
      .filter((model) => model.name !== implementer.name)
      .reverse()
      .concat(able("navigator")),
  );
  if (!architect || !navigator)
    return { outcome: "impossible", why: "No model of the pool may be architect or navigator." };
  reasons.push(...compromises(implementer, reviewer, adversary));
  const chosen: Record<Role, PoolModel> = { architect, implementer, reviewer, adversary, navigator };
  return { outcome: "assigned", assignment: toAssignment(chosen), reasons };
}

/**
 * Another model for a seat: when a blocker outlives a round, or when a model keeps failing. Whoever wrote part of the head
 * may not review it, and whoever still has to review it may not write.
 */
export function substitute(
  pool: readonly PoolModel[],
  ticket: Pick<Ticket, "assignment" | "change">,
  role: Role,
): PoolModel | null {
  const assignment = ticket.assignment;
  if (!assignment) return null;
  const barred = new Set(barredFrom(assignment, ticket.change?.authors ?? [], role)).add(assignment[role].model);
  const free = pool.filter((model) => !barred.has(model.name) && (model.roles === null || model.roles.includes(role)));
  const avoid = role === "implementer" ? assignment.adversary.vendor : assignment.implementer.vendor;
  return preferOther(free, avoid)[0] ?? null;
}

/** Names of models that may not take a role on this ticket as it stands. */
export function barredFrom(assignment: Assignment, authors: readonly string[], role: Role): string[] {
  if (role === "implementer") return [assignment.reviewer.model, assignment.adversary.model];
  if (role === "reviewer" || role === "adversary") return [...authors, assignment.implementer.model];
  return [];
}

function seat(key: TicketKey, size: number): number {
  const { owner, name, number } = ticketRef(key);
  const offset = createHash("sha256").update(`${owner}/${name}`.toLowerCase()).digest().readUInt32BE(0);
  return size === 0 ? 0 : (offset + number) % size;
}

function turn(key: TicketKey, pool: readonly PoolModel[]): PoolModel[] {
  const start = seat(key, pool.length);
  return [...pool.slice(start), ...pool.slice(0, start)];
}

function preferOther(models: readonly PoolModel[], vendor: string): PoolModel[] {
  return [...models.filter((model) => model.vendor !== vendor), ...models.filter((model) => model.vendor === vendor)];
}

function compromises(implementer: PoolModel, reviewer: PoolModel, adversary: PoolModel): string[] {
  const said: string[] = [];
  if (adversary.vendor === implementer.vendor) {
    said.push(`The adversary is of the author's vendor (${adversary.vendor}): the pool has no other that may play it.`);
  } else {
    said.push(`The adversary (${adversary.vendor}) is of another vendor than the author (${implementer.vendor}).`);
  }
  if (reviewer.name === adversary.name) said.push("Reviewer and adversary are the same model: the pool has only two.");
  return said;
}

function toAssignment(chosen: Record<Role, PoolModel>): Assignment {
  return Object.fromEntries(
    ROLES.map((role) => [role, { model: chosen[role].name, vendor: chosen[role].vendor }]),
  ) as Assignment;
}

function names(pool: readonly PoolModel[]): string {
  return pool.map((model) => model.name).join(", ");
}
