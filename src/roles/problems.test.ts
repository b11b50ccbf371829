import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../core/ticket/finding.ts";
import { type Diagnosis, type Plan, planSchema } from "../core/ticket/plan.ts";
import { FINISH } from "../agent/loop.fixture.ts";
import { REMARK } from "../../test/support/remark.ts";
import { planTask } from "./architect.ts";
import { emptyBriefing } from "./briefing.ts";
import { type FinishAnswer, implementTask } from "./implementer.ts";
import { askTask } from "./navigator.ts";
import type { ReviewAnswer } from "./review.ts";
import { diagnoseTask, reviewTask } from "./reviewer.ts";
import type { AnswerFacts } from "./task.ts";

const PLAN: Plan = {
  goal: "g",
  chunks: [
    {
      title: "t",
      files: [
        { path: "src/a.js", action: "change", intent: "i" },
        { path: "src/new.js", action: "create", intent: "i" },
      ],
      tests: ["test/a.test.js: empty input gives []"],
    },
  ],
  constraints: [],
  definitionOfDone: [{ id: "D1", statement: "s", evidence: { kind: "test", reference: "test/a.test.js: empty" } }],
  verification: ["npm test passes"],
  assumptions: [],
  risks: [],
  estimate: { filesChanged: 2, linesChanged: 20 },
};

const facts: AnswerFacts = {
  briefing: { ...emptyBriefing("o/r#1", "feature", "T", "B"), plan: PLAN },
  paths: new Set(["src/a.js", "test/a.test.js", "logo.png"]),
  texts: new Map([["src/a.js", "const a = 1;\n  return  a;\r\nend\n"]]),
  touched: new Set(["src/a.js"]),
};

const chunk = (over: Partial<Plan["chunks"][0]>): Partial<Plan> => ({ chunks: [{ ...PLAN.chunks[0]!, ...over }] });
const done = (kind: "test" | "command" | "file" | "review", reference: string) => ({
  definitionOfDone: [{ id: "D1", statement: "s", evidence: { kind, reference } }],
});

const excuses = (file: string, test: string | null): Partial<Plan> => ({
  testChanges: [{ file, test, change: "update", to: null, why: "w" }],
});

