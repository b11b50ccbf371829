import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY, type Policy } from "../core/rules/policy.ts";
import type { ProofItem } from "../core/ticket/proof-items.ts";
import type { Check } from "../forge/forge.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import type { SandboxCheck } from "../workspace/sandbox.ts";
import { unreadProof } from "./apart/unread-proof.ts";
import { collectProof } from "./collect.ts";
import type { ProofInput } from "./evidence.ts";
import { inWords } from "../messages/proof/in-words.ts";

/** What is asked of a change where nothing can be run here: by policy, by a person's word, by checks that stand in. */
const WORKFLOW = "jobs:\n  unit:\n    steps:\n      - run: npm test\n  lint:\n    steps:\n      - run: npm run lint\n";
const HEAD = "b".repeat(40);
const NONE: SandboxCheck = { state: "none", why: "None here." };
const RUNS: SandboxCheck = {
  state: "available",
  sandbox: { driver: "none", version: "1", run: () => Promise.reject(new Error("Nothing is run here.")) } as never,
};

type Asked = {
  readonly proof?: Partial<Policy["proof"]>;
  readonly sandbox?: SandboxCheck;
  readonly after?: Readonly<Record<string, string>>;
} & Partial<Pick<ProofInput, "type" | "accepted" | "checks" | "baseChecks" | "commands">>;

function asked({ proof = {}, sandbox = NONE, after = { "src/a.js": "export const a = 2;\n" }, ...over }: Asked) {
  const was = { "src/a.js": "export const a = 1;\n", ".github/workflows/ci.yml": WORKFLOW };
  const tree = (files: Readonly<Record<string, string>>) =>
    memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const [base, head] = [tree(was), tree({ ...was, ...after })];
  const input: ProofInput = {
    ...{
      type: "bug",
      plan: null,
      policy: { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, ...proof } },
      commands: [],
      checks: [],
      unplanned: [],
    },
    ...{ protectedAccepted: [], reviews: [] },
    base: { commitSha: "a".repeat(40), treeSha: "a", tree: base.tree },
    head: { commitSha: HEAD, treeSha: "b", tree: head.tree },
    ...over,
  };
  const blobs = { ...base.blobs, get: async (sha: string) => (await base.blobs.get(sha)) ?? head.blobs.get(sha) };
  return { input, ports: { sandbox, blobs } };
}
const byId = (items: readonly ProofItem[]) =>
  Object.fromEntries(items.map((one) => [one.id, one])) as Record<ProofItem["id"], ProofItem>;
const proof = async (over: Asked) => {
  const { input, ports } = asked(over);
  return byId((await collectProof(input, ports)).map(inWords));
};
const unread = (over: Asked) =>
  byId(unreadProof(asked(over).input, { code: "so", facts: { why: "it is too large" } }).map(inWords));
const check = (name: string, status: Check["status"] = "green", ours = false) => ({ name, status, ours }) as Check;
const requiredOf = (items: Record<string, ProofItem>) => Object.values(items).filter((one) => one.required).map(({ id }) => id); // prettier-ignore

describe("what is asked for", () => {
  const FOR_A_BUG = ["verification", "checks", "fail-to-pass", "pass-to-pass", "mutation", "scope", "completeness", "tamper", "reviews", "done"]; // prettier-ignore

  it.each<[string, Asked, readonly string[]]>([
    ["of a bug, all but a merge that there is not", {}, FOR_A_BUG],
    ["of documents, no new test", { type: "docs" }, FOR_A_BUG.filter((id) => id !== "fail-to-pass")],
    ["what the policy asks for besides", { type: "docs", proof: { also: ["fail-to-pass"] } }, FOR_A_BUG],
    ["what the policy requires by name", { type: "docs", proof: { required: ["fail-to-pass"] } }, FOR_A_BUG],
    ["not what the policy waives", { proof: { waive: [{ item: "mutation", why: "too slow" }] } }, FOR_A_BUG.filter((id) => id !== "mutation")],
    ["what is waived is not asked for by another word", { proof: { also: ["mutation"], waive: [{ item: "mutation", why: "too slow" }] } }, FOR_A_BUG.filter((id) => id !== "mutation")],
  ])("%s", async (_what, over, ids) => {
    expect(requiredOf(await proof(over))).toEqual(ids);
    // Nobody could read it: the same is asked for, and a merge in any case.
    expect(requiredOf(unread(over))).toEqual([...ids, "merge-result"]);
  }); // prettier-ignore

  it("says in an item that it is waived, and why", async () => {
    const items = await proof({ proof: { waive: [{ item: "scope", why: "small team" }] } });
    expect(items.scope.evidence).toMatch(/^Waived by the policy \(small team\)\. ./);
    expect(Object.values(items).filter((one) => /Waived/.test(one.evidence))).toHaveLength(1);
  });

  it.each<[string, Asked, boolean]>([
    ["the repository has none, and its tests can be run", { sandbox: RUNS }, false],
    ["nothing else could show anything", {}, true],
    ["the commit has some", { sandbox: RUNS, checks: [check("build", "pending")] }, true],
    ["the commit has only ours", { sandbox: RUNS, checks: [check("coop/proof", "green", true)] }, false],
    ["the base has some", { sandbox: RUNS, baseChecks: ["build"] }, true],
    ["the policy names one", { sandbox: RUNS, proof: { checks: ["build"] } }, true],
    ["the policy waives them", { proof: { checks: ["build"], waive: [{ item: "checks", why: "slow" }] } }, false],
  ])("checks, where %s: %j", async (_what, over, isAsked) => {
    expect((await proof(over)).checks.required).toBe(isAsked);
  });
});

