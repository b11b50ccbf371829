import { afterAll, describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { changedFile } from "../../../test/support/changed-file.ts";
import type { ProofFacts } from "../evidence.ts";
import { decidedByLuck } from "../languages/answers/by-luck.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { testSide } from "../languages/tests/test-side.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";
import { byChance } from "./by-chance.ts";

/** New tests that pass on the old code, or fail there only at times. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const BANK = (body: string) => `export class Bank {\n  async take(n) {\n    ${body}\n  }\n}\n`;
const LOCKED = BANK("return this.mutex.runExclusive(() => this.spend(n));");
const RACE = (verdict: string, more = "") =>
  `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { Bank } from "../src/bank.js";\n${more}test("both", async () => {\n  const bank = new Bank();\n  const all = await Promise.all([bank.take(1), bank.take(1)]);\n  ${verdict}\n});\n`;
const BOTH = RACE("assert.deepEqual(all, [1, 0]);");

function file(path: string, before: string, after: string) {
  const old = new Set(before.split("\n"));
  const lines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  return { ...changedFile(path, before, after), addedLines: lines.filter(({ text }) => !old.has(text)) };
}

type Fails = (again: number) => boolean;
type Told = { readonly fresh?: string; readonly flaky?: readonly string[]; readonly ms?: number };

async function judged(product: string, test: string, old: Fails, now: Fails = () => false, told: Told = {}) {
  const [base, head] = [new Map(), new Map()];
  const run = (failed: boolean): SuiteRun =>
    ({
      names: new Map([["both", failed ? "failed" : "passed"]]),
      runs: [{ cases: [{ name: "both", file: null }], durationMs: told.ms ?? 900 }],
    }) as unknown as SuiteRun;
  let headRuns = 0;
  const suite = async (tree: unknown, { again = 1 }: { again?: number } = {}) => {
    if (tree === head) headRuns++;
    return run((tree === head ? now : old)(again));
  };
  const files = [file("src/bank.js", BANK("return n;"), product), file("test/bank.test.js", "", test)];
  const facts = { files, syntax, execution: { state: "possible", tests: { suite } as unknown as Tests } };
  const seen = (tree: unknown) => ({ tree, run: run(false), flaky: [] as readonly string[] });
  const given = { mixed: { ...seen(base), flaky: told.flaky ?? [] }, head: seen(head), fresh: new Set(["both"]) };
  const found = await byChance(facts as unknown as ProofFacts, given as Parameters<typeof byChance>[1], []);
  return found && { state: found.state, says: worded(found).evidence, headRuns };
}

const once: Fails = (again) => again === 3;
const never: Fails = () => false;

describe("new tests of a race", () => {
  it("are shown by one failure on the old code, and twenty-one runs without one on the new", async () => {
    expect(await judged(LOCKED, BOTH, once)).toMatchObject({ state: "proven", headRuns: 21 });
  });

  it("are flaky where the new code fails in one of so many", async () => {
    const found = await judged(LOCKED, BOTH, once, (again) => again === 19);
    expect(found).toMatchObject({ state: "refuted", says: expect.stringMatching(/are flaky: `both`/) });
  });

  it("leave it open where they never failed, or where so many runs take too long", async () => {
    expect(await judged(LOCKED, BOTH, never)).toMatchObject({ state: "unknown", headRuns: 0 });
    expect(await judged(LOCKED, BOTH, once, never, { ms: 30_000 })).toMatchObject({ state: "unknown" });
  });

  it("that waver without a race leave it open too", async () => {
    const found = await judged(BANK("return n + 1;"), BOTH, once, never, { flaky: ["both"] });
    expect(found).toMatchObject({ state: "unknown", says: expect.stringMatching(/may be luck/) });
  });

  it.each([
    ["a random number", RACE("assert.ok(all.length === 2 && Math.random() > 0.13);")],
    ["one that has a name", RACE("const luck = Math.random();\n  assert.equal(all.length, luck > 0.1 ? 2 : 3);")],
    ["one in a helper", RACE("assert.ok(fine());", "const fine = () => Math.random() > 0.1;\n")],
    ["a clock", RACE("assert.equal(all.length + (process.hrtime()[1] % 8 === 0 ? 1 : 0), 2);")],
    ["a condition", RACE("if (Date.now() % 8 === 0) throw new Error();\n  assert.equal(all.length, 2);")],
  ])("are no witnesses by %s", async (_what, test) => {
    expect(await judged(LOCKED, test, once, never, { flaky: ["both"] })).toBe(null);
  });

  it.each(["got := rand.Intn(5)", "var got = rand.Intn(5)", "var got int\n\tgot = rand.Intn(5)"])(
    "nor in Go by %s",
    async (given) => {
      const text = `package a\n\nfunc TestA(t *testing.T) {\n\t${given}\n\tif got > 3 {\n\t\tt.Fatal(got)\n\t}\n}\n`;
      const parsed = await syntax.parse("a_test.go", text);
      expect(parsed.outcome === "parsed" && decidedByLuck(testSide("a_test.go", parsed))).toEqual(["TestA"]);
    },
  );

  it("may wait for a random time", async () => {
    const test = RACE("assert.deepEqual(all, [1, 0]);").replace("const bank", "await sleep(Math.random() * 5);\n  const bank"); // prettier-ignore
    expect(await judged(LOCKED, test, once)).toMatchObject({ state: "proven" });
  });
});

describe("a change keeps runs apart", () => {
  it.each([
    ["a mutex", LOCKED],
    ["a tail of promises", BANK("this.tail = this.tail.then(() => this.spend(n));\n    return this.tail;")],
    ["a field of any name", BANK("this.#last = this.#last.then(() => this.spend(n)).catch(() => 0);\n    return this.#last;")], // prettier-ignore
    ["a load that is kept", BANK("this.pending ??= this.load();\n    return this.pending;")],
    ["a locked row", BANK('return this.db.query("SELECT n FROM bank FOR UPDATE");')],
    ["in what the function calls", `${BANK("return this.spend(n);")}export async function spend(n) {\n  return lock.acquire(n);\n}\n`], // prettier-ignore
  ])("%s", async (_what, product) => expect(await judged(product, BOTH, never)).toMatchObject({ state: "unknown" }));

  it.each([
    ["a comment", BANK("// The barrier for free shipping: lock the door\n    return n + 1;")],
    ["a text", BANK('return "Lock";')],
    ["a name in lower case", BANK("const condition = n > 0;\n    return condition ? n : 0;")],
    ["an empty list", BANK("this.queue = [];\n    return n + 1;")],
    ["a sum that is kept", BANK("this.total = this.sum(n);\n    return this.total;")],
    ["a list that is filtered", BANK("const pending = this.orders.filter(open);\n    return pending.length;")],
    ["a comparison", BANK("if (tail === 0) return 1;\n    return n<-1 ? 0 : n;")],
    [
      "what no test reaches",
      `${BANK("return n + 1;")}export function other() {\n  return mutex.runExclusive(work);\n}\n`,
    ],
  ])("is not said by %s", async (_what, product) => expect(await judged(product, BOTH, never)).toBe(null));
});
