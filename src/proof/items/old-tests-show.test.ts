import { describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../test/support/changed-file.ts";
import { PRODUCT, type Told, toldFacts } from "../../../test/support/told-suites.ts";
import { failToPass } from "./fail-to-pass.ts";
import type { Trial } from "./try-mutants.ts";

const NOTHING: Trial = { outcome: "nothing-to-try", as: "no-code-added" };
const red = { verdict: "failed", count: [1, 1] } as const;
const green = { verdict: "passed", count: [2, 0] } as const;

describe("a change of code without new tests", () => {
  it.each<[string, Told, string]>([
    [
      "waited for it",
      { base: { old: "passed", was: "failed" }, head: { old: "passed", was: "passed" } },
      "fails-before",
    ],
    ["broke before", { base: { was: "errored" }, head: { was: "passed" } }, "fails-before"],
    ["was red once only", { base: [{ was: "failed" }, { was: "failed" }, { was: "failed" }, { was: "passed" }], head: { was: "passed" } }, "no-test"], // prettier-ignore
    ["is green once only", { base: { was: "failed" }, head: [{ was: "failed" }, { was: "passed" }] }, "no-test"],
    ["is green but at another look", { base: { was: "failed" }, head: [{ was: "passed" }, { was: "passed" }, { was: "failed" }] }, "no-test"], // prettier-ignore
    ["is red on a developer's machine", { base: { was: "failed" }, head: { was: "passed" }, headWithoutCi: { was: "failed" } }, "no-test"], // prettier-ignore
    ["is skipped now", { base: { was: "failed" }, head: { was: "skipped" } }, "no-test"],
    ["is gone", { base: { old: "passed", was: "failed" }, head: { old: "passed" } }, "no-test"],
    ["is red still", { base: { was: "failed" }, head: { was: "failed" } }, "no-test"],
    ["has no name", { base: red, head: green }, "no-test"],
  ])("asks whether an old test that %s shows it", async (_what, told, code) => {
    const files = [{ ...changedFile(PRODUCT, "old\n", "new\n"), added: 1 }];
    const { facts } = toldFacts(told, { files, type: "bug" });
    expect((await failToPass(facts, Promise.resolve(NOTHING))).code).toBe(code);
  });
});
