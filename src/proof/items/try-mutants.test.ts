import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../test/support/changed-file.ts";
import { PRODUCT, type Said, suiteRun, toldFacts } from "../../../test/support/told-suites.ts";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { ProofFacts } from "../evidence.ts";
import { mutation } from "./mutation.ts";
import { worded } from "../../../test/support/worded-proof.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import type { How, Tests } from "../runners/suite.ts";
import { fateOf, tryMutants } from "./try-mutants.ts";

/** What the tests say to changed versions of a function, and which versions are tried at all. */
const syntax = openSyntax();
afterAll(() => syntax.close());

describe("the fate of a changed version", () => {
  const head = { a: "passed", b: "passed", was: "failed" } as const;
  const unnamed = (verdict: "passed" | "failed", count: readonly [number, number] | null) => ({ verdict, count });
  it.each<[string, Said, Said | null, string, readonly string[]]>([
    ["a test fails", head, { ...head, b: "failed" }, "noticed", ["b"]],
    ["a test breaks", head, { ...head, b: "errored", a: "failed" }, "noticed", ["a", "b"]],
    ["only what was red is red", head, head, "survived", []],
    ["all pass", head, { a: "passed", b: "passed" }, "survived", []],
    ["a test does not run", head, { a: "passed", was: "failed" }, "not-loaded", []],
    ["a test is skipped beside a red one", head, { ...head, b: "skipped" }, "not-loaded", []],
    ["it hangs", head, { verdict: "stopped" }, "noticed", []],
    ["it could not be run", head, { verdict: "no-answer" }, "no-answer", []],
    ["nothing ran", head, null, "no-answer", []],
    ["fewer pass, without names", unnamed("passed", [2, 0]), unnamed("failed", [1, 1]), "noticed", []],
    ["fewer pass and none fails", unnamed("passed", [2, 0]), unnamed("failed", [1, 0]), "not-loaded", []],
    ["as many pass as on a green head", unnamed("passed", [2, 0]), unnamed("failed", [2, 1]), "noticed", []],
    ["as many pass as on a red head", unnamed("failed", [2, 1]), unnamed("failed", [2, 1]), "survived", []],
    ["nobody counts", unnamed("passed", [2, 0]), unnamed("failed", null), "not-loaded", []],
    ["names on one side only", head, unnamed("failed", [1, 1]), "noticed", []],
  ])("%s", (_what, on, run, fate, by) => {
    expect(fateOf(suiteRun(on), run && suiteRun(run))).toEqual({ fate, by });
  });
});

const CODE = "export function price(n) {\n  return n * 2;\n}\n";

function fileOf(path: string, after: string, before = "") {
  const addedLines = after.split("\n").map((text, at) => ({ line: at + 1, text }));
  return { ...changedFile(path, before, after), added: before === after ? 0 : addedLines.length, addedLines };
}

type Asked = { readonly text: string; readonly how: How | undefined };

/** The tests' answer to each version of the product, by its text. */
async function trial(
  answer: (text: string) => Said | null,
  over: Partial<ProofFacts> = {},
  head: Said = { a: "passed" },
) {
  const asked: Asked[] = [];
  const texts = new Map<string, string>();
  const { facts } = toldFacts({});
  const suite: Tests["suite"] = async (tree, how) => {
    const text = texts.get(tree.get(PRODUCT)?.sha ?? "");
    if (text !== undefined) asked.push({ text, how });
    const said = text === undefined ? head : answer(text);
    return said && suiteRun(said);
  };
  const blobs = {
    get: async () => null,
    put: async (content: Buffer) => {
      texts.set(`m${texts.size}`, content.toString());
      return `m${texts.size - 1}`;
    },
  };
  const tests = { ...(facts.execution as { tests: Tests }).tests, suite };
  const given = { ...facts, syntax, blobs, files: [fileOf(PRODUCT, CODE)], execution: { state: "possible", tests } } as const; // prettier-ignore
  return { found: await tryMutants({ ...given, ...over } as ProofFacts), asked };
}