describe("a plan", () => {
  it("that is sound has no problem", () => {
    expect(planTask.problems(PLAN, facts)).toEqual([]);
    // What is there already is the repository's own business: only what would be new is looked at.
    const beside = chunk({ files: [...PLAN.chunks[0]!.files, { path: "aux/b.js", action: "create", intent: "i" }] });
    const odd = { ...facts, paths: new Set([...facts.paths, "aux/a.js"]) };
    expect(planTask.problems({ ...PLAN, ...beside }, odd)).toEqual([]);
    expect(planTask.problems({ ...PLAN, ...beside }, facts).join()).toContain("device on Windows");
  });

  it.each<[string, Partial<Plan>, string]>([
    [
      "changes a file that is not there",
      chunk({ files: [{ path: "src/b.js", action: "change", intent: "i" }] }),
      "does not exist",
    ],
    [
      "deletes one that is not there",
      chunk({ files: [{ path: "x", action: "delete", intent: "i" }] }),
      "does not exist",
    ],
    ["creates one that exists", chunk({ files: [{ path: "src/a.js", action: "create", intent: "i" }] }), "exists"],
    ["leaves the repository", chunk({ files: [{ path: "../a", action: "create", intent: "i" }] }), "cannot be used"],
    [
      "adds what git takes for its own",
      chunk({ files: [{ path: "src/HEAD", action: "create", intent: "i" }] }),
      "`HEAD`",
    ],
    [
      "names a file twice",
      chunk({ files: [...PLAN.chunks[0]!.files, { path: "src/a.js", action: "change", intent: "j" }] }),
      "twice",
    ],
    ["excuses tests of a file that is not there", excuses("test/no.test.js", null), "does not exist"],
    ["names no test", chunk({ tests: [] }), "is empty"],
    ["has nothing that a machine can show", done("review", "looks right"), "no item that a test or command shows"],
    ["wraps a command", done("command", "npm test\nrm x"), "one command line"],
    [
      "is far too long",
      {
        assumptions: Array.from({ length: 20 }, () => "x".repeat(600)),
        risks: Array.from({ length: 20 }, () => "x".repeat(600)),
      },
      "20000 fit",
    ],
  ])("that %s is sent back", (_name, over, words) => {
    const problems = planTask.problems({ ...PLAN, ...over }, facts);
    expect(problems.join("\n")).toContain(words);
  });

  it("names its files as the repository does, where only one can be meant", () => {
    const file = (path: string, action: "create" | "change") => ({ path, action, intent: "i" });
    const files = [
      ...[file("b/src/a.js", "change"), file("b/src/new.js", "create"), file("src\\more.js", "create")],
      ...[file("/workspace/test/a.test.js", "change"), file("aux/b.js", "create")],
    ];
    const more = { ...PLAN.chunks[0]!, files: [file("`src/new.js`", "change"), file("lib/src/a.js", "change")] };
    const { chunks } = planTask.spelt({ ...PLAN, chunks: [{ ...PLAN.chunks[0]!, files }, more] }, facts.paths);
    expect(chunks.map((one) => one.files.map(({ path }) => path))).toEqual([
      ["src/a.js", "src/new.js", "src/more.js", "test/a.test.js", "aux/b.js"],
      ["src/new.js", "lib/src/a.js"],
    ]);
  });

  it("keeps a new folder that is called as in a diff or a container", () => {
    const file = (path: string, action: "create" | "change" = "create") => ({ path, action, intent: "i" });
    const said = ["a/test/u.js", "b/test/u.js", "b/src/a.js", "workspace/src/new.js", "b/package.json"];
    const files = [file("/workspace/src/a.js", "change"), ...said.map((path) => file(path))];
    const { chunks } = planTask.spelt({ ...PLAN, chunks: [{ ...PLAN.chunks[0]!, files }] }, facts.paths);
    expect(chunks[0]!.files.map(({ path }) => path)).toEqual(["src/a.js", ...said]);
  });

  it.each([
    ["names a test without its file", chunk({ tests: ["test that it works"] })],
    ["proves an item by an unknown test", done("test", "the unit tests")],
    [
      "proves an item by an unknown file",
      { definitionOfDone: [...PLAN.definitionOfDone, { ...done("file", "docs/x.md").definitionOfDone[0]!, id: "D2" }] },
    ],
  ])("that %s is told so once, and left to the proof", (_name, over) => {
    const plan = { ...PLAN, ...over };
    expect(planTask.problems(plan, facts)).toEqual([]);
    expect(planTask.doubts(plan, facts).join("\n")).toContain("names no file");
    expect(planTask.doubts(PLAN, facts)).toEqual([]);
  });

  it("that excuses a test which its file does not have is told so once", () => {
    const known = { ...facts, texts: new Map([["test/a.test.js", 'test("adds", () => {});']]) };
    expect(planTask.cites({ ...PLAN, ...excuses("test/a.test.js", "adds") })).toEqual(["test/a.test.js"]);
    expect(planTask.doubts({ ...PLAN, ...excuses("test/a.test.js", "adds") }, known)).toEqual([]);
    expect(planTask.doubts({ ...PLAN, ...excuses("test/a.test.js", null) }, known)).toEqual([]);
    const said = planTask.doubts({ ...PLAN, ...excuses("test/a.test.js", "subtracts") }, known);
    expect(said.join()).toContain('the test "subtracts"');
  });

  it("that repeats an id is sent back", () => {
    const twice = { ...PLAN, definitionOfDone: [...PLAN.definitionOfDone, ...PLAN.definitionOfDone] };
    expect(planTask.problems(twice, facts).join()).toContain("D1 twice");
  });

  const parts = (...after: (number[] | undefined)[]) => ({
    chunks: after.map((one, index) => ({
      ...PLAN.chunks[0]!,
      title: `Part ${index}`,
      files: [{ path: "src/a.js", action: "change" as const, intent: "i" }],
      ...(one ? { after: one } : {}),
    })),
  });
  it.each([
    ["wait for each other", parts([2], [1]), ["chunks 1 → 2 → 1 wait for each other in a circle"]],
    [
      "wait for none of the plan",
      parts([], [7]),
      ["chunks[1].after names 7: give numbers of other chunks, counted from 1 to 2."],
    ],
    ["stand in an order", parts(undefined, [1], []), []],
  ])("has parts that %s", (_name, over, expected) => {
    const found = planTask.problems({ ...PLAN, ...over }, facts).filter((one) => one.includes("chunks"));
    expect(found).toHaveLength(expected.length);
    expect(found.join()).toContain(expected.join());
  });

  it("has no more parts than a person reads, and says what to do with the others", () => {
    const forty = planSchema.safeParse({ ...PLAN, chunks: Array.from({ length: 40 }, () => PLAN.chunks[0]) });
    expect(forty.error?.issues.map(({ message }) => message)).toEqual([
      "At most 12 chunks: plan the first ones, and name under risks what another ticket has to do.",
    ]);
  });

  it("may change in a later chunk what an earlier one creates, and needs no tests for docs", () => {
    const later = { title: "u", files: [{ path: "src/new.js", action: "change" as const, intent: "i" }], tests: [] };
    expect(planTask.problems({ ...PLAN, chunks: [...PLAN.chunks, later] }, facts)).toEqual([]);
    const docs = { ...facts, briefing: { ...facts.briefing, type: "docs" as const } };
    // It may become a ticket of its own, so that is said once; a person who only builds the first part is not kept from it.
    const two = { ...PLAN, chunks: [...PLAN.chunks, later] };
    expect(planTask.doubts(two, facts)).toEqual([expect.stringContaining("chunks[1].tests is empty")]);
    expect(planTask.doubts(two, docs)).toEqual([]);
    expect(planTask.problems({ ...PLAN, ...chunk({ tests: [] }), ...done("review", "reads well") }, docs)).toEqual([]);
  });
});

