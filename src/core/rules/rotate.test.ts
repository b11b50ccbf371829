import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { POOL, ROUTED, draft, ticketOf } from "../../../test/support/ledgers.ts";
import { type Role, ROLES } from "../ledger/ids.ts";
import type { Assignment } from "../ledger/entries.ts";
import { barredFrom, type PoolModel, rotate, substitute } from "./rotate.ts";
import { routingLine } from "../../messages/reasons/routing.ts";

const VENDORS = ["anthropic", "openai", "local"];

const models = fc
  .array(
    fc.record({
      vendor: fc.constantFrom(...VENDORS),
      roles: fc.option(fc.subarray([...ROLES], { minLength: 1 }), { freq: 3 }),
    }),
    { minLength: 0, maxLength: 6 },
  )
  .map((some) => some.map((one, index): PoolModel => ({ ...one, name: `m${index}` })));
const anyone = models.map((some) => some.map((model) => ({ ...model, roles: null })));
const number = fc.integer({ min: 1, max: 100_000 });
const key = (ticket: number) => `acme/tally#${ticket}`;

function assigned(ticket: number, pool: readonly PoolModel[], pins: Partial<Record<Role, string>> = {}): Assignment {
  const rotation = rotate(key(ticket), pool, pins);
  if (rotation.outcome !== "assigned") throw new Error(rotation.why.code);
  return rotation.assignment;
}

/** The author's rivals: models that may be the adversary and are of another vendor. */
function foreign(pool: readonly PoolModel[], assignment: Assignment): PoolModel[] {
  return pool.filter(
    (model) => model.vendor !== assignment.implementer.vendor && (model.roles?.includes("adversary") ?? true),
  );
}

