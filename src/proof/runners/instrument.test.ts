import { describe, expect, it } from "@jest/globals";
import { memoryStore } from "../../../test/contracts/sandbox-fixture.ts";
import { instrument } from "./instrument.ts";

describe("node's own runner", () => {
  const OURS = "--test-reporter=ours --test-reporter-destination=stderr";
  it.each<[string, string | undefined]>([
    ["node --test", `--test-reporter=spec --test-reporter-destination=stdout ${OURS}`],
    ["node --test --test-reporter=dot", `${OURS} --test-reporter-destination=stdout`],
    ["node --test --test-reporter dot test/", `${OURS} --test-reporter-destination=stdout`],
    ["node --test --test-reporter=tap --test-reporter-destination=out.tap", OURS],
    ["node --test --test-reporter=tap --test-reporter=dot --test-reporter-destination=a", undefined],
    ["node check.js", undefined],
  ])("is asked for a report beside its own in `%s`", async (command, options) => {
    const { blobs, tree } = memoryStore();
    const { environment } = await instrument(command, tree({}), blobs);
    expect(environment["NODE_OPTIONS"]?.replace(/=data:\S+/, "=ours")).toBe(options);
  });
});

describe("mocha", () => {
  it.each<[string, boolean, boolean]>([
    ["mocha", true, true],
    ["npx mocha --recursive test", true, true],
    ["node_modules/.bin/mocha", true, true],
    ["ts-mocha -p tsconfig.json", true, true],
    ["nyc mocha", true, true],
    ["node --test && mocha", true, false],
    ["eslint . && mocha", true, false],
    ["mochawesome-merge", false, false],
    ["node check-mocha.js", false, false],
    ["node --test", false, false],
  ])("is listened to in `%s`: %s", async (command, asked, sole) => {
    const { blobs, tree } = memoryStore();
    const found = await instrument(command, tree({}), blobs);
    const option = found.environment["NODE_OPTIONS"] ?? "";
    expect([option.includes("--import=data:"), found.sole, found.command]).toEqual([asked, sole, command]);
    expect(option).not.toMatch(/["'\s](?!--)/);
  });
});

describe("a report", () => {
  const believed = async (command: string) => {
    const { blobs, tree } = memoryStore();
    const { reports, command: asked } = await instrument(command, tree({}), blobs);
    return { asked, reports: reports.map((one) => one.split("/").at(-1)) };
  };
  it.each<[said: string, reports: string[], added?: string]>([
    ["pytest -q", ["pytest.xml"]],
    ["uv run pytest", ["pytest.xml"]],
    ["uv run --frozen --extra dev pytest -q", ["pytest.xml"]],
    ["poetry run python -m pytest tests", ["pytest.xml"]],
    [`env A=1 B="two words" pytest`, ["pytest.xml"]],
    ["coverage run --branch -m pytest tests", ["pytest.xml"]],
    ["bundle exec rspec", ["rspec.json"]],
    ["c8 mocha", ["mocha-*.json"]],
    ["npx nyc --reporter=text ava", ["ava.tap"], "npx nyc --reporter=text ava --tap"],
    ["ava --watch", ["ava.tap"]],
    ["tape test", []],
    ["cargo test", []],
    ["cargo nextest run -- --ignored", ["nextest.xml"], "printf '%s"],
    ["cargo nextest list", []],
    ["swift test --parallel", ["swift.xml", "swift-swift-testing.xml"], "swift test --xunit-output "],
    ["swift build", []],
    ["cross-env NODE_ENV=test c8 --all mocha --recursive", ["mocha-*.json"]],
    ["yarn exec tap", ["tap.tap"], "yarn exec tap --output-file="],
    ["tap -o own.tap", ["tap.tap"]],
    ["npx tap run test", ["tap.tap"], "npx tap run test --output-file="],
    ["npx playwright test", ["playwright.json"], "npx playwright test --reporter=list,json"],
    ["c8 playwright test e2e", ["playwright.json"], "c8 playwright test e2e --reporter=list,json"],
    ["playwright test --reporter=dot", ["playwright.json"]],
    ["playwright install", ["*"]],
    ["c8 node --test", ["node-*.json"]],
    ["pnpm exec jest", ["jest.json"], "pnpm exec jest --json --outputFile="],
    ["cross-env CI=1 c8 jest", ["jest.json"], "cross-env CI=1 c8 jest --json --outputFile="],
    ["env CI=1 vitest run", ["vitest.json"], "env CI=1 vitest run --reporter=default --reporter=json"],
    ["npm exec jest", ["*"]],
    ["c8 --reporter text mocha", ["*"]],
    ["uv run check.py", ["*"]],
    ["make test", ["*"]],
    ["pytest && echo well", ["*"]],
  ])("of `%s` is believed where the runner was asked for it", async (said, reports, added = said) => {
    const found = await believed(said);
    expect(found.reports).toEqual(reports);
    expect(found.asked.startsWith(added)).toBe(true);
  });

  it("of nextest is asked for by settings behind the repository's own", async () => {
    const { asked } = await believed("cargo nextest run --all -- --ignored");
    const [settings, command] = asked.split(" && ");
    expect(settings).toContain(`'path = "/tmp/coop-reports/nextest.xml"'`);
    expect(command).toBe("cargo nextest run --tool-config-file coop:/tmp/coop-reports/nextest.toml --all -- --ignored");
  });

  it.each([
    ["swift test", false],
    ["cargo nextest run", true],
    ["ava", true],
  ])("of `%s` holds all tests: %s", async (command, sole) => {
    const { blobs, tree } = memoryStore();
    expect((await instrument(command, tree({}), blobs)).sole).toBe(sole);
  });
});

describe("a workspace or a chain", () => {
  const JEST = JSON.stringify({ scripts: { test: "jest", build: "vitest" } });
  it.each<[command: string, files: Readonly<Record<string, string>>, asked: boolean, hasReport?: boolean]>([
    ["pnpm -r test", { "packages/a/package.json": JEST }, true],
    ["npm test", { "package.json": JSON.stringify({ scripts: { test: "turbo test" } }), "a/package.json": JEST }, true],
    ["npm test", { "package.json": JSON.stringify({ scripts: { test: "tsc && jest" } }) }, true],
    ["npm test", { "package.json": JSON.stringify({ scripts: { test: "npm run test:unit", "test:unit": "jest" } }) }, true],
    ["npm test", { "package.json": JSON.stringify({ scripts: { test: "vitest --coverage" } }) }, true],
    ["make test", { "package.json": JEST }, true],
    ["npm test", { "package.json": JEST }, false],
    ["pnpm -r test", { "packages/a/package.json": JEST }, false, true],
    ["pnpm -r test", { "examples/a/package.json": JEST, "b/package.json": "no JSON", "c/package.json": "null" }, false],
    ["pnpm -r test", { "a/package.json": JSON.stringify({ scripts: { build: "jest", test: 1 } }) }, false],
  ])("`%s` of %j hands on what is asked: %s", async (command, files, asked, hasReport = false) => {
    const { blobs, tree } = memoryStore();
    const { environment } = await instrument(command, tree(files), blobs, undefined, hasReport);
    expect((environment["NODE_OPTIONS"] ?? "").includes("--import=data:")).toBe(asked);
  }); // prettier-ignore
});

describe("what a change brings", () => {
  const node = (script: string) => JSON.stringify({ scripts: { test: script } });
  const BASE = { "packages/a/package.json": node("node --test") };
  const many = Object.fromEntries(Array.from({ length: 45 }, (_, at) => [`aa/${at}/package.json`, node("tsc")]));

  it.each<[what: string, head: Readonly<Record<string, string>>]>([
    ["a package with a reporter of its own", { ...BASE, "packages/b/package.json": node("node --test --test-reporter=dot") }],
    ["many packages before the others", { ...many, ...BASE }],
    ["another reporter in an old package", { "packages/a/package.json": node("node --test --test-reporter=tap") }],
    ["a script that hides what it starts", { "packages/a/package.json": node("sh run.sh") }],
  ])("has no say in what the tests are asked: %s", async (_, head) => {
    const { blobs, tree } = memoryStore();
    const [before, now] = [tree(BASE), tree(head)];
    const asked = (files: typeof now) => instrument("pnpm -r test", files, blobs, undefined, false, before);
    const { environment } = await asked(before);
    expect(environment["NODE_OPTIONS"]).toContain("--test-reporter=data:");
    expect((await asked(now)).environment["NODE_OPTIONS"]).toBe(environment["NODE_OPTIONS"]);
  });

  it("is asked too where that changes nothing for the others", async () => {
    const { blobs, tree } = memoryStore();
    const asked = async (script: string) => {
      const now = tree({ ...BASE, "packages/b/package.json": node(script) });
      return (await instrument("pnpm -r test", now, blobs, undefined, false, tree(BASE))).environment["NODE_OPTIONS"];
    };
    expect(await asked("mocha")).toMatch(/^--test-reporter=spec .* --import=data:/);
    expect(await asked("vitest run")).toMatch(/^--test-reporter=spec .* --import=data:/);
  });
}); // prettier-ignore
