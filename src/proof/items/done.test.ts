import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { doneIds } from "../../core/ticket/proof-items.ts";
import type { Plan } from "../../core/ticket/plan.ts";
import type { Tree, TreeFile } from "../../trees/tree.ts";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import type { Tests } from "../runners/suite.ts";
import { done as found } from "./done.ts";
import { evidence, type ProofFacts, type ReviewFacts } from "../evidence.ts";

/** As people read it. */
const done = async (...given: Parameters<typeof found>) => worded(await found(...given));

const file: TreeFile = { mode: "100644", sha: "0".repeat(40), sizeBytes: 1 };
const tree: Tree = new Map(["README.md", "src/a.js", "test/a.test.js"].map((path) => [path, file]));
const snapshot = { commitSha: "a".repeat(40), treeSha: "b".repeat(40), tree };

type Kind = "test" | "command" | "review" | "file";

function facts(reference: string, met: "yes" | "unknown", kind: Kind = "test", statement = "It is so."): ProofFacts {
  const review = (role: "reviewer" | "adversary") =>
    ({
      role,
      headSha: snapshot.commitSha,
      done: [{ id: "D1", met, evidence: "seen" }],
      openBlockers: [],
      misquoted: [],
    }) as unknown as ReviewFacts;
  const plan = {
    chunks: [{ title: "t", files: [], tests: [] }],
    definitionOfDone: [{ id: "D1", statement, evidence: { kind, reference } }],
  } as unknown as Plan;
  return {
    ...{ plan, base: snapshot, head: snapshot, files: [], policy: DEFAULT_POLICY },
    commands: [{ name: "npm test", run: "npm test", proves: "tests", timeoutSeconds: 60 }],
    execution: { state: "impossible", because: { code: "unprepared", facts: { why: "No sandbox." } } },
    reviews: [review("reviewer"), review("adversary")],
  } as unknown as ProofFacts;
}

const CHECKED = {
  verification: evidence("verification", "cannot-run", {
    because: { code: "unprepared", facts: { why: "No sandbox." } },
  }),
  checks: evidence("checks", "green", { checks: ["build"] }),
};

describe("an item that a test should show", () => {
  it.each([
    ["names the test's file", "test/a.test.js", "unknown", "proven"],
    ["names the command that runs the tests", "npm test", "unknown", "proven"],
    ["names a document, which both reviews confirm", "README.md", "yes", "proven"],
    ["names a document, which no review confirms", "README.md", "unknown", "unknown"],
    ["names a test that is not there, whatever reviews say", "test/b.test.js", "yes", "refuted"],
  ] as const)("and %s", async (_name, reference, met, state) => {
    expect((await done(facts(reference, met), CHECKED)).state).toBe(state);
  });
});

describe("an item that only a run can show, where nothing was run", () => {
  const NOTHING = { verification: CHECKED.verification, checks: CHECKED.verification };

  it.each([
    ["test", "npm test", "All tests pass.", "unknown"],
    ["test", "test/a.test.js", "All tests pass.", "unknown"],
    ["test", "src/a.js", "It adds.", "unknown"],
    ["test", "the tests of the sums", "It adds.", "unknown"],
    ["test", "README.md", "It is said.", "proven"],
    ["command", "npm test", "All tests pass.", "unknown"],
    ["command", "`npm run lint`", "Lint is clean.", "unknown"],
    ["command", "node --test", "It adds.", "unknown"],
    ["review", "a look at the code", "All tests pass.", "unknown"],
    ["review", "a look at the code", "The test suite still passes.", "unknown"],
    ["review", "a look at the code", "The text is friendly.", "proven"],
  ] as const)("is not shown by a word: %s %s, %s", async (kind, reference, statement, state) => {
    const found = await done(facts(reference, "yes", kind, statement), NOTHING);
    expect(found.state).toBe(state);
    expect([...doneIds([{ ...found, required: true }])]).toEqual(state === "proven" ? ["D1"] : []);
  });

  it("is left to reviewers where a change of documents has no command at all", async () => {
    const none = { state: "impossible", because: { code: "no-command", facts: {} } } as const;
    const docs = { ...facts("`npm run lint`", "yes", "command"), commands: [], execution: none };
    expect((await done(docs, NOTHING)).state).toBe("proven");
  });
});

