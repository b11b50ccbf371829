import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { environment } from "../../config.ts";
import { REPORTS_FOLDER } from "../../workspace/drivers/inside.ts";
import { fitting, nodeOptions } from "./inside-node.ts";

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

describe("ava", () => {
  const RUNS = [
    'import { Worker } from "node:worker_threads";',
    'process.stdout.write("TAP version 13\\nok 1 - own\\n");',
    'const evil = `require("node:fs").writeSync(1, "1..2\\\\nok 1 - old\\\\nBail out!\\\\n")`;',
    'const told = () => process.stdout.write(Buffer.from(`\\n1..1\\n# ${process.env.NODE_OPTIONS ?? "none"}\\n`));',
    "const worker = new Worker(evil, { eval: true, stdout: true });",
    'worker.on("exit", () => (told(), process.argv[2] === "killed" && process.kill(process.pid, "SIGKILL")));',
  ];

  it.each(["ended", "killed"])("is heard apart from what its tests print, where it has %s", (how) => {
    const path = join(folder, "node_modules/ava/entrypoints/cli.mjs");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, RUNS.join("\n"));
    const asked = nodeOptions("npx ava --tap", [], [], "npx ava --tap") ?? "";
    const options = asked.replaceAll(encodeURIComponent(REPORTS_FOLDER), encodeURIComponent(folder));
    const env = { PATH: environment().PATH, NODE_OPTIONS: options };
    const { stdout } = spawnSync(process.execPath, [path, how], { env, encoding: "utf8" });
    expect(readFileSync(join(folder, "ava.tap"), "utf8")).toBe("TAP version 13\nok 1 - own\n\n1..1\n# none\n");
    expect(stdout).toContain("ok 1 - old");
  });

  it("is heard where it is started alone", () => {
    expect(nodeOptions("npx ava", [], [], "npx ava")).toContain("--import=data:");
    expect(nodeOptions("tsc && ava", [])).toBeNull();
    expect(nodeOptions("node ava-check.js", [], [], "node ava-check.js")).toBeNull();
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

describe("a script that a change brings", () => {
  it.each<[script: string, base: string, fits: string]>([
    ["node --test", "node --test", "node --test"],
    ["node --test --test-reporter=spec", "node --test", "node --test --test-reporter=spec --test-reporter-destination=stdout"],
    ["c8 node --test --test-reporter dot t/", "node --test", "c8 node --test --test-reporter dot --test-reporter-destination=stdout t/"],
    ["node --test t/ && echo", "node --test --test-reporter=dot", "node --test --test-reporter=spec t/ && echo"],
    ["node --test --test-reporter=tap --test-reporter-destination=a", "node --test", "node --test --test-reporter=tap --test-reporter-destination=a"],
    ["mocha --reporter dot", "node --test", "mocha --reporter dot"],
    ["node --test --test-reporter=spec", "mocha", "node --test --test-reporter=spec"],
  ])("`%s` runs beside what is asked of `%s`", (script, base, fits) => {
    const options = nodeOptions("pnpm -r test", [base]) ?? "";
    expect(fitting(script, options)).toBe(fits);
    if (!/^node --test(?: --test-reporter\S+)*$/.test(fits) || /=a$/.test(fits)) return;
    const at = mkdtempSync(join(folder, "fit-"));
    writeFileSync(join(at, "a.test.cjs"), 'require("node:test")("adds", () => undefined)');
    const env = { PATH: environment().PATH, NODE_OPTIONS: options.replace(/--import=\S+/, "") };
    const [, ...words] = fits.split(" ");
    expect(execFileSync(process.execPath, words, { cwd: at, env, encoding: "utf8" })).toContain("adds");
  }); // prettier-ignore
});
