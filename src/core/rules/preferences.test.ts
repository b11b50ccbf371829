import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { POOL } from "../../../test/support/ledgers.ts";
import { type Role, ROLES } from "../ledger/ids.ts";
import { DEFAULT_POLICY, policySchema } from "./policy.ts";
import { isInTurn, type Preferred, preferredByRecord, preferredFor, type RoleRecord } from "./preferences.ts";
import { place, type PoolModel, rotate } from "./rotate.ts";
import { routingLine } from "../../messages/reasons/routing.ts";

const key = (ticket: number) => `acme/tally#${ticket}`;
const number = fc.integer({ min: 1, max: 100_000 });
const pools = fc
  .array(fc.constantFrom("anthropic", "openai", "local"), { minLength: 3, maxLength: 6 })
  .map((vendors) => vendors.map((vendor, at): PoolModel => ({ name: `m${at}`, vendor, roles: null })));
const wishes = fc
  .dictionary(fc.constantFrom(...ROLES), fc.subarray(["m0", "m1", "m2", "gone"], { minLength: 1 }), { minKeys: 1 })
  .map((named): Preferred => Object.fromEntries(Object.entries(named).map(([role, names]) => [role, { names, by: "policy" as const }]))); // prettier-ignore
const cast = (ticket: number, pool: readonly PoolModel[], preferred: Preferred) => {
  const rotation = rotate(key(ticket), pool, {}, preferred);
  if (rotation.outcome !== "assigned") throw new Error(rotation.why.code);
  return { ...rotation, reasons: rotation.reasons.map(routingLine) };
};
const writers = (...names: string[]): Preferred => ({ implementer: { names, by: "policy" } });

describe("whom the policy prefers", () => {
  const policy = { ...DEFAULT_POLICY, prefer: { small: ["a"], large: { reviewer: ["b", "c"], implementer: ["d"] } } };

  it("is chosen by size and risk, for who writes or for the roles that are named", () => {
    const of = (size: "small" | "medium" | "large", risk: "low" | "medium" | "high") => preferredFor(policy, { size, risk }); // prettier-ignore
    expect([of("small", "low"), of("small", "medium"), of("medium", "low")]).toEqual([writers("a"), {}, {}]);
    const large = { ...writers("d"), reviewer: { names: ["b", "c"], by: "policy" } };
    expect([of("small", "high"), of("large", "low")]).toEqual([large, large]);
    expect(policySchema.safeParse({ prefer: { small: { writer: ["a"] } } }).success).toBe(false);
  });

  it("takes turns among those that are preferred, and says so", () => {
    const [one = "", other = ""] = POOL.map(({ name }) => name);
    const seats = [1, 2, 3, 4].map((ticket) => cast(ticket, POOL, writers(one, other)));
    expect(new Set(seats.map(({ assignment }) => assignment.implementer.model))).toEqual(new Set([one, other]));
    expect(seats[0]?.reasons).toEqual(expect.arrayContaining([expect.stringMatching(/^The policy prefers /)]));
  });

  it.each<[string, Parameters<typeof rotate>[2], Preferred, string]>([
    ["no model of the server", {}, writers("gone"), "(gone) none is a model of this server."],
    ["a model that may not write", {}, writers("reader"), "(reader) none may write here."],
    ["another one than is pinned", { implementer: "opus" }, writers("codex"), "gives way to the pin of opus."],
    [
      "a reviewer",
      {},
      { reviewer: { names: ["reader"], by: "policy" } },
      "reviewer: The policy prefers reader for work",
    ],
    [
      "an architect that is nobody here",
      {},
      { architect: { names: ["x"], by: "policy" } },
      "architect: Of those that the",
    ],
  ])("says why the policy does or does not get whom it prefers: %s", (_what, pins, preferred, words) => {
    const pool = [...POOL, { name: "reader", vendor: "other", roles: ["reviewer" as const] }];
    const reasons = [expect.stringContaining(words)];
    const rotation = rotate(key(1), pool, pins, preferred);
    expect(rotation.outcome === "assigned" && rotation.reasons.map(routingLine)).toEqual(
      expect.arrayContaining(reasons),
    );
  });

  it("bends no rule, whatever is preferred, and fits what a ledger keeps", () => {
    fc.assert(
      fc.property(number, pools, wishes, (ticket, pool, preferred) => {
        const { assignment, reasons } = cast(ticket, pool, preferred);
        const { implementer, reviewer, adversary } = assignment;
        expect([reviewer.model, adversary.model]).not.toContain(implementer.model);
        expect(reviewer.model).not.toBe(adversary.model);
        expect(adversary.vendor !== implementer.vendor).toBe(pool.some(({ vendor }) => vendor !== implementer.vendor));
        expect(reasons.length).toBeLessThan(12);
        expect(Math.max(...reasons.map((reason) => reason.length))).toBeLessThanOrEqual(300);
      }),
    );
  });

  it("is taken for a role unless it has another seat that comes first", () => {
    const first: Readonly<Record<Role, readonly Role[]>> = {
      implementer: [],
      adversary: ["implementer"],
      reviewer: ["implementer", "adversary"],
      architect: ["implementer"],
      navigator: ["implementer"],
    };
    fc.assert(
      fc.property(number, pools, wishes, (ticket, pool, preferred) => {
        const { assignment } = cast(ticket, pool, preferred);
        const others = pool.filter(({ vendor }) => vendor !== assignment.implementer.vendor).map(({ name }) => name);
        for (const [role, { names }] of Object.entries(preferred) as [Role, { names: readonly string[] }][]) {
          const taken = first[role].map((seat) => assignment[seat].model);
          const able = pool.map(({ name }) => name).filter((name) => role !== "adversary" || others.length === 0 || others.includes(name)); // prettier-ignore
          const free = names.filter((name) => able.includes(name) && !taken.includes(name));
          if (free.length > 0) expect([role, ...free]).toContain(assignment[role].model);
        }
      }),
    );
  });

  it("changes nothing where nobody is named: then every window is as even as before", () => {
    fc.assert(
      fc.property(number, pools, (ticket, pool) => {
        expect(rotate(key(ticket), pool, {}, {})).toEqual(rotate(key(ticket), pool, {}));
      }),
    );
  });
});