describe("a test that a plan describes in words, where the tests ran", () => {
  const RAN = {
    verification: evidence("verification", "passes", {
      commands: [{ code: "passes", facts: { command: "npm test", tests: null } }],
    }),
    checks: evidence("checks", "none", {}),
  };
  const CASES = [{ file: "test/a.test.js", name: "adds two numbers", outcome: "passed" }];
  const run = { verdict: "passed", names: new Map([["adds two numbers", "passed"]]), runs: [{ cases: CASES }] };
  const tests = { suite: () => Promise.resolve(run) } as unknown as Tests;
  const here = (reference: string, met: "yes" | "unknown"): ProofFacts => {
    return { ...facts(reference, met), execution: { state: "possible", tests } };
  };

  it.each([
    ["the file alone", "test/a.test.js", "unknown", "proven"],
    ["its name", "test/a.test.js: adds two numbers", "unknown", "proven"],
    ["its name and no file", "adds two numbers", "unknown", "proven"],
    ["another language, confirmed", "test/a.test.js: zählt zwei Zahlen zusammen", "yes", "proven"],
    ["a script of its own, confirmed", "test/a.test.js: 两个数字相加", "yes", "proven"],
    ["a paraphrase, confirmed", "test/a.test.js: the sum of both operands comes back", "yes", "proven"],
    ["one word, confirmed", "test/a.test.js passes", "yes", "proven"],
    ["words and no file, confirmed", "die Summe zweier Zahlen", "yes", "proven"],
    ["a paraphrase that nobody confirms", "test/a.test.js: the sum of both operands comes back", "unknown", "refuted"],
    ["an exact name that is not there, confirmed", "test/a.test.js::subtracts", "yes", "unknown"],
    ["an exact name that is not there", "test/a.test.js::subtracts", "unknown", "refuted"],
    ["a file that is not there, whatever reviews say", "test/b.test.js: adds", "yes", "refuted"],
  ] as const)("by %s", async (_name, reference, met, state) => {
    expect((await done(here(reference, met), RAN)).state).toBe(state);
  });

  it.each([
    ["test/a.test.js: the sum of both operands comes back", "unknown"],
    ["die Summe zweier Zahlen", "unknown"],
    ["test/a.test.js::subtracts", "refuted"],
    ["test/a.test.js: adds two numbers", "proven"],
  ] as const)("and nobody reviews: %s", async (reference, state) => {
    expect((await done({ ...here(reference, "unknown"), asks: "nobody", reviews: [] }, RAN)).state).toBe(state);
  });
});

describe("an item that a command should show", () => {
  const RAN = {
    ...CHECKED,
    verification: evidence("verification", "fails", { command: "npm test", exitCode: 1, failed: 0, fresh: [] }),
  };
  const ran: VerifyCommand[] = [];
  const tests = {
    run: (where: Tree, command: VerifyCommand) => {
      ran.push(command);
      return Promise.resolve({ verdict: where === tree && command.run === "node a.js" ? "passed" : "failed" });
    },
  } as unknown as Tests;
  const runnable = { state: "possible", tests } as const;

  it.each([
    ["passes", "Run `node a.js`.", "unknown", "proven", "`node a.js` passes on this commit.", ["node a.js"]],
    ["passes and stands bare", " node a.js ", "unknown", "proven", "`node a.js` passes on this commit.", ["node a.js"]],
    ["fails", "`node b.js`", "unknown", "unknown", "(0 of 2)", ["node b.js"]],
    [
      "has to fail, as both reviews say",
      "`node b.js`",
      "yes",
      "proven",
      "reviewer: seen adversary: seen",
      ["node b.js"],
    ],
    ["ran already, by its words", "npm test, all green", "yes", "refuted", "`npm test` ends with exit status 1.", []],
    ["ran already, in backquotes", "as `npm test` does", "yes", "refuted", "`npm test` ends with exit status 1.", []],
  ] as const)("that %s", async (_name, reference, met, state, why, run) => {
    ran.length = 0;
    const found = await done({ ...facts(reference, met, "command"), execution: runnable }, RAN);
    expect(found.state).toBe(state);
    expect(found.details.join()).toContain(why);
    expect(ran).toEqual(run.map((one) => ({ name: one, run: one, proves: "command", timeoutSeconds: 60 })));
  });

  it.each([
    [
      "by checks that passed, where the command is known",
      "npm test",
      CHECKED,
      "proven",
      "1 check of the repository green on this commit: `build`.",
    ],
    ["by both reviews, where checks passed and nobody knows it", "node a.js", CHECKED, "proven", "reviewer: seen"],
    [
      "by nobody, where no check passed",
      "npm test",
      { ...CHECKED, checks: RAN.verification },
      "unknown",
      "Nothing was run",
    ],
  ] as const)("where nothing can be run here is shown %s", async (_name, reference, found, state, why) => {
    const shown = await done(facts(reference, "yes", "command"), found);
    expect([shown.state, shown.details.join()]).toEqual([state, expect.stringContaining(why)]);
  });
});

