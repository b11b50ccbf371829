import { createHash } from "node:crypto";
import { type Role, ROLES, type TicketKey, ticketRef } from "../ledger/ids.ts";
import type { Assignment } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { LINE_CHARS_MAX } from "../ledger/limits.ts";
import { type Preferred, preferenceReasons } from "./preferences.ts";
import { periodOf } from "./rotation-period.ts";
import { type HaltCode, type Why, why } from "./why.ts";

/**
 * Who plays which role. The pool turns by one seat a ticket, so that no model stays in one role and no blind spot becomes
 * permanent. The same ticket and pool always give the same assignment.
 *
 * Never bent: whoever wrote a head does not review it. Bent only when the pool allows nothing else, and then said: the
 * Adversary is of another vendor than the author; Reviewer and Adversary are different models.
 */
export type PoolModel = {
  readonly name: string;
  readonly vendor: string;
  readonly roles: readonly Role[] | null;
  /** A program that can do nothing but write: not even a pin gives it another seat. */
  readonly writesOnly?: true;
};

export type Rotation =
  | { readonly outcome: "assigned"; readonly assignment: Assignment; readonly reasons: string[] }
  | { readonly outcome: "impossible"; readonly why: Why<HaltCode> };

type Pins = Partial<Record<Role, string>>;

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
  const authors = candidates(turn(key, pool), pins, "implementer");
  if (authors.length === 0) return { outcome: "impossible", why: why("nobody-for-role", { role: "implementer" }) };
  const cast = castFor(key, pool, pins, preferred);
  if (cast) {
    const reasons = [`Seat ${seat(key, pool.length) + 1} of ${pool.length} begins on this ticket.`];
    for (const role of ROLES) if (pins[role]) reasons.push(`${role}: pinned to ${pins[role]} by the policy.`);
    reasons.push(...preferenceReasons(cast, preferred, pins, pool));
    reasons.push(...compromises(cast.implementer, cast.reviewer, cast.adversary));
    const lines = reasons.map((reason) => reason.slice(0, LINE_CHARS_MAX));
    return { outcome: "assigned", assignment: toAssignment(cast), reasons: lines };
  }
  const [author] = authors;
  return {
    outcome: "impossible",
    why: why("nobody-to-doubt", { author: author?.name ?? "", pool: names(pool) }),
  };
}

/** Who may take a role, in turn; a pin is stronger than the roles a model is configured for. */
function candidates(turned: readonly PoolModel[], pins: Pins, role: Role): PoolModel[] {
  const pin = pins[role];
  return turned.filter((model) => (pin ? model.name === pin : model.roles === null || model.roles.includes(role)));
}

type Cast = Record<Role, PoolModel>;

function castFor(key: TicketKey, pool: readonly PoolModel[], pins: Pins, preferred: Preferred): Cast | null {
  if (Object.keys(preferred).length > 0 || !isEven(pool)) return castByUse(place(key), pool, pins, preferred);
  const turned = turn(key, pool);
  return firstCast(candidates(turned, pins, "implementer"), turned, pins, byLap(lap(key, pool.length)));
}

/** Every model may play every role, and every vendor has as many: turning the pool is enough. */
function isEven(pool: readonly PoolModel[]): boolean {
  const sizes = new Map<string, number>();
  for (const { vendor } of pool) sizes.set(vendor, (sizes.get(vendor) ?? 0) + 1);
  return new Set(sizes.values()).size <= 1 && pool.every(({ roles }) => roles === null);
}

function firstCast(
  authors: readonly PoolModel[],
  turned: readonly PoolModel[],
  pins: Pins,
  choose: Choose,
): Cast | null {
  for (const author of authors) {
    const cast = castAround(author, turned, pins, choose);
    if (cast) return cast;
  }
  return null;
}

/**
 * Where not every model may play every role, or one vendor has more models than another, turning the pool would give some more
 * than their share. Instead each role goes to whoever had it least often since the period began; of equals, to the next in turn. The count is made anew for
 * each ticket from the pool alone, so that the same ticket and pool give the same answer everywhere.
 */
function castByUse(at: number, pool: readonly PoolModel[], pins: Pins, preferred: Preferred): Cast | null {
  const period = periodOf(pool);
  const used = new Map<string, number>();
  const uses = (role: Role, { name }: PoolModel) => used.get(`${role} ${name}`) ?? 0;
  const least = (role: Role, models: readonly PoolModel[]) => [...models].sort((one, other) => uses(role, one) - uses(role, other)); // prettier-ignore
  let cast: Cast | null = null;
  for (let step = 0; step <= at % period; step++) {
    const turned = from(pool, step % pool.length);
    const sorted = (role: Role, models: readonly PoolModel[]) => wishedFirst(role, least(role, models), preferred);
    const authors = sorted("implementer", candidates(turned, pins, "implementer"));
    cast = firstCast(authors, turned, pins, (role, models, _foreign, author) => {
      if (role !== "adversary") return sorted(role, models)[0];
      // Whoever doubts second leaves the first doubt to others: both counts of a pair are weighed.
      const first = ({ name }: PoolModel) => candidates(turned, pins, "reviewer").filter((one) => one !== author && one.name !== name); // prettier-ignore
      const pair = (one: PoolModel) => uses("adversary", one) + Math.min(...first(one).map((other) => uses("reviewer", other))); // prettier-ignore
      return wishedFirst(role, [...models].sort((one, other) => pair(one) - pair(other)), preferred)[0]; // prettier-ignore
    });
    if (!cast) return null;
    for (const role of ROLES) used.set(`${role} ${cast[role].name}`, uses(role, cast[role]) + 1);
  }
  return cast;
}

