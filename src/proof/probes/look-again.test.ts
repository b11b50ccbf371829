import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../test/support/changed-file.ts";
import { COMMAND, suiteRun, toldFacts } from "../../../test/support/told-suites.ts";
import { lineInWords } from "../../messages/proof/lines.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import type { Tree } from "../../trees/tree.ts";
import type { ProofFacts } from "../evidence.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import type { How, SuiteRun, Tests } from "../runners/suite.ts";
import { lookAgain } from "./look-again.ts";

/** A changed old test, the calls that each side's tests make, and which changed answers they notice. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const PATH = "test/fee.test.js";
const CODE =
  "export const LIMIT = 5;\nexport function fee(n) {\n  return n * 2;\n}\nexport function vat() {\n  return 0;\n}\n";
const TEST = (body: string) => `import { fee, LIMIT } from "../src/fee.js";\ntest("fees", () => {\n  ${body}\n});\n`;
const BEFORE = TEST("assert.equal(fee(1), LIMIT - 3);");
const AFTER = TEST("assert.ok(fee(1));");

type Side = {
  readonly calls: Readonly<Record<string, readonly string[]>>;
  /** `key|variant` */
  readonly notices: readonly string[];
  readonly by?: string;
  /** Its tests fail as soon as anything is probed. */
  readonly isNervous?: boolean;
  /** Lines of the tests that ask, where it is not the third. */
  readonly lines?: Readonly<Record<string, number>>;
  readonly recording?: "green" | "red" | "another time other calls";
};

async function looked(
  was: Side,
  is: Side,
  { before = BEFORE, after = AFTER, suspects = [] as readonly string[] } = {},
) {
  const [base, head] = [before, after].map((test) =>
    memoryTree([["src/fee.js", Buffer.from(CODE)], [PATH, Buffer.from(test)]])); // prettier-ignore
  const blobs = scratchBlobs({
    get: async (sha) => (await base?.blobs.get(sha)) ?? (await head?.blobs.get(sha)) ?? null,
    put: (content) => Promise.reject(new Error(`put ${content.length}`)),
  });
  const asked: string[] = [];
  const suite = async (on: Tree, { probe, again = 0 }: How = {}): Promise<SuiteRun> => {
    const test = (await blobs.get(on.get(PATH)?.sha ?? ""))?.toString() ?? "";
    const side = test === after ? is : was;
    const name = side.by ?? "fees";
    const told = (probe?.environment["COOP_PROBE"] ?? "").replace("src/fee.js::fee|", "");
    if (told === "record") return quick(recorded(side, name, again));
    const isControl = told.startsWith("0000");
    if (told !== "" && !isControl) asked.push(`${test === after ? "new" : test === before ? "old" : "part"} ${told}`);
    const isSeen = isControl ? side.isNervous === true : side.notices.includes(told) && test.includes("fee(1)");
    return quick(suiteRun({ [name]: isSeen ? "failed" : "passed" }));
  };
  const over = { files: [changedFile(PATH, before, after)], blobs, syntax, ...sidesOf(base?.tree, head?.tree) };
  const { facts } = toldFacts({}, over as unknown as Partial<ProofFacts>);
  const tests = { commands: [COMMAND], suite } as unknown as Tests;
  const options = {
    isExcused: (one: string) => one === "planned",
    suspects: suspects.map((test) => ({ path: PATH, test })),
  };
  const found = await lookAgain(facts, tests, options);
  return { lost: found.lost.map(lineInWords), acquitted: found.acquitted.map(({ test }) => test), asked };
}

/** A run of a second: of a longer one nothing is recorded. */
function quick(run: SuiteRun): SuiteRun {
  return { ...run, runs: run.runs.map((one) => ({ ...one, durationMs: 1_000 })) };
}

const sidesOf = (base: Tree | undefined, head: Tree | undefined) => ({
  base: { commitSha: "a", treeSha: "a", tree: base },
  head: { commitSha: "b", treeSha: "b", tree: head },
});

function recorded({ calls, lines: places = {}, recording = "green" }: Side, name: string, again: number): SuiteRun {
  const run = suiteRun({ [name]: recording === "red" ? "failed" : "passed" });
  const keys = recording === "another time other calls" && again > 0 ? {} : calls;
  const lines = Object.entries(keys).map(([key, variants]) =>
    JSON.stringify({ of: "src/fee.js::fee", key, from: [`${PATH}:${places[key] ?? 3}`], variants, gave: "0a" }),
  );
  return { ...run, runs: run.runs.map((one) => ({ ...one, records: [Buffer.from(lines.join("\n"))] })) };
}

const calls = { a1: ["plus"] };

