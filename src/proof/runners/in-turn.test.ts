import { describe, expect, it } from "@jest/globals";
import { memoryStore } from "../../../test/contracts/sandbox-fixture.ts";
import { instrument } from "./instrument.ts";
import { readOutput } from "./read-output.ts";

/** A line as npm begins each script with; a test that starts npm prints one too. */
const BANNER = "\n> fixture@0.0.0 build\n> tsc -p .\n\n";
const named = (output: string, inTurn: boolean) =>
  (readOutput(output, inTurn)?.cases ?? []).map(({ outcome, name }) => `${outcome}: ${name}`);

const RUNNERS: readonly (readonly [what: string, output: string, names: readonly string[]])[] = [
  ["tape", `TAP version 13\n# one\nnot ok 1 a\n${BANNER}# two\nok 2 b\n\n1..2\n# tests 2\n# pass  1\n# fail  1\n`, ["failed: a", "passed: b"]],
  ["mocha", `  suite\n    ✔ a\n${BANNER}    1) b\n\n  1 passing (5ms)\n  1 failing\n\n  1) suite\n       b:\n     Error: x\n`, ["passed: suite > a", "failed: suite > b"]],
  ["unittest", `test_a (t.A.test_a) ... FAIL\n${BANNER}test_b (t.A.test_b) ... ok\n\n${"-".repeat(70)}\nRan 2 tests in 0.1s\n\nFAILED (failures=1)\n`, ["failed: t.A.test_a", "passed: t.A.test_b"]],
  ["node", `✖ a (0.5ms)\n${BANNER}✔ b (0.5ms)\nℹ tests 2\nℹ suites 0\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 40\n`, ["failed: a", "passed: b"]],
  ["cargo", `running 2 tests\ntest a ... FAILED\n${BANNER}test b ... ok\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n`, ["failed: a", "passed: b"]],
]; // prettier-ignore

describe("a line of npm that a test printed", () => {
  const cases = RUNNERS.flatMap(([what, output, names]) => [true, false].map((inTurn) => [what, inTurn, output, names] as const)); // prettier-ignore
  it.each(cases)("takes no test out of a run of %s; packages in turn: %s", (_, inTurn, output, names) => {
    const opening = inTurn ? "\n> web@1.0.0 test\n> run\n\n" : "";
    expect(named(`${opening}${output}`, inTurn)).toEqual(names);
    expect(readOutput(`${opening}${output}`, inTurn)?.count).toEqual({ run: 2, passed: 1, failed: 1, skipped: 0 });
  });

  it("ends no turn where only a foreign sum was printed before it", () => {
    const printed = `\n> web@1.0.0 test\n> node --test\n\n✖ a (0.5ms)\nTests:       1 passed, 1 total\n${BANNER}`;
    const output = `${printed}✔ b (0.5ms)\nℹ tests 2\nℹ suites 0\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\n`;
    expect(named(output, true)).toContain("failed: a");
  });
});

describe("whether packages are tested in turn", () => {
  it.each<[command: string, inTurn: boolean]>([
    ["npm test -ws", true],
    ["npm run test --workspaces --if-present", true],
    ["npm -w a -w b test", true],
    ["npx nx run-many -t test", true],
    ["pnpm exec nx affected -t test", true],
    ["npx lerna run test", true],
    ["pnpm -r test", true],
    ["pnpm --filter=./packages/* test", true],
    ["yarn workspaces foreach -A run test", true],
    ["turbo run test", true],
    ["npm --prefix a test && npm --prefix b test", true],
    ["cd a && npm test && cd ../b && npm test", true],
    ["npm test", false],
    ["npm run build && npm test", false],
    ["cd web && npm test", false],
    ["pnpm test", false],
    ["mocha -r ts-node/register", false],
    ["cross-env CI=1 nx test web", true],
    ["node_modules/.bin/lerna run test", true],
    ["npx --yes turbo run test", true],
    ["node --test nx", false],
    ["jest test/nx", false],
    ["jest --projects packages/nx.config.js", false],
    ["make test", false],
  ])("`%s`: %s", async (command, inTurn) => {
    const { blobs, tree } = memoryStore();
    expect((await instrument(command, tree({}), blobs)).inTurn).toBe(inTurn);
  });

  it("is told by the script behind a command", async () => {
    const { blobs, tree } = memoryStore();
    const files = tree({ "package.json": JSON.stringify({ scripts: { test: "npm test --workspaces" } }) });
    expect((await instrument("npm test", files, blobs)).inTurn).toBe(true);
    expect((await instrument("make test", files, blobs)).inTurn).toBe(true);
  });
});

describe("the names of a workspace's tests", () => {
  const tape = (...names: string[]) =>
    `TAP version 13\n${names.map((name, at) => `# ${name}\nok ${at + 1} ${name}\n`).join("")}\n1..${names.length}\n# tests ${names.length}\n# pass  ${names.length}\n\n# ok\n`;
  const behind = (prefix: string, text: string) => text.split("\n").map((line) => `${prefix}${line}\n`).join(""); // prettier-ignore
  const pnpmOne = (folder: string, ...names: string[]) => `\n> x@1.0.0 test /workspace/${folder}\n> tape t.js\n\n${tape(...names)}`; // prettier-ignore
  const pnpm = (packages: Readonly<Record<string, string[]>>) =>
    `${Object.keys(packages).map((one) => `${one} test$ tape t.js\n`).join("")}${Object.entries(packages).map(([one, names]) => behind(`${one} test: `, tape(...names))).join("")}`; // prettier-ignore

  it("are the same whether pnpm tests one package or several", () => {
    const alone = named(pnpmOne("packages/a", "adds"), true);
    expect(alone).toEqual(["passed: packages/a > adds"]);
    expect(named(pnpm({ "packages/a": ["adds"], "packages/b": ["muls"] }), true)).toEqual(
      expect.arrayContaining(alone),
    );
  });

  it("are those of their package: one of the same name in another is another test", () => {
    expect(named(pnpmOne("packages/b", "adds"), true)).not.toEqual(named(pnpmOne("packages/a", "adds"), true));
    expect(named(pnpm({ "packages/a": ["subs"], "packages/b": ["adds"] }), true)).not.toContain("passed: packages/a > adds"); // prettier-ignore
  });

  it.each([
    ["a tool of its own", `\n> nx run web:test\n\n${tape("adds")}`],
    ["a script of npm", `\n> nx run web:test\n\n> web@1.0.0 test\n> tape t.js\n\n${tape("adds")}`],
    ["what it has kept", `\n> nx run web:test  [local cache]\n\n> web@1.0.0 test\n> tape t.js\n\n${tape("adds")}`],
    [
      "a stream of lines",
      `\n> nx run web:test\n\n${behind("web: ", `> web@1.0.0 test\n> tape t.js\n${tape("adds")}`)}`,
    ],
  ])("are the same when nx runs %s", (_, output) => {
    expect(named(output, true)).toEqual(["passed: web > adds"]);
  });
});