/** Whom one wishes for in a role comes first. Whoever is wished for as a reviewer is the last one to be taken as the adversary. */
function wishedFirst(role: Role, models: readonly PoolModel[], preferred: Preferred): PoolModel[] {
  const isWished = (as: Role, { name }: PoolModel) => preferred[as]?.names.includes(name) ?? false;
  const rank = (one: PoolModel) =>
    isWished(role, one) ? 0 : role === "adversary" && isWished("reviewer", one) ? 2 : 1;
  return [...models].sort((one, other) => rank(one) - rank(other));
}

/** Of those that may play a role equally well, who plays it; the models are in turn. */
type Choose = (role: Role, models: readonly PoolModel[], foreign: number, author: PoolModel) => PoolModel | undefined;

/** Lap by lap another adversary, or a model could go without this role for ever; the reviewer changes once all of them had their turn. */
function byLap(lap: number): Choose {
  return (role, models, foreign) => {
    if (role === "adversary") return models[foreign === 0 ? 0 : lap % models.length];
    if (role === "reviewer") return models[Math.floor(lap / Math.max(1, foreign)) % Math.max(1, models.length)];
    return role === "navigator" ? models.at(-1) : models[0];
  };
}

/** Everybody else around one author, or null when nobody is left to doubt. */
function castAround(author: PoolModel, turned: readonly PoolModel[], pins: Pins, choose: Choose): Cast | null {
  const others = (role: Role) => candidates(turned, pins, role).filter((model) => model.name !== author.name);
  // The adversary is chosen first: who is of another vendor is worth most as the last doubter.
  const foes = preferOther(preferNot(others("adversary"), pins.reviewer), author.vendor);
  const foreign = foes.filter((model) => model.vendor !== author.vendor && model.name !== pins.reviewer);
  const near = foes.filter((model) => model.name !== pins.reviewer);
  const adversary = choose("adversary", foreign.length > 0 ? foreign : near, foreign.length, author) ?? foes[0];
  const judges = others("reviewer").filter((model) => model.name !== adversary?.name);
  // Each pair of doubters comes up as often.
  const reviewer = choose("reviewer", judges, foreign.length, author) ?? others("reviewer")[0];
  const architect = choose("architect", others("architect"), 0, author) ?? candidates(turned, pins, "architect")[0];
  const navigator = choose("navigator", others("navigator"), 0, author) ?? candidates(turned, pins, "navigator")[0];
  if (!adversary || !reviewer || !architect || !navigator) return null;
  return { architect, implementer: author, reviewer, adversary, navigator };
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

function seat(key: TicketKey, size: number): number {
  return size === 0 ? 0 : place(key) % size;
}

/** How often the pool has gone round before this ticket. */
function lap(key: TicketKey, size: number): number {
  return size === 0 ? 0 : Math.floor(place(key) / size);
}

function turn(key: TicketKey, pool: readonly PoolModel[]): PoolModel[] {
  return from(pool, seat(key, pool.length));
}

function from(pool: readonly PoolModel[], start: number): PoolModel[] {
  return [...pool.slice(start), ...pool.slice(0, start)];
}

function preferOther(models: readonly PoolModel[], vendor: string): PoolModel[] {
  return [...models.filter((model) => model.vendor !== vendor), ...models.filter((model) => model.vendor === vendor)];
}

function preferNot(models: readonly PoolModel[], name: string | undefined): PoolModel[] {
  return [...models.filter((model) => model.name !== name), ...models.filter((model) => model.name === name)];
}

function compromises(implementer: PoolModel, reviewer: PoolModel, adversary: PoolModel): string[] {
  const said: string[] = [];
  if (adversary.vendor === implementer.vendor) {
    said.push(`The adversary is of the author's vendor (${adversary.vendor}): the pool has no other that may play it.`);
  } else {
    said.push(`The adversary (${adversary.vendor}) is of another vendor than the author (${implementer.vendor}).`);
  }
  if (reviewer.name === adversary.name)
    said.push("Reviewer and adversary are the same model: the pool and pins leave no third.");
  return said;
}

function toAssignment(chosen: Record<Role, PoolModel>): Assignment {
  return Object.fromEntries(
    ROLES.map((role) => [role, { model: chosen[role].name, vendor: chosen[role].vendor }]),
  ) as Assignment;
}

function names(pool: readonly PoolModel[]): string[] {
  return pool.map((model) => model.name);
}