describe("an answer that an old test looked at", () => {
  it("is missed where nobody notices any more that it is another one", async () => {
    const { lost, asked } = await looked({ calls, notices: ["a1|plus"] }, { calls, notices: [] });
    expect(lost).toEqual([
      "test/fee.test.js:3 before the change asked `fee()`: when its answer is another one (one more), no test fails now, `fees` did before",
    ]);
    // The old tests are asked twice: one that fails now and then has noticed nothing.
    expect(asked).toEqual(["new a1|plus", "old a1|plus", "old a1|plus"]);
  });

  it("is missed where one input of several is left out", async () => {
    const both = { ...calls, b2: ["plus"] };
    const { lost } = await looked({ calls: both, notices: ["a1|plus", "b2|plus"] }, { calls, notices: ["a1|plus"] });
    expect(lost).toEqual([
      expect.stringMatching(
        /^test\/fee\.test\.js:3 before the change asked `fee\(\)` for an input that no test gives it now/,
      ),
    ]);
  });

  it.each<[string, Side, Side]>([
    ["the new tests notice it", { calls, notices: ["a1|plus"] }, { calls, notices: ["a1|plus"] }],
    ["the old ones did not either", { calls, notices: [] }, { calls, notices: [] }],
    ["only a test noticed it that the plan lets change", { calls, notices: ["a1|plus"], by: "planned" }, { calls, notices: [] }],
    ["the head's answer has no such part", { calls: { a1: ["leaf:4"] }, notices: ["a1|leaf:4"] }, { calls: { a1: ["leaf:0"] }, notices: [] }],
    ["the base's tests fail whatever is probed", { calls, notices: ["a1|plus"], isNervous: true }, { calls, notices: [] }],
    ["the head's do", { calls, notices: ["a1|plus"] }, { calls, notices: [], isNervous: true }],
    ["the base says something else once it is instrumented", { calls, notices: ["a1|plus"], recording: "red" }, { calls, notices: [] }],
    ["the head does", { calls, notices: ["a1|plus"] }, { calls, notices: [], recording: "red" }],
    ["another run makes other calls", { calls, notices: ["a1|plus"], recording: "another time other calls" }, { calls, notices: [] }],
  ])("is not missed where %s", async (_what, was, is) => {
    expect((await looked(was, is)).lost).toEqual([]);
  }); // prettier-ignore
});

describe("an answer that a test which did not change looks at as well", () => {
  const rest = 'test("as before", () => {\n  assert.equal(fee(1), 2);\n});\n';
  const was: Side = { calls: { a1: ["plus"], b2: ["plus"] }, notices: ["a1|plus", "b2|plus"] };
  // The changed one asks for another input now, and nobody for the second of the old ones.
  const now = { a1: ["plus"], c3: ["plus"] };
  const lostIn = async (notices: readonly string[]) => {
    const files = { before: BEFORE + rest, after: AFTER + rest };
    return (await looked(was, { calls: now, lines: { a1: 6 }, notices }, files)).lost.length;
  };

  it("is still looked at where the changed one no longer asks", async () => expect(await lostIn(["a1|plus"])).toBe(0));

  it("is not where that one never looked", async () => expect(await lostIn([])).toBe(2));
});

describe("a test that reading holds something against", () => {
  const seen: Side = { calls, notices: ["a1|plus"] };
  const suspected = async (was: Side, is: Side, before = BEFORE) =>
    (await looked(was, is, { before, suspects: ["fees"] })).acquitted;

  it("is acquitted where all it looked at is still looked at, and it looked at nothing else", async () => {
    const { lost, acquitted, asked } = await looked(seen, seen, { suspects: ["fees"] });
    expect([lost, acquitted]).toEqual([[], ["fees"]]);
    // Without its assertion the old test sees nothing of it.
    expect(asked).toEqual(["new a1|plus", "old a1|plus", "part a1|plus"]);
  });

  it.each<[string, Side, Side]>([
    ["what it looked at cannot be changed", { calls: { a1: [] }, notices: [] }, { calls: { a1: [] }, notices: [] }],
    ["it called nothing", { calls: {}, notices: [] }, { calls: {}, notices: [] }],
    ["it noticed nothing", { calls, notices: [] }, { calls, notices: [] }],
    ["one of two changes is no longer noticed", { calls: { a1: ["append", "case"] }, notices: ["a1|append", "a1|case"] }, { calls: { a1: ["append", "case"] }, notices: ["a1|append"] }],
    ["it asks somebody else", seen, { calls: {}, notices: [] }],
    ["it only noticed that the work was not done", { calls: { a1: ["skip", "plus"] }, notices: ["a1|skip"] }, { calls: { a1: ["skip", "plus"] }, notices: ["a1|skip"] }],
  ])("is not where %s", async (_what, was, is) => {
    expect(await suspected(was, is)).toEqual([]);
  }); // prettier-ignore

  it("is not where it looked at something that no probe changes", async () => {
    const before = TEST("assert.equal(fee(1), 2);\n  assert.equal(LIMIT, 5);");
    expect(await suspected(seen, seen, before)).toEqual([]);
  });

  it("is not where it names a function that no record shows asked", async () => {
    const before = TEST("assert.equal(fee(1), 2 + vat);");
    expect(await suspected(seen, seen, before)).toEqual([]);
  });
});
