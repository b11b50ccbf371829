import { afterAll, describe, expect, it } from "@jest/globals";
import { worded } from "../../../../test/support/worded-proof.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import type { ProofFacts } from "../../evidence.ts";
import { mutation } from "../../items/mutation.ts";
import type { Fate, Trial } from "../../items/try-mutants.ts";
import type { Mutant } from "./mutants.ts";
import { onlyAskedFor, type OnlyThere } from "./only-there.ts";
import { openSyntax } from "../syntax/parser.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function created(path: string, after: string): FileDiff {
  const modes = { modeBefore: null, modeAfter: "100644" as const };
  return { path, action: "create", ...modes, kind: "text", before: "", after, added: 1, removed: 0, addedLines: [], hunks: [] }; // prettier-ignore
}
const suspects = (product: FileDiff, test: FileDiff) => onlyAskedFor([product, test], syntax);
const PRICE = created("src/a.js", "export function price(n) {\n  return n * RATE;\n}\n");
const js = (body: string) => created("test/a.test.js", `test("prices", () => {\n  ${body}\n});\n`);

describe("a test that only asks whether there is something is suspected", () => {
  it.each([
    "assert.ok(price(2));",
    "const got = price(2); assert.ok(got);",
    "const got = price(2); assert.ok(got); console.log(got);",
    "assert.notEqual(price(2), 99);",
    "assert.equal(typeof price(2), 'number');",
    "assert.ok(price(2) >= 0);",
    "expect(price(2)).toBeDefined();",
    "assert.ok((price(2)));",
    "assert.ok(price(2).total);",
    "assert.ok(price(2) instanceof Price);",
    "assert.ok(Array.isArray(price(2)));",
    "assert.ok(typeof price(2) === 'number');",
    "expect(price(2)).toBeGreaterThan(0);",
    "const got = price(2); assert.ok(got && got.total);",
    "const got = price(2); assert.ok(got.total !== undefined && got.total > 0);",
    "price(2); assert.ok(price(3));",
  ])("%s", async (body) => expect(await suspects(PRICE, js(body))).toHaveLength(1));

  it.each([
    "assert.equal(price(2), 6);",
    "assert.ok(price(2)); assert.throws(() => price('x'), RangeError);",
    "assert.ok(price(2)); assert.throws(() => { price('x'); }, RangeError);",
    "assert.notEqual(price(2), price(3));",
    "expect(price(2)).toBeGreaterThan(5);",
    "assert.ok(price(2) > 5);",
    "assert.ok(price(2) === 6);",
    "assert.ok(price(2) && other(3));",
    "const got = price(2); assert.ok(got && got.total === 6);",
    "assert.ok(other(price(2)));",
    "const got = price(2); assert.ok(got); send(got);",
  ])("but not in: %s", async (body) => expect(await suspects(PRICE, js(body))).toEqual([]));

  it("but not beside an error that is wanted, in Python and Go", async () => {
    const verify = created("a.py", "def verify(t):\n    return t.payload\n");
    const py = 'def test_verify():\n    assert verify("fresh")\n';
    expect(await suspects(verify, created("test_a.py", py))).toHaveLength(1);
    const more = `${py}    with pytest.raises(Expired):\n        verify("old")\n`;
    expect(await suspects(verify, created("test_a.py", more))).toEqual([]);
    const open = created("a.go", "package a\n\nfunc Open(p string) (*DB, error) {\n\treturn &DB{p}, nil\n}\n");
    const asked = '\tdb, err := Open("x")\n\tif err != nil || db == nil {\n\t\tt.Fatal(err)\n\t}\n';
    const which = '\tif _, err := Open(""); !errors.Is(err, ErrEmpty) {\n\t\tt.Fatal(err)\n\t}\n';
    const go = (body: string) => created("a_test.go", `package a\n\nfunc TestOpen(t *testing.T) {\n${body}}\n`);
    expect(await suspects(open, go(asked))).toHaveLength(1);
    expect(await suspects(open, go(asked + which))).toEqual([]);
    const price = created("a.go", "package a\n\nfunc Price(n int) []int {\n\treturn []int{n}\n}\n");
    const fails = (condition: string) => go(`\tgot := Price(2)\n\tif ${condition} {\n\t\tt.Fatal(got)\n\t}\n`);
    for (const condition of ["got == nil", "(got == nil)", "len(got) < 0", "len(got) <= 0"])
      expect([condition, (await suspects(price, fails(condition))).length]).toEqual([condition, 1]);
    for (const condition of ["got != nil", "len(got) < 2", "check(got)", "!ok", "got == nil || len(got) != 2"])
      expect([condition, await suspects(price, fails(condition))]).toEqual([condition, []]);
  });

  it.each(["all.every((r) => r(x))", "a.b < x", "!x", "x.includes(3) && x > 2"])(
    "but not of yes or no: %s",
    async (answer) => {
      const product = created("src/a.js", `export function price(x) {\n  return ${answer};\n}\n`);
      expect(await suspects(product, js("assert.ok(price(2));"))).toEqual([]);
    },
  );
  it("an arrow is no comparison", async () => {
    const product = created("src/a.js", "export function price(x) {\n  return x.map((y) => y * 2);\n}\n");
    expect(await suspects(product, js("assert.ok(price(2));"))).toHaveLength(1);
  });
});

describe("what the tests say to a function that answers something else decides", () => {
  const suspect = async (body: string): Promise<OnlyThere> => (await suspects(PRICE, js(body)))[0] as OnlyThere;
  const tried = (one: OnlyThere, ...fates: [Mutant["kind"], Fate, ...string[]][]): Trial => ({
    outcome: "tried",
    rewritten: new Map(),
    built: new Map(),
    suspects: [one],
    tried: fates.map(([kind, fate, ...by]) => {
      const mutant = { path: "src/a.js", line: 1, within: 1, kind, from: "price()", to: "7", text: () => "" };
      return { mutant, fate, by };
    }),
  });
  const seen = (trial: Trial) => worded(mutation({ weakened: [], files: [] } as unknown as ProofFacts, trial)).evidence;

  it("a fixed answer that nobody notices bears the suspicion out", async () => {
    const one = await suspect("const id = price(2); assert.ok(id); assert.equal(size(), 1);");
    expect(seen(tried(one, ["emptied", "noticed", "prices"], ["constant", "noticed", "prices"], ["constant", "survived"]))).toContain("only asks whether `price()`"); // prettier-ignore
  });
  it("what it does besides is noticed, and clears it", async () => {
    const one = await suspect("const id = price(2); assert.ok(id); assert.equal(size(), 1);");
    expect(seen(tried(one, ["emptied", "noticed", "prices"], ["constant", "noticed", "prices"]))).not.toContain("only asks"); // prettier-ignore
  });
  it("another test that notices clears it, and this one alone does not", async () => {
    const one = await suspect("assert.ok(price(2));");
    expect(seen(tried(one, ["emptied", "noticed", "prices"]))).toContain("only asks");
    expect(seen(tried(one, ["emptied", "noticed", "example.com/a: prices"]))).toContain("only asks");
    expect(seen(tried(one, ["emptied", "noticed", "prices", "sums"]))).not.toContain("only asks");
    expect(seen(tried(one, ["emptied", "noticed"]))).not.toContain("only asks");
  });
});
