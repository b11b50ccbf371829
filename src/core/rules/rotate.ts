import { createHash } from "node:crypto";
import { type Role, ROLES, type TicketKey, ticketRef } from "../ledger/ids.ts";
import type { Assignment } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { candidates, type Cast, type Choose, firstCast, from, type Pins, type PoolModel, preferNot, preferOther } from "./casting.ts"; // prettier-ignore
import { type Preferred, preferenceReasons } from "./preferences.ts";
import type { RoutingReason } from "./routing/reasons.ts";
import { castByUse } from "./rotation-by-use.ts";
import { type HaltCode, type Why, why } from "./why.ts";

export type { PoolModel } from "./casting.ts";

/**
 * Who plays which role. The pool turns by one seat a ticket, so that no model stays in one role and no blind spot becomes
 * permanent. The same ticket and pool always give the same assignment.
 *
 * Never bent: whoever wrote a head does not review it. Bent only when the pool allows nothing else, and then said: the
 * Adversary is of another vendor than the author; Reviewer and Adversary are different models.
 */
export type Rotation =
  | { readonly outcome: "assigned"; readonly assignment: Assignment; readonly reasons: RoutingReason[] }
  | { readonly outcome: "impossible"; readonly why: Why<HaltCode> };

/** @param preferred of those that may play a role, who is taken first */
export function rotate(key: TicketKey, pool: readonly PoolModel[], pins: Pins, preferred: Preferred = {}): Rotation {
  // prettier-ignore
  const unknown = Object.entries(pins).find(([, name]) => !pool.some((model) => model.name === name));
  if (unknown)
    return {
      outcome: "impossible",
      why: why("pin-not-in-pool", { role: unknown[0], model: unknown[1], pool: names(pool) }),
    };
  const misplaced = Object.entries(pins).find(
    ([role, name]) => role !== "implementer" && pool.some((model) => model.name === name && model.writesOnly),
  );
  if (misplaced)
    return { outcome: "impossible", why: why("pin-only-writes", { role: misplaced[0], model: misplaced[1] }) };
  const authors = candidates(from(pool, seatAt(place(key), pool.length)), pins, "implementer");
  if (authors.length === 0) return { outcome: "impossible", why: why("nobody-for-role", { role: "implementer" }) };
  const cast = castAt(place(key), pool, pins, preferred);
  if (cast) {
    const pinned = ROLES.flatMap((role): RoutingReason[] => {
      const model = pins[role];
      return model ? [{ code: "pinned", facts: { role, model } }] : [];
    });
    const reasons: RoutingReason[] = [
      { code: "seat", facts: { seat: seatAt(place(key), pool.length) + 1, of: pool.length } },
      ...pinned,
      ...preferenceReasons(cast, preferred, pins, pool),
      ...compromises(cast.implementer, cast.reviewer, cast.adversary),
    ];
    return { outcome: "assigned", assignment: toAssignment(cast), reasons };
  }
  const [author] = authors;
  return {
    outcome: "impossible",
    why: why("nobody-to-doubt", { author: author?.name ?? "", pool: names(pool) }),
  };
}

/** @param at the place in a line of tickets. @returns null when nobody is left to write or to doubt, at whatever place */
export function castAt(at: number, pool: readonly PoolModel[], pins: Pins = {}, preferred: Preferred = {}): Cast | null {
  if (Object.keys(preferred).length > 0 || !isEven(pool)) return castByUse(at, pool, pins, preferred);
  const turned = from(pool, seatAt(at, pool.length));
  return firstCast(candidates(turned, pins, "implementer"), turned, pins, byLap(lapAt(at, pool.length)));
} // prettier-ignore

/** Every model may play every role, and every vendor has as many: turning the pool is enough. */
function isEven(pool: readonly PoolModel[]): boolean {
  const sizes = new Map<string, number>();
  for (const { vendor } of pool) sizes.set(vendor, (sizes.get(vendor) ?? 0) + 1);
  return new Set(sizes.values()).size <= 1 && pool.every(({ roles }) => roles === null);
}

/** Lap by lap another adversary, or a model could go without this role for ever; the reviewer changes once all of them had their turn. */
function byLap(lap: number): Choose {
  return (role, models, foreign) => {
    if (role === "adversary") return models[foreign === 0 ? 0 : lap % models.length];
    if (role === "reviewer") return models[Math.floor(lap / Math.max(1, foreign)) % Math.max(1, models.length)];
    return role === "navigator" ? models.at(-1) : models[0];
  };
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
  // The next in turn behind whoever has the seat: over many tickets nobody inherits more seats than others.
  const next = pool.findIndex(({ name }) => name === assignment[role].model) + 1;
  const free = from(pool, next).filter(
    (model) => !barred.has(model.name) && (model.roles === null || model.roles.includes(role)),
  );
  const avoid = role === "implementer" ? assignment.adversary.vendor : assignment.implementer.vendor;
  const seated = role === "reviewer" ? assignment.adversary.model : assignment.reviewer.model;
  // A reviewer first of all differs from the adversary; an adversary first of all is of another vendor than the author.
  const ranked =
    role === "reviewer" ? preferNot(preferOther(free, avoid), seated) : preferOther(preferNot(free, seated), avoid);
  return ranked[0] ?? null;
}

/** Names of models that may not take a role on this ticket as it stands. */
export function barredFrom(assignment: Assignment, authors: readonly string[], role: Role): string[] {
  if (role === "implementer") return [assignment.reviewer.model, assignment.adversary.model];
  if (role === "reviewer" || role === "adversary") return [...authors, assignment.implementer.model];
  return [];
}

/** Where a ticket stands in its repository's endless line: the number, from a start that differs by repository. */
export function place(key: TicketKey): number {
  const { owner, name, number } = ticketRef(key);
  return createHash("sha256").update(`${owner}/${name}`.toLowerCase()).digest().readUInt32BE(0) + number;
}

function seatAt(at: number, size: number): number {
  return size === 0 ? 0 : at % size;
}

/** How often the pool has gone round before this place. */
function lapAt(at: number, size: number): number {
  return size === 0 ? 0 : Math.floor(at / size);
}

function compromises(implementer: PoolModel, reviewer: PoolModel, adversary: PoolModel): RoutingReason[] {
  const { vendor } = adversary;
  const author = implementer.vendor;
  const doubts: RoutingReason =
    vendor === author
      ? { code: "adversary-of-authors-vendor", facts: { vendor } }
      : { code: "adversary-of-another-vendor", facts: { vendor, author } };
  return reviewer.name === adversary.name ? [doubts, { code: "reviewer-is-adversary", facts: {} }] : [doubts];
}

function toAssignment(chosen: Record<Role, PoolModel>): Assignment {
  return Object.fromEntries(
    ROLES.map((role) => [role, { model: chosen[role].name, vendor: chosen[role].vendor }]),
  ) as Assignment;
}

function names(pool: readonly PoolModel[]): string[] {
  return pool.map((model) => model.name);
}