describe("a check of the repository that runs its tests", () => {
  const TEST = [{ name: "test", run: "npm test", timeoutSeconds: 60, proves: "tests" }] as const;
  it.each<[string, Asked, readonly string[]]>([
    ["that the policy names stands in", { proof: { checks: ["build"] }, checks: [check("build")] }, ["build"]],
    ["that is a job of the base with the same command stands in", { commands: TEST, checks: [check("unit"), check("lint")] }, ["unit"]],
    ["that is one of a matrix of that job stands in", { commands: TEST, checks: [check("unit (20)")] }, ["unit (20)"]],
    ["that is red does not", { commands: TEST, checks: [check("unit", "red")] }, []],
    ["that is still running does not", { commands: TEST, checks: [check("unit", "pending")] }, []],
    ["that nobody names and no job is called after does not", { commands: TEST, checks: [check("build")] }, []],
    ["that is ours does not", { commands: TEST, checks: [check("unit", "green", true)] }, []],
  ])("%s", async (_what, over, standing) => {
    const { verification, "pass-to-pass": old, "fail-to-pass": fresh, scope } = await proof(over);
    const isRun = standing.length > 0;
    const said = isRun ? `The repository's own check ran the tests instead: \`${standing[0]}\`.` : "Nobody has run the tests of this commit. If a check of the repository does, name it under `proof.checks` in .github/coop.yml.";
    for (const one of [verification, old]) expect(one).toMatchObject({ state: "unknown", required: !isRun, evidence: expect.stringContaining(said) });
    expect(fresh.required).toBe(!isRun);
    expect(scope).toMatchObject({ required: true, evidence: expect.not.stringContaining(said) });
  }); // prettier-ignore
});

describe("a person's word for an item", () => {
  const word = (item: ProofItem["id"], headSha = HEAD) => ({ accepted: [{ item, by: "ada", why: "seen by hand", headSha }] }); // prettier-ignore
  it.each<[ProofItem["id"], Asked, boolean]>([
    ["fail-to-pass", word("fail-to-pass"), true],
    ["fail-to-pass", word("fail-to-pass", "d".repeat(40)), false],
    ["fail-to-pass", word("mutation"), false],
    ["reviews", word("reviews"), false],
  ])("is kept with %s where it was given for it and for this commit", async (id, over, isKept) => {
    const kept = isKept ? { by: "ada", why: "seen by hand" } : undefined;
    expect((await proof(over))[id].accepted).toEqual(kept);
    expect(unread(over)[id].accepted).toEqual(kept);
  });

  it("is not needed where the item is proven", async () => {
    const { tamper } = await proof(word("tamper"));
    expect([tamper.state, tamper.accepted]).toEqual(["proven", undefined]);
  });
});

describe("a change that nobody could read", () => {
  it("leaves every item open but the reviews", () => {
    const items = Object.values(unread({}));
    expect(items.filter(({ code }) => code !== "unread").map(({ id, code }) => [id, code])).toEqual([["reviews", "missing"]]); // prettier-ignore
    expect(items[0]?.evidence).toMatch(/^This change could not be read \(it is too large\), so nothing is known/);
  });
});

describe("a changed file that nobody could read", () => {
  const LARGE = "x".repeat(2_000_001);
  it.each([
    ["a test", "src/a.test.js", ["completeness", "tamper"]],
    ["code", "src/b.js", ["completeness", "mutation", "tamper"]],
    ["what packages are brought in by", "package-lock.json", ["completeness"]],
    ["a document", "docs/b.md", ["completeness"]],
  ])("leaves open what would have been read of %s: %s", async (_what, path, open) => {
    const items = await proof({ after: { [path]: LARGE } });
    const codes = Object.values(items).filter(({ code }) => code === "unread");
    expect(codes.map(({ id }) => id).sort()).toEqual(open);
  });
});