const REVIEW: ReviewAnswer = {
  summary: "s",
  attacked: ["a"],
  findings: [],
  followUps: [],
  done: [{ id: "D1", met: "yes", evidence: "e" }],
  verificationSteps: { usable: "yes", why: "w" },
};
const FINDING: Finding = { ...REMARK, id: "F-00000001", by: "reviewer", lowered: null };
const withFinding: AnswerFacts = { ...facts, briefing: { ...facts.briefing, openFindings: [FINDING] } };

describe("a review", () => {
  it.each<[string, Partial<ReviewAnswer>, AnswerFacts, string]>([
    ["skips an item of the Definition of Done", { done: [] }, facts, "`done` lacks D1"],
    [
      "invents an item",
      { done: [...REVIEW.done, { id: "D9", met: "yes", evidence: "e" }] },
      facts,
      '"D9", which does not exist',
    ],
    ["skips an earlier finding", {}, withFinding, "`followUps` lacks F-00000001"],
    [
      "follows up what nobody found",
      { followUps: [{ findingId: "F-2", status: "open", evidence: "e" }] },
      facts,
      '"F-2"',
    ],
  ])("that %s has a problem", (_name, over, known, words) => {
    expect(reviewTask.problems({ ...REVIEW, ...over }, known).join("\n")).toContain(words);
  });

  it.each<[string, Partial<ReviewAnswer>, string]>([
    ["blocks without a place", { findings: [{ ...REMARK, path: null, line: null, quote: null }] }, "No line:"],
    ["cites what is not there", { findings: [{ ...REMARK, line: 77 }] }, "not 77"],
    ["calls an item unmet and finds nothing", { done: [{ id: "D1", met: "no", evidence: "e" }] }, "D1 is not met"],
  ])("that %s has a doubt", (_name, over, words) => {
    expect(reviewTask.doubts({ ...REVIEW, ...over }, facts).join("\n")).toContain(words);
  });

  it("that is sound has neither, nor one that says why no line can be cited", () => {
    const missing = { ...REMARK, path: null, line: null, quote: null, problem: "No line: the test was never written." };
    expect(reviewTask.problems(REVIEW, facts)).toEqual([]);
    expect(reviewTask.doubts({ ...REVIEW, findings: [REMARK, missing] }, facts)).toEqual([]);
  });
});