describe("the scorecard as a tie-break", () => {
  const record = (model: string, good: number, of: number, role: Role = "implementer"): RoleRecord => ({ model, role, good, of }); // prettier-ignore
  const names = (...records: RoleRecord[]) => preferredByRecord(records, POOL).implementer?.names;

  it.each<[string, RoleRecord[], string[] | undefined]>([
    ["one is clearly ahead", [record("opus", 9, 10), record("codex", 3, 10)], ["opus"]],
    ["two are, by next to nothing", [record("opus", 9, 10), record("llama", 8, 10), record("codex", 1, 10)], ["opus", "llama"]], // prettier-ignore
    ["all are as good", [record("opus", 9, 10), record("codex", 8, 10)], undefined],
    ["there is nothing to compare with", [record("opus", 10, 10)], undefined],
    ["of four results nobody learns much", [record("opus", 4, 4), record("codex", 0, 4)], undefined],
    ["five of five is not beyond doubt", [record("opus", 5, 5), record("codex", 46, 50)], undefined],
    ["whoever left the pool does not count", [record("gone", 10, 10), record("codex", 0, 10)], undefined],
    ["the other role's results do not count", [record("opus", 9, 10, "architect"), record("codex", 1, 10)], undefined],
  ])("%s", (_what, records, expected) => {
    expect(names(...records)).toEqual(expected);
  });

  it("says by which figures, or why another one got the seat", () => {
    const both = [record("opus", 9, 10), record("codex", 3, 10), record("opus", 9, 10, "reviewer"), record("codex", 1, 10, "reviewer")]; // prettier-ignore
    const { reasons } = cast(1, POOL, preferredByRecord(both, POOL));
    expect(reasons).toContain("implementer: opus by the scorecard (proven in the first round: opus 9 of 10, codex 3 of 10).");
    expect(reasons.join("\n")).toMatch(/reviewer: the scorecard speaks for opus .*, but the other rules leave this seat to /);
  }); // prettier-ignore

  it("leaves one ticket in three to the turn, so that a model that did worse is measured again", () => {
    const of = Array.from({ length: 3_000 }, (_, at) => at + 1).filter(isInTurn).length;
    expect(of).toBeGreaterThan(900);
    expect(of).toBeLessThan(1_100);
  });

  it.each([2, 3, 4, 5, 6, 7])("measures each of %i models in each role on those tickets", (size) => {
    const pool = Array.from({ length: size }, (_, at): PoolModel => ({
      name: `m${at}`,
      vendor: `v${at}`,
      roles: null,
    }));
    const inTurn = Array.from({ length: 1_800 }, (_, at) => at + 1).filter((at) => isInTurn(place(key(at))));
    for (const role of ["architect", "implementer", "reviewer", "adversary"] as const)
      expect(new Set(inTurn.map((at) => cast(at, pool, {}).assignment[role].model)).size).toBe(size);
  });
});
