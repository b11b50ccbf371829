import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Role, ROLES } from "../ledger/ids.ts";
import { type PoolModel, rotate, substitute } from "./rotate.ts";

/**
 * Over any window of tickets, of any length and from any ticket on, each capable model gets each role equally often. Excused is
 * only what a rule above it asks for: the Adversary is of another vendor than the author, and no model doubts twice where a
 * third may. Policies (sizes, pins) and models that are down change the pool or the wish, not this.
 */
const WINDOW_MAX = 90;
/** Turns of a role that somebody may be ahead of somebody else in the middle of a round; nearly always it is one. */
const AHEAD_MAX = 5;
/** As many may equals be apart after thousands of tickets. */
const LEAD_MAX = 3;
const START_MAX = 1_000_000;
/** As tickets of one repository. */
const key = (ticket: number) => `acme/tally#${ticket}`;

const poolOf = (sizes: readonly number[]): PoolModel[] =>
  sizes.flatMap((size, vendor) =>
    Array.from({ length: size }, (_, at) => ({ name: `v${vendor}m${at}`, vendor: `v${vendor}`, roles: null })),
  );

type Turns = (role: Role, name: string) => number;

function turnsIn(pool: readonly PoolModel[], first: number, length: number): Turns {
  const turns = new Map<string, number>();
  for (let ticket = first; ticket < first + length; ticket++) {
    const rotation = rotate(key(ticket), pool, {});
    if (rotation.outcome !== "assigned") throw new Error(rotation.why.code);
    for (const role of ROLES) {
      const seat = `${role} ${rotation.assignment[role].model}`;
      turns.set(seat, (turns.get(seat) ?? 0) + 1);
    }
  }
  return (role, name) => turns.get(`${role} ${name}`) ?? 0;
}

const ahead = (turns: Turns, role: Role, models: readonly PoolModel[]) => {
  const all = models.map(({ name }) => turns(role, name));
  return Math.max(...all) - Math.min(...all);
};
const windows = fc.record({
  first: fc.integer({ min: 1, max: START_MAX }),
  length: fc.integer({ min: 1, max: WINDOW_MAX }),
});

/** At most half of all models are of one vendor: then there is always a foreign Adversary and a third to review. */
const mixed = fc
  .array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 4 })
  .filter((sizes) => Math.max(...sizes) * 2 <= sizes.reduce((sum, one) => sum + one, 0));

it("gives each model each role equally often over any window", () => {
  fc.assert(
    fc.property(mixed, windows, (sizes, { first, length }) => {
      const pool = poolOf(sizes);
      const turns = turnsIn(pool, first, length);
      for (const role of ROLES) expect([role, ahead(turns, role, pool) <= AHEAD_MAX]).toEqual([role, true]);
    }),
    { numRuns: 60 },
  );
});

it("is uneven between vendors only in the roles that doubt, where most models are of one vendor", () => {
  const most = fc
    .integer({ min: 1, max: 3 })
    .chain((few) => fc.record({ few: fc.constant(few), many: fc.integer({ min: few + 1, max: few + 3 }) }));
  fc.assert(
    fc.property(most, windows, ({ many, few }, { first, length }) => {
      const pool = poolOf([many, few]);
      const turns = turnsIn(pool, first, length);
      for (const role of ["architect", "implementer", "navigator"] as const)
        expect([role, ahead(turns, role, pool) <= AHEAD_MAX]).toEqual([role, true]);
      // Of one vendor, nobody is passed over.
      for (const vendor of ["v0", "v1"])
        for (const role of ["reviewer", "adversary"] as const) {
          const same = pool.filter((one) => one.vendor === vendor);
          expect([role, ahead(turns, role, same) <= AHEAD_MAX]).toEqual([role, true]);
        }
    }),
    { numRuns: 40 },
  );
});

it("stays even over hundreds of tickets beside a program that only writes", () => {
  const agent: PoolModel = { name: "agent", vendor: "v0", roles: ["implementer"], writesOnly: true };
  const pool = [agent, ...poolOf([1, 1, 1])];
  const turns = turnsIn(pool, 1, 600);
  const able = (role: Role) => pool.filter(({ roles }) => roles === null || roles.includes(role));
  for (const role of ROLES) expect([role, ahead(turns, role, able(role)) <= AHEAD_MAX]).toEqual([role, true]);
});

