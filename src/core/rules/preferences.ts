import { createHash } from "node:crypto";
import { type Role, ROLES } from "../ledger/ids.ts";
import type { Policy } from "./policy.ts";
import type { RoutingReason } from "./routing/reasons.ts";
import type { EntryData } from "../ledger/entries.ts";

/**
 * Who is taken first of those that may play a role equally well: whom the policy names for work of this size and risk, else, where the
 * policy says so, who did best in that role so far. Without either everybody plays in turn. No preference bends a rule: who wrote
 * does not review, the Adversary is of another vendor where there is one, and a pin is stronger.
 */
export type Wish = {
  readonly names: readonly string[];
  readonly by: "policy" | "scorecard";
  readonly figures?: Figures;
};
/** What those that are measured best did, the best first. */
type Figures = readonly Pick<RoleRecord, "model" | "good" | "of">[];
export type Preferred = Readonly<Partial<Record<Role, Wish>>>;

type Seated = { readonly name: string; readonly roles: readonly Role[] | null };

/** What a model did in a role on tickets of one kind: so many of so many went well. */
export type RoleRecord = {
  readonly model: string;
  readonly role: Role;
  readonly good: number;
  readonly of: number;
};

/** Whom the policy prefers for such work. A list without roles is about who writes. */
export function preferredFor(
  { prefer }: Pick<Policy, "prefer">,
  { size, risk }: Pick<EntryData<"routed">, "size" | "risk">,
): Preferred {
  // prettier-ignore
  const isLarge = size === "large" || risk === "high";
  const wished = isLarge ? prefer.large : size === "small" && risk === "low" ? prefer.small : [];
  const byRole: Readonly<Partial<Record<Role, readonly string[]>>> = Array.isArray(wished)
    ? { implementer: wished }
    : wished;
  const named = ROLES.flatMap((role) => {
    const names = byRole[role] ?? [];
    return names.length === 0 ? [] : [[role, { names, by: "policy" }] as const];
  });
  return Object.fromEntries(named);
}

/** Fewer results say more about the tickets than about the model. */
const RESULTS_MIN = 5;
/** Shares that are no further apart are a tie still: with ten results each, one result more or less moves a share as far. */
const TIE_WITHIN = 0.15;
/** One ticket in so many is cast in turn all the same, so that no model goes unmeasured and no blind spot becomes permanent. */
const IN_TURN_EVERY = 3;
/** Of a role, as a reason shows them. */
const FIGURES_SHOWN = 3;

/**
 * Whether this ticket is cast without the scorecard although the policy asks for it. By lot: seats go by the place too, and every third
 * place would give one of three models the same seat each time.
 *
 * @param place in the repository's line of tickets
 */
export function isInTurn(place: number): boolean {
  return createHash("sha256").update(`in turn ${place}`).digest().readUInt32BE(0) % IN_TURN_EVERY === 0;
}

/**
 * Whom the results so far speak for. Each share is counted as if one more result had gone well and one had not, so that five of five
 * is not beyond doubt. Nobody, while fewer than two of those that may play a role are measured, or while none is ahead.
 */
export function preferredByRecord(records: readonly RoleRecord[], pool: readonly Seated[]): Preferred {
  const wishes = ROLES.flatMap((role) => {
    const able = pool.filter(({ roles }) => roles === null || roles.includes(role)).map(({ name }) => name);
    const measured = records
      .filter((one) => one.role === role && one.of >= RESULTS_MIN && able.includes(one.model))
      .sort((one, other) => shareOf(other) - shareOf(one) || (one.model < other.model ? -1 : 1));
    const [best] = measured;
    if (!best || measured.length < 2) return [];
    const ahead = measured.filter((one) => shareOf(best) - shareOf(one) <= TIE_WITHIN);
    if (ahead.length === measured.length) return [];
    const figures = measured.slice(0, FIGURES_SHOWN).map(({ model, good, of }) => ({ model, good, of }));
    return [[role, { names: ahead.map(({ model }) => model), by: "scorecard", figures }] as const];
  });
  return Object.fromEntries(wishes);
}

function shareOf({ good, of }: RoleRecord): number {
  return (good + 1) / (of + 2);
}

type Pins = Partial<Record<Role, string>>;

/** One reason a role that something was wished for. */
export function preferenceReasons(
  cast: Readonly<Record<Role, Seated>>,
  preferred: Preferred,
  pins: Pins,
  pool: readonly Seated[],
): RoutingReason[] {
  return ROLES.flatMap((role) => {
    const wish = preferred[role];
    if (!wish || (pins[role] && (wish.by === "scorecard" || role !== "implementer"))) return [];
    const model = cast[role].name;
    return wish.by === "scorecard" ? byFigures(role, model, wish) : byPolicy(role, model, wish, pins[role], pool);
  });
}

function byFigures(role: Role, model: string, { names: wished, figures = [] }: Wish): RoutingReason {
  return wished.includes(model)
    ? { code: "by-scorecard", facts: { role, model, figures } }
    : { code: "scorecard-overruled", facts: { role, model, wished, figures } };
}

function byPolicy(
  role: Role,
  model: string,
  { names: wished }: Wish,
  pin: string | undefined,
  pool: readonly Seated[],
): RoutingReason {
  if (pin) return { code: "preference-pinned", facts: { model } };
  if (wished.includes(model)) return { code: "preferred", facts: { role, model } };
  const isKnown = wished.some((one) => pool.some(({ name }) => name === one));
  return { code: isKnown ? "preferred-may-not" : "preferred-unknown", facts: { role, wished } };
}
