import { afterAll, describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { changedFile } from "../../../test/support/changed-file.ts";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { FileDiff } from "../../trees/diff.ts";
import type { ProofFacts } from "../evidence.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { tamper as judge } from "./tamper.ts";

/** As people read it. */
const tamper = async (...given: Parameters<typeof judge>) => worded(await judge(...given));

const syntax = openSyntax();
afterAll(() => syntax.close());

const HEADER = "import pytest\n\n\n@pytest.fixture\ndef cart():\n    return [1]\n";
const MORE = `${HEADER}\n\n@pytest.fixture\ndef basket():\n    return [2]\n`;

async function found(files: readonly FileDiff[], over: { accepted?: string[]; ours?: string[]; run?: string } = {}) {
  const policy = { ...DEFAULT_POLICY, protected: over.ours ?? [] };
  const base = {
    tree: new Map(files.map(({ path, before }) => [path, { mode: "100644", sha: before, sizeBytes: 1 }])),
  };
  const facts = {
    ...{ files, policy, syntax, base, commands: over.run ? [{ run: over.run }] : [] },
    blobs: { get: async (sha: string) => Buffer.from(sha) },
    protectedAccepted: over.accepted ?? [],
  };
  const { code, details, evidence } = await tamper(facts as unknown as ProofFacts);
  return { code, details, evidence };
}
const conftest = (after: string, before = HEADER) => changedFile("tests/conftest.py", before, after);

describe("a conftest.py", () => {
  it.each<[string, FileDiff, object, string]>([
    ["that only has a fixture more decides nothing", conftest(MORE), {}, "untouched"],
    ["whose fixture gives something else is touched", conftest(HEADER.replace("[1]", "[]")), {}, "touched"],
    ["that has a hook more is touched", conftest(`${HEADER}\n\ndef pytest_configure():\n    pass\n`), {}, "touched"],
    ["that the policy protects is touched, whatever it has more", conftest(MORE), { ours: ["tests/**"] }, "touched"],
    ["that becomes a program is touched", { ...conftest(MORE), modeAfter: "100755" }, {}, "touched"],
  ])("%s", async (_what, file, over, code) => expect((await found([file], over)).code).toBe(code));
});

describe("any other file", () => {
  const link = (path: string, before: string | null) => ({ ...changedFile(path, "a", "b"), modeBefore: before, modeAfter: "120000" }) as FileDiff; // prettier-ignore
  const limits = (lines: number, more = "") => `export default { coverageThreshold: { global: { lines: ${lines} } }${more} };\n`; // prettier-ignore
  it.each<[string, FileDiff, string]>([
    ["may say what it likes", changedFile("src/a.js", "a\n", "b\n"), "untouched"],
    ["that becomes a link is touched", link("src/a.js", "100644"), "touched"],
    ["that is a new link is touched", link("src/a.js", null), "touched"],
    ["that was a link and leads elsewhere is not", link("src/a.js", "120000"), "untouched"],
    ["that is a repository of its own is touched", { ...changedFile("lib", "a", "b"), modeAfter: "160000" }, "touched"],
    ["that decides how tests run is touched", changedFile("c8.config.js", limits(80), limits(80, ", bail: 1")), "touched"],
    ["in which more has to be covered is not", changedFile("c8.config.js", limits(80), limits(90)), "untouched"],
    ["in which less has to be covered is touched", changedFile("c8.config.js", limits(80), limits(70)), "touched"],
    ["with more to cover and other settings is touched", changedFile("c8.config.js", limits(80), limits(90, ", bail: 1")), "touched"],
    ["with another script is touched", changedFile("package.json", '{ "scripts": { "test": "a" } }', '{ "scripts": { "test": "b" } }'), "touched"],
    ["that only tests read is not", changedFile("test/__snapshots__/a.snap", "a", "b"), "untouched"],
  ])("%s", async (_what, file, code) => expect((await found([file])).code).toBe(code)); // prettier-ignore
});

describe("protected files", () => {
  const workflows = Array.from({ length: 6 }, (_, at) =>
    changedFile(`.github/workflows/w${at}.yml`, "on: push\n", "on: []\n"),
  );
  const paths = workflows.map(({ path }) => path);

  it("are named up to four, and the others counted", async () => {
    expect(await found(workflows)).toEqual({
      code: "touched",
      details: paths,
      evidence: `A person has to say yes to the change of ${paths.slice(0, 4).map((path) => `\`${path}\` (protected)`).join(", ")} and 2 more.`, // prettier-ignore
    });
  });

  it("pass where a person accepted each of them, and only then", async () => {
    expect((await found(workflows, { accepted: paths })).code).toBe("accepted");
    expect((await found(workflows, { accepted: paths.slice(1) })).details).toEqual(paths.slice(0, 1));
  });

  it("are also what the test command calls", async () => {
    const script = changedFile("scripts/check.sh", "node --test\n", "exit 0\n");
    expect((await found([script], { run: "sh scripts/check.sh" })).code).toBe("touched");
    expect((await found([script], { run: "npm test" })).code).toBe("untouched");
  });
});
