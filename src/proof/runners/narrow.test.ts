import { describe, expect, it } from "@jest/globals";
import { narrowTo, type Narrowed } from "./narrow.ts";
import { repeatNew } from "./repeat.ts";
import type { SuiteRun, Tests } from "./suite.ts";
import type { TestCase } from "./test-case.ts";

const one = (name: string): TestCase => ({ file: null, name, outcome: "passed" });

describe("new tests alone", () => {
  it.each<[string, string[], string[], Narrowed | null]>([
    ["node --test", ["test/a.test.js"], ["adds"], { add: "./test/a.test.js" }],
    ["node --import=tsx --test", ["a.ts"], ["adds"], { add: "./a.ts" }],
    ["node --test test/", ["test/a.test.js"], ["it adds"], null],
    ["jest --coverage", ["a.test.js"], ["adds"], { add: "--runTestsByPath ./a.test.js" }],
    ["vitest run", ["a.test.ts"], ["adds"], { add: "./a.test.ts" }],
    ["jest", ["a b.test.js"], ["it adds"], null],
    [
      "python3 -m pytest -q",
      ["t.py"],
      ["T > test_a[1-2]", "test_b"],
      { environment: { PYTEST_ADDOPTS: '-k "test_a or test_b"' } },
    ],
    ["pytest -q", ["a/t.py", "b/u.py"], [], { environment: { PYTEST_ADDOPTS: '-k "t.py or u.py"' } }],
    ["pytest -q", ["t.py", "rows.json"], [], null],
    ["pytest -q", ["a-b.py"], [], null],
    ["pytest tests", ["tests/t.py"], [], null],
    ["python3 -m unittest discover", ["t.py"], ["T > test_a"], { add: "-p t.py -k test_a" }],
    ["python3 -m unittest discover", ["t.py"], ["tests.test_t.T.test_a"], { add: "-p t.py -k test_a" }],
    ["python3 -m unittest discover", ["t.py"], ["test_a (tests.test_t.T.test_a)"], { add: "-p t.py -k test_a" }],
    ["python3 -m unittest discover -s a -t .", ["a/t.py"], [], { add: "-p t.py" }],
    ["python3 -m unittest discover -s a", ["a/t.py", "a/u.py"], ["T > test_a"], { add: "-k test_a" }],
    ["python3 -m unittest discover -p '*_t.py'", ["a_t.py"], [], null],
    ["python3 -m unittest", ["t.py"], [], null],
    [
      "go test -v ./...",
      ["a_test.go"],
      ["TestA > sub", "TestB"],
      {
        replace: [
          ["go test", "go test -run '^(TestA|TestB)$'"],
          ["./...", "."],
        ],
      },
    ],
    ["go test -v ./pkg", ["a_test.go"], ["TestA"], { replace: [["go test", "go test -run '^(TestA)$'"]] }],
    ["go test ./...", ["a_test.go"], ["ExampleA"], { replace: [["./...", "."]] }],
    ["go test ./...", ["m/a_test.go", "m/b_test.go", "n/a_test.go"], [], { replace: [["./...", "./m ./n"]] }],
    ["go test ./...", ["m/a_test.go", "testutil/more.go"], [], null],
    ["go vet ./... && go test ./...", ["m/a_test.go"], [], null],
    ["mocha", ["a.js"], ["adds up"], null],
    ["mvn -B test", ["A.java"], ["A > adds"], null],
  ])("%s", (said, files, names, expected) => {
    expect(narrowTo(said, { files, cases: names.map(one) })).toEqual(expected);
  });
});

describe("new tests", () => {
  const run = (names: Record<string, TestCase["outcome"]>, durationMs = 10): SuiteRun => {
    const cases = Object.entries(names).map(([name, outcome]) => ({ file: null, name, outcome }));
    const runs = [
      {
        command: "x",
        verdict: "passed",
        exitCode: 0,
        output: "",
        count: null,
        cases,
        named: true,
        notLoaded: [],
        durationMs,
      },
    ] as const;
    return { verdict: "passed", count: null, runs, names: new Map(Object.entries(names)), notLoaded: [] };
  };

  it("run five times, and those that fail in one of them are flaky", async () => {
    const asked: unknown[] = [];
    const tests: Tests = {
      commands: [],
      run: () => Promise.reject(new Error("not asked")),
      runsFilesAlone: () => Promise.resolve(false),
      suite: (_, how) => {
        asked.push(how?.again);
        return Promise.resolve(run({ steady: "passed", shaky: how?.again === 4 ? "failed" : "passed" }));
      },
    };
    const first = run({ old: "passed", steady: "passed", shaky: "passed" });
    const found = await repeatNew(tests, new Map(), first, new Set(["steady", "shaky"]), ["a.test.js"]);
    const failures = new Map(Object.entries({ steady: 0, shaky: 1 }));
    expect(found).toEqual({ flaky: ["shaky"], times: 5, failures });
    expect(new Set(asked).size).toBe(4);
    const slow = run({ shaky: "passed" }, 90_000);
    expect(await repeatNew(tests, new Map(), slow, new Set(["shaky"]), [])).toMatchObject({ flaky: [], times: 1 });
  });
});