it.each<[what: string, pool: readonly PoolModel[]]>([
  [
    "two that plan and two that doubt",
    [
      { name: "a", vendor: "v0", roles: ["architect", "navigator"] },
      { name: "b", vendor: "v1", roles: ["architect", "navigator"] },
      { name: "c", vendor: "v2", roles: null },
      { name: "d", vendor: "v0", roles: ["implementer", "reviewer", "adversary"] },
      { name: "e", vendor: "v1", roles: ["implementer", "reviewer", "adversary"] },
    ],
  ],
  [
    "two that write only",
    [
      { name: "a", vendor: "v0", roles: ["implementer"] },
      { name: "b", vendor: "v1", roles: ["implementer"] },
      ...poolOf([1, 1, 1]).map((model) => ({ ...model, vendor: `w${model.name}` })),
    ],
  ],
  [
    "seven of eight that review and five that plan",
    Array.from({ length: 8 }, (_, at) => ({
      name: `m${at}`,
      vendor: `v${at}`,
      roles: ROLES.filter((role) => (role === "reviewer" ? at < 7 : role === "architect" ? at < 5 : true)),
    })),
  ],
])("does not drift over hundreds of tickets where models may play some roles only: %s", (_what, pool) => {
  const turns = turnsIn(pool, 1, 700);
  const able = (role: Role) => pool.filter(({ roles }) => roles === null || roles.includes(role));
  for (const role of ROLES) expect([role, ahead(turns, role, able(role)) <= AHEAD_MAX]).toEqual([role, true]);
});

describe("over thousands of tickets", () => {
  const LONG = 3_000;
  const judge: PoolModel = { name: "r", vendor: "C", roles: ["reviewer", "adversary"] };
  const agent: PoolModel = { name: "agent", vendor: "v0", roles: ["implementer"], writesOnly: true };
  const odd = Array.from({ length: 16 }, (_, at) => {
    const roles = ROLES.filter((role) => (role === "reviewer" ? at < 13 : role === "architect" ? at < 11 : true));
    return { name: `m${at}`, vendor: `v${at}`, roles };
  });
  const pools: readonly (readonly [what: string, pool: readonly PoolModel[], equals: readonly string[][]])[] = [
    ["two and one that judges only", [...poolOf([1, 1]), judge], [["v0m0", "v1m0"]]],
    ["a program that writes, and two and one", [agent, ...poolOf([2, 1])], [["v0m0", "v0m1"]]],
    ...[[2, 1], [3, 2], [4, 3], [5, 3], [4, 2, 1], [19, 1]].map((sizes) => {
      const pool = poolOf(sizes);
      const vendors = sizes.map((_, vendor) => pool.filter((one) => one.vendor === `v${vendor}`).map(({ name }) => name));
      return [`vendors with ${sizes.join(" and ")}`, pool, vendors] as const;
    }),
    ["sixteen, of which thirteen review and eleven plan", odd, [odd.slice(0, 11).map(({ name }) => name)]],
  ]; // prettier-ignore

  it.each(pools)("nobody runs ahead of their equals: %s", (_what, pool, equals) => {
    for (const first of [1, 700_001]) {
      const turns = turnsIn(pool, first, LONG);
      for (const role of ROLES)
        for (const names of equals) {
          const most = ahead(turns, role, pool.filter(({ name }) => names.includes(name))); // prettier-ignore
          expect([role, names, Math.max(most, LEAD_MAX)]).toEqual([role, names, LEAD_MAX]);
        }
    }
  });

  it("lets nobody drift by the thousand: one that judges takes either doubt as often", () => {
    const pool = [...poolOf([1, 1]), judge];
    const turns = turnsIn(pool, 1, LONG);
    const seats = (role: Role) => pool.map(({ name }) => Math.round(turns(role, name) / 10));
    expect([seats("reviewer"), seats("adversary")]).toEqual([[75, 75, 150], [75, 75, 150]]); // prettier-ignore
  });
});

it("passes a seat on to each model equally often", () => {
  const pool = poolOf([1, 1, 1, 1, 1]);
  const inherits = new Map<string, number>();
  for (let ticket = 1; ticket <= 200; ticket++) {
    const rotation = rotate(key(ticket), pool, {});
    if (rotation.outcome !== "assigned") throw new Error(rotation.why.code);
    for (const role of ["architect", "implementer", "reviewer", "adversary"] as const) {
      const next = substitute(pool, { assignment: rotation.assignment, change: null }, role);
      inherits.set(`${role} ${next?.name}`, (inherits.get(`${role} ${next?.name}`) ?? 0) + 1);
    }
  }
  const turns: Turns = (role, name) => inherits.get(`${role} ${name}`) ?? 0;
  for (const role of ["architect", "implementer", "reviewer", "adversary"] as const)
    expect([role, ahead(turns, role, pool) <= AHEAD_MAX]).toEqual([role, true]);
});
