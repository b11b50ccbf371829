import { afterAll, describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { changedFile } from "../../../test/support/changed-file.ts";
import { LONG, PRODUCT, TEST, type Told, toldFacts } from "../../../test/support/told-suites.ts";
import type { ProofFacts } from "../evidence.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { failToPass as found } from "./fail-to-pass.ts";
import type { Fate, Trial, Tried } from "./try-mutants.ts";

/** As people read it. */
const failToPass = async (...given: Parameters<typeof found>) => worded(await found(...given));

/** One old test and one new one: what each run has to say so that the new one shows what the change does. */
const NOTHING: Trial = { outcome: "nothing-to-try", as: "no-code-added" };
const judge = async (told: Told, trial: Trial = NOTHING, over: Partial<ProofFacts> = {}) =>
  failToPass(toldFacts(told, over).facts, Promise.resolve(trial));

const tried = (...fates: readonly (readonly [Fate, ...string[]])[]): Trial => ({
  ...{ outcome: "tried", suspects: [], rewritten: new Map(), built: new Map() },
  tried: fates.map(([fate, ...by]) => ({ fate, by }) as unknown as Tried),
});

const base = { old: "passed" } as const;
const head = { old: "passed", new: "passed" } as const;
const red = { verdict: "failed", count: [1, 1] } as const;
const green = { verdict: "passed", count: [2, 0] } as const;
const PASSES = /^The tests in `test\/a\.test\.js` pass without the change too/;

describe("new tests by name", () => {
  it.each<[string, Told, string, RegExp, readonly string[]]>([
    ["failed before", { base, head, mixed: { old: "passed", new: "failed" } }, "fails-before", /^1 test failed on the code before the change and passes on this commit: `new`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["broke before", { base, head, mixed: { old: "passed", new: "errored" } }, "fails-before", /`new`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["one of two failed before", { base, head: { ...head, other: "passed" }, mixed: { old: "passed", new: "failed", other: "passed" } }, "fails-before", /`new`\. New tests that pass without the change too: `other`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["an old one that passes before is not called new", { base, head, mixed: { old: "passed", new: "failed" } }, "fails-before", /^(?!.*`old`)/, ["npm test:", "it failed"]], // prettier-ignore
    ["an old one changed its mind", { base, head: { old: "passed" }, mixed: { old: "failed" } }, "fails-before", /`old`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["one was red before and is green now", { base: { old: "passed", was: "failed" }, head: { old: "passed", was: "passed" }, mixed: { old: "passed", was: "failed" } }, "passes-before", PASSES, [TEST]], // prettier-ignore
    ["passed before too", { base, head, mixed: head }, "passes-before", PASSES, [TEST]],
    ["fails on this commit", { base, head: { old: "passed", new: "failed" }, mixed: head }, "red-on-head", /^Tests do not pass on this commit: `new`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["an old one fails on this commit", { base, head: { old: "failed", new: "passed" }, mixed: { old: "passed", new: "failed" } }, "red-on-head", /: `old`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["what was red before may stay so", { base: { old: "failed" }, head: { old: "failed", new: "passed" }, mixed: { old: "failed", new: "failed" } }, "fails-before", /: `new`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["flaky on this commit", { base, head: [{ old: "passed", new: "failed" }, head], mixed: { old: "passed", new: "failed" } }, "flaky", /^New tests are flaky: `new` failed/, ["npm test:", "it passed"]], // prettier-ignore
    ["flaky beside one that shows it", { base, head: [{ ...head, luck: "failed" }, { ...head, luck: "passed" }], mixed: { old: "passed", new: "failed", luck: "failed" } }, "fails-before", /: `new`\. Flaky, and counted for nothing: `luck`\.$/, ["npm test:", "it failed"]], // prettier-ignore
    ["an old one is flaky", { base, head: [{ old: "failed", new: "passed" }, head], mixed: { old: "passed", new: "failed" } }, "fails-before", /: `new`\.$/, ["npm test:", "it failed"]], // prettier-ignore
  ])("%s", async (_what, told, code, words, details) => {
    const item = await judge(told);
    expect([item.code, item.evidence, item.details]).toEqual([code, expect.stringMatching(words), details]);
  });
});

describe("how often and how many tests are run", () => {
  const mixed = { old: "passed", new: "failed" } as const;
  const onOldCode = async (told: Told, over: Partial<ProofFacts> = {}) => {
    const { facts, asked } = toldFacts({ base, head, mixed, ...told }, over);
    const { code } = await failToPass(facts, Promise.resolve(NOTHING));
    return [code, asked.find((one) => one.startsWith("mixed"))];
  };

  it("shows that a new test is flaky by five runs on this commit, one as on a developer's machine", async () => {
    const { facts, asked } = toldFacts({ base, head, mixed, headWithoutCi: { old: "passed", new: "failed" } });
    expect(await failToPass(facts, Promise.resolve(NOTHING))).toMatchObject({ code: "flaky" });
    const only = `only ${TEST}`;
    expect(asked.filter((one) => one.startsWith("head")).sort()).toEqual(["head", `head 2 ${only}`, `head 3 ${only}`, `head 4 ${only}`, "headWithoutCi"]); // prettier-ignore
  });

  it("runs the new tests alone on the old code where nothing else can be told by them", async () => {
    expect(await onOldCode({})).toEqual(["fails-before", "mixed"]);
    expect(await onOldCode({ alone: "yes" })).toEqual(["fails-before", `mixed only ${TEST}`]);
  });

  it.each<[string, Told]>([
    ["something was red before", { base: { old: "passed", was: "failed" }, mixed: { ...mixed, was: "failed" } }],
    ["something is red on this commit", { head: { ...head, old: "failed" } }],
    ["nothing has a name", { base: green, head: green, mixed: red }],
  ])("runs all where %s", async (_what, told) => {
    expect((await onOldCode({ ...told, alone: "yes" }))[1]).toBe("mixed");
  });

  it("runs all where a changed file holds no tests itself", async () => {
    const helper = { ...changedFile("test/helper.js", "old\n", "new\n"), added: 1 };
    const { facts } = toldFacts({});
    const files = [...facts.files, helper];
    expect((await onOldCode({ alone: "yes" }, { files }))[1]).toBe("mixed");
  });
});

describe("new tests that only fail to load on the old code", () => {
  const absent = { base, head, mixed: { verdict: "failed", names: { old: "passed" } } } as const;
  it.each<[string, Trial, string]>([
    ["count where nothing can be tried", NOTHING, "cannot-load-before"],
    ["count where they notice a change", tried(["noticed", "new"], ["survived"]), "cannot-load-before"],
    ["count where a change was noticed by tests without names", tried(["noticed"]), "cannot-load-before"],
    ["do not where only old ones notice", tried(["noticed", "old"], ["survived"]), "only-loads"],
    ["do not where only old ones notice and nothing survives", tried(["noticed", "old"]), "only-loads"],
    ["do not where nobody notices", tried(["survived"], ["not-reached"]), "only-loads"],
    ["leave it open where no change could be run", tried(["not-loaded"], ["no-answer"]), "only-loads-untried"],
    [
      "leave it open where nothing could be run",
      { outcome: "cannot", because: { code: "unprepared", facts: { why: "No room." } } },
      "cannot-run",
    ],
  ])("%s", async (_what, trial, code) => {
    const item = await judge(absent, trial);
    expect(item.code).toBe(code);
    expect(item.details[0]).toMatch(/only fail to load$/);
    if (code === "cannot-load-before")
      expect(item.evidence).toMatch(/it could not even load; .*1 new test passes: `new`/);
    else expect(item.evidence).toMatch(code === "cannot-run" ? /^No room\.$/ : /`test\/a\.test\.js` only fail to load/);
  });

  it("need no backing where one of them fails by itself", async () => {
    const more = { ...absent, head: { ...head, more: "passed" }, mixed: { old: "passed", more: "failed" } } as const;
    expect(await judge(more, tried(["survived"]))).toMatchObject({ code: "fails-before" });
  });
});

describe("an old test whose file cannot load on the old code", () => {
  const syntax = openSyntax();
  afterAll(() => syntax.close());
  const TEXT = (asks: string, from = "./a.js") =>
    `import assert from "node:assert";\nimport { f, Bad } from "${from}";\n\ntest("old", () => {\n  ${asks}\n});\n`;
  const judged = (asks: string, trial: Trial) => {
    const files = [
      changedFile(PRODUCT, "old\n", "new\n"),
      { ...changedFile(TEST, TEXT("assert.throws(() => f(2));"), TEXT(asks, "./b.js")), added: 1 },
    ];
    const told = { base, head: { old: "passed" }, mixed: { verdict: "failed", names: {} } } as const;
    return judge(told, trial, { files, syntax });
  };
  const MORE = 'assert.throws(() => f(2), new Bad("no 2"));';

  it.each<[string, string, Trial, string]>([
    ["shows the change where it asks for more and notices it", MORE, tried(["noticed", "old"]), "cannot-load-before"],
    ["shows nothing where it notices nothing", MORE, tried(["survived"]), "only-loads"],
    ["shows nothing where it asks for the same", "// 44\n  assert.throws(() => f(2));", tried(["noticed", "old"]), "passes-before"], // prettier-ignore
    ["shows nothing where it compares a number with itself", "assert.throws(() => f(2));\n  assert.equal(`${Bad}`.length > 0 && 771, 771);", tried(["noticed", "old"]), "passes-before"], // prettier-ignore
    ["shows nothing where it compares constants", 'assert.throws(() => f(2));\n  assert.equal(BAD, "bad");', tried(["noticed", "old"]), "passes-before"], // prettier-ignore
    ["shows the change where what is given comes back", "assert.throws(() => f(2));\n  assert.equal(f(771), 771);", tried(["noticed", "old"]), "cannot-load-before"], // prettier-ignore
    ["shows nothing where it asks for less", "f(2);", tried(["noticed", "old"]), "passes-before"],
  ])("%s", async (_what, asks, trial, code) => expect((await judged(asks, trial)).code).toBe(code));
});

describe("new tests that never end on the old code", () => {
  const stopped = { verdict: "stopped" } as const;
  const more = { ...head, new: "passed" } as const;
  it.each<[string, Told, string]>([
    ["show the change when they are stopped twice", { base, head: more, mixed: stopped }, "fails-before"],
    ["leave it open when they end on another look", { base, head: more, mixed: [stopped, more] }, "unfinished-before"],
    ["leave it open where there is no new one", { base, head: base, mixed: stopped }, "unfinished-before"],
    ["show nothing where they do not end after it", { base, head: stopped, mixed: stopped }, "red-on-head"],
    ["leave it open where nothing ended before", { base: stopped, head: more, mixed: stopped }, "unfinished-before"],
  ])("%s", async (_what, told, code) => expect((await judge(told)).code).toBe(code));

  it.each([
    ["waits and asserts nothing", "while (f(20) === 0);", "unfinished-before"],
    ["waits and asserts", "while (f(20) === 0);\n  assert.equal(f(20), 5);", "fails-before"],
    ["waits for an event", 'await once(f(20), "done");', "fails-before"],
  ])("one that %s", async (_what, body, code) => {
    const syntax = openSyntax();
    const file = { ...changedFile(TEST, "", `import assert from "node:assert";\ntest("new", async () => {\n  ${body}\n});\n`), added: 1 }; // prettier-ignore
    const item = await judge({ base, head: more, mixed: stopped }, NOTHING, { files: [changedFile(PRODUCT, "old\n", "new\n"), file], syntax }); // prettier-ignore
    await syntax.close();
    expect(item.code).toBe(code);
  });

  it("says which, and how long they were waited for", async () => {
    const item = await judge({ base, head: more, mixed: stopped });
    expect(item.evidence).toMatch(/do not come to an end: they were stopped twice, after 320 seconds\. .*: `new`\.$/);
  });
});

describe("new tests that nothing names", () => {
  const none = { verdict: "passed", count: null } as const;
  it.each<[string, Told, string, RegExp]>([
    ["failed before", { base: green, head: green, mixed: red }, "fails-before", /1 test failed; on this commit all 2 pass\.$/], // prettier-ignore
    ["could not load before", { base: green, head: green, mixed: { verdict: "failed", count: [1, 0] } }, "cannot-load-before", /could not even load; on this commit all 2 pass\.$/], // prettier-ignore
    ["passed before too", { base: green, head: green, mixed: green }, "passes-before", PASSES],
    ["were stopped before", { base: green, head: green, mixed: { verdict: "stopped" } }, "unfinished-before", /to their end/], // prettier-ignore
    ["fail among others that did", { base: red, head: green, mixed: red }, "red-before-anyway", /even without the new ones/], // prettier-ignore
    ["fail beside others that did", { base: red, head: green, mixed: { verdict: "failed", count: [1, 2] } }, "fails-before", /2 tests failed/], // prettier-ignore
    ["fail on this commit", { base: green, head: red, mixed: red }, "red-on-head", /do not pass on this commit\.$/],
    ["fail on this commit as the old ones did", { base: red, head: red, mixed: red }, "red-before-unnamed", /as they did before/], // prettier-ignore
    ["hang on this commit", { base: red, head: { verdict: "stopped" }, mixed: red }, "red-on-head", /do not pass/],
    ["are not counted", { base: none, head: none, mixed: red }, "no-count", /^Nothing shows/],
    [
      "are none",
      { base: none, head: { verdict: "passed", count: [0, 0] }, mixed: red },
      "no-test-ran",
      /^Nothing shows/,
    ],
  ])("%s", async (_what, told, code, words) => {
    const item = await judge(told);
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  });
});

describe("new tests that lose their names", () => {
  const mixed = { old: "passed", new: "failed" } as const;
  const sum = (names: Record<string, "passed">) => ({ verdict: "passed", count: [9, 0], names }) as const;

  it.each<[string, Told, string, RegExp]>([
    ["behind a sum that the code prints", { head: sum({}) }, "names-lost", /^Tests that fail on the code before the change are only counted on this commit, .*: `new`\.$/],
    ["while old ones keep theirs", { head: sum(base) }, "names-lost", /: `new`\.$/],
    ["never, where a sum is printed beside them", { head: sum(head) }, "fails-before", /^With/],
    ["without having had some", { mixed: red, head: sum({}) }, "fails-before", /^With/],
  ])("%s", async (_what, told, code, words) => {
    const item = await judge({ base, mixed, ...told });
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  }); // prettier-ignore
});

describe("a change without new tests", () => {
  const file = (path: string, added = 1, text = "") => ({
    ...changedFile(path, "old\n", "new\n"),
    ...{ added, addedLines: [{ line: 1, text }] },
  });
  it.each<[string, ProofFacts["files"], ProofFacts["type"], string]>([
    ["of code, where one is asked for", [file(PRODUCT)], "feature", "no-test"],
    ["that mends", [file(PRODUCT)], "bug", "no-test"],
    ["that only moves code", [file(PRODUCT)], "refactor", "no-test-unasked"],
    ["of a template", [file("src/a.tmpl")], "bug", "no-test-unasked"],
    ["of code whose lines stay", [file(PRODUCT, 0)], "bug", "no-test-unasked"],
    ["of documents", [file("README.md"), file("package.json")], "feature", "no-code"],
    ["of documents and code", [file("README.md"), file(PRODUCT)], "feature", "no-test"],
    ["of nothing", [], "feature", "no-test-unasked"],
    ["with its tests beside the code", [file("src/a.rs", 1, "#[tokio::test]")], "bug", "inside-code"],
    ["whose test file only lost lines", [file(PRODUCT), file(TEST, 0)], "bug", "no-test"],
    ["whose test file went", [file(PRODUCT), { ...file(TEST), action: "delete" }], "bug", "no-test"],
  ])("%s", async (_what, files, type, code) => {
    expect((await judge({ base, head: base, mixed: base }, NOTHING, { files, type })).code).toBe(code);
  });

  it.each<[readonly string[], ProofFacts["type"], string]>([
    [["README.md", PRODUCT, TEST], "bug", "no-test"],
    [["README.md", TEST], "feature", "no-test"],
    [["README.md"], "bug", "no-code"],
    [["README.md", PRODUCT], "refactor", "no-code"],
  ])("of documents alone, where the plan names %j for a %s", async (paths, type, code) => {
    const plan = { chunks: [{ files: paths.map((path) => ({ path })), tests: [] }] } as unknown as ProofFacts["plan"];
    const over = { files: [file("README.md")], type, plan };
    expect((await judge({ base, head: base, mixed: base }, NOTHING, over)).code).toBe(code);
  });

  it("shows by expected data that old tests read", async () => {
    const data = file("test/fixtures/a.json");
    const files = [file(PRODUCT), data];
    const { facts } = toldFacts({ base, head: base });
    const { tests } = facts.execution as Extract<ProofFacts["execution"], { state: "possible" }>;
    const at = (sha: string) => [data.path, { mode: "100644" as const, sha, sizeBytes: 1 }] as const;
    const withData = (side: ProofFacts["base"], sha: string) => ({ ...side, tree: new Map([...side.tree, at(sha)]) });
    const failing = toldFacts({ base: { old: "failed" } }).facts.execution as Extract<ProofFacts["execution"], { state: "possible" }>; // prettier-ignore
    const suite: typeof tests.suite = (tree, how) =>
      (tree.get(PRODUCT)?.sha === "old" && tree.get(data.path)?.sha === "new" ? failing.tests : tests).suite(tree, how);
    const changed = { files, base: withData(facts.base, "old"), head: withData(facts.head, "new") };
    const execution = { state: "possible", tests: { ...tests, suite } } as const;
    const shown = await failToPass({ ...facts, ...changed, execution }, Promise.resolve(NOTHING));
    expect([shown.code, shown.evidence]).toEqual(["fails-before", expect.stringMatching(/`old`/)]);
    const idle = await failToPass({ ...facts, ...changed }, Promise.resolve(NOTHING));
    expect(idle.code).toBe("no-test");
    const fresh = [file(PRODUCT), { ...data, action: "create" as const }];
    const created = await failToPass({ ...facts, ...changed, files: fresh, execution }, Promise.resolve(NOTHING));
    expect(created.code).toBe("no-test");
  });
});

describe("a change of tests alone", () => {
  const change = { file: TEST, test: "old", change: "update" as const, to: null, why: "it was red on slow machines" };
  const plan = (files: readonly string[], testChanges = [change]) =>
    ({ chunks: [{ files: files.map((path) => ({ path })), tests: [] }], testChanges }) as unknown as ProofFacts["plan"];
  const told = { base, head: base, mixed: base };
  it.each<[string, ProofFacts["plan"], readonly string[], string]>([
    ["that a plan of nothing else excuses", plan([TEST]), [TEST], "no-code"],
    ["without a plan", null, [TEST], "passes-before"],
    ["where nothing is excused", plan([TEST], []), [TEST], "passes-before"],
    ["where the plan speaks of code", plan([TEST, PRODUCT]), [TEST], "passes-before"],
    ["where code changed besides", plan([TEST]), [TEST, PRODUCT], "passes-before"],
  ])("%s", async (_what, given, paths, code) => {
    const files = paths.map((path) => ({ ...changedFile(path, "old\n", "new\n"), added: 1 }));
    expect((await judge(told, NOTHING, { plan: given, files, type: "bug" })).code).toBe(code);
  });
});

it("shows the last six lines of what a run said", async () => {
  const { details } = await judge({
    base: green,
    head: { verdict: "failed", count: [1, 1], output: LONG },
    mixed: red,
  });
  expect(details).toEqual(["npm test:", ...[15, 16, 17, 18, 19, 20].map((at) => `line ${at}`)]);
});

it("tells why nothing could be run", async () => {
  const execution = { state: "impossible", because: { code: "unprepared", facts: { why: "No sandbox." } } } as const;
  const item = await judge({}, NOTHING, { execution });
  expect([item.code, item.evidence]).toEqual(["cannot-run", "No sandbox."]);
});
