import { describe, expect, it } from "@jest/globals";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import { instrument } from "./instrument.ts";
import { lastLines, openTests } from "./suite.ts";

/** What a report says and what the terminal shows may differ: code under test prints what it likes. */
const suite = (...names: readonly string[]) =>
  `<testsuites><testsuite name="s">${names.map((name) => `<testcase name="${name}"/>`).join("")}</testsuite></testsuites>`;
const JEST = JSON.stringify({
  numTotalTests: 1,
  testResults: [{ name: "/workspace/a.js", assertionResults: [{ ancestorTitles: [], title: "a", status: "passed" }] }],
});

async function ran(...asked: Parameters<typeof runOf>) {
  const { count, named } = await runOf(...asked);
  return [count?.run, named];
}

async function runOf(
  run: string,
  printed: string,
  reports: Readonly<Record<string, string>>,
  files = {},
  report: string | undefined = undefined,
) {
  const { tree, blobs } = memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(String(text))]));
  const sandbox: Sandbox = {
    driver: "bubblewrap",
    version: "1",
    run: (request) => {
      request.onOutput?.(Buffer.from(printed));
      const asked = (request.reports ?? []).map(
        (one) => new RegExp(`^${one.replace(/[.]/g, "\\.").replace(/\*/g, "[^/]*")}$`),
      );
      const all = Object.entries(reports).map(
        ([name, text]) => [name.includes("/") ? name : `${REPORTS_FOLDER}/${name}`, Buffer.from(text)] as const,
      );
      const found = all.filter(([path]) => asked.some((one) => one.test(path)));
      const told = { reports: new Map(found), output: printed, durationMs: 1 };
      return Promise.resolve({ outcome: "exited", exitCode: 0, ...told });
    },
  };
  const command: VerifyCommand = {
    name: "tests",
    run,
    proves: "tests",
    timeoutSeconds: 60,
    ...(report ? { report } : {}),
  };
  return openTests({ sandbox, blobs, commands: [command] }).run(tree, command);
}

it("the last lines of an output are those that say something", () => {
  const output = [
    "not ok 1 - adds",
    "  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:",
    "  2 !== 1",
    "      at TestContext.<anonymous> (file:///repository/a.test.js:6:10)",
    "      at Test.runInAsyncScope (node:async_hooks:227:14)",
    "      at async startSubtestAfterBootstrap (node:internal/test_runner/harness:358:3) {",
    "    generatedMessage: true,",
    "    code: 'ERR_ASSERTION',",
    "    actual: 2,",
    "    expected: 1,",
    "    operator: 'strictEqual',",
    "    diff: 'simple'",
    "  }",
    "]);",
    "code: 7",
  ].join("\n");
  expect(lastLines(output, 5)).toEqual([
    "2 !== 1",
    "at TestContext.<anonymous> (file:///repository/a.test.js:6:10)",
    "actual: 2,",
    "expected: 1,",
    "code: 7",
  ]);
});

describe("a run", () => {
  it("knows a file that could not be loaded from either, from the terminal and from the report", async () => {
    const printed =
      "FAIL b.test.js\n  ● Test suite failed to run\n\n    SyntaxError: x\n\nTests:       1 passed, 1 total\n";
    expect(await runOf("npx jest", printed, { "jest.json": JEST })).toMatchObject({ notLoaded: ["b.test.js"] });
    const failed = { name: "/workspace/c.js", status: "failed", message: "SyntaxError: x", assertionResults: [] };
    const report = JSON.parse(JEST) as { testResults: object[] };
    const told = JSON.stringify({ ...report, testResults: [...report.testResults, failed] });
    expect(await runOf("npx jest", printed, { "jest.json": told })).toMatchObject({ notLoaded: ["c.js", "b.test.js"] });
  });

  it.each<[string, string, string, Record<string, string>, Record<string, string>, unknown[]]>([
    ["that names nothing and leaves out most", "npm test", "\n  1 passing (1s)\n  2 pending\n", {}, {}, [1, false]],
    ["that prints a summary", "npx jest", "Tests:       9 passed, 9 total\n", { "jest.json": JEST }, {}, [1, true]],
    [
      "whose script is one runner",
      "npm test",
      "\n  9 passing (1s)\n",
      { "jest.json": JEST },
      { "package.json": '{"scripts":{"test":"jest --ci"}}' },
      [1, true],
    ],
    [
      "of pytest, one error more than tests",
      "python3 -m pytest -q",
      "2 passed, 1 error in 0.1s\n",
      { "pytest.xml": suite("a", "b") },
      {},
      [2, true],
    ],
    [
      "of two runners, whose report the second one overwrote",
      "make test",
      "3 passed in 0.1s\n2 passed in 0.1s\n",
      { "pytest.xml": suite("a", "b") },
      {},
      [5, false],
    ],
    [
      "in a chain, with reports of both",
      "pytest a && pytest b",
      "1 passed in 0.1s\n",
      { "a.xml": suite("a"), "b.xml": suite("b") },
      {},
      [2, true],
    ],
    ...["go test ./...", "cargo test", "npx mocha", "mvn -B test", "cd api && python3 manage.py test"].map(
      (run): [string, string, string, Record<string, string>, Record<string, string>, unknown[]] => [
        `of \`${run}\`, where the code left a report of its own`,
        run,
        "",
        { "x.xml": suite("a", "b"), "node-7.json": '{"file":"a","name":["a"],"outcome":"passed"}' },
        {},
        [undefined, false],
      ],
    ),
    [
      "beside whose report the code left another one",
      "cd api && python3 -m pytest -q",
      "",
      { "pytest.xml": suite("a"), "more.xml": suite("b") },
      {},
      [1, true],
    ],
    [
      "whose report was cut short",
      "npx jest",
      "Tests:       9 passed, 9 total\n",
      { "jest.json": JEST.slice(9) },
      {},
      [9, false],
    ],
    ["that says nothing", "npx jest", "hello\n", {}, {}, [undefined, false]],
  ])("%s", async (_, command, printed, reports, files, expected) => {
    expect(await ran(command, printed, reports, files)).toEqual(expected);
  });
});

