import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../test/support/changed-file.ts";
import { COMMAND, type Said, suiteRun, toldFacts } from "../../../test/support/told-suites.ts";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { Tree } from "../../trees/tree.ts";
import type { ProofFacts } from "../evidence.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import type { Tests } from "../runners/suite.ts";
import { lineInWords } from "../../messages/proof/lines.ts";
import { noLongerNoticed } from "./differential.ts";

/** What old tests noticed of a function that the change left alone, and whether the changed ones still do. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const KEPT = "export function total(prices) {\n  return prices.length * 7;\n}\n";
const CODE = { before: `${KEPT}export const other = 1;\n`, after: `${KEPT}export const other = 2;\n` };
const TEST = (want: string) => `import { total } from "../src/shop.js";\ntest("adds", () => { ${want} });\n`;
const TESTS = { before: TEST("assert.equal(total([3]), 7);"), after: TEST("assert.ok(total([3]));") };

type Answers = { readonly base?: Said; readonly head?: Said; readonly onOld?: Said; readonly onNew?: Said };

async function lost(answers: Answers, mutationsMax?: number) {
  const tree = (which: "before" | "after") =>
    memoryTree([["src/shop.js", Buffer.from(CODE[which])], ["test/shop.test.js", Buffer.from(TESTS[which])]]); // prettier-ignore
  const [was, is] = [tree("before"), tree("after")];
  const tried: string[] = [];
  const put = new Map<string, Buffer>();
  const get = async (sha: string) => put.get(sha) ?? (await was.blobs.get(sha)) ?? (await is.blobs.get(sha));
  const green: Said = { adds: "passed" };
  const suite = async (on: Tree) => {
    const text = (await get(on.get("src/shop.js")?.sha ?? ""))?.toString() ?? "";
    const test = (await get(on.get("test/shop.test.js")?.sha ?? ""))?.toString();
    const isOld = test === TESTS.before;
    if (text === CODE.before || text === CODE.after) return suiteRun((isOld ? answers.base : answers.head) ?? green);
    tried.push(`${isOld ? "old" : "new"} ${text.includes(isOld ? "other = 1" : "other = 2")}`);
    return suiteRun((isOld ? answers.onOld : answers.onNew) ?? green);
  };
  const tests = { commands: [COMMAND], suite } as unknown as Tests;
  const { facts } = toldFacts({}, {
    ...{ base: { commitSha: "a", treeSha: "a", tree: was.tree }, head: { commitSha: "b", treeSha: "b", tree: is.tree } },
    files: [changedFile("src/shop.js", CODE.before, CODE.after), changedFile("test/shop.test.js", TESTS.before, TESTS.after)],
    blobs: { get, put: async (content: Buffer) => { put.set(`put ${put.size}`, content); return `put ${put.size - 1}`; } },
    policy: { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, ...(mutationsMax === undefined ? {} : { mutationsMax }) } },
    syntax,
  } as unknown as Partial<ProofFacts>); // prettier-ignore
  const found = await noLongerNoticed(facts, tests, (name) => name === "planned");
  return { found, tried: [...new Set(tried)] };
}

describe("a function that the change left alone", () => {
  const red: Said = { adds: "failed" };
  it("is missed where the changed tests no longer notice what becomes of it", async () => {
    const { found, tried } = await lost({ onOld: red });
    expect(found.length).toBeGreaterThan(0);
    expect(lineInWords(found[0] ?? "")).toMatch(/^src\/shop\.js:\d+ .+, which `adds` noticed$/);
    expect(tried).toEqual(["old true", "new true"]);
  });

  it.each<[string, Answers, readonly string[]]>([
    ["the changed tests notice it too", { onOld: red, onNew: red }, ["old true", "new true"]],
    ["the changed tests cannot be run with it", { onOld: red, onNew: { verdict: "stopped" } }, ["old true", "new true"]],
    ["the old tests did not notice it either", {}, ["old true"]],
    ["only a test noticed it that may change", { base: { planned: "passed" }, onOld: { planned: "failed" } }, ["old true"]],
    ["the old tests were red anyway", { base: red, onOld: red }, []],
    ["the new tests are red anyway", { head: red, onOld: red }, []],
    ["the old tests have no names", { base: { verdict: "passed", count: [1, 0] }, onOld: red }, []],
  ])("is not where %s", async (_what, answers, tried) => {
    expect(await lost(answers)).toEqual({ found: [], tried });
  }); // prettier-ignore

  it("is not tried where the policy wants no changed code tried", async () => {
    expect(await lost({ onOld: red }, 0)).toEqual({ found: [], tried: [] });
  });
});
