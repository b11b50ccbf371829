import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { environment } from "../../config.ts";
import { nodeOptions } from "./inside-node.ts";

/** What is asked of jest and vitest where a workspace or a chain starts them, by a process that stands in their place. */
const folder = mkdtempSync(join(tmpdir(), "coop-inside-node-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SAYS = "console.log(JSON.stringify([process.argv.slice(2),process.env.NODE_OPTIONS??null]))";

function started(file: string, words: readonly string[], behind: readonly string[], given = ""): [string[], string] {
  const path = join(folder, "node_modules", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, SAYS);
  const options = `${given} ${nodeOptions("pnpm -r test", behind) ?? ""}`.trim();
  const env = { PATH: environment().PATH, NODE_OPTIONS: options };
  return JSON.parse(execFileSync(process.execPath, [path, ...words], { env, encoding: "utf8" })) as [string[], string];
}

const VITEST = "vitest/vitest.mjs";
const JEST = "jest/bin/jest.js";

describe("a runner behind something else", () => {
  it.each<[file: string, words: string[], script: string, asked: string]>([
    [VITEST, ["run"], "vitest run", "--reporter=default --reporter=json --outputFile.json=/N.json run"],
    [VITEST, ["run", "--watch=false"], "tsc && vitest run", "--reporter=default --reporter=json --outputFile.json=/N.json run --watch=false"],
    [VITEST, ["run", "--reporter=dot"], "vitest run", "run --reporter=dot"],
    [VITEST, ["run", "--outputFile.junit=a"], "vitest run", "run --outputFile.junit=a"],
    [VITEST, ["--watch"], "vitest", "--watch"],
    [VITEST, ["bench"], "vitest bench", "bench"],
    [JEST, [], "jest", "--json --outputFile=/N.json"],
    ["jest-cli/bin/jest.js", ["a.test.js"], "jest a.test.js", "--json --outputFile=/N.json a.test.js"],
    ["react-scripts/scripts/test.js", ["--watchAll=false"], "react-scripts test", "--json --outputFile=/N.json --watchAll=false"],
    [JEST, ["--json"], "jest --json", "--json"],
    [JEST, ["--reporters=x"], "jest", "--reporters=x"],
    [JEST, ["--watchAll"], "jest", "--watchAll"],
    ["eslint/bin/eslint.js", ["."], "jest", "."],
    ["jest-worker/build/processChild.js", ["x"], "jest", "x"],
  ])("%s %j of `%s` is started with %s", (file, words, script, asked) => {
    const [heard] = started(file, words, [script]);
    expect(heard.join(" ").replace(/=\S*\/(?:jest|vitest)-\d+\.json/, "=/N.json")).toBe(asked);
  }); // prettier-ignore

  it("asks nothing of what its tests start", () => {
    expect(started(JEST, [], ["jest"])[1]).toBeNull();
    expect(started(JEST, [], ["jest"], "--no-warnings")[1]).toBe("--no-warnings");
    expect(started("eslint/bin/eslint.js", [], ["jest"])[1]).toContain("--import=data:");
  });
});

describe("what scripts behind a command are asked", () => {
  it.each<[what: string, said: string, behind: string[], options: RegExp | null]>([
    ["node's runner of one package", "pnpm -r test", ["node --test"], /^--test-reporter=spec .*stderr$/],
    ["node's runner, told apart nowhere", "pnpm -r test", ["node --test", "node --test test/"], /^--test-reporter=spec \S+ --test-reporter=data:\S+ \S+$/],
    ["two ways of telling", "pnpm -r test", ["node --test", "node --test --test-reporter=dot"], null],
    ["mocha", "turbo test", ["mocha"], /^--import=data:\S+$/],
    ["node's runner beside jest", "turbo test", ["node --test", "jest"], /^--test-reporter=spec .* --import=data:\S+$/],
    ["a name that only holds theirs", "pnpm -r test", ["vitest-preview", "eslint jest.config.js"], null],
    ["a runner that is asked by its own words", "jest", [], null],
  ])("%s", (_what, said, behind, options) => {
    const found = nodeOptions(said, behind);
    if (options === null) expect(found).toBeNull();
    else expect(found).toMatch(options);
  }); // prettier-ignore
});