describe("a finish", () => {
  it.each<[string, Partial<FinishAnswer>, string]>([
    ["leaves a finding unanswered", {}, "F-00000001 has no entry"],
    ["answers one that is not open", { answers: [{ findingId: "F-9", status: "fixed", evidence: "e" }] }, '"F-9"'],
  ])("that %s has a problem", (_name, over, words) => {
    expect(implementTask.problems({ ...FINISH, ...over }, withFinding).join("\n")).toContain(words);
  });

  it.each<[string, string[], Partial<FinishAnswer>, string | null]>([
    ["changed what the plan names", ["src/a.js"], {}, null],
    ["changed nothing", [], {}, "not changed any file"],
    [
      "disputes everything and changed nothing",
      [],
      { answers: [{ findingId: "F-1", status: "disputed", evidence: "e" }] },
      null,
    ],
    ["changed something else in silence", ["src/a.js", "lib/z.js"], {}, '"lib/z.js" is not in the plan'],
    ["explains what else it changed", ["src/a.js", "lib/z.js"], { unplanned: [{ path: "lib/z.js", why: "w" }] }, null],
    ["asks for the old test that it changed", ["lib/z.test.js"], excuses("lib/z.test.js", "z") as Partial<FinishAnswer>, null], // prettier-ignore
    ["asks for a snapshot", ["src/a.js", "lib/z.txt"], excuses("lib/z.txt", null) as Partial<FinishAnswer>, null],
    ["calls code a test", ["src/a.js", "lib/z.js"], excuses("lib/z.js", null) as Partial<FinishAnswer>, "undo the change"], // prettier-ignore
    ["explains what it did not change", ["src/a.js"], { unplanned: [{ path: "lib/z.js", why: "w" }] }, "leave it out"],
  ])("that %s", (_name, touched, over, words) => {
    const doubts = implementTask.doubts({ ...FINISH, ...over }, { ...facts, touched: new Set(touched) }).join("\n");
    if (words === null) expect(doubts).toBe("");
    else expect(doubts).toContain(words);
  });
});

describe("a diagnosis", () => {
  const DIAGNOSIS: Diagnosis = {
    rootCause: "r",
    affectedFiles: ["src/a.js"],
    reproduction: "p",
    evidence: ["src/a.js:2 returns a"],
    confidence: "high",
  };
  it.each<[string, Partial<Diagnosis>, string]>([
    ["is sound", {}, ""],
    ["affects a file that is not there", { affectedFiles: ["src/q.js"] }, "src/q.js"],
    ["cites no place", { evidence: ["I think so"] }, "cites no place"],
    ["cites past the end", { evidence: ["see src/a.js:40"] }, "not 40"],
    ["cites no file", { evidence: ["src/q.js:1"] }, "there is no file"],
  ])("that %s", (_name, over, words) => {
    const answer = { ...DIAGNOSIS, ...over };
    const said = [...diagnoseTask.problems(answer, facts), ...diagnoseTask.doubts(answer, facts)].join("\n");
    if (words === "") expect(said).toBe("");
    else expect(said).toContain(words);
  });
});

describe("a Navigator's answer", () => {
  it.each([
    ["yes", [], 0],
    ["no", ["q?"], 0],
    ["yes", ["q?"], 1],
    ["no", [], 1],
  ] as const)("%s with %j has %d problems", (clear, questions, count) => {
    expect(askTask.problems({ clear, questions: [...questions] }, facts)).toHaveLength(count);
  });
});