const noticing = (): Said => ({ a: "failed" });
const blind = (): Said => ({ a: "passed" });
const fates = ({ found }: Awaited<ReturnType<typeof trial>>) =>
  found.outcome === "tried"
    ? found.tried.map(({ mutant, fate }) => `${mutant.kind} ${fate}`)
    : [worded(mutation({ weakened: [] } as unknown as ProofFacts, found)).evidence];

describe("a trial", () => {
  it("tries the emptied function first and fixed answers last, which nobody needs once somebody looks", async () => {
    const { found, asked } = await trial(noticing);
    const all = fates({ found, asked });
    expect(all[0]).toBe("emptied noticed");
    expect(all).toContain("telling noticed");
    const constants = all.filter((one) => one.startsWith("constant"));
    expect(constants.length).toBeGreaterThan(0);
    expect(constants.every((one) => one === "constant not-needed")).toBe(true);
    expect(all.slice(-constants.length)).toEqual(constants);
    expect(asked.map(({ text }) => text)).toContain(CODE.replace("*", "/"));
    expect(new Set(asked.map(({ how }) => how?.timeoutMs))).toEqual(new Set([59_900 * 3 + 5_000]));
  });

  it("tries fixed answers where nobody notices another", async () => {
    const all = fates(await trial(blind));
    expect(all.filter((one) => one.startsWith("constant"))).toContain("constant survived");
    expect(all.every((one) => one.endsWith("survived"))).toBe(true);
  });

  it("tries fixed answers where only the emptied function is noticed: it may have failed for another reason", async () => {
    let turn = 0;
    const all = fates(await trial(() => (turn++ === 0 ? noticing() : blind())));
    expect(all[0]).toBe("emptied noticed");
    expect(new Set(all.filter((one) => one.startsWith("constant")))).toEqual(new Set(["constant survived"]));
  });

  it("tries as many small changes as the policy lets it", async () => {
    const proof = { ...DEFAULT_POLICY.proof, mutationsMax: 1 };
    const all = fates(await trial(blind, { policy: { ...DEFAULT_POLICY, proof } }));
    expect(all.filter((one) => /^(telling|subtle)/.test(one))).toHaveLength(1);
  });

  it.each<[string, Partial<ProofFacts>, Said, RegExp]>([
    ["there is only a test", { files: [fileOf("test/b.test.js", CODE)] }, blind(), /^No line of code/],
    ["there is only a document", { files: [fileOf("README.md", CODE)] }, blind(), /^No line of code/],
    ["lines were only taken away", { files: [fileOf(PRODUCT, CODE, CODE)] }, blind(), /^No line of code/],
    ["it is for another system", { files: [fileOf("a_windows.go", CODE)] }, blind(), /^No line of code/],
    ["it is no text", { files: [{ ...fileOf(PRODUCT, CODE), kind: "binary" } as never] }, blind(), /^No line of code/],
    ["nothing in it could be noticed", { files: [fileOf(PRODUCT, "// Words.\n")] }, blind(), /no code that could/],
    ["the policy switches it off", { policy: { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, mutationsMax: 0 } } }, blind(), /`mutationsMax: 0`/], // prettier-ignore
    ["nothing can be run", { execution: { state: "impossible", because: { code: "unprepared", facts: { why: "No sandbox." } } } }, blind(), /^No sandbox\.$/], // prettier-ignore
    ["no test passes", {}, { a: "failed" }, /^No test passes/],
    ["nobody counts", {}, { verdict: "passed", count: null }, /^No test passes/],
  ])("tries nothing where %s", async (_what, over, head, why) => {
    const given = await trial(noticing, over, head);
    expect(fates(given)).toEqual([expect.stringMatching(why)]);
    expect(given.asked).toEqual([]);
    const cannot = /sandbox|No test passes/.test(why.source);
    expect(given.found.outcome).toBe(cannot ? "cannot" : "nothing-to-try");
  });
});