describe("rotation", () => {
  it("never lets an author review, whatever the pool and the pins", () => {
    const pins = fc.dictionary(fc.constantFrom(...ROLES), fc.constantFrom("m0", "m1", "m2", "m9"), { maxKeys: 3 });
    fc.assert(
      fc.property(number, models, pins, (ticket, pool, pinned) => {
        const rotation = rotate(key(ticket), pool, pinned);
        if (rotation.outcome === "impossible") return rotation.why.code !== undefined;
        const { implementer, reviewer, adversary } = rotation.assignment;
        for (const [role, name] of Object.entries(pinned)) expect(rotation.assignment[role as Role].model).toBe(name);
        return implementer.model !== reviewer.model && implementer.model !== adversary.model;
      }),
    );
  });

  it("takes the adversary from another vendor whenever the pool has one, and says which case it is", () => {
    fc.assert(
      fc.property(number, models, (ticket, pool) => {
        const rotation = rotate(key(ticket), pool, {});
        fc.pre(rotation.outcome === "assigned");
        const { implementer, adversary } = rotation.assignment;
        const other = adversary.vendor !== implementer.vendor;
        expect(other).toBe(foreign(pool, rotation.assignment).length > 0);
        expect(rotation.reasons.map(routingLine).join(" ")).toMatch(
          other ? /of another vendor/ : /of the author's vendor/,
        );
      }),
    );
  });

  it("keeps reviewer and adversary apart whenever a third model may review", () => {
    fc.assert(
      fc.property(number, anyone, (ticket, pool) => {
        fc.pre(pool.length >= 3);
        const { reviewer, adversary } = assigned(ticket, pool);
        return reviewer.model !== adversary.model;
      }),
    );
  });

  it("uses only models that may play the role", () => {
    fc.assert(
      fc.property(number, models, (ticket, pool) => {
        const rotation = rotate(key(ticket), pool, {});
        fc.pre(rotation.outcome === "assigned");
        return ROLES.every((role) => {
          const model = pool.find((one) => one.name === rotation.assignment[role].model);
          return model?.vendor === rotation.assignment[role].vendor && (model.roles?.includes(role) ?? true);
        });
      }),
    );
  });

  it("finds a cast whenever there is one: some author, and others for both doubts, the plan and the questions", () => {
    fc.assert(
      fc.property(number, models, (ticket, pool) => {
        const may = (role: Role) => pool.filter((model) => model.roles?.includes(role) ?? true);
        const possible = may("implementer").some((author) =>
          (["reviewer", "adversary"] as const).every((role) => may(role).some((one) => one !== author)),
        );
        const expected = possible && may("architect").length > 0 && may("navigator").length > 0;
        expect(rotate(key(ticket), pool, {}).outcome).toBe(expected ? "assigned" : "impossible");
      }),
    );
  });

  it("gives the same answer for the same ticket and pool", () => {
    fc.assert(
      fc.property(number, models, (ticket, pool) => {
        expect(rotate(key(ticket), pool, {})).toEqual(rotate(key(ticket), structuredClone(pool), {}));
      }),
    );
  });

  const pools: readonly (readonly [name: string, vendors: readonly string[]])[] = [
    ["two models", ["anthropic", "openai"]],
    ["three vendors", ["anthropic", "openai", "local"]],
    ["two of one vendor and two of another", ["anthropic", "anthropic", "openai", "openai"]],
    ["two and two, taken in turns", ["anthropic", "openai", "anthropic", "openai"]],
    ["five", ["anthropic", "openai", "local", "anthropic", "openai"]],
    ["one vendor", ["local", "local", "local"]],
  ];
  it.each(pools)("gives every model every role in time: %s", (_name, vendors) => {
    const pool = vendors.map((vendor, index) => ({ name: `m${index}`, vendor, roles: null }));
    const seen = new Set<string>();
    const tickets = 4 * pool.length * pool.length;
    for (let ticket = 1; ticket <= tickets; ticket++) {
      const assignment = assigned(ticket, pool);
      for (const role of ROLES) seen.add(`${assignment[role].model} ${role}`);
    }
    expect([...seen].sort()).toEqual(pool.flatMap(({ name }) => ROLES.map((role) => `${name} ${role}`)).sort());
  });

  it("gives each model each role equally often in any window, where vendors have as many models each", () => {
    const shape = fc.record({ vendors: fc.integer({ min: 2, max: 4 }), each: fc.integer({ min: 1, max: 2 }) });
    const sized = shape.chain(({ vendors, each }) => {
      const all = Array.from({ length: vendors * each }, (_, at) => ({
        name: `m${at}`,
        vendor: `v${at % vendors}`,
        roles: null,
      }));
      const window = all.length * each * (vendors - 1) * Math.max(1, all.length - 2);
      return fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.constant(window));
    });
    fc.assert(
      fc.property(sized, fc.integer({ min: 1, max: 1_000_000 }), ([pool, window], first) => {
        const seats = new Map<string, number>();
        for (let ticket = first; ticket < first + window; ticket++) {
          const assignment = assigned(ticket, pool);
          for (const role of ROLES) {
            const at = `${role} ${assignment[role].model}`;
            seats.set(at, (seats.get(at) ?? 0) + 1);
          }
        }
        expect([seats.size, ...new Set(seats.values())]).toEqual([ROLES.length * pool.length, window / pool.length]);
      }),
      { numRuns: 60 },
    );
  });

  /** Turns; over thousands of tickets `rotate-window.test.ts` wants no more either. A window may begin and end beside a lead. */
  const AHEAD_MAX = 3;
  it("gives nobody beside a gap more than their share, where not every model may play every role", () => {
    const roles = fc.option(fc.subarray([...ROLES], { minLength: 1 }), { nil: null });
    const some = fc.array(fc.record({ vendor: fc.constantFrom("x", "y", "z"), roles }), { minLength: 3, maxLength: 4 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 1_000_000 }), (models, first) => {
        const pool = [...models.map((one, at) => ({ name: `m${at}`, ...one })), { name: "m", vendor: "x", roles: [...ROLES] }];
        if (rotate(key(1), pool, {}).outcome !== "assigned") return;
        const window = pool.length ** 2 * (pool.length - 1);
        const casts = Array.from({ length: window }, (_, at) => assigned(first + at, pool));
        const seats = (role: Role, name: string) => casts.filter((one) => one[role].model === name).length;
        const authors = [...new Set(casts.map((one) => one.implementer.model))].map((name) => seats("implementer", name));
        expect(Math.max(...authors) - Math.min(...authors)).toBeLessThanOrEqual(1);
        for (const role of ["architect", "navigator"] as const) {
          const able = pool.filter((one) => one.roles === null || one.roles.includes(role)).map(({ name }) => name);
          for (const often of able)
            for (const seldom of able.filter((name) => seats(role, name) < seats(role, often) - AHEAD_MAX)) {
              // Only an author is passed over: nobody plans what they write where somebody else may.
              const passed = casts.filter((one) => one[role].model === often && one.implementer.model !== seldom);
              expect([role, often, seldom, passed.length]).toEqual([role, often, seldom, 0]);
            }
        }
      }),
      { numRuns: 15 },
    );
  }); // prettier-ignore

  it("changes the author from one ticket to the next", () => {
    const authors = [1, 2, 3, 4].map((ticket) => assigned(ticket, POOL).implementer.model);
    expect(new Set(authors.slice(0, 3)).size).toBe(3);
    expect(authors[3]).toBe(authors[0]);
  });

  it("works with two models, and says that one of them doubts twice", () => {
    const rotation = rotate(key(1), POOL.slice(0, 2), {});
    expect(rotation).toMatchObject({ outcome: "assigned" });
    expect(JSON.stringify(rotation)).toContain('"reviewer-is-adversary"');
  });

  it.each([0, 1])("is impossible with %d models, and says so", (size) => {
    expect(rotate(key(1), POOL.slice(0, size), {})).toMatchObject({
      outcome: "impossible",
      why: { code: size === 0 ? "nobody-for-role" : "nobody-to-doubt" },
    });
  });

  it("keeps pins on every ticket, and pins of doubters out of the author's seat", () => {
    for (let ticket = 1; ticket <= 6; ticket++) {
      const { reviewer, implementer, adversary } = assigned(ticket, POOL, { reviewer: "opus" });
      expect(reviewer.model).toBe("opus");
      expect(new Set([reviewer.model, implementer.model, adversary.model]).size).toBe(3);
    }
  });

  it("gives a coding agent no seat but the implementer's, whatever is pinned", () => {
    const agent: PoolModel = { name: "agent", vendor: "anthropic", roles: ["implementer"], writesOnly: true };
    for (let ticket = 1; ticket <= 8; ticket++) {
      const { implementer, ...others } = assigned(ticket, [...POOL, agent], {});
      expect(Object.values(others).map((one) => one.model)).not.toContain("agent");
      expect(assigned(ticket, [...POOL, agent], { implementer: "agent" }).implementer.model).toBe("agent");
      expect(implementer.model).toBeDefined();
    }
    expect(rotate(key(1), [...POOL, agent], { reviewer: "agent" })).toMatchObject({
      outcome: "impossible",
      why: { code: "pin-only-writes", facts: { role: "reviewer", model: "agent" } },
    });
  });

  it("refuses a pin to a model that is not there, and pins that make an author review", () => {
    expect(rotate(key(1), POOL, { architect: "gpt-2" })).toMatchObject({
      outcome: "impossible",
      why: { code: "pin-not-in-pool", facts: { role: "architect", model: "gpt-2", pool: ["opus", "codex", "llama"] } },
    });
    expect(rotate(key(1), POOL, { implementer: "opus", reviewer: "opus" })).toMatchObject({ outcome: "impossible" });
  });
});

