import { expect, it } from "@jest/globals";
import { poolLack } from "../../messages/pool-lacks.ts";
import { DEFAULT_POOLS } from "../../models/catalogue.ts";
import { poolLacks } from "./pool-lacks.ts";
import { type PoolModel, rotate } from "./rotate.ts";
import { routingLine } from "../../messages/reasons/routing.ts";

/** For one pool, on a slow machine that runs other tests too; 675 ms and 2 s were seen when each place counted from the first. */
const CPU_MS_MAX = 40;

const model = (name: string, vendor: string, roles: PoolModel["roles"] = null): PoolModel => ({ name, vendor, roles });
const seats = (pool: readonly { readonly name: string; readonly vendor: string }[]) =>
  pool.map(({ name, vendor }) => model(name, vendor));

it.each<[string, readonly PoolModel[], readonly string[]]>([
  ["four of two vendors", seats(DEFAULT_POOLS.both), []],
  ["three of three", [model("a", "x"), model("b", "y"), model("c", "z")], []],
  ["two of two", [model("a", "x"), model("b", "y")], ["reviewer-is-adversary on every ticket"]],
  ["two of one", [model("a", "x"), model("b", "x")], ["adversary-of-authors-vendor on every ticket", "reviewer-is-adversary on every ticket"]], // prettier-ignore
  [
    "three of one",
    [model("a", "x"), model("b", "x"), model("c", "x")],
    ["adversary-of-authors-vendor on every ticket"],
  ],
  ["two and a writer", [model("w", "z", ["implementer"]), model("a", "x"), model("b", "y")], ["reviewer-is-adversary on some tickets"]], // prettier-ignore
])("a pool of %s says what it cannot do, and each ledger says it too", (_what, pool, lacks) => {
  const found = poolLacks(pool);
  expect(found.map(({ what, on }) => `${what} on ${on}`)).toEqual(lacks);
  for (const one of found) expect(poolLack(one)).toContain(`on ${one.on}`);
  const reasons = Array.from({ length: 24 }, (_, nth) => rotate(`acme/tally#${nth + 1}`, pool, {})).map((one) =>
    one.outcome === "assigned" ? one.reasons.map(routingLine).join(" ") : "",
  );
  const said = { "adversary-of-authors-vendor": /of the author's vendor/, "reviewer-is-adversary": /the same model/ };
  for (const [what, words] of Object.entries(said)) {
    const times = reasons.filter((one) => words.test(one)).length;
    const on = found.find((one) => one.what === what)?.on ?? null;
    expect([what, times === 0 ? null : times === reasons.length ? "every ticket" : "some tickets"]).toEqual([what, on]);
  }
});

it("is known at a server's start in some milliseconds, however large the pool", () => {
  const pools = [[4, 3], [4, 3, 2], [6, 4, 2], [10, 6, 4], [19, 1], [13, 7]].map((sizes) =>
    seats(sizes.flatMap((size, vendor) => Array.from({ length: size }, (_, at) => ({ name: `v${vendor}m${at}`, vendor: `v${vendor}` })))),
  );
  const before = process.cpuUsage();
  for (const pool of pools) poolLacks(pool);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000 / pools.length).toBeLessThan(CPU_MS_MAX);
}); // prettier-ignore