describe("an item that a file should show", () => {
  it.each([
    ["is there", "README.md", "shown", "README.md exists on this commit."],
    ["changed with it", "`src/a.js`, and README.md", "shown", "src/a.js changed on this commit."],
    ["are there", "README.md and test/a.test.js", "shown", "README.md, test/a.test.js exists on this commit."],
    ["is gone, as planned", "old/b.js is removed", "shown", "old/b.js is gone, as planned."],
    [
      "is gone, which no plan says",
      "old/c.js is removed",
      "not-met",
      'No file on this commit fits "old/c.js is removed".',
    ],
    ["by the start of its path", "./README.md:3", "shown", "README.md exists on this commit."],
  ] as const)("that %s", async (_name, reference, code, why) => {
    const given = facts(reference, "unknown", "file");
    const gone = (path: string, action: string) => ({ path, action });
    const chunks = [{ title: "t", tests: [], files: [gone("old/b.js", "delete"), gone("old/c.js", "change")] }];
    const files = [{ path: "src/a.js" }] as unknown as ProofFacts["files"];
    const found = await done({ ...given, plan: { ...given.plan, chunks } as unknown as Plan, files }, CHECKED);
    expect([found.code, found.details.join()]).toEqual([code, expect.stringContaining(why)]);
  });
});

describe("the whole Definition of Done", () => {
  const item = (id: string, kind: Kind, reference: string) => ({ id, statement: `It is ${id}.`, evidence: { kind, reference } }); // prettier-ignore
  const of = (items: readonly ReturnType<typeof item>[], over: Partial<ProofFacts> = {}) => {
    const given = facts("", "unknown");
    return done({ ...given, plan: { ...given.plan, definitionOfDone: items } as unknown as Plan, ...over }, CHECKED);
  };
  const FILE = item("D1", "file", "README.md");
  const ASKED = item("D2", "review", "a look");
  const MISSING = item("D3", "file", "gone.md");

  it("is shown where each item is", async () => {
    expect(await of([FILE])).toMatchObject({
      code: "shown",
      evidence: "The 1 item of the Definition of Done has evidence.",
    });
  });

  it("names up to three items that are not, the refuted ones first", async () => {
    const open = await of([ASKED, FILE, MISSING]);
    expect([open.code, open.evidence]).toEqual([
      "not-met",
      '2 of 3 items without evidence. D3 ("It is D3."): No file on this commit fits "gone.md". D2 ("It is D2."): Not every review on this commit confirms it (0 of 2).',
    ]);
    expect(open.details).toHaveLength(3);
    const many = await of(["D1", "D2", "D3", "D4"].map((id) => item(id, "file", "gone.md")));
    expect([many.evidence.includes("D3"), many.evidence.includes("D4")]).toEqual([true, false]);
    expect(await of([FILE, ASKED])).toMatchObject({ code: "not-shown" });
  });

  it("is not asked for where there is no plan, and not of reviewers where there are none", async () => {
    expect(await of([], { plan: null })).toMatchObject({ code: "no-plan" });
    expect(await of([ASKED, FILE], { asks: "nobody", reviews: [] })).toMatchObject({ code: "shown" });
    expect(await of([ASKED], { asks: "nobody", reviews: [] })).toMatchObject({ code: "needs-reviewers" });
    const document = item("D4", "test", "README.md");
    expect(await of([document], { asks: "nobody", reviews: [] })).toMatchObject({ code: "needs-reviewers" });
  });

  it("is not met where one reviewer says no, whatever shows it", async () => {
    const given = facts("", "yes");
    const [first, second] = given.reviews;
    const no = { ...second, done: [{ id: "D1", met: "no", evidence: "it is empty" }] } as unknown as ReviewFacts;
    const found = await of([FILE], { reviews: [first as ReviewFacts, no] });
    expect([found.code, found.evidence]).toEqual(["not-met", expect.stringMatching(/The adversary says that it is not met: it is empty$/)]); // prettier-ignore
    const half = { ...second, done: [{ id: "D2", met: "unknown", evidence: "" }] } as unknown as ReviewFacts;
    const yes = { ...first, done: [{ id: "D2", met: "yes", evidence: "seen" }] } as unknown as ReviewFacts;
    expect((await of([ASKED], { reviews: [yes, half] })).evidence).toMatch(/confirms it \(1 of 2\)\.$/);
    expect((await of([ASKED], { reviews: [yes] })).code).toBe("shown");
  });
});