describe("a substitute", () => {
  const wide: PoolModel[] = [...POOL, { name: "gemma", vendor: "google", roles: null }];
  const written = ticketOf(...ROUTED, draft("planned"), draft("plan_approved"), draft("implemented"));

  it.each<[role: Role, pool: readonly PoolModel[], name: string | null]>([
    ["implementer", POOL, null],
    ["implementer", wide, "gemma"],
    ["reviewer", POOL, "codex"],
    ["reviewer", wide, "gemma"],
    ["adversary", wide, "gemma"],
    ["architect", POOL, "llama"],
    ["implementer", [...POOL, { name: "gemma", vendor: "google", roles: ["reviewer"] }], null],
  ])("for the %s", (role, pool, name) => {
    expect(substitute(pool, written, role)?.name ?? null).toBe(name);
  });

  it("is nobody before the roles are given", () => {
    expect(substitute(wide, { assignment: null, change: null }, "architect")).toBeNull();
  });

  it("never makes an author a doubter or a doubter an author, whatever the pool and history", () => {
    const history = fc.array(fc.constantFrom(...ROLES), { maxLength: 12 });
    fc.assert(
      fc.property(number, anyone, history, (ticket, pool, seats) => {
        fc.pre(pool.length >= 2);
        let assignment = assigned(ticket, pool);
        const authors: string[] = [];
        for (const role of seats) {
          authors.push(assignment.implementer.model);
          const change = { authors } as never;
          const other = substitute(pool, { assignment, change }, role);
          if (!other) continue;
          expect(barredFrom(assignment, authors, role)).not.toContain(other.name);
          expect(other.name).not.toBe(assignment[role].model);
          assignment = { ...assignment, [role]: { model: other.name, vendor: other.vendor } };
          const { reviewer, adversary, implementer } = assignment;
          for (const doubter of [reviewer, adversary])
            expect([...authors, implementer.model]).not.toContain(doubter.model);
        }
      }),
    );
  });
});
