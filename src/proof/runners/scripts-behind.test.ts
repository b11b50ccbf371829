import { expect, it } from "@jest/globals";
import { memoryStore } from "../../../test/contracts/sandbox-fixture.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import { withFitting } from "./scripts-behind.ts";
import { openTests } from "./suite.ts";

/** What stands in the manifests of a run. */
async function seen(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  on: "base" | "head",
) {
  const { blobs, tree } = memoryStore();
  const trees = { base: tree(base), head: tree(head) };
  const found: Record<string, string> = {};
  const sandbox: Sandbox = {
    ...{ driver: "podman", version: "1" },
    run: async (request) => {
      for (const [path, { sha }] of request.tree) found[path] = (await request.blobs.get(sha))?.toString("utf8") ?? "";
      return { outcome: "exited", exitCode: 0, output: "", durationMs: 1, reports: new Map() };
    },
  };
  const tests = openTests({ sandbox, blobs, commands: [], base: trees.base });
  await tests.run(trees[on], { name: "tests", run: "pnpm -r test", proves: "tests", timeoutSeconds: 60 });
  return found;
}

const A = { "a/package.json": '{"scripts":{"test":"node --test"}}', "a/x.js": "1" };
const B = { "b/package.json": '{"name": "b",\n "scripts": {"test": "node --test --test-reporter=dot"}}\n' };

it("a package that a change brings is run beside the others with a place for its reporter, and is else as it is", async () => {
  expect(await seen(A, { ...A, ...B }, "head")).toEqual({
    ...A,
    "b/package.json": B["b/package.json"].replace("=dot", "=dot --test-reporter-destination=stdout"),
  });
});

it.each([
  ["of the base", { ...A, ...B }, { ...A, ...B, "a/y.js": "" }, "base"],
  ["that are the base's own", { ...A, ...B }, { ...A, ...B, "a/y.js": "" }, "head"],
  ["that fit", A, { ...A, "b/package.json": '{"scripts":{"test":"node --test t/"}}' }, "head"],
] as const)("manifests %s are run as they are", async (_, base, head, on) => {
  expect(await seen(base, head, on)).toEqual(on === "base" ? base : head);
});

const manifest = (script: string) => Buffer.from(JSON.stringify({ scripts: { test: script } }));
const OPTIONS =
  "--test-reporter=spec --test-reporter-destination=stdout --test-reporter=x --test-reporter-destination=y";
const OWN = "node --test --test-reporter=dot";

it("keeps what a run needs besides in the one place that another thread is handed", async () => {
  const { tree: base } = memoryTree([["package.json", manifest("node --test")]]);
  const { tree, blobs } = memoryTree([
    ["package.json", manifest("node --test")],
    ["b/package.json", manifest(OWN)],
    ["b/index.js", Buffer.from("export const b = 1;\n")],
  ]);
  const scratch = scratchBlobs(blobs);
  const mutant = await scratch.put(Buffer.from("export const b = 2;\n"));
  const file = tree.get("b/index.js");
  if (!file) throw new Error("no file");
  const run = await withFitting(new Map(tree).set("b/index.js", { ...file, sha: mutant }), base, scratch, OPTIONS);
  expect(run.blobs).toBe(scratch);
  const changed = [...run.tree].filter(([path, { sha }]) => tree.get(path)?.sha !== sha);
  expect(changed.map(([path]) => path)).toEqual(["b/package.json", "b/index.js"]);
  const texts = changed.map(([, { sha }]) => scratch.extra.get(sha)?.toString());
  expect(texts).toEqual([`{"scripts":{"test":"${OWN} --test-reporter-destination=stdout"}}`, "export const b = 2;\n"]);
});