describe("the report that a policy names", () => {
  const named = (run: string, printed: string, reports: Readonly<Record<string, string>>, report = "out/junit-*.xml") =>
    ran(run, printed, reports, { "package.json": '{"scripts":{"test":"jest"}}' }, report);

  it.each([
    ["is not counted a second time by one that the runner was asked for", "pytest", { "pytest.xml": suite("a") }],
    [
      "is the only one of a runner that would be told where to report",
      "npx playwright test",
      { "playwright.json": JEST },
    ],
  ])("%s", async (_, run, ours) => {
    expect(await named(run, "", { "out/junit-1.xml": suite("a", "b"), ...ours })).toEqual([2, true]);
  });

  it("may be several files, beside others that it does not name", async () => {
    const files = {
      "out/junit-1.xml": suite("a"),
      "out/junit-2.xml": suite("b"),
      "target/surefire-reports/c.xml": suite("c"),
    };
    expect(await named("mvn test", "", files)).toEqual([2, true]);
  });

  it("is not beaten by what the tests print", async () => {
    expect(await named("npx mocha", "  9 passing (1s)\n", { "out/junit-1.xml": suite("a") })).toEqual([1, true]);
  });

  it("gives way to what else is known where it was not written, or cannot be read", async () => {
    expect(await named("pytest", "", { "pytest.xml": suite("a") })).toEqual([1, true]);
    expect(await named("pytest", "", { "pytest.xml": suite("a"), "out/junit-1.xml": "<testsuites" })).toEqual([
      1,
      true,
    ]);
  });

  it("is written by the reporter that the repository configured: no argument takes its place", async () => {
    const { tree, blobs } = memoryTree([]);
    expect((await instrument("npx playwright test", tree, blobs, undefined, true)).command).toBe("npx playwright test");
    expect((await instrument("npx playwright test", tree, blobs)).command).not.toBe("npx playwright test");
  });
});

describe("a Node that takes none of our options", () => {
  const refusal = (name: string) => `/usr/bin/node: --${name}= is not allowed in NODE_OPTIONS\n`;

  async function asOften(command: string, says: (options: string | undefined, time: number) => [number, string]) {
    const { tree, blobs } = memoryTree([]);
    const options: (string | undefined)[] = [];
    const sandbox: Sandbox = {
      ...{ driver: "podman", version: "1" },
      run: (request) => {
        options.push(request.environment?.["NODE_OPTIONS"]);
        const [exitCode, output] = says(options.at(-1), options.length);
        request.onOutput?.(Buffer.from(output));
        return Promise.resolve({ outcome: "exited", exitCode, output, durationMs: 1, reports: new Map() });
      },
    };
    const verify: VerifyCommand = { name: "tests", run: command, proves: "tests", timeoutSeconds: 60 };
    const prepared = () => ({ mounts: [], environment: { NODE_OPTIONS: "--max-old-space-size=900" } });
    const tests = openTests({ sandbox, blobs, commands: [verify], prepared });
    const first = await tests.run(tree, verify);
    await tests.run(tree, verify, { again: 1 });
    return { verdict: first.verdict, count: first.count?.run, asked: options.map((one) => one?.includes("data:")) };
  }

  it.each([
    ["mocha", "import"],
    ["node --test", "test-reporter"],
  ])("runs the tests once more without them: %s", async (command, name) => {
    const found = await asOften(command, (options) =>
      options?.includes("data:") ? [9, refusal(name)] : [0, "\n  2 passing (1ms)\n"],
    );
    expect(found).toEqual({ verdict: "passed", count: 2, asked: [true, false, false] });
  });

  it("is no reason to run tests again that ran", async () => {
    const found = await asOften("mocha", () => [1, `\n  1 passing (1ms)\n  1 failing\n${refusal("import")}`]);
    expect(found).toEqual({ verdict: "failed", count: 2, asked: [true, true] });
  });

  it("that refuses what the repository asks too has failed", async () => {
    const found = await asOften("mocha", () => [9, refusal("import")]);
    expect(found).toEqual({ verdict: "failed", count: undefined, asked: [true, false, false] });
  });
});
