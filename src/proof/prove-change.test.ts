import { describe, expect, it } from "@jest/globals";
import { aPlan } from "../../test/support/builders.ts";
import { DEFAULT_POLICY } from "../core/rules/policy.ts";
import type { ProofItem } from "../core/ticket/proof-items.ts";
import type { Plan } from "../core/ticket/plan.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import type { Tree } from "../trees/tree.ts";
import { type ChangeToProve, changedPaths, proveChange } from "./prove-change.ts";
import { inWords } from "../messages/proof/in-words.ts";

/** The proof of a change without a ticket: what is asked of it, and which lockfiles its plan says yes to. */
const before = { "src/a.js": "export const a = 1;\n", "package.json": "{}", "package-lock.json": "{}" };
const repository = (files: Readonly<Record<string, string>>) =>
  memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const snapshot = (name: string, tree: Tree) => ({ commitSha: name.repeat(40), treeSha: name, tree });

async function proven(over: Partial<ChangeToProve> = {}, files: Readonly<Record<string, string>> = { "src/b.js": "" }) {
  const [was, is] = [repository(before), repository({ ...before, ...files })];
  const [base, head] = [snapshot("a", was.tree), snapshot("b", is.tree)];
  const blobs = { ...was.blobs, get: async (sha: string) => (await was.blobs.get(sha)) ?? is.blobs.get(sha) };
  const asked: Tree[] = [];
  const preparer = {
    prepare: async ({ tree }: { readonly tree: Tree }) => {
      asked.push(tree);
      return { outcome: "failed", sentence: "None.", details: [], prepared: { layers: [] } } as never;
    },
  };
  const change = { base, head, given: null, policy: DEFAULT_POLICY, ...over };
  const ports = {
    sandbox: { state: "none", why: "None here." },
    blobs,
    preparer,
    onProgress: () => undefined,
  } as const;
  const items = (await proveChange(change, ports as never, "pull-request")).map(inWords);
  const of = (id: ProofItem["id"]) => items.find((one) => one.id === id);
  return { items, of, preparesOwn: asked.length === 2 };
}
const planned = (over: object, type: "feature" | "docs" = "feature") => ({ type, plan: aPlan(over as Partial<Plan>) });

describe("without a ticket", () => {
  it("nobody is asked for reviews and checks, and nothing else is taken out", async () => {
    const { items, of } = await proven();
    for (const id of ["reviews", "checks"] as const)
      expect(of(id)).toEqual({ id, code: "no-ticket", state: "not-applicable", required: false, evidence: "There is no ticket here, so nobody was asked.", details: [] }); // prettier-ignore
    expect(items.filter(({ code }) => code === "no-ticket")).toHaveLength(2);
    expect(items.filter(({ state, required }) => state === "not-applicable" && required)).toEqual([]);
    expect(of("completeness")).toMatchObject({ state: "proven", required: true });
  });

  it("what a plan would show does not apply, unless there is one", async () => {
    const none = await proven();
    for (const id of ["scope", "done"] as const)
      expect(none.of(id)).toMatchObject({
        code: "no-plan-given",
        required: false,
        evidence: "No ticket planned this change.",
      });
    const one = await proven({ given: planned({}) });
    expect([one.of("scope")?.code, one.of("done")?.code]).not.toContain("no-plan-given");
  });

  it("it is looked at as a person's pull request, as the plan's type, or as asked for", async () => {
    const types = [{}, { given: planned({}, "docs") }, { given: planned({}, "docs"), type: "bug" as const }];
    const required = await Promise.all(types.map(async (over) => (await proven(over)).of("fail-to-pass")?.required));
    expect(required).toEqual([false, false, true]);
  });
});

describe("packages of its own", () => {
  const LOCK = { "package.json": "{ }", "package-lock.json": "{ }" };
  const file = (path: string) => ({ path, action: "change", intent: "x" });
  const chunks = (...paths: string[]) => ({ chunks: [{ ...aPlan().chunks[0], files: paths.map(file) }] });
  const support = (file: string, test: string | null = null) => ({ ...chunks("src/a.js"), testChanges: [{ file, test, why: "x" }] }); // prettier-ignore
  const MANIFEST = { "package.json": "{ }" };
  it.each<[string, ChangeToProve["given"], Readonly<Record<string, string>>, boolean]>([
    ["a manifest that is named beside its lockfile", planned(chunks("package.json", "package-lock.json")), LOCK, true],
    ["a lockfile alone", planned(chunks("package-lock.json")), LOCK, false],
    ["a lockfile of another folder", planned(chunks("web/package.json", "package-lock.json")), LOCK, false],
    ["a manifest that is named by itself", planned(chunks("package.json")), MANIFEST, false],
    ["a manifest among what decides how tests run", planned(support("package.json")), MANIFEST, true],
    ["a test in it", planned(support("package.json", "a test")), MANIFEST, false],
    ["another file among what decides how tests run", planned(support("src/a.js")), MANIFEST, false],
    ["settings of a runner there", planned(support("pytest.ini")), { "pytest.ini": "[pytest]" }, true],
    ["no plan", null, LOCK, false],
  ])("are brought in for %s or not", async (_what, given, files, isOwn) => {
    expect((await proven({ given }, files)).preparesOwn).toBe(isOwn);
  });
});

it("counts what differs, on either side", () => {
  const [one, two] = [repository(before), repository({ "src/a.js": "changed", "package.json": "{}", "new.js": "" })];
  expect(changedPaths(snapshot("a", one.tree), snapshot("b", two.tree))).toBe(3);
  expect(changedPaths(snapshot("a", one.tree), snapshot("b", one.tree))).toBe(0);
});
