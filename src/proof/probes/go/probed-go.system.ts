import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { probedGo } from "./probed-go.ts";
import { SHOP, SHOP_TEST } from "./shop.fixture.ts";

/** The instrumented package, really compiled: silent unless asked, every call recorded, every variant changing what it says. */
const read = readerOfTests();
const folder = mkdtempSync(join(tmpdir(), "coop-go-"));
const REPORTS = "/tmp/coop-reports";
const PATHS = { code: ["shop/shop.go"], tests: ["shop/shop_test.go"] };

type Call = {
  readonly of: string;
  readonly key: string;
  readonly from: string[];
  readonly gave: string;
  readonly variants: string[];
};

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function run(probe: string): { readonly code: number | null; readonly said: string; readonly calls: Call[] } {
  const env = {
    ...process.env,
    COOP_PROBE: probe,
    COOP_PROBE_CODE: JSON.stringify(PATHS.code),
    COOP_PROBE_TESTS: JSON.stringify(PATHS.tests),
  };
  const { status, stdout, pid } = spawnSync(join(folder, "shop.test"), { cwd: join(folder, "shop"), env });
  const report = join(REPORTS, `coop-calls-${pid}.jsonl`);
  let calls: Call[] = [];
  if (probe === "record") {
    calls = readFileSync(report, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Call); // prettier-ignore
    rmSync(report);
  }
  return { code: status, said: stdout.toString(), calls };
}

beforeAll(async () => {
  mkdirSync(REPORTS, { recursive: true });
  write("go.mod", "module example.com/a\n\ngo 1.18\n");
  const { root, language } = await read("shop/shop.go", SHOP);
  const probed = probedGo("shop/shop.go", SHOP, root, language);
  write("shop/shop.go", probed?.text ?? "");
  for (const { path, text } of probed?.beside ?? []) write(path, text);
  write("shop/shop_test.go", SHOP_TEST);
  execFileSync("go", ["test", "-c", "-o", join(folder, "shop.test"), "./shop"], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A place inside is told apart by the way to it, which no case here has to know. */
const bare = (variant: string) => variant.replace(/\.[\da-f]{4}(?=$|_)/, "");

/** Of a name, the calls in the order of the test. */
const named = (calls: readonly Call[], name: string) => calls.filter(({ of }) => of === `shop/shop.go::${name}`);

describe("an instrumented package", () => {
  it("does what it did, and is recorded the same twice", () => {
    expect(run("")).toMatchObject({ code: 0 });
    const first = run("record");
    expect(first.code).toBe(0);
    expect(run("record").calls).toEqual(first.calls);
    expect(new Set(first.calls.map(({ key }) => /^[0-9a-f]{16}$/.test(key)))).toEqual(new Set([true]));
    // Whoever reads the records takes no other names.
    for (const name of first.calls.flatMap(({ variants }) => variants)) expect(name).toMatch(/^[a-z][\w:.-]{0,30}$/);
    const told = first.calls.map(({ of, from, variants }) => `${of.slice(14)} ${from[0]?.slice(18)} ${variants.join(" ")}`);
    expect(told.join("\n")).toMatchInlineSnapshot(`
"Cart.Total 20:TestCart swallow_1 other-kind_1 other-words_1 cut-words_1
Cart.Add 25:TestCart skip effect:0.b1c9 effect:1.9d50 effect:2.9d93
Cart.Add 26:TestCart skip effect:0.b1c9 effect:1.9d50 effect:2.0517
Cart.Total 27:TestCart near:1e-6 something_1 near:0.001 near:0.04 near:0.4 near:4
Cart.Names 30:TestCart leaf:0.7789 leaf:1.19a4 drop extra order
Map 37:TestSub leaf:0.7789 leaf:1.72f3 leaf:2.19a4 drop extra order
Fib 43:TestRest plus
Write 45:TestRest plus something_1 effect:0.9ca3
Boom 56:TestRest swallow other-kind
Boom 58:TestRest append prepend case
Sort 60:TestRest skip effect:0.e7f8 effect:1.1106 effect:2.fa6d
Find 63:TestRest plus not_1
Save 65:TestRest skip something effect:0.b7a2 effect:1.dfc0
None 67:TestRest something
First 69:TestRest leaf:0.19f8 leaf:1.e9da
Day 71:TestRest plus
Caught 76:TestRest skip effect:0.c1cb
Host 83:TestSame append prepend case
Host 83:TestSame append prepend case
Host 83:TestSame append prepend case
Host 87:TestSame append prepend case
Counter.Add 102:TestAside plus
Counter.Add 102:TestAside plus
Counter.Add 102:TestAside plus"
`);
  }); // prettier-ignore

  it("passes go vet", () => {
    expect(execFileSync("go", ["vet", "./..."], { cwd: folder }).toString()).toBe("");
  });

  it("compiles where go.mod asks for an old Go", async () => {
    const source = "package old\n\nfunc One() int { return 1 }\n";
    const { root, language } = await read("old/old.go", source);
    const probed = probedGo("old/old.go", source, root, language);
    write("old/go.mod", "module example.com/old\n\ngo 1.12\n");
    for (const { path, text } of [{ path: "old/old.go", text: probed?.text ?? "" }, ...(probed?.beside ?? [])])
      write(path, text);
    expect(execFileSync("go", ["vet", "."], { cwd: join(folder, "old") }).toString()).toBe("");
  });

  it.each<[name: string, nth: number, variant: string, said: string]>([
    ["Cart.Total", 0, "swallow_1", "TestCart: no error"],
    ["Cart.Total", 0, "other-words_1", "TestCart: coop: another error"],
    ["Cart.Total", 1, "near:0.4", "TestCart: total 7.4 <nil>"],
    ["Cart.Total", 1, "something_1", "TestCart: total 7 coop: another error"],
    ["Cart.Add", 0, "skip", "TestCart: total 4 <nil>"],
    ["Cart.Add", 1, "skip", "TestCart: total 3 <nil>"],
    ["Cart.Add", 1, "effect:0", "TestCart: names b"],
    ["Cart.Add", 1, "effect:1", "TestCart: total 7.000001 <nil>"],
    ["Cart.Names", 0, "leaf:0", "TestCart: names ax,b"],
    ["Cart.Names", 0, "leaf:1", "TestCart: names a,bx"],
    ["Cart.Names", 0, "drop", "TestCart: names a"],
    ["Cart.Names", 0, "extra", "TestCart: names a,b,b"],
    ["Cart.Names", 0, "order", "TestCart: names b,a"],
    ["Map", 0, "drop", "TestSub: [1! 2!]"],
    ["Write", 0, "effect:0", "TestRest: wrote x 1/x (4)"],
    ["Write", 0, "plus", "TestRest: wrote x 1/ (5)"],
    ["Boom", 0, "swallow", "TestRest: no boom"],
    ["Boom", 0, "other-kind", "TestRest: coop: another error"],
    ["Boom", 1, "append", "TestRest: upper Ax"],
    ["Boom", 1, "prepend", "TestRest: upper xA"],
    ["Boom", 1, "case", "TestRest: upper a"],
    ["Sort", 0, "skip", "TestRest: sorted [3 1 2]"],
    ["Sort", 0, "effect:0", "TestRest: sorted [2 2 3]"],
    ["Find", 0, "plus", "TestRest: found 2 true"],
    ["Find", 0, "not_1", "TestRest: found 1 false"],
    ["Save", 0, "skip", "TestRest: saved map[a:1] <nil>"],
    ["Save", 0, "something", "TestRest: saved map[a:1 b:1] coop: another error"],
    ["Save", 0, "effect:0", "TestRest: saved map[a:1] <nil>"],
    ["Save", 0, "effect:1", "TestRest: saved map[a:1 b:2] <nil>"],
    ["None", 0, "something", "TestRest: none [{ 0}]"],
    ["First", 0, "leaf:0", "TestRest: first {ax 1}, kept {a 1}"],
  ])("%s %i %s: %s", (name, nth, variant, said) => {
    const call = named(run("record").calls, name)[nth];
    const known = call?.variants.find((one) => bare(one) === variant);
    const { code, said: all } = run(`${call?.of}|${call?.key}|${known}`);
    expect([code, all.match(/Test\w+: .*/g)]).toEqual([1, [said]]);
  });

  it("tells calls apart that are asked the same by what they gave, and hosts by the port that somebody wrote down", () => {
    const { calls } = run("record");
    const keys = (name: string) => named(calls, name).map(({ key, gave }) => [key, gave]);
    const counts = keys("Counter.Add");
    expect([new Set(counts.map(([key]) => key)).size, new Set(counts.map(([, gave]) => gave)).size]).toEqual([1, 3]);
    const hosts = keys("Host");
    expect([new Set(hosts.map(([key]) => key)).size, new Set(hosts.map(([, gave]) => gave)).size]).toEqual([4, 4]);
  });

  it("does nothing where the place has another name", () => {
    const call = named(run("record").calls, "Cart.Names")[0];
    for (const variant of ["leaf:0", "leaf:0.0000"]) expect(run(`${call?.of}|${call?.key}|${variant}`).code).toBe(0);
  });

  it("changes nothing by a variant that does not fit, or for another call", () => {
    const call = named(run("record").calls, "Cart.Names")[0];
    for (const probe of [`${call?.of}|${call?.key}|plus`, `${call?.of}|0000000000000000|drop`, `shop/shop.go::Gone|${call?.key}|drop`])
      expect(run(probe).code).toBe(0);
  }); // prettier-ignore
});
